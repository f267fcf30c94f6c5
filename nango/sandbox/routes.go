package sandbox

import (
	"net/http"
	"net/url"
	"strings"
)

// scope says what a route asks of a key before its handler runs.
type scope struct {
	public  bool     // no key at all
	session bool     // a connect session token is taken as well
	only    bool     // with session: nothing but a session token is taken
	inQuery bool     // the session token is the query parameter connect_session_token
	anyOf   []string // one of these; empty = any key of an environment
}

func needs(scopes ...string) scope { return scope{anyOf: scopes} }

func (sc scope) orSession() scope { sc.session = true; return sc }

var (
	publicRoute   = scope{public: true}
	anyKey        = scope{}
	sessionOnly   = scope{session: true, only: true}
	sessionInLink = scope{session: true, only: true, inQuery: true}
)

const (
	scopeConnections  = "environment:connections:"
	scopeIntegrations = "environment:integrations:"
)

// route is one operation. A pattern's {name} takes one segment of the path.
type route struct {
	method  string
	pattern string
	scope   scope
	handle  func(*call) answer
	free    bool // not counted by the limiter
	form    bool // takes any content type: the connect page's forms
}

// routes is the whole API, in the order in which paths are tried.
func routes() []route {
	var (
		listConnections = needs(scopeConnections+"list", scopeConnections+"list_credentials")
		readConnection  = needs(scopeConnections+"read", scopeConnections+"read_credentials")
		listIntegr      = needs(scopeIntegrations+"list", scopeIntegrations+"list_credentials")
		readIntegr      = needs(scopeIntegrations+"read", scopeIntegrations+"read_credentials")
	)
	return []route{
		{method: "GET", pattern: "/health", scope: publicRoute, handle: health, free: true},
		{method: "GET", pattern: "/ready", scope: publicRoute, handle: health, free: true},

		{method: "GET", pattern: "/connections", scope: listConnections, handle: getConnections},
		{method: "GET", pattern: "/connection", scope: listConnections, handle: getConnections},
		{method: "GET", pattern: "/connections/{connectionId}", scope: readConnection, handle: getConnection},
		{method: "GET", pattern: "/connection/{connectionId}", scope: readConnection, handle: getConnection},

		{method: "GET", pattern: "/integrations", scope: listIntegr.orSession(), handle: getIntegrations},
		{method: "GET", pattern: "/integrations/{uniqueKey}", scope: readIntegr, handle: getIntegration},
	}
}

// table is made once; nothing changes it.
var table = routes()

// findRoute matches as Express does: without regard to case or to one trailing slash, and a HEAD
// is answered by the GET. Segments are unescaped one by one, so that %2F stays inside its segment.
func findRoute(r *http.Request) (*route, map[string]string) {
	path := strings.TrimSuffix(r.URL.EscapedPath(), "/")
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	for i := range table {
		if table[i].method != method {
			continue
		}
		if params, ok := matchPath(table[i].pattern, path); ok {
			return &table[i], params
		}
	}
	return nil, nil
}

func matchPath(pattern, path string) (map[string]string, bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return nil, false
	}
	params := map[string]string{}
	for i, segment := range want {
		if !strings.HasPrefix(segment, "{") {
			if !strings.EqualFold(segment, have[i]) {
				return nil, false
			}
			continue
		}
		value, err := url.PathUnescape(have[i])
		if err != nil || value == "" {
			return nil, false
		}
		params[strings.Trim(segment, "{}")] = value
	}
	return params, true
}

func health(*call) answer { return jsonText(http.StatusOK, []byte(`{"result":"ok"}`)) }
