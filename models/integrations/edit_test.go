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

// editing opens the form for an integration in a wide terminal.
func (w *world) editing(key string) *world {
	w.t.Helper()
	return w.editingWith(w.server.Keys().Environment, key)
}

func (w *world) editingWith(apiKey, key string) *world {
	w.t.Helper()
	w.openWith(apiKey, detail(key))
	w.Width, w.Height = 120, 60
	w.Do(Edit)
	return w
}

// difference is what the dialog shows to change.
func (w *world) difference(before, after string) {
	w.t.Helper()
	if p := w.Proposal(); p.Before != before || p.After != after {
		w.t.Errorf("the difference is between\n%s\nand\n%s", p.Before, p.After)
	}
}

// goes fails unless the dialog says each text, and none of the secrets.
func (w *world) goes(texts ...string) {
	w.t.Helper()
	p := w.Proposal()
	said := strings.Join(p.Consequences, "\n")
	for _, text := range texts {
		if !strings.Contains(said, text) {
			w.t.Errorf("%q is not said:\n%s", text, said)
		}
	}
	if strings.Contains(said+p.Before+p.After, "secret-") {
		w.t.Errorf("a secret is shown: %s\n%s\n%s", said, p.Before, p.After)
	}
}

func TestOnlyChangesAreSent(t *testing.T) {
	w := small(t).editing("hubspot")
	w.refuses("No changes to send")
	w.fill(fieldName, "HubSpot (all)", fieldForward, "")
	w.Do(screen.Submit)
	w.difference("display name: HubSpot\nwebhooks forwarded: yes", "display name: HubSpot (all)\nwebhooks forwarded: no")
	if p := w.Proposal(); p.Call.Effect != nango.Writes || p.ConfirmLabel != "Change" {
		t.Errorf("proposed %+v", p)
	}
	same(t, w.proposed(), `{"display_name":"HubSpot (all)","forward_webhooks":false}`)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	if _, ok := w.Screen.(*Detail); !ok {
		t.Fatal("the form is still open")
	}
	w.Refresh()
	w.SeeLine("Name", "HubSpot (all)")
	w.SeeLine("Forwarded", "no")
}

func TestEmptyNameIsKept(t *testing.T) {
	w := small(t).editing("hubspot")
	w.fill(fieldName, "")
	w.refuses("No changes to send")
}

func TestRenameIsDisabledWithConnections(t *testing.T) {
	w := small(t).editing("hubspot")
	w.See("Key hubspot", "Can't be renamed: it has 3 connections. Nango renames only integrations without connections.")
	if _, there := w.form().Values()[fieldKey]; there {
		t.Error("the key can be edited")
	}
	w = small(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/connections", Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"no"}}`})
	w.editing("hubspot")
	w.fill(fieldKey, "hub")
	w.form().Focus(fieldKey)
	w.See("Couldn't count the connections")
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("it was renamed")
	}
	w.See("Can't rename an integration with active connections")
	if w.form().Focused() != fieldKey || w.form().Values()[fieldKey] != "hub" {
		t.Error("the key is not at its field, or not as it was typed")
	}
}

func TestAnIntegrationWithoutConnectionsIsRenamed(t *testing.T) {
	w := small(t).editing("slack-eu")
	w.fill(fieldKey, "hubspot")
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("the key of another one was taken")
	}
	w.See("uniqueKey is already used by another integration")
	w.fill(fieldKey, "a/b")
	w.refuses("which Nango refuses")
	w.fill(fieldKey, "slack-de")
	same(t, w.sends(), `{"unique_key":"slack-de"}`)
	d := w.Screen.(*Detail)
	if d.Title() != "slack-de" {
		t.Errorf("the page is of %s", d.Title())
	}
	call := nango.Call{Operation: nango.OpIntegrationUpdate, About: nango.ConnectionRef{Integration: "slack-eu"}}
	if !d.Concerns(call) {
		t.Error("the renaming does not concern the page")
	}
	w.Refresh()
	w.SeeLine("Key", "slack-de")
}

func TestScopesAreChangedWithTheSameApp(t *testing.T) {
	w := small(t)
	w.editing("hubspot")
	id, secret := w.secret("hubspot", "client_id"), w.secret("hubspot", "client_secret")
	w.form().Focus(fieldReplace)
	w.See("its scopes or webhook secret", "Enter client id and secret again", "without revealing them", "it has 3 connections")
	w.NotSee("Client secret")
	w.fill(fieldReplace, "true")
	w.See("Client id", "Scopes")
	w.refuses("the client id is missing")
	w.fill(fieldClientID, id, fieldClientSecret, secret)
	w.refuses("No changes to send")
	w.fill(fieldScopes, "oauth, crm.lists.read")
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Call.Effect != nango.Destroys || p.ConfirmLabel != "Replace" {
		t.Errorf("proposed %+v", p)
	}
	w.goes("Permanently replaces", "token refreshes keep working")
	if !strings.HasSuffix(p.After, "scopes: oauth, crm.lists.read") || strings.Contains(p.Before+p.After, secret) ||
		strings.Contains(p.Before, "client") {
		t.Errorf("the difference is between\n%s\nand\n%s", p.Before, p.After)
	}
	sent := w.proposed()["credentials"].(map[string]any)
	if sent["scopes"] != "oauth,crm.lists.read" || sent["client_secret"] != secret || len(sent) != 4 || len(w.proposed()) != 1 {
		t.Errorf("sent %v", w.proposed())
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	if got := w.secret("hubspot", "scopes"); got != "oauth,crm.lists.read" {
		t.Errorf("the scopes are %s", got)
	}
}

func TestChangedAppShowsAWarning(t *testing.T) {
	w := small(t).editing("hubspot")
	scopes := w.form().Values()[fieldScopes]
	w.fill(fieldReplace, "true", fieldClientID, "id-2", fieldClientSecret, "secret-2", fieldWebhook, webhookSet)
	w.refuses("the webhook secret is missing")
	w.fill(fieldWebhookSecret, "secret-3")
	w.NotSee("secret-2", "secret-3")
	w.Do(screen.Submit)
	w.goes("Token refreshes of 3 connections fail until their customers reconnect.")
	w.difference("client_id: current value\nclient_secret: current value\nwebhook secret: current value, if set",
		"client_id: new value\nclient_secret: new value\nwebhook secret: new value")
	if _, there := w.proposed()["credentials"].(map[string]any)["scopes"]; there {
		t.Errorf("the scopes are sent, which stay %q", scopes)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	if got := w.secret("hubspot", "webhook_secret"); got != "secret-3" {
		t.Errorf("the webhook secret is %q", got)
	}
	w.Refresh()
	w.Do(Edit)
	w.fill(fieldReplace, "true", fieldClientID, "id-2", fieldClientSecret, "secret-2", fieldWebhook, webhookRemove)
	same(t, w.sends(), `{"credentials":{"type":"OAUTH2","client_id":"id-2","client_secret":"secret-2","webhook_secret":""}}`)
	w.Refresh()
	w.Do(Edit)
	w.fill(fieldReplace, "true", fieldClientID, "id-2", fieldClientSecret, "secret-2", fieldWebhook, webhookRemove)
	w.refuses("No changes to send")
}

func TestKeyThatCannotReadCredentialsCanReplaceThem(t *testing.T) {
	w := small(t)
	w.editingWith(w.server.Keys().NoCredentials, "hubspot")
	w.fill(fieldReplace, "true", fieldClientID, "id-2", fieldClientSecret, "secret-2")
	w.See("Change scopes")
	w.Do(screen.Submit)
	w.goes("This API key can't read the current credentials", "3 connections fail")
	w.difference("client_id: unknown\nclient_secret: unknown", "client_id: new value\nclient_secret: new value")
	same(t, w.proposed(), `{"credentials":{"type":"OAUTH2","client_id":"id-2","client_secret":"secret-2"}}`)
	w.Decline()
	w.fill(fieldScopesChange, "true")
	same(t, w.sends(), `{"credentials":{"type":"OAUTH2","client_id":"id-2","client_secret":"secret-2","scopes":""}}`)
}

func TestAGitHubAppIsReplaced(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("github-app", "github-app")
	w.editing("github-app")
	w.fill(fieldReplace, "true", fieldAppID, "77", fieldAppLink, "https://github.com/apps/y", fieldPrivateKey, somePEM())
	w.Do(screen.Submit)
	w.goes("No connection depends on them.")
	if strings.Contains(w.Proposal().After, "MII") {
		t.Error("the private key is shown")
	}
	same(t, w.proposed()["credentials"].(map[string]any)["private_key"], `"`+strings.ReplaceAll(strings.TrimSpace(somePEM()), "\n", `\n`)+`"`)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
}

func TestModesWithoutAppHaveNoCredentialsToEdit(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("algolia", "algolia")
	w.editing("algolia").NotSee("Change the app", "Replace the app")
}

func TestConfigValuesAreSetAndRemoved(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("generic", "private-api-generic")
	w.editing("generic")
	w.form().Focus("config keyName")
	w.See("The current value is unknown. Leave empty to keep it.", "Remove from the config")
	w.refuses("No changes to send")
	w.fill("config baseUrl", "nope")
	w.refuses("must match")
	w.fill("config baseUrl", "https://api.example.com", "config keyName", "X-Key", "config valueTemplate", "${apiKey}",
		"config keyLabel", "Key")
	w.fill(fieldRemoved, "keyLabel")
	w.refuses("Remove it or set it, not both")
	w.fill("config keyLabel", "")
	w.Do(screen.Submit)
	w.difference("config baseUrl: unknown\nconfig keyLabel: unknown\nconfig keyName: unknown\nconfig valueTemplate: unknown",
		"config baseUrl: https://api.example.com\nconfig keyLabel: removed\nconfig keyName: X-Key\nconfig valueTemplate: ${apiKey}")
	same(t, w.proposed(),
		`{"integration_config":{"baseUrl":"https://api.example.com","keyLabel":"","keyName":"X-Key","valueTemplate":"${apiKey}"}}`)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.Do(Edit)
	w.server.Inject(sandbox.Fault{Method: http.MethodPatch, Status: 400, Times: 1,
		Body: `{"error":{"code":"invalid_body","message":"Base URL has an invalid format"}}`})
	w.fill("config baseUrl", "https://other.example.com")
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("the server took it")
	}
	w.See("Base URL has an invalid format")
	if w.form().Focused() != "config baseUrl" {
		t.Errorf("the focus is on %s", w.form().Focused())
	}
}

func TestSecretsOfAConfigAreNotShown(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("aws", "aws-sigv4")
	w.editing("aws")
	w.fill("config service", "s3", "config awsSecretAccessKey", "secret-aws-1")
	w.NotSee("secret-aws-1")
	w.Do(screen.Submit)
	w.goes()
	w.difference("config awsSecretAccessKey: unknown\nconfig service: unknown", "config awsSecretAccessKey: new value\nconfig service: s3")
}

func TestWithoutItsProviderNameAndWebhooksCanBeEdited(t *testing.T) {
	w := small(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/providers", Status: 404, Body: `{"error":{"code":"not_found"}}`})
	w.editing("hubspot")
	w.See("couldn't load the provider")
	w.NotSee("Change the app")
	w.fill(fieldForward, "")
	same(t, w.sends(), `{"forward_webhooks":false}`)
}

func TestEditingWaitsForWhatTheFormNeeds(t *testing.T) {
	w := small(t).hold(detail("hubspot"))
	if reason := w.Action(Edit).Disabled; reason != "the integration is not loaded yet" {
		t.Errorf("the reason is %q", reason)
	}
	w.Deliver()
	if reason := w.Action(Edit).Disabled; reason != "the provider and the connections are still loading" {
		t.Errorf("the reason is %q", reason)
	}
	w.DeliverAll()
	w.Do(Edit)
}

func TestFormShowsAMissingScope(t *testing.T) {
	w := small(t)
	w.server.AddKey(weakKey, "environment:integrations:read", "environment:integrations:list", "environment:connections:list")
	w.openWith(weakKey, detail("hubspot"))
	w.Width, w.Height = 120, 60
	w.Do(Edit)
	w.fill(fieldForward, "")
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("it was done")
	}
	w.See("403 forbidden", "environment:integrations:update")
	w.Leave()
	w.Do(Delete)
	if w.Confirm() == nil {
		t.Fatal("it was done")
	}
	w.See("hubspot")
}

func TestAHostileNameIsNotEdited(t *testing.T) {
	w := newWorld(t, 0)
	if err := w.server.AddIntegration(sandbox.IntegrationSpec{Key: "hub", Provider: "hubspot", Name: "Red \x1b[31mAlert\nline"}); err != nil {
		t.Fatal(err)
	}
	w.editing("hub")
	w.See("has characters that can't be edited here")
	w.refuses("No changes to send")
	w.fill(fieldName, "Fine")
	w.Do(screen.Submit)
	if before := w.Proposal().Before; strings.Contains(before, "\n") {
		t.Errorf("a line break is in the difference: %q", before)
	}
}

func TestTheEditFormFitsEveryTerminal(t *testing.T) {
	w := busy(t)
	w.integration("generic", "private-api-generic")
	for _, key := range []string{"hubspot", "github-app", "status page", "generic"} {
		w.editing(key)
		for _, size := range [][2]int{{120, 35}, {80, 19}, {60, 10}, {20, 5}} {
			w.Width, w.Height = size[0], size[1]
			for range 12 {
				w.Fits()
				w.Key(tea.KeyPressMsg{Code: tea.KeyTab})
			}
		}
	}
}

func TestEditFormLooks(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := busy(t).editing("hubspot")
			w.fill(fieldReplace, "true")
			w.form().Focus(fieldReplace)
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.portless())
		})
	}
}
