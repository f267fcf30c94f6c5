package integrations

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestDeleteSaysHowManyConnectionsAreDeleted(t *testing.T) {
	w := small(t).open(list())
	w.Do(Delete)
	p := w.Proposal()
	if p.Call.Operation != nango.OpIntegrationDelete || p.Call.About.Integration != "hubspot" {
		t.Fatalf("proposed %s of %s", p.Call.Operation, p.Call.About.Integration)
	}
	goes := strings.Join(p.Consequences, "\n")
	for _, want := range []string{"Permanently deletes 3 connections (1 broken), including credentials.", "not counted", "Doesn't run"} {
		if !strings.Contains(goes, want) {
			t.Errorf("the dialog does not say %q:\n%s", want, goes)
		}
	}
	if w.asked(http.MethodDelete) != 0 {
		t.Fatal("something was deleted before anybody agreed")
	}
	w.Decline()
	w.See("2 integrations")
	w.Do(Delete)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("1 integration\n")
	w.NotSee("hubspot")
	if w.server.ConnectionCount() != 0 {
		t.Errorf("%d connections are left", w.server.ConnectionCount())
	}
	if !w.Screen.Concerns(p.Call) {
		t.Error("the list does not know that it has changed")
	}
}

func TestDeleteSaysWhatWasNotCounted(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("slack", "slack")
	w.open(list())
	w.Do(Delete)
	if goes := w.Proposal().Consequences[0]; goes != "It has no connections." {
		t.Errorf("said %q", goes)
	}
	w.Decline()
	w.server.Inject(sandbox.Fault{PathPrefix: "/connections", Times: 1, Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"no"}}`})
	w.Do(Delete)
	if goes := w.Proposal().Consequences[0]; !strings.Contains(goes, "Couldn't count") {
		t.Errorf("said %q", goes)
	}
}

func TestDeleteOfManySaysAtLeast(t *testing.T) {
	l := countPage(make([]nango.Connection, nango.MaxPage), nango.MaxPage)
	d := deletion{load: screen.Load[connectionCounts]{Value: l}}
	if got := d.consequences()[0]; got != "Permanently deletes at least 2,000 connections, including credentials. More were not counted." {
		t.Errorf("said %q", got)
	}
	d.load.Err = errors.New("gone")
	if got := d.consequences()[0]; strings.Contains(got, "2,000") {
		t.Errorf("an old number is given for one that could not be counted: %q", got)
	}
}
