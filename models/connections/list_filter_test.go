package connections

import (
	"charm.land/lipgloss/v2"
	"nango-tui/nango"
	"nango-tui/ui"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

func TestTheFilterLooksAtEverythingInTheRow(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	for text, want := range map[string]int{
		"globex": 2, "GLOBEX slack": 1, "!globex": 1, "org_globex": 2, "plan=team": 1, "1795": 0, "hubspot": 2, "auth": 1,
		"integration:hub": 2, "!integration:hub": 1, "state:auth": 1, "state:broken": 1, "state:ok": 2, "state:o": 2,
		"tag:plan=team": 1, "tag:plan": 3, "tag:end_user_id=usr_8": 0, "tag:END_USER_ID=USR_812": 2, `"globex inc."`: 2,
		"org:org_globex": 2, "org:globex": 2, "org:=globex": 0, "org:ops": 0, "customer:globex": 2, "customer:usr_812": 2, "customer:growth": 0,
		"email:ops@": 2, "email:globex.io -slack": 1, "provider:slack": 1, "provider:globex": 0, "id:globex": 2, "id:=initech-1": 1, "id:usr": 0,
		"tag.plan:growth": 2, "tag.plan:gro|team": 3, "tag.plan:=gro": 0, "-tag.plan:growth": 1, "tag.region:eu": 1, "tag.none:eu": 0,
		"state:auth|sync": 1, "-state:ok": 1, "failed:<1d": 1, "failed:>1d": 0, "-failed:<1d": 2, "age:<1d": 1, "age:>30d": 1,
		"age:>30d|id:slack":                           2,
		"integration:hubspot state:broken failed:<1d": 1, "initech|slack": 2, "-initech|slack": 1,
	} {
		w.View() // ages count from now
		w.filter(text)
		if got := w.Screen.(*List).table.Shown(); got != want && text != "1795" {
			t.Errorf("%q shows %d connections, not %d:\n%s", text, got, want, w.View())
		}
		w.Do(screen.FilterDrop)
	}
	w.See("3 · 1 broken")
	w.filter("orgs:globex initech")
	w.See("1 of 3", "Unknown field orgs: use state, org, customer")
	w.Do(screen.FilterDrop)
	w.filter("state:broken")
	w.See("1 of 3 · 1 broken", "/ state:broken")
}

func TestBrokenOnesAreOneKeyAway(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.Do(BrokenOnly)
	w.See("1 of 3", "broken only", "Globex")
	w.NotSee("Initech")
	w.Do(BrokenOnly)
	w.See("Initech")
}

// The footer shows the first that are not aside: five at 80 cells.
func TestTheFooterLeadsToWhatIsBroken(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	var first []screen.ActionID
	for _, a := range w.Screen.Actions() {
		if !a.HideInFooter && !a.Motion && len(first) < 5 {
			first = append(first, a.ID)
		}
	}
	if want := []screen.ActionID{OpenConnection, Reconnect, BrokenOnly, Delete, screen.Filter}; !slices.Equal(first, want) {
		t.Errorf("the footer begins with %v, not with %v", first, want)
	}
}

func TestTheListSortsByEveryColumn(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.Width = 160
	if w.Action(screen.Reverse).Disabled == "" {
		t.Error("an unsorted list can be turned round")
	}
	first := func() string { return w.Screen.(*List).first().id() }
	for _, want := range []struct{ column, up, down string }{
		{"customer", "globex-slack", "initech-1"},        // equal ones as they came
		{"organization", "globex-slack", "globex-slack"}, // without one last in both directions
		{"integration", "initech-1", "globex-slack"},
		{"state", "Globex/1", "initech-1"}, // the worst
		{"failed", "Globex/1", "Globex/1"}, // the latest; without a failure last in both directions
		{"age", "initech-1", "Globex/1"},   // the youngest
		{"tags", "globex-slack", "initech-1"},
		{"connection id", "globex-slack", "initech-1"}, // whatever its case
	} {
		w.Sort(want.column)
		if got := first(); got != want.up {
			t.Errorf("sorted by %s, %s is first, not %s", want.column, got, want.up)
		}
		w.Do(screen.Reverse)
		if got := first(); got != want.down {
			t.Errorf("sorted by %s the other way round, %s is first, not %s", want.column, got, want.down)
		}
		w.Do(screen.Reverse)
	}
}

// first is the row on top of the list.
func (l *List) first() *row {
	for r := range l.table.EachShown() {
		return r
	}
	return nil
}

func TestWhatIsNotLoadedIsAskedForBeforeItIsMissing(t *testing.T) {
	w := acme(t)
	for range 30 {
		w.add(sandbox.ConnectionSpec{Integration: "slack", Tags: map[string]string{"end_user_email": "many@x.io"}})
	}
	w.open(list(t, "connections"))
	// Somebody else makes one, which the list therefore does not have.
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "late", Tags: map[string]string{"end_user_email": "Late@globex.io"}})
	w.filter("Late@globex.io")
	w.See("No matches in 33 loaded connections", "‹filter.done› searches on the server", "end_user_email")
	before := w.sent(http.MethodGet)
	w.Do(screen.FilterDone)
	w.See("⇣ 1 found on the server")
	w.SeeLine("⇣ Late@globex.io", "slack")
	if n := w.sent(http.MethodGet) - before; n != 5 {
		t.Errorf("%d requests to look for it", n)
	}
	w.Do(screen.Refresh)
	w.NotSee("⇣") // it is in the list now
	w.See("Late@globex.io")
}

func TestWhatIsNowhereIsSaidToBeNowhere(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.filter("nobody integration:slack")
	w.Do(screen.FilterDone)
	w.See("No matches.", "Searched on the server for “nobody”", "by connection id, search, tag", "exactly as",
		"‹list.clearFilter› shows all again")
	before := w.sent(http.MethodGet)
	w.Do(screen.Filter)
	w.Do(screen.FilterDone)
	if w.sent(http.MethodGet) != before {
		t.Error("the same was asked twice")
	}
	w.Do(screen.ClearFilter)
	w.See("Globex", "Initech")
}

func TestAListOpenedWithWordsAsksOnceItIsWhole(t *testing.T) {
	w := acme(t).open(list(t, "connections?q=nobody"))
	w.See("No matches.", "Searched on the server for “nobody”")
}

func TestBehindTheBoundTheServerIsAskedAsWell(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 21,000 connections three times")
	}
	w := bigWorld(t, 21_000)
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "oldest-of-all", Created: noon.AddDate(-9, 0, 0)})
	w.open(list(t, "connections?q=oldest-of-all"))
	w.See("there are more")
	w.SeeLine("⇣ oldest-of-all", "slack")
	w.Do(screen.Refresh)
	w.SeeLine("⇣ oldest-of-all", "slack")
	w.Do(LiftBound)
	w.See("21,001")
	w.SeeLine("oldest-of-all", "slack")
	w.NotSee("⇣")
}

func TestARouteNarrowsTheList(t *testing.T) {
	for route, want := range map[string][]string{
		"connections?integration=slack":                            {"globex-slack"},
		"connections?tag=end_user_id:usr_812":                      {"globex-slack", "Globex/1"},
		"connections?tag=end_user_id:usr_812&integration=hubspot":  {"Globex/1"},
		"connections?state=broken":                                 {"Globex/1"},
		"connections?state=ok&q=initech":                           {"initech-1"},
		"connections?customer=usr_812":                             {}, // known by tags alone
		"connections?tag=plan:team&tag=end_user_display_name:None": {},
	} {
		w := acme(t).open(list(t, route))
		var got []string
		for r := range w.Screen.(*List).table.EachShown() {
			got = append(got, r.id())
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s shows %q, not %q", route, got, want)
		}
	}
	if title := list(t, "connections?integration=slack&tag=plan:team").Title(); title != "Connections · slack · plan=team" {
		t.Errorf("the title is %q", title)
	}
}

func TestARouteThatMeansNothingIsRefused(t *testing.T) {
	for _, route := range []string{"connections/x", "connections?color=red", "connections?tag=plan", "connections?integration=a%3Fb"} {
		r, err := screen.ParseRoute(route)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewList(r); err == nil {
			t.Errorf("%s is taken for a list", route)
		}
	}
}

// Whoever filters looks for a row, and opens the first one: it must not be one that the filter happened to leave under the cursor.
func TestTheCursorIsOnTheFirstRowAfterAFilterUnlessTheUserMoved(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	on := func(what, want string) {
		t.Helper()
		if got, _ := w.Screen.(*List).table.CursorKey(); got.ID != want {
			t.Errorf("%s: the cursor is on %s, not on %s", what, got.ID, want)
		}
	}
	on("opened", "initech-1")
	w.Sort("customer")
	on("sorted", "globex-slack")
	w.Do(screen.Bottom)
	on("moved", "initech-1")
	w.Do(screen.Reverse)
	on("reversed after moving", "initech-1")
	w.Do(screen.Refresh)
	on("refreshed", "initech-1")
	w.filter("i") // matches all of them
	w.Do(screen.FilterDone)
	w.Do(screen.Reverse)
	on("typed", "globex-slack")
	w.Do(BrokenOnly)
	on("broken only", "Globex/1")
	w.Do(screen.ClearFilter)
	on("cleared", "Globex/1")
	w.Do(screen.Up)
	w.Do(BrokenOnly)
	on("the row is hidden", "Globex/1")
	w.filter("i")
	w.Do(screen.FilterDrop)
	w.Do(BrokenOnly)
	on("typed and dropped", "globex-slack")
}

func TestFieldsAndValuesAreCompleted(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	for _, step := range []struct{ typed, offered, completed string }{
		{"or", "org:", "/ org:"}, {"", "org_globex", "/ org:org_globex"}, {" tag.", "tag.plan:", "tag.plan:"}, {"t", "team", "tag.plan:team"},
	} {
		if !w.Screen.Typing() {
			w.Do(screen.Filter)
		}
		w.Type(step.typed)
		w.See("‹filter.complete› " + step.offered)
		w.Do(screen.FilterComplete)
		w.See(step.completed)
	}
	w.See("0 of 3") // the team plan isn't Globex's
	w.Do(screen.FilterDone)
	w.Do(screen.Filter)
	w.Type("initech") // replaces all of it
	w.See("1 of 3", "/ initech")
}

// The list of connections says nothing of syncs: what other screens have read of them counts, and the list says how much that is.
func TestPausedSyncsAreFoundAsFarAsTheyAreKnown(t *testing.T) {
	w := acme(t).open(list(t, "connections?state=paused"))
	w.See("0 of 3", "state:paused: syncs are known of 0 of 3 connections")
	ref := nango.ConnectionRef{Integration: "slack", ID: "globex-slack"}
	learn := func(state nango.SyncState) {
		w.Store.LearnSyncs(w.Now, ref, []nango.SyncStatus{{State: state}}, true)
		w.Turn(w.Screen.(*List).Notify)
	}
	learn(nango.SyncStatePaused)
	w.See("1 of 3", "known of 1 of 3", "slack")
	learn(nango.SyncStateRunning)
	w.See("0 of 3", "known of 1 of 3")
	learn(nango.SyncStatePaused)
	w.Do(screen.ClearFilter)
	w.NotSee("state:paused")
	w.filter("state:broken|paused")
	w.See("2 of 3")
	w.Do(screen.FilterDrop)
	w.filter("-state:pau")
	w.See("2 of 3", "known of 1 of 3")
}

func TestHelpSaysWhatMarksAreFor(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	if title := w.Action(screen.Mark).Title; !strings.Contains(title, "change, copy or export") {
		t.Errorf("marks are for: %s", title)
	}
}

// Ages count from when the list is drawn, and are compared again as time passes.
func TestAgesInTheFilterFollowTheClock(t *testing.T) {
	w := acme(t).open(list(t, "connections?q=age:%3C6h"))
	w.See("1 of 3", "Initech")
	w.Now = w.Now.Add(time.Hour)
	w.See("0 of 3")
	w = acme(t).open(list(t, "connections?q=age:%3E6h%20initech"))
	w.See("0 of 3")
	w.Now = w.Now.Add(time.Hour)
	w.See("1 of 3", "Initech")
}

func TestMatchesAreHighlighted(t *testing.T) {
	l := list(t, "connections?q=glob")
	l.pages, l.at = nango.NewConnectionPages(nango.ConnectionQuery{}), noon
	a, b := madeUp(1), nango.Connection{ID: "x", Integration: "globus", Created: noon, Tags: globex()}
	l.add([]row{newRow(&a), newRow(&b)})
	f := frame(100, 5)
	f.Theme = &ui.Theme{Match: ui.NewStyle(lipgloss.NewStyle().Underline(true))}
	if view := l.View(f); !strings.Contains(view, "mglob\x1b[mus") {
		t.Errorf("%q", view)
	}
}

func TestBrokenRowsAreInTheOrderOfTheirFailures(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	l := w.Screen.(*List)
	w.Do(BrokenOnly)
	if column, descending := l.table.Sorted(); column != "failed" || descending {
		t.Errorf("sorted by %q, %t", column, descending)
	}
	w.Do(BrokenOnly)
	if column, _ := l.table.Sorted(); column != "" {
		t.Errorf("all rows are sorted by %q", column)
	}
	l.table.Sort("customer", true)
	w.Do(BrokenOnly)
	if column, _ := l.table.Sorted(); column != "customer" {
		t.Errorf("the order of the user is replaced by %q", column)
	}
}
