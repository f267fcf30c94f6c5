package models

import (
	"strings"
	"testing"

	"nango-tui/models/connections"
	"nango-tui/models/screen"
)

// onTheLine is the dashboard of named after a text was typed on the line for places, with a document of lists.
func onTheLine(t *testing.T, lists, typed string) *driver {
	t.Helper()
	d := named(t)
	if err := d.files.WriteOwn(screen.ListDocument, []byte(lists)); err != nil {
		t.Fatal(err)
	}
	d.press("2", ":")
	d.typeText(typed)
	return d
}

func TestTheLineFindsSavedViews(t *testing.T) {
	const lists = `views: [{name: big customers, list: connections, filter: "org:globex", columns: [id, customer]},
		{name: oauth only, list: providers, filter: oauth}, {name: broken since yesterday, list: connections, filter: "org:initech"},
		{name: two legs, list: functions, filter: x}]`
	for typed, want := range map[string][]string{
		"big":           {"connections?view=big+customers", "/ org:globex", "CONNECTION ID"},
		"cust":          {"connections?view=big+customers", "/ org:globex"},
		"oauth":         {"providers?view=oauth+only", "/ oauth"},
		"broken":        {"connections?view=broken", "/ state:broken"},
		"since":         {"connections?view=broken+since+yesterday", "/ org:initech"}, // saved over the one that comes along
		"never used":    {"integrations?view=never+used", "/ used:no"},
		"view of integ": {"integrations?view=never+used"},
	} {
		d := onTheLine(t, lists, typed)
		d.press("enter")
		if got := d.app.top().route.String(); got != want[0] {
			t.Errorf("%q goes to %s, not to %s:\n%s", typed, got, want[0], d.screen())
		}
		d.see(want[1:]...)
	}
	d := onTheLine(t, lists, "two legs") // a list that needs an integration has no route
	d.see("no matches")
}

// Lists of one title are told apart in the path.
func TestListsOfOneTitleHaveTheirFiltersInThePath(t *testing.T) {
	d := named(t)
	d.press("1")
	for _, name := range []string{"broken", "globex"} {
		d.press(":")
		d.typeText(name)
		d.press("enter")
	}
	d.see(`Connections › Connections · state:broken › Connections · org:"Globex"`)
	d.press("esc", "esc", "esc")
	d.notSee("Connections ·")
}

// Nothing is read from the disk on App's goroutine, and what is read later is offered then.
func TestSavedViewsComeLaterToTheLine(t *testing.T) {
	d := named(t)
	if err := d.files.WriteOwn(screen.ListDocument, []byte("views: [{name: late one, list: connections}]")); err != nil {
		t.Fatal(err)
	}
	d.holdCmds = true
	d.press(":")
	d.typeText("late")
	d.notSee("late one")
	d.run()
	d.see("late one", "view of connections")
	d.press("enter")
	if !strings.Contains(d.app.top().route.String(), "late") {
		t.Errorf("at %s", d.app.top().route)
	}
}

func TestAWrongDocumentOfListsIsNamedOnTheLine(t *testing.T) {
	d := onTheLine(t, "views: 3", "never")
	d.see("never used")
	d.press("esc")
	d.see("lists.yaml:1:")
	if _, ok := d.app.top().screen.(*connections.List); ok {
		t.Error("went to the connections")
	}
}
