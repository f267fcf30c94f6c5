package doctor

import (
	"encoding/json"
	"slices"
	"strings"

	"nango-tui/nango"
)

// offline says which scopes make a provider give a refresh token; any one is enough. Names are how the names of providers begin.
// Sources: the providers' documentation.
var offline = []struct {
	providers, scopes []string
}{
	{[]string{"microsoft", "outlook", "one-drive", "sharepoint", "teams", "azure-ad"}, []string{"offline_access"}},
	{[]string{"jira", "confluence", "atlassian"}, []string{"offline_access"}},
	{[]string{"xero", "auth0", "okta", "calendly-oidc", "twitter", "x-oauth2"}, []string{"offline_access", "offline.access"}},
	{[]string{"salesforce"}, []string{"refresh_token", "offline_access"}},
}

// offlineScopes are the scopes of which a provider needs one to give a refresh token; none if it gives one without.
func offlineScopes(provider string) []string {
	for _, one := range offline {
		if slices.ContainsFunc(one.providers, func(name string) bool { return provider == name || strings.HasPrefix(provider, name+"-") }) {
			return one.scopes
		}
	}
	return nil
}

// withoutOffline leaves out scopes that providers don't repeat in what they grant.
func withoutOffline(scopes []string) []string {
	return slices.DeleteFunc(slices.Clone(scopes), func(s string) bool {
		return slices.Contains([]string{"offline_access", "offline.access", "refresh_token", "openid", "profile", "email"}, strings.ToLower(s))
	})
}

// Split takes scopes apart that are separated by commas or spaces, as providers and functions write them.
func Split(scopes ...string) []string {
	var all []string
	for _, s := range scopes {
		for _, one := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' }) {
			if !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
	}
	return all
}

// AskedScopes are the scopes of an integration's app. They are not known if its credentials have none.
func AskedScopes(credentials json.RawMessage) (scopes []string, known bool) {
	var wire struct {
		Scopes *string `json:"scopes"`
	}
	if json.Unmarshal(credentials, &wire) != nil || wire.Scopes == nil {
		return nil, false
	}
	return Split(*wire.Scopes), true
}

// Granted are the scopes that the provider granted to a connection, as its response has them; none if it doesn't say.
func Granted(credentials json.RawMessage) []string {
	var wire struct {
		Raw struct {
			Scope  json.RawMessage `json:"scope"`
			Scopes json.RawMessage `json:"scopes"`
		} `json:"raw"`
	}
	if json.Unmarshal(credentials, &wire) != nil {
		return nil
	}
	if scopes := scopeList(wire.Raw.Scope); len(scopes) > 0 {
		return scopes
	}
	return scopeList(wire.Raw.Scopes)
}

// Override are the scopes that a connection asked for in place of its integration's.
func Override(c nango.ConnectionDetail) []string {
	var wire struct {
		Scopes json.RawMessage `json:"oauth_scopes_override"`
	}
	if json.Unmarshal(c.ConnectionConfig, &wire) != nil {
		return nil
	}
	return scopeList(wire.Scopes)
}

// scopeList reads a string or an array of strings.
func scopeList(raw json.RawMessage) []string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return Split(text)
	}
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return Split(list...)
	}
	return nil
}

// Needed are the scopes that a function says it needs.
func Needed(f nango.Function) []string { return Split(f.Scopes...) }

// Missing are the needed scopes that the others don't cover.
func Missing(have, need []string) []string {
	var lacks []string
	for _, scope := range need {
		if !Covers(have, scope) {
			lacks = append(lacks, scope)
		}
	}
	return lacks
}

// Covers reports whether scopes include another one: itself, one that also allows changes, or the one it is a part of, such as "repo"
// for "repo:status".
func Covers(have []string, need string) bool {
	return slices.ContainsFunc(have, func(s string) bool {
		return strings.EqualFold(s, need) || strings.EqualFold(s+".readonly", need) || strings.HasPrefix(need, s+":")
	})
}
