package connections

import (
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/cause"
	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

func frame(width, height int) ui.Frame {
	return ui.Frame{Width: width, Height: height, Theme: &ui.Theme{}, Now: noon}
}

func TestTheListSaysWhoIsBroken(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.See("3 · 1 broken")
	w.SeeLine("Globex Inc. ", "org_globex", "hubspot", "✗ auth", "2 m")
	w.NotSee("AGE", "TAGS") // the names come first
	w.Width = 180
	w.SeeLine("Globex Inc. ", "org_globex", "hubspot", "✗ auth", "2 m", "41 d", "plan=growth")
	w.SeeLine("Initech", "hubspot", "✓ ok", "5 h", "plan=team +1")
	w.NotSee("loading", "there are more")
}

func TestRowsArriveWhileTheCursorMoves(t *testing.T) {
	w := bigWorld(t, 10_500)
	w.hold(w.server.Keys().Environment, list(t, "connections"))
	w.HoldReads = true
	w.Open()
	w.See("Loading connections")
	w.Deliver()
	w.See("100", "still loading")
	for range 40 {
		w.Do(screen.Down)
	}
	on, _ := w.Screen.(*List).table.CursorKey()
	w.DeliverAll()
	w.See("10,500 ·")
	w.NotSee("still loading", "there are more")
	if now, _ := w.Screen.(*List).table.CursorKey(); now != on {
		t.Errorf("the cursor was on %v and is on %v", on, now)
	}
	if n := w.sent(http.MethodGet); n > 8 {
		t.Errorf("%d requests for 10,500 connections", n)
	}
}

func TestReadingStopsAtTheBoundUntilSomebodyWantsMore(t *testing.T) {
	longtest.SkipInShort(t)
	w := bigWorld(t, 23_000).open(list(t, "connections"))
	w.See("20,000", "there are more", "‹connections.liftBound› loads more", "loading stops at 20,000")
	w.Do(LiftBound)
	w.See("23,000")
	w.NotSee("there are more", "loads more")
	if reason := w.Action(LiftBound).Disabled; reason == "" {
		t.Error("a bound that is not reached can be lifted")
	}
	w.Do(screen.Refresh)
	w.See("23,000") // the bound stays where the user put it
}

func TestAnEmptyEnvironmentSaysHowToMakeALink(t *testing.T) {
	w := bigWorld(t, 0).open(list(t, "connections"))
	w.See("This environment has no connections yet", "‹connections.link› creates a connect link")
	w.Do(LinkFor)
	if got := w.Opened[0].String(); got != "link" {
		t.Errorf("%s was opened", got)
	}
}

func TestAListThatCannotBeReadSaysWhyAndTriesAgain(t *testing.T) {
	w := acme(t)
	w.hold(w.server.Keys().Environment, list(t, "connections"))
	w.server.Inject(sandbox.Fault{PathPrefix: "/connections", Status: 403,
		Body: `{"error":{"code":"forbidden","message":"Insufficient scope. Required: environment:connections:list"}}`})
	w.Open()
	w.See("Couldn't load connections", "environment:connections:list", "‹screen.refresh› tries again")
	w.server.ClearFaults()
	w.Do(screen.Refresh)
	w.See("Globex", "Initech")
}

func TestRowsStayWhileTheListIsReadAgain(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.Do(screen.Down)
	on, _ := w.Screen.(*List).table.CursorKey()
	w.server.Inject(sandbox.Fault{PathPrefix: "/connections", Status: 500, Times: 4, Body: `{"error":{"code":"server_error"}}`})
	w.Do(screen.Refresh)
	w.See("‹screen.refresh› tries again", "server_error", "Globex", "Initech")
	w.server.ClearFaults()
	w.HoldReads = true
	w.Do(screen.Refresh)
	w.See("reloading", "Globex", "Initech")
	w.DeliverAll()
	w.NotSee("reloading", "server_error")
	if now, _ := w.Screen.(*List).table.CursorKey(); now != on {
		t.Errorf("the cursor was on %v and is on %v", on, now)
	}
}

func TestARowThatIsGoneVanishesWhenAllWasReadAgain(t *testing.T) {
	w := bigWorld(t, 300).open(list(t, "connections"))
	r := w.Screen.(*List).table.Cursor()
	w.delete(r.ref())
	w.HoldReads = true
	w.Do(screen.Refresh)
	w.Deliver()
	w.See("300 ·", "reloading")
	w.DeliverAll()
	w.See("299 ·")
}

// delete deletes behind the program's back.
func (w *world) delete(ref nango.ConnectionRef) {
	w.t.Helper()
	_, err := nango.Send(w.t.Context(), w.Client, nango.DeleteConnection(ref))
	w.must(err)
}

func TestMarkedIdsAreCopied(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.Do(screen.Mark)
	w.Do(screen.Mark)
	w.See("2 marked")
	w.Do(Copy)
	w.Pick("IDs of the marked connections")
	if got := w.copied(); got.Text != "initech-1\nglobex-slack" || got.What != "2 connection ids" {
		t.Errorf("copied %+v", got)
	}
	w.filter("state:broken")
	w.See("2 marked, 2 not shown")
	w.Do(screen.FilterDrop)
	w.Do(screen.ClearMarks)
	w.NotSee("marked")
	w.Do(screen.MarkAll)
	w.See("3 marked")
}

func TestWhatIsCopiedOfARow(t *testing.T) {
	w := acme(t).open(list(t, "connections?state=broken"))
	for title, want := range map[string]string{
		"Connection ID": "Globex/1", "Integration key": "hubspot",
	} {
		w.Do(Copy)
		w.Pick(title)
		if got := w.copied().Text; got != want {
			t.Errorf("%s: %q was copied", title, got)
		}
	}
	w.Do(Copy)
	w.Pick("curl for this connection")
	if got := w.copied().Text; !strings.Contains(got, "/connections/Globex%2F1?provider_config_key=hubspot'") ||
		!strings.Contains(got, "$NANGO_API_KEY") {
		t.Errorf("copied %s", got)
	}
	w.Do(Copy)
	w.Pick("Connection as JSON")
	got := w.copied().Text
	if !strings.Contains(got, `"seats": 9007199254740993`) || !strings.Contains(got, `"connection_id": "Globex/1"`) ||
		strings.Contains(got, "metadata-secret-1") {
		t.Errorf("copied %s", got)
	}
}

func TestActionsLeadToOtherScreens(t *testing.T) {
	w := acme(t).open(list(t, "connections?state=broken"))
	for id, want := range map[screen.ActionID]string{
		OpenConnection:   "connection/hubspot/Globex%2F1",
		Reconnect:        "reconnect/hubspot/Globex%2F1",
		LinkFor:          "link?integration=hubspot",
		AllOfIntegration: "connections?integration=hubspot",
		OpenIntegration:  "integration/hubspot",
	} {
		w.Opened = nil
		w.Do(id)
		if len(w.Opened) != 1 || w.Opened[0].String() != want {
			t.Errorf("%s opens %v, not %s", id, w.Opened, want)
		}
	}
	w.Opened = nil
	w.Do(AllOfCustomer)
	w.Pick("org_globex")
	w.Do(AllOfCustomer)
	w.Pick("usr_812")
	if got := w.Opened[0].String() + " " +
		w.Opened[1].String(); got != "organization/org_globex?by=organization_id customer/usr_812?by=end_user_id" {
		t.Errorf("opened %s", got)
	}
}

func TestDeletingNeedsAYesAndTakesTheRowAway(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.Do(screen.Bottom)
	w.Do(Delete)
	p := w.Proposal()
	if p.Call.Operation != nango.OpConnectionDelete || p.About != "Globex Inc. · hubspot" || len(p.Consequences) == 0 {
		t.Errorf("proposed %+v", p)
	}
	w.Decline()
	w.See("3 ·")
	if w.sent(http.MethodDelete) != 0 {
		t.Error("deleted after a no")
	}
	w.Do(Delete)
	w.must(w.Confirm())
	w.See("2")
	w.NotSee("hubspot        ✗ auth")
}

func TestWhatNangoRefusesCannotBeDone(t *testing.T) {
	w := acme(t)
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "weird<>#?", Tags: map[string]string{}})
	w.open(list(t, "connections?q=weird"))
	for _, id := range []screen.ActionID{Reconnect, Delete} {
		if reason := w.Action(id).Disabled; !strings.Contains(reason, "refuses it everywhere else") {
			t.Errorf("%s: %q", id, reason)
		}
	}
	if reason := w.Action(AllOfCustomer).Disabled; !strings.Contains(reason, "no tag") {
		t.Errorf("all of a customer that nobody knows: %q", reason)
	}
	w.Do(OpenConnection)
	if got := w.Opened[0].Arg(1); got != "weird<>#?" {
		t.Errorf("opened %q", got)
	}
}

func TestAWriteReadsOnlyItsRowAgain(t *testing.T) {
	w := bigWorld(t, 3000).open(list(t, "connections"))
	l := w.Screen.(*List)
	ref := l.table.Cursor().ref()
	call := nango.UpdateConnection(ref, nango.ConnectionPatch{Tags: &map[string]string{"end_user_display_name": "Renamed"}})
	_, err := nango.Send(t.Context(), w.Client, call)
	w.must(err)
	if !l.Concerns(call.Call()) {
		t.Fatal("a change of tags does not concern the list")
	}
	before := w.sent(http.MethodGet)
	w.Store.Changed(call.Call())
	w.Refresh()
	w.SeeLine("Renamed")
	if n := w.sent(http.MethodGet) - before; n != 1 {
		t.Errorf("%d requests to read one row again", n)
	}
	w.delete(ref)
	w.Store.Changed(nango.DeleteConnection(ref).Call())
	w.Refresh()
	w.See("2,999")
	w.Refresh()
	if n := w.sent(http.MethodGet) - before; n < 4 {
		t.Errorf("without a change, the list is not read again: %d requests", n)
	}
	if l.Concerns(nango.DeleteIntegration("x").Call()) != true || l.Concerns(nango.SetMetadata("x", []string{"y"}, []byte("{}")).Call()) {
		t.Error("a deleted integration concerns the list, metadata do not")
	}
}

func TestThePreviewFollowsWhenTheCursorRests(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.Profile.Remote = true
	l := w.Screen.(*List)
	w.Width, w.Height = 120, 35
	w.See("id initech-1", "region=eu")
	var pending []tea.Msg
	l.preview.after = func(_ time.Duration, msg tea.Msg) tea.Cmd {
		pending = append(pending, msg)
		return nil
	}
	w.Do(screen.Down)
	w.Do(screen.Down)
	w.See("id initech-1")
	w.Send(pending[0])
	w.See("id initech-1") // that was an earlier move
	w.Send(pending[1])
	w.See("id Globex/1", "auth error", "failed 2 min ago")
	if n := len(w.Fetched); n != 1 {
		t.Errorf("%d reads; a preview needs none", n)
	}
	w.Do(Preview)
	w.NotSee("id Globex/1")
	w.Do(screen.Up)
	if len(pending) != 2 {
		t.Error("a timer runs without a preview")
	}
}

func TestThePreviewFollowsAtOnceOnALocalTerminal(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.Width, w.Height = 120, 35
	w.Screen.(*List).preview.after = func(time.Duration, tea.Msg) tea.Cmd {
		t.Error("the preview waits")
		return nil
	}
	w.See("id initech-1")
	w.Do(screen.Down)
	w.Do(screen.Down)
	w.See("id Globex/1", "failed 2 min ago")
}

func TestAClickPutsTheCursorThereAndSorts(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.View()
	w.Send(tea.MouseClickMsg{X: 5, Y: 4, Button: tea.MouseLeft})
	if r := w.Screen.(*List).table.Cursor(); r.id() != "Globex/1" {
		t.Errorf("the cursor is on %s", r.id())
	}
	w.Send(tea.MouseClickMsg{X: 5, Y: 1, Button: tea.MouseLeft})
	if column, _ := w.Screen.(*List).table.Sorted(); column != "customer" {
		t.Errorf("sorted by %q", column)
	}
}

func TestTheListFitsEveryTerminal(t *testing.T) {
	w := bigWorld(t, 300).open(list(t, "connections"))
	for _, size := range [][2]int{{20, 5}, {40, 5}, {60, 10}, {80, 19}, {109, 30}, {110, 30}, {120, 35}, {300, 80}, {1, 1}} {
		w.Width, w.Height = size[0], size[1]
		for _, text := range []string{"", "slack", "nothing like that"} {
			w.Do(screen.Filter)
			w.Screen.(*List).Filter.SetValue("")
			w.Type(text)
			w.Fits()
			w.Do(screen.FilterDone)
			w.Fits()
			w.Do(screen.Bottom)
			w.Fits()
		}
	}
}

func TestTheListAsDrawn(t *testing.T) {
	for name, size := range map[string][2]int{"80x24": {80, 19}, "120x40": {120, 35}, "60x15": {60, 10}} {
		t.Run(name, func(t *testing.T) {
			w := bigWorld(t, 1204).open(list(t, "connections"))
			w.Width, w.Height = size[0], size[1]
			w.Do(screen.Down)
			w.Do(screen.Mark)
			golden.RequireEqual(t, w.View())
		})
	}
}

func TestACursorKeyChangesTheBeginningsOfTwoLines(t *testing.T) {
	w := bigWorld(t, 300).open(list(t, "connections"))
	w.Width, w.Height = 120, 35
	w.Do(Preview)
	before := strings.Split(w.Raw(), "\n")
	w.Do(screen.Down)
	changed := 0
	for i, line := range strings.Split(w.Raw(), "\n") {
		if line == before[i] {
			continue
		}
		changed++
		if strings.TrimLeft(line, "▌ ") != strings.TrimLeft(before[i], "▌ ") {
			t.Errorf("more than the bar is another:\n%s\n%s", before[i], line)
		}
	}
	if changed != 2 {
		t.Errorf("%d lines are drawn anew", changed)
	}
}

func TestWhatTheClockReadsAgainYieldsToTheUser(t *testing.T) {
	w := bigWorld(t, 5000).open(list(t, "connections"))
	turn := &screen.Turn{Now: w.Now, Background: true}
	w.Screen.Refresh(turn)
	for pages := 0; ; pages++ {
		wants := turn.Wants()
		if len(wants) == 0 {
			if pages != 4 {
				t.Errorf("%d pages were read again", pages)
			}
			return
		}
		fetch, ok := wants[0].(screen.FetchWant)
		if !ok || !fetch.Background {
			t.Fatalf("page %d does not yield: %+v", pages, wants[0])
		}
		landing, err := fetch.Run(t.Context(), w.Client)
		w.must(err)
		turn = &screen.Turn{Now: w.Now}
		landing(turn)
	}
}

func TestFailuresByTheHour(t *testing.T) {
	now := time.Date(2026, time.November, 30, 3, 12, 0, 0, time.UTC)
	all := failures{}
	for _, ago := range []time.Duration{0, 13 * time.Minute, 20 * time.Minute, 23 * time.Hour, 25 * time.Hour} {
		all.add(&row{failed: now.Add(-ago).Unix()})
	}
	all.add(&row{})
	chart := all.chart(now)
	if got := chart[1].Text.String(); got != "▄"+strings.Repeat(" ", 21)+"█▄" {
		t.Errorf("%q", got)
	}
	if chart := all.chart(now.Add(60 * 24 * time.Hour)); chart != nil {
		t.Errorf("nothing failed lately: %v", chart)
	}
}

// What Broken and the pages of connections have found out is in the list, too, at no request.
func TestTheListShowsKnownCauses(t *testing.T) {
	w := acme(t)
	w.open(list(t, "connections"))
	w.Width, w.Height = 150, 30
	sent := len(w.server.Requests())
	found := cause.Cause{Kind: cause.Revoked, Code: "invalid_grant", Said: "token was revoked"}
	w.Store.LearnCause(w.Now, globexRef, "", cause.Finding{Cause: found})
	healthy := nango.ConnectionRef{Integration: "hubspot", ID: "initech-1"}
	w.Store.LearnCause(w.Now, healthy, "", cause.Finding{Cause: cause.Cause{Kind: cause.Revoked, Code: "mended by now"}})
	l := w.Screen.(*List)
	w.NotSee("revoked · invalid_grant")
	l.table.SetCursor(globexRef)
	w.See("token was revoked")
	l.table.ShowColumns("customer", "state", "cause")
	w.SeeLine("Globex Inc.", "✗ auth", "revoked · invalid_grant")
	w.NotSee("mended by now")
	w.FitsEverywhere()
	if more := len(w.server.Requests()) - sent; more != 0 {
		t.Errorf("%d requests", more)
	}
}
