package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// scope is what a route asks of a key before its handler runs.
type scope struct {
	public      bool     // no key
	session     bool     // a connect session token is accepted too
	sessionOnly bool     // with session: no key is accepted
	inQuery     bool     // the session token is the query parameter connect_session_token
	anyOf       []string // one of these; empty = any key of an environment
}

func needs(scopes ...string) scope { return scope{anyOf: scopes} }

func (sc scope) orSession() scope { sc.session = true; return sc }

var (
	publicRoute   = scope{public: true}
	anyKey        = scope{}
	sessionOnly   = scope{session: true, sessionOnly: true}
	sessionInLink = scope{session: true, sessionOnly: true, inQuery: true}
)

const (
	scopeConnections  = "environment:connections:"
	scopeIntegrations = "environment:integrations:"
)

// route is one operation. In a pattern, {name} is one segment of the path, "(s)" is an optional s (the singular paths are
// deprecated), and /* at the end is any number of segments.
type route struct {
	method         string
	pattern        string
	scope          scope
	handle         func(*call) answer
	unlimited      bool // not counted by the rate limit
	anyContentType bool // for the forms of the connect page
}

// routes returns all routes in the order in which paths are tried.
func routes() []route {
	return slices.Concat(openRoutes(), connectionRoutes(), integrationRoutes(), sessionRoutes(),
		functionRoutes(), syncRoutes(), proxyRoutes(), accountRoutes())
}

// openRoutes need no key, or any key.
func openRoutes() []route {
	variables := needs("environment:variables:read")
	return []route{
		{method: "GET", pattern: "/health", scope: publicRoute, handle: health, unlimited: true},
		{method: "GET", pattern: "/ready", scope: publicRoute, handle: health, unlimited: true},
		{method: "GET", pattern: "/providers.json", scope: publicRoute, handle: getProvidersJSON},
		{method: "GET", pattern: "/providers", scope: anyKey.orSession(), handle: getProviders},
		{method: "GET", pattern: "/providers/{provider}", scope: anyKey.orSession(), handle: getProvider},
		{method: "GET", pattern: "/providers/{provider}/templates", scope: anyKey, handle: getTemplates},
		{method: "GET", pattern: "/environment-variables", scope: variables, handle: getVariables},
	}
}

func connectionRoutes() []route {
	var (
		list   = needs(scopeConnections+"list", scopeConnections+"list_credentials")
		read   = needs(scopeConnections+"read", scopeConnections+"read_credentials")
		create = needs(scopeConnections + "create")
		update = needs(scopeConnections + "update")
		remove = needs(scopeConnections + "delete")
	)
	return []route{
		{method: "GET", pattern: "/connection(s)", scope: list, handle: getConnections},
		{method: "POST", pattern: "/connections", scope: create, handle: postConnections},
		{method: "POST", pattern: "/connection", scope: create, handle: postConnection},
		{method: "POST", pattern: "/connection(s)/metadata", scope: update, handle: postMetadata},
		{method: "PATCH", pattern: "/connection(s)/metadata", scope: update, handle: patchMetadata},
		{method: "POST", pattern: "/connection/{connectionId}/metadata", scope: update, handle: postMetadataOf},
		{method: "PATCH", pattern: "/connection/{connectionId}/metadata", scope: update, handle: patchMetadataOf},
		{method: "GET", pattern: "/connection(s)/{connectionId}", scope: read, handle: getConnection},
		{method: "PATCH", pattern: "/connections/{connectionId}", scope: update, handle: patchConnection},
		{method: "DELETE", pattern: "/connection(s)/{connectionId}", scope: remove, handle: deleteConnection},
	}
}

func integrationRoutes() []route {
	var (
		list   = needs(scopeIntegrations+"list", scopeIntegrations+"list_credentials")
		read   = needs(scopeIntegrations+"read", scopeIntegrations+"read_credentials")
		create = needs(scopeIntegrations + "create")
		update = needs(scopeIntegrations + "update")
		remove = needs(scopeIntegrations + "delete")
	)
	return []route{
		{method: "GET", pattern: "/integrations", scope: list.orSession(), handle: getIntegrations},
		{method: "POST", pattern: "/integrations", scope: create, handle: postIntegrations},
		{method: "POST", pattern: "/integrations/quickstart", scope: create, handle: postQuickstart},
		{method: "GET", pattern: "/integrations/{uniqueKey}", scope: read, handle: getIntegration},
		{method: "PATCH", pattern: "/integrations/{uniqueKey}", scope: update, handle: patchIntegration},
		{method: "DELETE", pattern: "/integrations/{uniqueKey}", scope: remove, handle: deleteIntegration},
	}
}

// sessionRoutes create connect sessions, and are what the holder of a session may call.
func sessionRoutes() []route {
	write := needs("environment:connect_sessions:write")
	return []route{
		{method: "POST", pattern: "/connect/sessions", scope: write, handle: postSessions},
		{method: "POST", pattern: "/connect/sessions/reconnect", scope: write, handle: postReconnect},
		{method: "GET", pattern: "/connect/session", scope: sessionOnly, handle: getSession},
		{method: "DELETE", pattern: "/connect/session", scope: sessionOnly, handle: deleteSession},
		{method: "POST", pattern: "/api-auth/api-key/{providerConfigKey}", scope: sessionInLink, handle: authAPIKey},
		{method: "POST", pattern: "/api-auth/basic/{providerConfigKey}", scope: sessionInLink, handle: authBasic},
		{method: "POST", pattern: "/auth/unauthenticated/{providerConfigKey}", scope: sessionInLink, handle: authNone},
		{method: "GET", pattern: "/connect", scope: publicRoute, handle: getConnectPage, unlimited: true, anyContentType: true},
		{method: "POST", pattern: "/connect", scope: publicRoute, handle: postConnectPage, unlimited: true, anyContentType: true},
	}
}

// routeTable is read-only.
var routeTable = routes()

// findRoute matches as Express does: case and one trailing slash don't matter, and HEAD is answered by GET. Segments are
// unescaped one by one, so that %2F stays inside its segment.
func findRoute(r *http.Request) (*route, map[string]string) {
	path := strings.TrimSuffix(r.URL.EscapedPath(), "/")
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	for i := range routeTable {
		if routeTable[i].method != method {
			continue
		}
		if params, ok := matchPath(routeTable[i].pattern, path); ok {
			return &routeTable[i], params
		}
	}
	return nil, nil
}

func matchPath(pattern, path string) (map[string]string, bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if last := len(want) - 1; want[last] == "*" && len(have) >= last {
		want, have = want[:last], have[:last]
	}
	if len(want) != len(have) {
		return nil, false
	}
	params := map[string]string{}
	for i, segment := range want {
		if strings.HasPrefix(segment, "{") {
			value, err := url.PathUnescape(have[i])
			if err != nil || value == "" {
				return nil, false
			}
			params[strings.Trim(segment, "{}")] = value
			continue
		}
		singular, optional := strings.CutSuffix(segment, "(s)")
		if !strings.EqualFold(singular, have[i]) && !(optional && strings.EqualFold(singular+"s", have[i])) {
			return nil, false
		}
	}
	return params, true
}
func health(*call) answer { return jsonText(http.StatusOK, []byte(`{"result":"ok"}`)) }
