package connections

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
	"nango-tui/ui/form"
)

// over is the form over Globex, which has metadata, tags, a config and a webhook override.
func over(t *testing.T) *world {
	t.Helper()
	w := acme(t)
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
	return w.importing("import?integration=hubspot").types(form.Values{fieldConnectionID: "Globex/1",
		"credentials.access_token": "new-token-1"})
}

func TestWhatIsThereIsFilledIn(t *testing.T) {
	w := over(t)
	w.See("! Globex Inc. already exists.", "permanently overwrites it", "‹import.read› reads them")
	v := w.values()
	if !strings.Contains(v[fieldMetadata], "9007199254740993") || strings.Contains(v[fieldMetadata], "metadata-secret-1") ||
		!strings.Contains(v[fieldTags], "plan=growth") || v[fieldWebhook] != "" {
		t.Errorf("filled in are %v", v)
	}
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Title != "Overwrite connection" || p.Call.Effect != nango.Destroys || p.About != "Globex Inc. · hubspot" {
		t.Errorf("proposed %+v", p)
	}
	if goes := strings.Join(p.Consequences, " "); !strings.Contains(goes, "permanently overwritten") ||
		!strings.Contains(goes, "not read") || !strings.Contains(goes, "Empty values are removed") {
		t.Errorf("what goes: %s", goes)
	}
	w.must(w.Confirm())
	got := w.stored(globexRef)
	if !strings.Contains(string(got.Metadata), "metadata-secret-1") ||
		!strings.Contains(string(got.Metadata), "9007199254740993") || !maps.Equal(got.Tags, globex()) {
		t.Errorf("there is %s, %v", got.Metadata, got.Tags)
	}
	if got.WebhookURL != "" || string(got.Config) != "{}" {
		t.Errorf("what was not read is %q and %s: this server empties it", got.WebhookURL, got.Config)
	}
}

func TestOverrideAndConfigAreReadByAKey(t *testing.T) {
	w := over(t)
	if w.sent(http.MethodGet) == 0 || len(w.Proposals) > 0 {
		t.Fatal("it was read unasked")
	}
	w.Do(ImportRead)
	if p := w.Proposal(); p.Call.Effect != nango.Refreshes {
		t.Errorf("proposed %+v", p)
	}
	w.must(w.Confirm())
	w.View()
	if v := w.values(); v[fieldWebhook] != "https://hooks.example.com/globex" || !strings.Contains(v[fieldConfig], "globex") {
		t.Errorf("filled in are %v", v)
	}
	w.See("webhook override and config are filled in")
	w.types(form.Values{fieldTags: "plan=gold"})
	w.Do(screen.Submit)
	p := w.Proposal()
	if !strings.Contains(p.Before, `"plan":"growth"`) || !strings.Contains(p.After, `"plan":"gold"`) ||
		!strings.Contains(p.Before, "hooks.example.com/globex") || !strings.Contains(p.After, "hooks.example.com/globex") {
		t.Errorf("the difference is between\n%s\nand\n%s", p.Before, p.After)
	}
	w.must(w.Confirm())
	got := w.stored(globexRef)
	if got.WebhookURL != "https://hooks.example.com/globex" || !strings.Contains(string(got.Config), "globex") ||
		!maps.Equal(got.Tags, map[string]string{"plan": "gold"}) {
		t.Errorf("there is %+v", got)
	}
}

func TestAFailedRefreshBringsWhatIsThere(t *testing.T) {
	w := over(t)
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.FailAuth))
	w.Do(ImportRead)
	if w.Confirm() == nil {
		t.Fatal("the refresh did not fail")
	}
	if v := w.values(); v[fieldWebhook] != "https://hooks.example.com/globex" {
		t.Errorf("filled in are %v", v)
	}
}

func TestWhatWasReadOfOneDoesNotGoIntoAnother(t *testing.T) {
	w := over(t)
	w.Do(ImportRead)
	w.must(w.Confirm())
	w.types(form.Values{fieldConnectionID: "new-one"})
	w.See("no connection has this id")
	for _, field := range []string{fieldMetadata, fieldTags, fieldWebhook, fieldConfig} {
		if got := w.values()[field]; got != "" {
			t.Errorf("%s still holds %q", field, got)
		}
	}
	w.types(form.Values{fieldConnectionID: "initech-1"})
	if got := w.values()[fieldTags]; !strings.Contains(got, "region=eu") {
		t.Errorf("the tags are %q", got)
	}
}

func TestWhatOneTypesIsNotReplaced(t *testing.T) {
	w := acme(t).importing("import?integration=hubspot").types(form.Values{
		fieldMetadata: `{"mine":1}`, "credentials.access_token": "t", fieldConnectionID: "Globex/1",
	})
	if v := w.values(); v[fieldMetadata] != `{"mine":1}` || !strings.Contains(v[fieldTags], "plan=growth") {
		t.Errorf("the form holds %v", v)
	}
	w.Do(screen.Submit)
	if p := w.Proposal(); !strings.Contains(p.Before, "seats") || strings.Contains(p.After, "seats") ||
		!strings.Contains(p.After, `"mine":1`) {
		t.Errorf("the difference is between\n%s\nand\n%s", p.Before, p.After)
	}
}

func TestWhatIsThereIsSeenBeforeItIsOverwritten(t *testing.T) {
	w := acme(t).importing("import?integration=hubspot")
	form := w.Screen.(*ImportForm).Fields
	form.Focus("credentials.access_token")
	w.Type("token")
	form.Focus(fieldConnectionID)
	w.Type("initech-1")
	w.Do(screen.Submit) // the id was not left: nobody has looked yet
	if len(w.Proposals) > 0 {
		t.Fatal("it is proposed before it was shown")
	}
	w.See("Not sent yet", "the connection exists")
	w.Do(screen.Submit)
	if p := w.Proposal(); p.Call.Effect != nango.Destroys {
		t.Errorf("proposed %+v", p)
	}
	w.Decline()
	w.must(w.change("initech-1", `{"plan":"changed"}`))
	w.Do(screen.Submit)
	if len(w.Proposals) > 0 {
		t.Fatal("a change of somebody else's is overwritten unseen")
	}
	if got := w.values()[fieldTags]; got != "plan=changed" {
		t.Errorf("the tags are %q", got)
	}
}

// change is what somebody else does to the tags of a connection.
func (w *world) change(id, tags string) error {
	request := httptest.NewRequest(http.MethodPatch, "/connections/"+id+"?provider_config_key=hubspot", strings.NewReader(`{"tags":`+tags+`}`))
	request.Header.Set("Authorization", "Bearer "+w.server.Keys().Environment)
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	if w.server.ServeHTTP(answer, request); answer.Code != http.StatusOK {
		return fmt.Errorf("%d: %s", answer.Code, answer.Body)
	}
	return nil
}

func TestAKeyThatMayNotListTakesTheWorst(t *testing.T) {
	w := acme(t)
	const key = "00000000-0000-4000-8000-000000000001"
	w.server.AddKey(key, "environment:connections:create", "environment:integrations:read")
	w.importingWith(key, "import?integration=hubspot").types(form.Values{fieldConnectionID: "anything", "credentials.access_token": "t"})
	w.See("unknown whether the connection exists")
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Call.Effect != nango.Destroys || !strings.Contains(strings.Join(p.Consequences, " "), "is unknown") {
		t.Errorf("proposed %+v", p)
	}
}

func TestNothingIsSentWhereTheListCannotBeAsked(t *testing.T) {
	w := acme(t)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/connections", Status: 400,
		Body: `{"error":{"code":"server_error","message":"out of order"}}`})
	w.importing("import?integration=hubspot").types(form.Values{fieldConnectionID: "x1", "credentials.access_token": "t"})
	w.Do(screen.Submit)
	if len(w.Proposals) > 0 {
		t.Fatal("it is proposed")
	}
	w.See("Not sent.")
	w.server.ClearFaults()
	w.must(w.submits())
}

func TestWhatNoFieldCanHoldIsKept(t *testing.T) {
	w := acme(t)
	long := `{"list":["` + strings.Repeat("x", form.MaxBytes) + `"]}`
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "big", Metadata: json.RawMessage(long),
		Tags: map[string]string{"note": "two\nlines", "plan": "a"}})
	w.importing("import?integration=hubspot").types(form.Values{fieldConnectionID: "big", "credentials.access_token": "token"})
	w.See("Its metadata doesn't fit into a field. It stays unchanged", "Its tag note doesn't fit on a line")
	w.must(w.submits())
	got := w.stored(refOf("hubspot", "big"))
	if len(got.Metadata) < form.MaxBytes || !maps.Equal(got.Tags, map[string]string{"note": "two\nlines", "plan": "a"}) {
		t.Errorf("there is %.80s, %v", got.Metadata, got.Tags)
	}
}

func TestAConfigOfDeclaredFieldsIsFilledIn(t *testing.T) {
	w := acme(t)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "datadog", Provider: "datadog"}))
	w.add(sandbox.ConnectionSpec{Integration: "datadog", ID: "d1",
		Config: json.RawMessage(`{"siteParameter":"datadoghq.eu","applicationKey":"app-secret-77","oauth_scopes_override":"a,` +
			`b","n":12345678901234567890}`)})
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/providers/datadog", Status: 200, Times: 1,
		Body: `{"data":{"name":"datadog","auth_mode":"API_KEY",
		"connection_config":{"siteParameter":{"type":"string","title":"Site"},"applicationKey":{"type":"string",` +
			`"title":"Application key","secret":true}}}}`})
	w.importing("import?integration=datadog").types(form.Values{fieldConnectionID: "d1", "credentials.apiKey": "goodkey"})
	w.Do(ImportRead)
	w.must(w.Confirm())
	w.View()
	v := w.values()
	if v["connection_config.applicationKey"] != "app-secret-77" || !strings.Contains(v[fieldConfig], "12345678901234567890") ||
		strings.Contains(v[fieldConfig], "siteParameter") {
		t.Errorf("filled in are %v", v)
	}
	w.leavesTo("connection_config.applicationKey")
	w.NotSee("app-secret-77")
	w.must(w.submits())
	var got map[string]any
	w.must(json.Unmarshal(w.stored(refOf("datadog", "d1")).Config, &got))
	if list, ok := got["oauth_scopes_override"].([]any); !ok || len(list) != 2 || got["siteParameter"] != "datadoghq.eu" ||
		got["applicationKey"] != "app-secret-77" {
		t.Errorf("the config is %v", got)
	}
}
