package integrations

import (
	"net/http"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestCreateIntegrationWithOwnApp(t *testing.T) {
	w := newWorld(t, 0).making("hubspot")
	w.See("Key", "hubspot", "My own app at the provider")
	w.fill(fieldKey, "hubspot-eu", fieldClientID, "the-id", fieldClientSecret, "the-client-secret", fieldScopes,
		"crm.objects.contacts.read, oauth",
		fieldWebhookSecret, "the-webhook-secret", fieldName, "HubSpot (EU)", fieldForward, "")
	w.NotSee("the-client-secret", "the-webhook-secret")
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Call.Effect != nango.Writes || p.About != "hubspot-eu" ||
		!strings.Contains(strings.Join(p.Consequences, "\n"), "Scopes: crm.objects.contacts.read, oauth.") {
		t.Errorf("proposed %+v", p)
	}
	same(t, w.proposed(), `{"provider":"hubspot","unique_key":"hubspot-eu","display_name":"HubSpot (EU)","forward_webhooks":false,
		"credentials":{"type":"OAUTH2","client_id":"the-id","client_secret":"the-client-secret",`+
		`"scopes":"crm.objects.contacts.read,oauth","webhook_secret":"the-webhook-secret"}}`)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	if len(w.Opened) != 1 || w.Opened[0].String() != "integration/hubspot-eu" {
		t.Errorf("opened %v", w.Opened)
	}
	w.open(detail("hubspot-eu"))
	w.SeeLine("Name", "HubSpot (EU)")
	if got := w.secret("hubspot-eu", "client_secret"); got != "the-client-secret" {
		t.Errorf("the secret is %q", got)
	}
}

func TestProviderWithoutAppNeedsOnlyAKey(t *testing.T) {
	w := newWorld(t, 0).making("algolia")
	w.See("Auth mode API_KEY", "This auth mode needs no credentials")
	same(t, w.sends(), `{"provider":"algolia","unique_key":"algolia","forward_webhooks":true}`)
}

func TestCreateGitHubAppWithPrivateKey(t *testing.T) {
	for provider, more := range map[string][]string{"github-app": nil, "github-app-oauth": {fieldClientID, "the-id",
		fieldClientSecret, "the-secret"}} {
		w := newWorld(t, 0).making(provider)
		w.fill(append([]string{fieldAppID, "12345", fieldAppLink, "https://github.com/apps/x"}, more...)...)
		w.refuses("the private key is missing")
		w.form().Focus(fieldPrivateKey)
		w.Paste(somePEM())
		w.NotSee("BEGIN RSA PRIVATE KEY-----\n", "MII")
		sent := w.sends()["credentials"].(map[string]any)
		if sent["private_key"] != strings.TrimSpace(somePEM()) || sent["app_id"] != "12345" || sent["app_link"] != "https://github.com/apps/x" {
			t.Errorf("sent %v", sent)
		}
		if len(more) > 0 && (sent["type"] != "CUSTOM" || sent["client_id"] != "the-id") {
			t.Errorf("sent %v", sent)
		}
	}
}

func TestTBAAppIsOptionalButNotIncomplete(t *testing.T) {
	w := newWorld(t, 0).making("netsuite-tba")
	w.See("Client id", "Client secret")
	w.NotSee("Client id (required)", "Client secret (required)")
	w.fill(fieldClientID, "the-id")
	w.refuses("missing:")
	w.fill(fieldClientID, "")
	same(t, w.sends(), `{"provider":"netsuite-tba","unique_key":"netsuite-tba","forward_webhooks":true}`)
}

func TestScopesStartWithTheDefaults(t *testing.T) {
	for typed, want := range map[string]any{"api-v1": "api-v1", "": ""} {
		w := newWorld(t, 0)
		if err := w.server.LoadProviders(strings.NewReader(`[{"name":"acme","auth_mode":"OAUTH2","default_scopes":["api-v1"]}]`)); err != nil {
			t.Fatal(err)
		}
		w.making("acme")
		w.fill(fieldClientID, "a", fieldClientSecret, "b")
		if got := w.form().Values()[fieldScopes]; got != "api-v1" {
			t.Errorf("the scopes are %q", got)
		}
		w.fill(fieldScopes, typed)
		if got := w.sends()["credentials"].(map[string]any)["scopes"]; got != want {
			t.Errorf("%q became %v", typed, got)
		}
	}
}

func TestFieldsAreCheckedWhileTyping(t *testing.T) {
	for _, test := range []struct{ field, typed, why string }{
		{fieldKey, "", "the integration key is empty"},
		{fieldKey, "a/b", `contains '/'`},
		{fieldKey, "hubspot", "exists already"},
		{fieldKey, " x", "begins or ends with a space"},
		{fieldKey, "..", "can't be used in a path"},
		{fieldKey, strings.Repeat("a", 256), "longer than 255"},
		{fieldClientID, "", "the client id is missing"},
		{fieldClientID, "x ", "begins or ends with a space"},
		{fieldClientID, strings.Repeat("a", 256), "256 characters"},
		{fieldClientSecret, "", "the client secret is missing"},
		{fieldClientSecret, "a\nb", "has a line break"},
		{fieldScopes, "a b", "by commas"},
		{fieldScopes, "a,,b", "between two commas"},
		{fieldScopes, "a;b", `has ';'`},
		{fieldWebhookSecret, strings.Repeat("a", 256), "256 characters"},
		{fieldName, strings.Repeat("é", 256), "256 characters"},
	} {
		w := newWorld(t, 0)
		w.integration("hubspot", "hubspot")
		w.making("hubspot")
		w.fill(fieldClientID, "a", fieldClientSecret, "b", test.field, test.typed)
		w.refuses(test.why)
		if got := w.form().Focused(); got != test.field {
			t.Errorf("%s: the focus is on %s", test.why, got)
		}
	}
}

func TestKeyStartsWithAFreeOne(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("hubspot", "hubspot")
	w.integration("hubspot-2", "hubspot")
	w.making("hubspot")
	w.See("hubspot-3")
	w.form().Focus(fieldKey)
	w.Key(tea.KeyPressMsg{Code: tea.KeyBackspace})
	w.Type("2")
	w.See("the key hubspot-2 exists already")
}

func TestNangoAppRejectionIsExplained(t *testing.T) {
	w := newWorld(t, 0).making("salesforce")
	w.fill(fieldApp, appNango)
	w.NotSee("Client id")
	if op := w.Action(screen.Submit).Operation; op != nango.OpIntegrationQuickstart {
		t.Errorf("it sends %s", op)
	}
	w.Do(screen.Submit)
	same(t, w.proposed(), `{"provider":"salesforce","unique_key":"salesforce","forward_webhooks":true}`)
	if err := w.Confirm(); err == nil {
		t.Fatal("it was made")
	}
	w.Height = 30
	w.See("No Nango-provided developer app is configured", "own app.", "Nango's app")
	w.fill(fieldApp, appOwn, fieldClientID, "a", fieldClientSecret, "b")
	if got := w.sends()["credentials"].(map[string]any)["type"]; got != "OAUTH2" {
		t.Errorf("sent %v", got)
	}

	w = newWorld(t, 0).making("slack")
	w.fill(fieldApp, appNango)
	w.sends()
	if len(w.Opened) != 1 || w.Opened[0].String() != "integration/slack" {
		t.Errorf("opened %v", w.Opened)
	}

	w = newWorld(t, 0).making("slack")
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations/quickstart", Status: 404, Body: "<html>", ContentType: "text/html"})
	w.fill(fieldApp, appNango)
	w.Do(screen.Submit)
	if err := w.Confirm(); err == nil {
		t.Fatal("it was made")
	}
	w.See("which was added in v0.70.2")
}

func TestModesWithoutSharedAppsDoNotOfferOne(t *testing.T) {
	for _, provider := range []string{"algolia", "netsuite-tba", "github-app-oauth"} {
		newWorld(t, 0).making(provider).NotSee("Nango's own app")
	}
}

func TestConfigFieldsAreShown(t *testing.T) {
	w := newWorld(t, 0).making("private-api-generic")
	w.fill(fieldKey, "generic-1", "config keyName", "X-Api-Key", "config baseUrl", "nope")
	w.refuses("must match ^https?://")
	w.fill("config baseUrl", "https://")
	w.refuses("must be a URL")
	w.fill("config baseUrl", "https://api.example.com", "config valueTemplate", "none")
	w.refuses("must match")
	w.fill("config valueTemplate", "Key ${apiKey}", "config keyName", "")
	w.refuses("missing")
	w.fill("config keyName", "X-Api-Key")
	same(t, w.sends(), `{"provider":"private-api-generic","unique_key":"generic-1","forward_webhooks":true,"integration_config":{
		"keyPlacement":"header","keyName":"X-Api-Key","valueTemplate":"Key ${apiKey}","baseUrl":"https://api.example.com","keyLabel":"API Key"}}`)
}

func TestConditionalFieldsAreShown(t *testing.T) {
	w := newWorld(t, 0)
	if err := w.server.LoadProviders(strings.NewReader(`[{"name":"aws","auth_mode":"AWS_SIGV4","integration_config":{
		"mode":{"title":"Mode","enum":["builtin","custom"],"default_value":"builtin","order":1},
		"auth":{"title":"Auth","enum":["none","key"],"default_value":"key","optional":true,"visible_when":{"field":"mode",` +
		`"equals":"custom"},"order":2},
		"apiKey":{"title":"Key of it","secret":true,"visible_when":{"field":"auth","equals":"key"},"order":3},
		"odd":{"title":"Odd","optional":true,"pattern":"(?<=x)y","visible_when":7},
		"round":{"title":"Round","optional":true,"visible_when":{"field":"round","equals":""}},
		"found":{"title":"Found","automated":true,"optional":true}}}]`)); err != nil {
		t.Fatal(err)
	}
	w.making("aws")
	w.Height = 60
	w.See("Mode", "Odd", "Round")
	w.NotSee("Auth\n", "Key of it", "Found")
	w.fill("config mode", "custom")
	w.See("Auth\n", "Key of it")
	w.refuses("missing")
	w.fill("config apiKey", "sts-secret-key-1")
	w.NotSee("sts-secret-key-1")
	same(t, w.sends()["integration_config"], `{"mode":"custom","auth":"key","apiKey":"sts-secret-key-1"}`)
}

func TestAnExampleThatIsRefusedIsNotGiven(t *testing.T) {
	w := newWorld(t, 0)
	if err := w.server.LoadProviders(strings.NewReader(`[{"name":"aws","auth_mode":"AWS_SIGV4","integration_config":{
		"site":{"title":"Site","description":"Of the account.","pattern":"^\\d+$","example":"-99"}}}]`)); err != nil {
		t.Fatal(err)
	}
	w.making("aws")
	w.fill("config site", "-99")
	w.refuses("must match")
	w.See("Of the account.")
	w.NotSee("E.g.")
}

func TestServerErrorsAreShownAtTheirFields(t *testing.T) {
	w := newWorld(t, 0).making("private-api-generic")
	w.fill("config keyName", "x", "config baseUrl", "https://x.example")
	for body, want := range map[string]struct{ field, said string }{
		`{"error":{"code":"invalid_body","message":"Value template has an invalid format, Base URL has an invalid format"}}`: {
			"config valueTemplate", "Base URL has an invalid format",
		},
		`{"error":{"code":"invalid_body","errors":[{"code":"invalid_string","message":"Unique key already exists",` +
			`"path":["uniqueKey"]}]}}`: {fieldKey, "Unique key already exists"},
		`{"error":{"code":"invalid_body","errors":[{"code":"too_big","message":"Too big","path":["display_name"]},{"code":"x",` +
			`"message":"Other","path":["unique_key"]}]}}`: {fieldName, "Too big"},
		`{"error":{"code":"invalid_body","errors":[{"code":"custom","message":"Unrecognized key","path":[]}]}}`: {"", "Unrecognized key"},
		`{"error":{"code":"server_error","message":"It fell over"}}`:                                            {"", "It fell over"},
	} {
		w.server.Inject(sandbox.Fault{Method: http.MethodPost, Status: http.StatusBadRequest, Body: body, Times: 1})
		w.Height = 60
		w.Do(screen.Submit)
		if w.Confirm() == nil {
			t.Fatal("the server took it")
		}
		w.See(want.said)
		if got := w.form().Focused(); want.field != "" && got != want.field {
			t.Errorf("%s stands at %s, not at %s", want.said, got, want.field)
		}
		if w.form().Values()["config baseUrl"] != "https://x.example" {
			t.Error("what was typed is gone")
		}
	}
	w.Do(screen.Submit)
	w.Decline()
	if w.form().Values()["config keyName"] != "x" {
		t.Error("a no took what was typed")
	}
	w.sends()
}

const weakKey = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"

func TestKeyWithoutScopeShowsWhichIsMissing(t *testing.T) {
	w := newWorld(t, 0)
	w.server.AddKey(weakKey, "environment:integrations:list")
	w.openWith(weakKey, create(t, "algolia"))
	w.Width = 120
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("it was made")
	}
	w.See("403 forbidden", "environment:integrations:create", "algolia")
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	w := newWorld(t, 0)
	w.gone()
	w.making("algolia")
	w.See("Couldn't check which keys exist", "500")
	w.sends()
	w = newWorld(t, 0).making("no-such")
	w.See("Couldn't load the provider no-such", "404")
	w.Do(screen.Refresh)
	if _, err := NewCreate(screen.To("new-integration")); err == nil {
		t.Error("an integration is made of nothing")
	}
	if _, err := NewCreate(screen.To("new-integration", "../x")); err == nil {
		t.Error("an integration is made of a path")
	}
	newWorld(t, 0).hold(create(t, "algolia")).See("Loading the fields of algolia")
}

func TestHostileProviderIsSanitizedInTheForm(t *testing.T) {
	w := newWorld(t, 0)
	if err := w.server.LoadProviders(strings.NewReader(`[{"name":"evil","display_name":"E\u001b[31m\u202e",` +
		`"auth_mode":"OAUTH2","default_scopes":["a\u001b[2J"],
		"integration_config":{"k\u0007":{"title":"T\u001b[31m","description":"D\u202e\n","example":"\u0000",` +
		`"enum":["\u001b]0;x\u0007","fine"],"pattern":"("}}}]`)); err != nil {
		t.Fatal(err)
	}
	w.making("evil")
	w.Height = 60
	// the caret is ours
	if raw := strings.NewReplacer("\x1b[7m", "", "\x1b[m", "").Replace(w.Raw()); strings.ContainsAny(raw, "\x1b\x07\u202e\x00") {
		t.Fatalf("a stranger's text reached the screen: %q", raw)
	}
	w.Fits()
}

func TestFormsFitEveryTerminal(t *testing.T) {
	for _, provider := range []string{"hubspot", "github-app-oauth", "private-api-generic", "aws-sigv4"} {
		w := newWorld(t, 0).making(provider)
		for _, size := range [][2]int{{120, 35}, {80, 19}, {60, 10}, {20, 5}} {
			w.Width, w.Height = size[0], size[1]
			for range 12 {
				w.Fits()
				w.Key(tea.KeyPressMsg{Code: tea.KeyTab})
			}
		}
		w.Paste(strings.Repeat("x", 2<<20))
		w.Fits()
	}
}

func TestCreateFormLooks(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 0).making("hubspot")
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.portless())
		})
	}
	t.Run("config120x35", func(t *testing.T) {
		w := newWorld(t, 0).making("private-api-generic")
		w.Width, w.Height = 120, 35
		golden.RequireEqual(t, w.portless())
	})
}

func TestBackKeyEndsASearchFirst(t *testing.T) {
	w := small(t).making("slack")
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	w.Type("/nango")
	w.Do(screen.LeaveForm)
	if w.Left {
		t.Fatal("the form is left while one searches")
	}
	w.Do(screen.LeaveForm)
	if !w.Left {
		t.Error("the form is not left")
	}
}

func TestOldServerWithoutQuickstartIsExplained(t *testing.T) {
	w := newWorld(t, 0)
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations/quickstart", Status: 404, Body: "<pre>Cannot POST</pre>",
		ContentType: "text/html"})
	w.making("slack")
	w.fill(fieldApp, appNango)
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("it was made")
	}
	w.See("was added in v0.70.2", "Use your own app.")
	if w.form().Focused() != fieldApp {
		t.Errorf("the focus is on %s", w.form().Focused())
	}
}
