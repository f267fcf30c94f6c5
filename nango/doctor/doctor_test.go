package doctor

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"nango-tui/nango"
	"nango-tui/nango/cause"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func integration(provider, credentials string, functions ...nango.Function) Integration {
	return Integration{Functions: functions, IntegrationDetail: nango.IntegrationDetail{
		Integration: nango.Integration{Key: "crm", Provider: provider}, Credentials: json.RawMessage(credentials)}}
}

func function(name string, enabled bool, scopes ...string) nango.Function {
	return nango.Function{Name: name, Type: nango.SyncFunction, Enabled: enabled, Scopes: scopes}
}

func names(all []Finding) (names []string) {
	for _, f := range all {
		names = append(names, f.Name)
	}
	return names
}

func TestIntegrations(t *testing.T) {
	for name, c := range map[string]struct {
		of   Integration
		want []string
	}{
		"offline access is asked for":  {integration("jira", `{"scopes":"read:jira-work,offline_access"}`), nil},
		"offline access is missing":    {integration("jira", `{"scopes":"read:jira-work"}`), []string{nameOffline}},
		"of a variant of the provider": {integration("microsoft-teams", `{"scopes":""}`), []string{nameOffline}},
		"either scope is enough":       {integration("salesforce", `{"scopes":"api,offline_access"}`), nil},
		"the provider needs none":      {integration("hubspot", `{"scopes":"a"}`), nil},
		"no scopes in this auth mode":  {integration("jira", `{"apiKey":"x"}`), nil},
		"no credentials":               {integration("jira", ``), []string{nameApp}},
		"a function's scope": {integration("hubspot", `{"scopes":"a,b"}`, function("s", true, "b", "c d")),
			[]string{nameFunctionScope}},
		"a function that is switched off": {integration("hubspot", `{"scopes":"a"}`, function("s", false, "c")), nil},
		"a wider scope covers it": {integration("google-calendar", `{"scopes":"https://g/auth/calendar,repo"}`,
			function("s", true, "https://g/auth/calendar.readonly,repo:status")), nil},
		"functions not read": {Integration{FunctionsErr: errors.New("no network"),
			IntegrationDetail: nango.IntegrationDetail{Credentials: json.RawMessage(`{"scopes":""}`)}}, []string{nameFunctions}},
	} {
		if got := names(CheckIntegration(c.of)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestCredentials(t *testing.T) {
	const expires = `"type":"OAUTH2","access_token":"x","expires_at":"2026-03-01T11:00:00Z"` // the clock may be off by an hour
	for name, c := range map[string]struct {
		credentials, config string
		want                []string
	}{
		"all is there":             {`{` + expires + `,"raw":{"scope":"a b"}}`, `{}`, nil},
		"as an array":              {`{` + expires + `,"raw":{"scope":["a","b"]}}`, `{}`, nil},
		"the provider doesn't say": {`{` + expires + `,"raw":{}}`, `{}`, nil},
		"one was not granted":      {`{` + expires + `,"raw":{"scope":"a"}}`, `{}`, []string{nameNarrower}},
		"the override counts":      {`{` + expires + `,"raw":{"scope":"a"}}`, `{"oauth_scopes_override":"a"}`, nil},
		"expired long ago": {`{"type":"OAUTH2","access_token":"x","expires_at":"2026-03-01T09:00:00Z"}`, `{}`,
			[]string{nameNoRefresh}},
		"it never expires": {`{"type":"OAUTH2","access_token":"x"}`, `{}`, nil},
		"an API key":       {`{"type":"API_KEY","apiKey":"x"}`, `{}`, nil},
		"not readable":     {`[]`, `7`, nil},
	} {
		connection := nango.ConnectionDetail{Credentials: json.RawMessage(c.credentials), ConnectionConfig: json.RawMessage(c.config)}
		got := CheckCredentials(integration("hubspot", `{"scopes":"a,b,offline_access"}`), connection, noon)
		if !slices.Equal(names(got), c.want) {
			t.Errorf("%s: %q", name, names(got))
		}
	}
}

func TestWebhooks(t *testing.T) {
	for w, want := range map[Webhooks]string{
		{}: "[]", {Sent: 5, Occasions: 2}: "[]",
		{Occasions: 3}:               fmt.Sprint([]string{nameNoWebhook}, Warning),
		{Sent: 9, Failed: 2}:         fmt.Sprint([]string{nameWebhookFails}, Warning),
		{Sent: 9, Failed: 5}:         fmt.Sprint([]string{nameWebhookFails}, Problem),
		{Err: errors.ErrUnsupported}: fmt.Sprint([]string{nameWebhooks}, Unchecked),
	} {
		got := CheckWebhooks(w)
		text := fmt.Sprint(names(got))
		if len(got) > 0 {
			text = fmt.Sprint(names(got), got[0].Severity)
		}
		if text != want {
			t.Errorf("%+v: %s", w, text)
		}
	}
}

func TestCausesThatAreConfiguration(t *testing.T) {
	known := map[nango.ConnectionRef]cause.Cause{
		{Integration: "g", ID: "1"}: {Kind: cause.TestMode}, {Integration: "g", ID: "2"}: {Kind: cause.TestMode},
		{Integration: "g", ID: "3"}: {Kind: cause.Revoked}, {Integration: "h", ID: "1"}: {Kind: cause.NoRefreshToken},
	}
	got := CheckCauses(known)
	Sort(got)
	if len(got) != 2 || got[0].Integration != "g" || got[0].Name != string(cause.TestMode) || got[1].Integration != "h" {
		t.Errorf("%+v", got)
	}
}
