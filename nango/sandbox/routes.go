package sandbox

import (
	"net/http"
	"net/url"
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
	method  string
	pattern string
	scope   scope
	handle  func(*call) answer
	options options
}

type options uint8

const (
	unlimited      options = 1 << iota // not counted by the rate limit
	anyContentType                     // for the forms of the connect page
	withQuery                          // the handler checks the query, or accepts any; others accept none
)

func (rt *route) is(o options) bool { return rt.options&o != 0 }

// routeTable has the routes of all versions, in the order in which paths are tried; [accountRoutes] has those that differ. It is
// read-only.
var routeTable = []route{
	{"GET", "/health", publicRoute, health, unlimited | withQuery},
	{"GET", "/ready", publicRoute, health, unlimited | withQuery},
	{"GET", "/env.js", publicRoute, getEnvJS, unlimited | withQuery},
	{"GET", "/providers.json", publicRoute, getProvidersJSON, withQuery},
	{"GET", "/providers", anyKey.orSession(), getProviders, withQuery},
	{"GET", "/providers/{provider}", anyKey.orSession(), getProvider, 0},
	{"GET", "/providers/{provider}/templates", anyKey, getTemplates, 0},
	{"GET", "/environment-variables", needs("environment:variables:read"), getVariables, 0},

	{"GET", "/connection(s)", needs(scopeConnections+"list", scopeConnections+"list_credentials"), getConnections, withQuery},
	{"POST", "/connections", needs(scopeConnections + "create"), postConnections, 0},
	{"POST", "/connection", needs(scopeConnections + "create"), postConnection, withQuery},
	{"POST", "/connection(s)/metadata", needs(scopeConnections + "update"), postMetadata, 0},
	{"PATCH", "/connection(s)/metadata", needs(scopeConnections + "update"), patchMetadata, 0},
	{"POST", "/connection/{connectionId}/metadata", needs(scopeConnections + "update"), postMetadataOf, withQuery},
	{"PATCH", "/connection/{connectionId}/metadata", needs(scopeConnections + "update"), patchMetadataOf, withQuery},
	{"GET", "/connection(s)/{connectionId}", needs(scopeConnections+"read", scopeConnections+"read_credentials"), getConnection, withQuery},
	{"PATCH", "/connections/{connectionId}", needs(scopeConnections + "update"), patchConnection, withQuery},
	{"DELETE", "/connection(s)/{connectionId}", needs(scopeConnections + "delete"), deleteConnection, withQuery},

	{"GET", "/integrations", needs(scopeIntegrations+"list", scopeIntegrations+"list_credentials").orSession(), getIntegrations, 0},
	{"POST", "/integrations", needs(scopeIntegrations + "create"), postIntegrations, 0},
	{"POST", "/integrations/quickstart", needs(scopeIntegrations + "create"), postQuickstart, 0},
	{"GET", "/integrations/{uniqueKey}", needs(scopeIntegrations+"read", scopeIntegrations+"read_credentials"), getIntegration, withQuery},
	{"PATCH", "/integrations/{uniqueKey}", needs(scopeIntegrations + "update"), patchIntegration, 0},
	{"DELETE", "/integrations/{uniqueKey}", needs(scopeIntegrations + "delete"), deleteIntegration, 0},

	// The holder of a connect session may call those with its token.
	{"POST", "/connect/sessions", needs("environment:connect_sessions:write"), postSessions, 0},
	{"POST", "/connect/sessions/reconnect", needs("environment:connect_sessions:write"), postReconnect, 0},
	{"GET", "/connect/session", sessionOnly, getSession, 0},
	{"DELETE", "/connect/session", sessionOnly, deleteSession, 0},
	{"POST", "/api-auth/api-key/{providerConfigKey}", sessionInLink, authAPIKey, withQuery},
	{"POST", "/api-auth/basic/{providerConfigKey}", sessionInLink, authBasic, withQuery},
	{"POST", "/auth/unauthenticated/{providerConfigKey}", sessionInLink, authNone, withQuery},
	{"GET", "/connect", publicRoute, getConnectPage, unlimited | anyContentType | withQuery},
	{"POST", "/connect", publicRoute, postConnectPage, unlimited | anyContentType | withQuery},

	{"GET", "/integrations/{uniqueKey}/functions", needs("environment:functions:list"), getFunctions, withQuery},
	{"GET", "/integrations/{uniqueKey}/functions/{name}", needs("environment:functions:read"), getFunction, withQuery},
	{"GET", "/integrations/{uniqueKey}/functions/{name}/code", needs("environment:functions:read"), getFunctionCode, withQuery},
	{"DELETE", "/integrations/{uniqueKey}/functions/{name}", needs("environment:functions:delete"), deleteFunction, withQuery},
	{"GET", "/scripts/config", needs(scopeIntegrations + "list_functions"), getScriptsConfig, withQuery},
	{"POST", "/functions/compile", needs("environment:functions:compile"), postCompile, 0},
	{"POST", "/functions/dryruns", needs("environment:functions:dryrun"), postDryRun, 0},
	{"GET", "/functions/dryruns/{id}", needs("environment:functions:dryrun"), getJob("dryrun"), 0},
	{"POST", "/functions/deployments", needs("environment:deploy"), postDeployment, 0},
	{"GET", "/functions/deployments/{id}", needs("environment:deploy"), getJob("deployment"), 0},
	{"POST", "/action/trigger", needs("environment:actions:execute"), postActionTrigger, 0},
	{"GET", "/action/{id}", needs("environment:actions:execute"), getAction, 0},

	{"GET", "/sync/status", needs("environment:syncs:read"), getSyncStatus, withQuery},
	{"POST", "/sync/trigger", needs("environment:syncs:execute"), postSyncTrigger, 0},
	{"POST", "/sync/start", needs("environment:syncs:execute"), pauseSyncs(false), 0},
	{"POST", "/sync/pause", needs("environment:syncs:execute"), pauseSyncs(true), 0},
	{"PUT", "/sync/update-connection-frequency", needs("environment:syncs:update"), putFrequency, 0},
	{"POST", "/sync/{name}/variant/{variant}", needs("environment:syncs:variant:create"), postVariant, withQuery},
	{"DELETE", "/sync/{name}/variant/{variant}", needs("environment:syncs:variant:delete"), deleteVariant, withQuery},
	{"GET", "/records", needs("environment:records:read"), getRecords, withQuery},
	{"PATCH", "/records/prune", needs("environment:records:write"), patchRecordsPrune, 0},

	{"GET", "/proxy/*", needs("environment:proxy"), proxy, withQuery},
	{"POST", "/proxy/*", needs("environment:proxy"), proxy, withQuery},
	{"PUT", "/proxy/*", needs("environment:proxy"), proxy, withQuery},
	{"PATCH", "/proxy/*", needs("environment:proxy"), proxy, withQuery},
	{"DELETE", "/proxy/*", needs("environment:proxy"), proxy, withQuery},
	{"POST", "/mcp", needs("environment:mcp"), postActionsMCP, withQuery},
	{"OPTIONS", "/*", publicRoute, preflight, unlimited | anyContentType | withQuery},

	{"POST", "/environment/webhook-signing-key/rotate", needs("environment:webhook_signing_key:rotate"), postRotateKey, 0},
}

// findRoute matches as Express does: case and one trailing slash don't matter, and HEAD is answered by GET. Segments are
// unescaped one by one, so that %2F stays inside its segment.
func (s *Server) findRoute(r *http.Request) (*route, map[string]string) {
	path := strings.TrimSuffix(r.URL.EscapedPath(), "/")
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	for _, routes := range [][]route{routeTable, accountRoutes[s.version]} {
		for i := range routes {
			if routes[i].method != method {
				continue
			}
			if params, ok := matchPath(routes[i].pattern, path); ok {
				return &routes[i], params
			}
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
