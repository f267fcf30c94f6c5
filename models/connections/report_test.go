package connections

import (
	"encoding/json"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

func TestTheReportHasWhatIsKnown(t *testing.T) {
	w := broken(t).at(globexRef)
	w.Do(Report)
	w.Pick(reportCopy)
	text := w.copied().Text
	for _, want := range []string{"# Incident: Globex Inc. · hubspot · Globex/1", "HubSpot answered 400", "invalid\\_grant", "## Last operations",
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
	w.Do(Report)
	w.Pick(reportCopyPlain)
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
	w.Do(Report)
	w.Pick(reportCopy)
	text := w.copied().Text
	if strings.ContainsAny(text, "\x1b") || strings.Contains(text, "[x](") || strings.Contains(text, "\n## `y`") {
		t.Errorf("%q", text)
	}
}

func TestTheReportIsSavedAsJSON(t *testing.T) {
	w := broken(t).at(globexRef)
	w.Do(Report)
	w.Pick(reportJSON)
	w.See("incident-hubspot-Globex-1.json")
	w.Do(screen.Submit)
	w.DeliverAll()
	names := w.Files.Names()
	if len(names) != 1 {
		t.Fatalf("saved %q", names)
	}
	var r report
	if err := json.Unmarshal([]byte(w.Files.Text(names[0])), &r); err != nil || r.Connection != "Globex/1" || len(r.Causes) != 1 {
		t.Errorf("%s: %v, %+v", names[0], err, r)
	}
}
