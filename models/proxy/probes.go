package proxy

import (
	"strings"

	"nango-tui/nango"
)

// probePrefix begins the names of saved requests that are the user's own probes of their integration.
const probePrefix = "probe"

// probe is a harmless request: a GET that reads little and that every token may make.
type probe struct {
	path string
	// from says whose it is.
	from string
}

// probes are harmless requests of well-known providers, behind the base URL that Nango's catalog has for them. Names are how the
// names of providers begin. Sources: the providers' API references.
var probes = []struct{ provider, path string }{
	{"airtable", "/v0/meta/whoami"},
	{"asana", "/api/1.0/users/me"},
	{"bitbucket", "/2.0/user"},
	{"box", "/2.0/users/me"},
	{"calendly", "/users/me"},
	{"clickup", "/api/v2/user"},
	{"confluence", "/oauth/token/accessible-resources"},
	{"discord", "/api/users/@me"},
	{"figma", "/v1/me"},
	{"github", "/user"},
	{"gitlab", "/api/v4/user"},
	{"google-calendar", "/calendar/v3/users/me/calendarList?maxResults=1"},
	{"google-drive", "/drive/v3/about?fields=user"},
	{"google-mail", "/gmail/v1/users/me/profile"},
	{"hubspot", "/account-info/v3/details"},
	{"intercom", "/me"},
	{"jira", "/oauth/token/accessible-resources"},
	{"linkedin", "/v2/userinfo"},
	{"mailchimp", "/3.0/ping"},
	{"microsoft", "/v1.0/me"},
	{"notion", "/v1/users/me"},
	{"one-drive", "/v1.0/me/drive"},
	{"outlook", "/v1.0/me"},
	{"pipedrive", "/v1/users/me"},
	{"salesforce", "/services/oauth2/userinfo"},
	{"slack", "/auth.test"},
	{"stripe", "/v1/balance"},
	{"trello", "/1/members/me"},
	{"xero", "/connections"},
	{"zendesk", "/api/v2/users/me.json"},
	{"zoom", "/users/me"},
}

// probeOf chooses the request: the user's own, then the one that Nango checks credentials with, then a known one.
func probeOf(integration string, p nango.Provider, saved []SavedRequest) (probe, bool) {
	for _, one := range saved {
		if one.Connection.Integration == integration && one.Method == "GET" && strings.HasPrefix(strings.ToLower(one.Name), probePrefix) {
			path := one.Path
			if one.Query != "" {
				path += "?" + one.Query
			}
			return probe{path, one.Name}, true
		}
	}
	if p.Verification != "" {
		return probe{p.Verification, probeFromCatalog}, true
	}
	for _, one := range probes {
		if p.Name == one.provider || strings.HasPrefix(p.Name, one.provider+"-") {
			return probe{one.path, probeBuiltIn}, true
		}
	}
	return probe{}, false
}

// kind is what an answer says about the connection.
type kind int

const (
	probeWorks kind = iota
	probeRefused
	probeLimited
	probeDown
	probeUnclear
)

// kindOf judges an answer. Nango's own error means that it couldn't get a token, unless it says otherwise.
func (e exchange) kind() kind {
	switch code := e.response.Status; {
	case code >= 200 && code < 400:
		return probeWorks
	case code == 429:
		return probeLimited
	case e.nangoErr != nil && isUnreached(e.nangoErr):
		return probeDown
	case e.nangoErr != nil, code == 401, code == 403, code == 424:
		return probeRefused
	case code >= 500, code == 0:
		return probeDown
	}
	return probeUnclear
}

// isUnreached reports whether Nango says that it couldn't reach the provider: by a code of Node.js, such as ECONNREFUSED.
func isUnreached(err error) bool {
	e, ok := nango.AsError(err)
	return ok && strings.HasPrefix(e.Code, "E") && e.Code == strings.ToUpper(e.Code)
}

// verdict says what the answers mean: of the connection, and of a healthy one if there is one.
func verdict(broken kind, healthy *kind) (says, next string) {
	if healthy == nil {
		return aloneVerdicts[broken], verdictAlone
	}
	switch h := *healthy; {
	case broken == probeLimited || h == probeLimited:
		return verdictLimited, adviceLimited
	case broken == probeWorks && h == probeWorks:
		return verdictWorks, adviceWorks
	case broken == probeWorks:
		return verdictOnlyThis, adviceOnlyThis
	case broken == probeRefused && h == probeWorks:
		return verdictToken, adviceToken
	case broken == probeRefused && h == probeRefused:
		return verdictBothRefused, adviceBothRefused
	case broken == probeDown && h == probeDown:
		return verdictDown, adviceDown
	case broken == probeDown && h == probeWorks:
		return verdictAccount, adviceAccount
	}
	return verdictUnclear, adviceUnclear
}

var aloneVerdicts = map[kind]string{
	probeWorks: aloneWorks, probeRefused: aloneRefused, probeLimited: verdictLimited, probeDown: aloneDown, probeUnclear: verdictUnclear,
}
