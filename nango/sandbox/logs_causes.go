package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// Cause is why a connection fails, as the logs tell it.
type Cause string

// The causes. Those of a refresh are auth errors, the others are errors of syncs; an outage, a certificate and a name that
// doesn't resolve can be both.
const (
	CauseRevoked       Cause = "revoked"        // 400 invalid_grant in the provider's words
	CauseOfflineAccess Cause = "offline_access" // there is no refresh token: the consent didn't include it
	CauseClientSecret  Cause = "client_secret"  // 401 invalid_client
	CauseTestMode      Cause = "test_mode"      // Google ends a grant to an app in test mode after seven days
	CauseOutage        Cause = "outage"         // 503
	CauseCertificate   Cause = "certificate"
	CauseDNS           Cause = "dns"
	CauseScopes        Cause = "scopes"     // 403
	CauseRateLimit     Cause = "rate_limit" // 429, after retries
	CauseNotFound      Cause = "not_found"  // 404 of an object that is gone
	CauseScript        Cause = "script"     // a bug in the function, with its line
)

// The causes of failed syncs, as often as they occur: of all, and of those that succeeded again.
var (
	syncCauses = []Cause{CauseScript, CauseScript, CauseScript, CauseRateLimit, CauseRateLimit, CauseScopes, CauseScopes, CauseNotFound,
		CauseOutage, CauseCertificate, CauseDNS}
	passingCauses = []Cause{CauseRateLimit, CauseRateLimit, CauseRateLimit, CauseOutage, CauseNotFound}
)

// usualCause is why most failed syncs of an integration fail; of others it is a bug.
var usualCause = map[string]Cause{"hubspot": CauseScopes, "slack": CauseRateLimit, "google-calendar": CauseRateLimit,
	"gmail-eu": CauseScopes,
	"github":   CauseNotFound, "jira": CauseOutage, "freshdesk": CauseDNS, "tableau": CauseDNS, "ghost-admin": CauseCertificate}

// hasOwnHost reports whether each customer of the provider has a host of its own, which can disappear.
func hasOwnHost(p *catalog.Provider) bool {
	return strings.Contains(string(p.Proxy.BaseURL), "${connectionConfig.")
}

func (c Cause) isOfRefresh() bool {
	return slices.Contains([]Cause{CauseRevoked, CauseOfflineAccess, CauseClientSecret, CauseTestMode}, c)
}

// authCauseOf returns the cause of a connection's auth error. Unless a test chose one, seeded connections have one that fits
// their integration: one app's secret was changed, and Google's apps are in test mode.
func (env *environment) authCauseOf(conn *connection) Cause {
	pick := fake.Hash(env.seed, uint64(conn.id), 0x61757468) % 100
	name := conn.integration.provider.Name
	switch {
	case conn.cause != "":
		return conn.cause
	case conn.created >= timestampMs(env.start):
		return CauseRevoked
	case name == "linear" || name == "auth0-cc":
		return CauseClientSecret
	case strings.HasPrefix(name, "google") && pick < 40:
		return CauseTestMode
	case (name == "jira" || name == "xero") && pick < 40:
		return CauseOfflineAccess
	case name == "tableau":
		return CauseDNS
	case name == "ghost-admin" || pick >= 90 && hasOwnHost(conn.integration.provider):
		return CauseCertificate
	}
	return CauseRevoked
}

// syncCauseOf returns the cause of a failed sync. Two thirds of the seeded failures of an integration have the same.
func (env *environment) syncCauseOf(conn *connection) Cause {
	if conn.cause != "" && !conn.cause.isOfRefresh() {
		return conn.cause
	}
	if conn.created >= timestampMs(env.start) {
		return CauseScript
	}
	pick := fake.Hash(env.seed, uint64(conn.id), 0x73796e63)
	cause := syncCauses[pick>>8%uint64(len(syncCauses))]
	_, lost := cause.networkReply("")
	if pick%3 > 0 || lost && !hasOwnHost(conn.integration.provider) {
		return cmp.Or(usualCause[conn.integration.key], CauseScript)
	}
	return cause
}

// providerReply is what a provider answered, or why it gave no answer.
type providerReply struct {
	code                 int // 0 = none
	body                 *js.Object
	problem, problemCode string
	headers              *js.Object // besides those of every answer
}

func replied(code int, pairs ...any) providerReply {
	return providerReply{code: code, body: js.NewObject(pairs...)}
}

// networkReply is the failure of a cause that gets no answer from the provider.
func (c Cause) networkReply(host string) (providerReply, bool) {
	switch c {
	case CauseCertificate:
		return providerReply{problem: "certificate has expired", problemCode: "CERT_HAS_EXPIRED"}, true
	case CauseDNS:
		return providerReply{problem: "getaddrinfo ENOTFOUND " + host, problemCode: "ENOTFOUND"}, true
	}
	return providerReply{}, false
}

// refreshReply is the answer of a token URL.
func (c Cause) refreshReply(provider, host string) providerReply {
	if r, ok := c.networkReply(host); ok {
		return r
	}
	switch c {
	case CauseClientSecret:
		return replied(http.StatusUnauthorized, "error", "invalid_client", "error_description", "Client authentication failed")
	case CauseOutage:
		return replied(http.StatusServiceUnavailable, "error", "temporarily_unavailable", "error_description", "Service unavailable")
	case CauseOfflineAccess:
		if provider == "jira" {
			return replied(http.StatusForbidden, "error", "unauthorized_client", "error_description", "refresh_token is invalid")
		}
		return replied(http.StatusBadRequest, "error", "invalid_request", "error_description", "Missing required parameter: refresh_token")
	}
	switch {
	case strings.HasPrefix(provider, "google"):
		return replied(http.StatusBadRequest, "error", "invalid_grant", "error_description", "Token has been expired or revoked.")
	case strings.HasPrefix(provider, "salesforce"):
		return replied(http.StatusBadRequest, "error", "invalid_grant", "error_description", "expired access/refresh token")
	case strings.HasPrefix(provider, "hubspot"):
		return replied(http.StatusBadRequest, "status", "BAD_REFRESH_TOKEN", "message", "missing or invalid refresh token",
			"error", "invalid_grant", "error_description", "refresh token is invalid, expired or revoked")
	case strings.HasPrefix(provider, "slack"):
		return replied(http.StatusOK, "ok", false, "error", "invalid_refresh_token")
	case provider == "xero":
		return replied(http.StatusBadRequest, "error", "invalid_grant")
	}
	return replied(http.StatusBadRequest, "error", "invalid_grant",
		"error_description", "The provided refresh token is invalid, expired, revoked or was issued to another client.")
}

// syncReply is the answer of a provider's API to a function.
func (c Cause) syncReply(provider, host string) providerReply {
	if r, ok := c.networkReply(host); ok {
		return r
	}
	switch c {
	case CauseRateLimit:
		r := replied(http.StatusTooManyRequests, "message", "You have reached your rate limit.", "errorType", "RATE_LIMIT")
		r.headers = js.NewObject("retry-after", "10")
		return r
	case CauseNotFound:
		return replied(http.StatusNotFound, "message", "The requested resource does not exist", "type", "not_found")
	case CauseOfflineAccess, CauseRevoked, CauseClientSecret, CauseTestMode:
		return replied(http.StatusUnauthorized, "message", "The access token expired")
	case CauseScopes:
		return missingScope(provider)
	}
	return replied(http.StatusServiceUnavailable, "message", "Service Unavailable")
}

// missingScope is the answer to a token without a scope, in the words of the providers.
func missingScope(provider string) providerReply {
	switch {
	case strings.HasPrefix(provider, "google"):
		return replied(http.StatusForbidden, "error", js.NewObject("code", http.StatusForbidden,
			"message", "Request had insufficient authentication scopes.", "status", "PERMISSION_DENIED"))
	case strings.HasPrefix(provider, "slack"):
		return replied(http.StatusForbidden, "ok", false, "error", "missing_scope", "needed", "channels:history", "provided", "chat:write")
	case strings.HasPrefix(provider, "hubspot"):
		return replied(http.StatusForbidden, "status", "error", "category", "MISSING_SCOPES",
			"message", "This app hasn't been granted all required scopes to make this call.")
	}
	return replied(http.StatusForbidden, "error", "insufficient_scope", "message", "The token lacks a scope that this request requires")
}

// fillURL returns the first of several templates ("a || b") that the connection's config fills, or a made-up one.
func fillURL(templates string, conn *connection) string {
	for option := range strings.SplitSeq(templates, " || ") {
		if filled := interpolate(option, conn, js.NewObject()); filled != "" && !strings.Contains(filled, "${") {
			return strings.TrimSuffix(filled, "/")
		}
	}
	return "https://api." + conn.integration.provider.Name + ".example"
}

func tokenURL(conn *connection) string {
	return fillURL(conn.integration.provider.Entry.Str("token_url"), conn)
}

func apiURL(conn *connection) string {
	return fillURL(conn.integration.provider.Entry.Obj("proxy").Str("base_url"), conn)
}

func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

// refreshStory is a failed refresh, or a failed test of credentials that are not refreshed.
func refreshStory(cause Cause) func(*operation) story {
	return func(o *operation) story {
		provider, address := o.conn.integration.provider, tokenURL(o.conn)
		if !canRefresh(provider.AuthMode) {
			return story{messages: func(w *scribe) { w.failedTest(o.conn) }}
		}
		r := cause.refreshReply(provider.Name, hostOf(address))
		return story{messages: func(w *scribe) { w.failedRefresh(address, r) }}
	}
}

// failedRefresh writes the two messages of a refresh that failed, as seen on v0.71.4.
func (w *scribe) failedRefresh(address string, r providerReply) {
	w.at = w.op.created - 6_000
	call := httpCall{method: "POST", url: address, headers: js.NewObject("user-agent", "Nango"), code: r.code,
		problem: r.problem, problemCode: r.problemCode, took: 6 * time.Millisecond}
	payload := js.NewObject("dataMessage", r.problem)
	if r.body != nil {
		call.meta, payload = js.NewObject("body", r.body), js.NewObject("dataMessage", r.body)
	}
	w.http(call)
	w.wait(10 * time.Millisecond)
	meta := js.NewObject("message", refreshFailed, "type", "refresh_token_external_error", "status", http.StatusBadRequest, "payload", payload)
	w.note("error", "Failed to refresh credentials", "meta", meta)
}

// failedTest writes the check of credentials such as an API key.
func (w *scribe) failedTest(conn *connection) {
	w.note("info", "Running automatic credentials verification")
	address := apiURL(conn) + "/me"
	w.http(httpCall{context: "proxy", method: "GET", url: address, headers: redacted(), code: http.StatusUnauthorized,
		answered: w.jsonHeaders(), retry: retried(0, 0, 0), took: 180 * time.Millisecond})
	w.note("error", "Connection test failed", "error", nangoError(credentialsInvalid, "connection_test_failed"),
		"meta", js.NewObject("providerConfigKey", conn.integration.key))
}

func nangoError(message, code string) *js.Object {
	return js.NewObject("name", "NangoError", "message", message, "type", code, "payload", js.NewObject())
}

// logErrors adds the operations of the errors that the list of connections shows. Those of errors before oldest are gone.
func (env *environment) logErrors(now, oldest timestamp) {
	env.updateSyncErrors(now)
	missing := func(id string) bool { return id != "" && env.logs.byID[id] == nil && logTime(id) >= oldest }
	for _, conn := range env.connections {
		if missing(conn.authErrorLog) {
			env.logAuthError(conn)
		}
		if missing(conn.syncErrorLog) {
			env.logSyncError(conn)
		}
	}
}

// logAuthError adds the operation of a connection's auth error.
func (env *environment) logAuthError(conn *connection) {
	env.logs.add(env.failedRefreshAt(conn, conn.authErrorLog))
}

func (env *environment) failedRefreshAt(conn *connection, id string) *operation {
	kind := kindRefresh
	if !canRefresh(conn.integration.provider.AuthMode) {
		kind = kindTest
	}
	at := logTime(id)
	return &operation{id: id, kind: kind, created: at, ended: at + 11_000, state: "failed", answered: true,
		integration: conn.integration, conn: conn, tell: refreshStory(env.authCauseOf(conn))}
}
