package connections

import (
	"encoding/json"
	"strings"
	"testing"

	"nango-tui/models/connections/incident"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/cause"
	"nango-tui/nango/sandbox"
)

func TestTheReportHasWhatIsKnown(t *testing.T) {
	w := broken(t).at(globexRef)
	w.Do(incident.Export)
	w.Pick("Markdown to the clipboard")
	text := w.copied().Text
	for _, want := range []string{"# Incident: Globex Inc. · hubspot · Globex/1",
		"HubSpot answered 400", "invalid\\_grant", "## Last operations",
		"auth refresh\\_token: failed", "'Authorization: Bearer '\"$NANGO_API_KEY\"", "Tag plan: growth"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, w.server.Keys().Environment) {
		t.Error("the report has the key")
	}
}

func TestTheReportCanLeaveOutNames(t *testing.T) {
	w := broken(t).at(globexRef)
	w.Do(incident.Export)
	w.Pick("Markdown to the clipboard, without names")
	text := w.copied().Text
	for _, name := range []string{"Globex Inc", "ops@globex.io", "usr_812", "growth"} {
		if strings.Contains(text, name) {
			t.Errorf("the report has %q:\n%s", name, text)
		}
	}
	if !strings.Contains(text, "Globex/1") {
		t.Errorf("the report has no id:\n%s", text)
	}
}

func TestTextsOfOthersCantFormatTheReport(t *testing.T) {
	w := broken(t)
	tags := map[string]string{"end_user_display_name": "# [x](http://evil)\x1b[31m\n## `y`"}
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "hostile", Tags: tags, Created: noon})
	ref := globexRef
	ref.ID = "hostile"
	w.at(ref)
	w.Do(incident.Export)
	w.Pick("Markdown to the clipboard")
	text := w.copied().Text
	if strings.ContainsAny(text, "\x1b") || strings.Contains(text, "[x](") || strings.Contains(text, "\n## `y`") {
		t.Errorf("%q", text)
	}
}

func TestTheReportIsSavedAsJSON(t *testing.T) {
	w := broken(t).at(globexRef)
	w.Do(incident.Export)
	w.Pick("JSON to a file")
	w.See("incident-hubspot-Globex-1.json")
	w.Do(screen.Submit)
	w.DeliverAll()
	names := w.Files.Names()
	if len(names) != 1 {
		t.Fatalf("saved %q", names)
	}
	var r incident.Report
	if err := json.Unmarshal([]byte(w.Files.Text(names[0])), &r); err != nil || len(r.Connections) != 1 ||
		r.Connections[0].ID != "Globex/1" || len(r.Connections[0].Causes) != 1 {
		t.Errorf("%s: %v, %+v", names[0], err, r)
	}
}

// A name that begins with another one is left out whole, whatever the order of the tags, and so is the deprecated end user.
func TestNamesAreLeftOutWhole(t *testing.T) {
	c := nango.Connection{ID: "c1", Tags: map[string]string{"a": "Globex", "b": "Globex Inc.", "c": "Globex Inc. Europe"},
		EndUser: &nango.EndUser{Email: "ops@globex.io", Organization: &nango.Organization{DisplayName: "Globex Group"}}}
	for range 20 {
		text := incident.NewWriter(&screen.Turn{}, false, namesOf(&c)).Line("Globex Inc. Europe, Globex Group, ops@globex.io of c1")
		if text != "…, …, … of c1" {
			t.Fatalf("%q", text)
		}
	}
}

func TestNamesInTheReportCantFormatIt(t *testing.T) {
	r := incident.Report{Connections: []incident.Connection{{Causes: []incident.Cause{{What: "sync `x`", Said: "failed"}},
		Syncs: []incident.Sync{{Name: "[a](http://evil)", State: "ok"}}, Operations: []incident.Operation{{Log: "<b>"}}}}}
	for _, part := range []string{"sync `x`", "[a](", "<b>"} {
		if strings.Contains(strings.ReplaceAll(r.Markdown(), "\\", "\\ "), part) {
			t.Errorf("%s formats the report:\n%s", part, r.Markdown())
		}
	}
}

func TestATagThatSoundsSecretIsMaskedInTheReport(t *testing.T) {
	w := broken(t).at(globexRef)
	d := w.Screen.(*Detail)
	d.now.Tags["api_token"] = "abc-123-def"
	w.Do(incident.Export)
	w.Pick("Markdown to the clipboard")
	if text := w.copied().Text; strings.Contains(text, "abc-123") || !strings.Contains(text, nango.Masked) {
		t.Errorf("%s", text)
	}
}

func TestTheReportOfACustomerHasAllConnections(t *testing.T) {
	w := acme(t).open(customer(t, "customer/usr_812"))
	w.Store.LearnCause(w.Now, globexRef, "", cause.Finding{Cause: cause.Cause{Kind: cause.Revoked, Said: "token was revoked"}})
	w.Do(incident.Export)
	w.Pick("Markdown to the clipboard")
	text := w.copied().Text
	for _, want := range []string{"# Incident: usr\\_812", "Globex/1", "token was revoked", "tags"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
	w.Do(incident.Export)
	w.Pick("Markdown to the clipboard, without names")
	if text := w.copied().Text; strings.Contains(text, "usr") || strings.Contains(text, "Globex Inc") || !strings.Contains(text, "Globex/1") {
		t.Errorf("the report has names, or lacks the id:\n%s", text)
	}
}
