package nango

import (
	"strings"
	"testing"
)

func TestMaskAt(t *testing.T) {
	secrets := NewSecrets()
	secrets.Add("seen-before-1")
	for _, c := range []struct {
		path  []string
		value string
		want  string
	}{
		{[]string{"metadata", "plan"}, "team", "team"},
		{[]string{"metadata", "note"}, "it was seen-before-1", "it was " + Masked},
		{[]string{"credentials", "type"}, "OAUTH2", "OAUTH2"},
		{[]string{"credentials", "access_token"}, "abc", Masked},
		{[]string{"credentials", "raw", "scope"}, "read", Masked},
		{[]string{"connection_config", "oauth_client_secret"}, "abc", Masked},
		{[]string{"api_keys", "0"}, "abc", Masked},
	} {
		if got := secrets.MaskAt(c.path, c.value); got != c.want {
			t.Errorf("%v: %q is shown as %q, want %q", c.path, c.value, got, c.want)
		}
	}
}

// Where a text is cut off, begins with a byte order mark or is nested deeper than encoding/json reads, its secrets are hidden
// by place as in any other, and so are those of JSON within strings.
func TestInvalidJSONIsMaskedByPlace(t *testing.T) {
	deep := strings.Repeat("[", 10_001)
	for raw, want := range map[string]string{
		`{"credentials":{"type":"BASIC","username":"bob","raw":{"x":"y`: `{"credentials":{"type":"BASIC","username":"` +
			Masked + `","raw":{"x":"` + Masked + `"`,
		"\ufeff" + `{"credentials":{"username":"bob"}}`:       "\ufeff" + `{"credentials":{"username":"` + Masked + `"}}`,
		deep + `{"credentials":{"username":"bob"}}`:           deep + `{"credentials":{"username":"` + Masked + `"}}`,
		`{} {"credentials":{"username":"bob"}}`:               `{} {"credentials":{"username":"` + Masked + `"}}`,
		`{"body":"{\"credentials\":{\"username\":\"bob\"}}"}`: `{"body":"{\"credentials\":{\"username\":\"` + Masked + `\"}}"}`,
		`{"body":"{\"\\u0074oken\":\"bob\"}"}`:                `{"body":"{\"\\u0074oken\":\"` + Masked + `\"}"}`,
		`{"body":"{\"a\":\"{\\\"b\\\":\\\"[{\\\\\\\"token\\\\\\\":1234567}]"}`: `{"body":` +
			`"{\"a\":\"{\\\"b\\\":\\\"[{\\\\\\\"token\\\\\\\":\\\\\\\"` + Masked + `\\\\\\\"}]\\\"\""}`,
		`{"credentials":{"type":{"0":"hunter2"},"expires_at":["2030-01-01x"]}}`: `{"credentials":{"type":{"0":"` + Masked +
			`"},"expires_at":["` + Masked + `"]}}`,
	} {
		if got := string((*Secrets)(nil).MaskJSON([]byte(raw))); got != want {
			t.Errorf("%.80s\n got %s\nwant %s", raw, got[max(0, len(got)-120):], want[max(0, len(want)-120):])
		}
	}
}

// A dialog masks what was typed as a secret, and shows the rest as it stood in the form.
func TestRequestsShowWhatIsNoSecretInCredentials(t *testing.T) {
	scopes, hook := "read,write", Secret("the-webhook-secret")
	ref := ConnectionRef{Integration: "crm", ID: "globex"}
	for _, c := range []struct {
		call        Call
		shown, gone []string
	}{
		{CreateIntegration(IntegrationInput{Key: "crm", Provider: "hubspot",
			Credentials: OAuthApp{"OAUTH2", "the-client-id", "the-client-secret", &scopes, &hook}}).Call(),
			[]string{"the-client-id", scopes, "OAUTH2"}, []string{"the-client-secret", "the-webhook-secret"}},
		{UpdateIntegration("crm", IntegrationPatch{Credentials: GitHubApp{"12345", "https://github.com/apps/acme", "the-private-key"}}).Call(),
			[]string{"12345", "https://github.com/apps/acme"}, []string{"the-private-key"}},
		{UpsertConnection(ConnectionInput{Ref: ref, Credentials: Credentials{Type: "BASIC",
			Values: map[string]Secret{"username": "the-user", "password": "the-password"}}}).Call(),
			[]string{"the-user"}, []string{"the-password"}},
		{UpsertConnection(ConnectionInput{Ref: ref, Credentials: Credentials{Type: "OAUTH2_CC", Values: map[string]Secret{
			"token": "the-token", "client_id": "the-client-id", "client_secret": "the-client-secret", "client_certificate": "the-certificate",
		}}}).Call(), []string{"the-client-id"}, []string{"the-token", "the-client-secret", "the-certificate"}},
		{RunAction(ActionInput{Connection: ref, Name: "sign-in", Input: []byte(`{"credentials":{"username":"the-user"}}`)}).Call(),
			nil, []string{"the-user"}},
	} {
		body, curl := string((*Secrets)(nil).MaskBody(c.call)), Curl(c.call, "https://api.nango.dev").Line
		for _, text := range c.shown {
			if !strings.Contains(body, text) {
				t.Errorf("%s: %q isn't shown:\n%s", c.call, text, body)
			}
		}
		for _, text := range c.gone {
			if strings.Contains(body, text) || strings.Contains(curl, text) {
				t.Errorf("%s: %q is shown:\n%s\n%s", c.call, text, body, curl)
			}
		}
	}
	secrets := NewSecrets()
	secrets.Add("the-user-key")
	call := UpsertConnection(ConnectionInput{Ref: ref, Credentials: Credentials{Type: "BASIC",
		Values: map[string]Secret{"username": "the-user-key", "password": ""}}}).Call()
	if body := string(secrets.MaskBody(call)); strings.Contains(body, "the-user-key") {
		t.Errorf("a user name that was typed as a secret is shown: %s", body)
	}
}
