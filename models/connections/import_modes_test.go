package connections

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui/form"
)

// What each auth mode asks for, and what is sent then.
func TestCredentialsOfEveryAuthMode(t *testing.T) {
	for provider, c := range map[string]struct {
		typed form.Values
		want  string
	}{
		"github": {form.Values{"credentials.access_token": "t", "credentials.client_id": "own",
			"credentials.client_secret": "s"}, `{"access_token":"t","config_override":{"client_id":"own","client_secret":"s"},"type":"OAUTH2"}`},
		"zoom-cc": {form.Values{"credentials.token": "t", "credentials.client_id": "c", "credentials.client_secret": "s",
			"credentials.expires_at": "1795357740251", "connection_config.accountId": "1"},
			`{"client_id":"c","client_secret":"s","expires_at":"2026-11-22T14:29:00.251Z","token":"t","type":"OAUTH2_CC"}`},
		"trello": {form.Values{"credentials.oauth_token": "t", "credentials.oauth_token_secret": "s"},
			`{"oauth_token":"t","oauth_token_secret":"s","type":"OAUTH1"}`},
		"sendgrid": {form.Values{"credentials.apiKey": "SG.k"}, `{"apiKey":"SG.k","type":"API_KEY"}`},
		"mixpanel": {form.Values{"credentials.username": "u"}, `{"password":"","type":"BASIC","username":"u"}`},
		"netsuite-tba": {form.Values{"credentials.token_id": "i", "credentials.token_secret": "s",
			"connection_config.accountId": "123_SB1"}, `{"config_override":{},"token_id":"i","token_secret":"s","type":"TBA"}`},
		"github-app": {form.Values{"credentials.app_id": "1", "credentials.installation_id": "2"},
			`{"app_id":"1","installation_id":"2","type":"APP"}`},
		"github-app-oauth": {form.Values{"credentials.app_id": "1", "credentials.installation_id": "2"},
			`{"app_id":"1","installation_id":"2","type":"CUSTOM"}`},
		"unauthenticated": {nil, `{"type":"NONE"}`},
	} {
		t.Run(provider, func(t *testing.T) {
			w := integrated(t, provider).types(c.typed)
			w.Do(screen.Submit)
			var body struct {
				Credentials json.RawMessage `json:"credentials"`
				ID          *string         `json:"connection_id"`
			}
			w.must(json.Unmarshal(w.Proposal().Call.Body, &body))
			if string(body.Credentials) != c.want || body.ID != nil {
				t.Errorf("it sends %s, id %v", body.Credentials, body.ID)
			}
			w.must(w.Confirm())
			if got := w.opened(); !strings.HasPrefix(got, "connection/"+provider+"/") {
				t.Errorf("opened %s", got)
			}
		})
	}
}

func TestAuthModesThatCannotBeImported(t *testing.T) {
	for provider, mode := range map[string]string{
		"ghost-admin": "JWT", "bill-sandbox": "BILL", "tableau": "TWO_STEP", "emarsys": "SIGNATURE", "aws-sigv4": "AWS_SIGV4",
		"crisp-plugin-install": "INSTALL_PLUGIN", "canva-mcp": "MCP_OAUTH2", "mcp-generic": "MCP_OAUTH2_GENERIC",
	} {
		w := integrated(t, provider)
		w.See("can't be imported", mode, "connect link", "‹connections.link›")
		if w.Screen.Typing() {
			t.Errorf("%s: there is a form", mode)
		}
		w.Do(LinkFor)
		if got := w.opened(); got != "link?integration="+provider {
			t.Errorf("opened %s", got)
		}
	}
}

func TestExpiry(t *testing.T) {
	for text, want := range map[string]time.Time{
		"": {}, " 2026-03-01T12:00:00Z ": noon, "2026-03-01T14:00:00+02:00": noon, "1772366400000": noon,
	} {
		if got, err := parseExpiry(text); err != nil || !got.Equal(want) {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
}
