package integrations

import (
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestTheListSaysWhatIsBroken(t *testing.T) {
	w := small(t).open(list())
	w.See("2 integrations", "1 with broken connections")
	w.Width = 120
	w.SeeLine("hubspot", "3", "✗ 1", "OAUTH2", "yes", "HubSpot")
	w.SeeLine("slack-eu", "0", "slack", "OAUTH2", "Slack")
	w.NotSee("≥", "?", "counting")
}

func TestIntegrationsAreShownBeforeTheCounts(t *testing.T) {
	w := newWorld(t, 2500).hold(list())
	w.See("Loading integrations")
	w.Deliver() // the list
	w.See("24 integrations", "hubspot", "?")
	w.Deliver() // the first 100 connections
	w.See("counting: 100 so far", "≥")
	w.NotSee("?")
	w.DeliverAll()
	w.NotSee("≥", "counting")
	total := 0
	for r := range w.Screen.(*List).Table.Each() {
		total += r.counts.all
	}
	if total != 2500 {
		t.Errorf("%d connections were counted of 2,500", total)
	}
}

func TestCountingTakesFewRequestsAndKeepsNoRow(t *testing.T) {
	w := newWorld(t, 10_500).open(list())
	s := w.Screen.(*List)
	if n := w.asked(http.MethodGet); n > 9 {
		t.Errorf("%d requests for the list, the catalog and 10,500 connections", n)
	}
	if s.page.Value != nil {
		t.Errorf("%d rows of the last page are still held", len(s.page.Value))
	}
	w.NotSee("≥")
}

func TestCountingStopsAtItsLimitAndContinues(t *testing.T) {
	longtest.SkipInShort(t)
	w := newWorld(t, nango.ConnectionsBound+2*nango.MaxPage).open(list())
	w.See("counted in the newest 20,", "integrations.countFarther", "≥")
	w.Do(CountFarther)
	w.NotSee("≥", "counted in")
	w.Refresh()
	w.NotSee("≥", "counted in")
}

func TestNumbersStayWhileTheyAreCountedAgain(t *testing.T) {
	w := small(t).open(list())
	w.connection("slack-eu", "new", "Hooli")
	w.HoldReads = true
	w.Refresh()
	w.SeeLine("hubspot", "3", "✗ 1")
	w.Deliver()
	w.SeeLine("slack-eu", "0")
	w.NotSee("≥", "?")
	w.DeliverAll()
	w.SeeLine("slack-eu", "1")
}

func TestAutomaticRefreshCountsInTheBackground(t *testing.T) {
	w := newWorld(t, 300).open(list())
	turn := &screen.Turn{Now: noon, Background: true}
	w.Screen.Refresh(turn)
	for len(turn.Wants()) > 0 {
		wants := turn.Wants()
		turn = &screen.Turn{Now: noon}
		for _, want := range wants {
			fetch, ok := want.(screen.FetchWant)
			if !ok {
				continue
			}
			if !fetch.Background {
				t.Errorf("%s is sent as if the user had asked", fetch.Call.Operation)
			}
			landing, _ := fetch.Run(t.Context(), w.Client)
			landing(turn)
		}
	}
	if total := len(w.Screen.(*List).tally.All()); total == 0 {
		t.Error("nothing was counted")
	}
}

func TestWithoutAListTheKeysComeFromTheConnections(t *testing.T) {
	w := small(t)
	w.gone()
	w.open(list())
	w.See("1 integration ·", "! Couldn't load the integrations: Nango returned 500", "keys are from the connections")
	w.SeeLine("hubspot", "3", "✗ 1", "OAUTH2")
	w.NotSee("slack-eu")
	w.server.ClearFaults()
	w.Refresh()
	w.See("2 integrations", "slack-eu")
	w.NotSee("Couldn't load")
}

func TestIntegrationWithoutProviderIsNamed(t *testing.T) {
	w := small(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/providers", Status: http.StatusOK, Body: `{"data":[{"name":"slack","auth_mode":"OAUTH2"}]}`})
	w.gone()
	w.open(list())
	w.See("✗ Nango's catalog doesn't have the provider of hubspot.")
	w.SeeLine("hubspot", "✗ hubspot")
}

func TestWithoutAListAndConnectionsTheReasonIsSaid(t *testing.T) {
	w := newWorld(t, 0)
	w.gone()
	w.open(list())
	w.See("Couldn't load the integrations, and there are no connections", "screen.refresh", "tries again")
	w.server.Inject(sandbox.Fault{PathPrefix: "/connections", Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"no"}}`})
	w.Refresh()
	w.See("Couldn't load the integrations or the connections")
}

func TestAnEmptyEnvironmentSaysWhatToDo(t *testing.T) {
	w := newWorld(t, 0).open(list())
	w.See("There are no integrations in this environment.")
	if w.Action(Open).Disabled == "" || w.Action(Delete).Disabled == "" {
		t.Error("something can be done with an integration that is not there")
	}
	if slices.ContainsFunc(w.Fetched, func(c nango.Call) bool { return c.Operation == nango.OpProvidersList }) {
		t.Error("the catalog was read for nothing")
	}
}

func TestAListThatCannotBeReadSaysWhy(t *testing.T) {
	w := small(t)
	w.server.AddKey("00000000-0000-4000-8000-000000000001", "environment:connections:list")
	w.openWith("00000000-0000-4000-8000-000000000001", list())
	w.See("✗ Couldn't load the integrations", "403", "environment:integrations:list", "tries again")
}

func TestRowsStayWhenARefreshFails(t *testing.T) {
	w := small(t).open(list())
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations", Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"not now"}}`})
	w.Refresh()
	w.See("✗ Couldn't refresh", "not now")
	w.SeeLine("hubspot", "3")
}

func TestConnectionsThatCannotBeCountedAreNotZero(t *testing.T) {
	w := small(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/connections", Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"no"}}`})
	w.open(list())
	w.See("✗ Couldn't count the connections")
	w.SeeLine("hubspot", "?")
}

func TestProvidersAreLoadedOnce(t *testing.T) {
	w := small(t).open(list())
	w.Refresh()
	w.Refresh()
	n := 0
	for _, call := range w.Fetched {
		if call.Operation == nango.OpProvidersList {
			n++
		}
	}
	if n != 1 {
		t.Errorf("the catalog was read %d times", n)
	}
}

func TestFailedProvidersAreLoadedAgainOnRefresh(t *testing.T) {
	w := small(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/providers", Times: 1, Status: http.StatusBadRequest,
		Body: `{"error":{"code":"bad","message":"no"}}`})
	w.open(list())
	w.See("✗ Couldn't load the auth modes")
	w.Refresh()
	w.NotSee("Couldn't load the auth modes")
	w.See("OAUTH2")
}

func TestTheFilterFindsByKeyProviderModeAndState(t *testing.T) {
	for typed, want := range map[string]string{
		"slack": "slack-eu", "HUB": "hubspot", "state:broken": "hubspot", "state:ok": "slack-eu",
		"provider:slack": "slack-eu", "!slack": "hubspot", "auth:oauth2 eu": "slack-eu",
	} {
		t.Run(typed, func(t *testing.T) {
			w := small(t).open(list())
			w.Do(screen.Filter)
			w.Type(typed)
			w.See("2 integrations, 1 shown", want)
			w.Do(screen.FilterDone)
			w.Do(Open)
			if got := w.Opened[0].String(); got != "integration/"+want {
				t.Errorf("opened %s", got)
			}
		})
	}
}

func TestADroppedFilterLeavesTheCursorAndAnAcceptedOneMovesIt(t *testing.T) {
	for end, want := range map[screen.ActionID]string{screen.FilterDrop: "hubspot", screen.FilterDone: "slack-eu"} {
		w := small(t).open(list())
		w.Do(screen.Filter)
		w.Type("nobody")
		w.Key(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
		w.Type("!hub")
		w.Do(end)
		if end == screen.FilterDone {
			w.Do(screen.ClearFilter)
		}
		w.Do(Open)
		if got := w.Opened[0].String(); got != "integration/"+want {
			t.Errorf("%s: opened %s, not %s", end, got, want)
		}
	}
}

func TestAFilterWithoutAHitCanBeDropped(t *testing.T) {
	w := small(t).open(list())
	w.Do(screen.Filter)
	w.Paste("nothing like it")
	w.See("No integration matches the filter.", "filter.drop")
	w.Do(screen.FilterDone)
	w.See("list.clearFilter")
	w.Do(screen.ClearFilter)
	w.See("hubspot", "slack-eu")
}

func TestSortingByBrokenOnesShowsThemFirst(t *testing.T) {
	w := small(t)
	w.integration("zendesk", "zendesk")
	w.connection("zendesk", "one", "Umbrella")
	w.fail("zendesk", "one")
	w.connection("zendesk", "two", "Umbrella")
	w.fail("zendesk", "two")
	w.open(list())
	w.Sort("broken")
	w.Do(screen.Reverse)
	w.Do(screen.Top)
	w.Do(Copy)
	if got := w.Copied[0].Text; got != "zendesk" {
		t.Errorf("the integration with the most broken connections is not first, but %s:\n%s", got, w.View())
	}
}

func TestAClickPutsTheCursorThereAndSorts(t *testing.T) {
	w := small(t).open(list())
	w.View()
	w.Send(tea.MouseClickMsg{X: 5, Y: 3, Button: tea.MouseLeft})
	w.Do(Copy)
	if got := w.Copied[0].Text; got != "slack-eu" {
		t.Errorf("the cursor is on %s", got)
	}
	for range 2 {
		w.Send(tea.MouseClickMsg{X: 4, Y: 1, Button: tea.MouseLeft})
	}
	if column, descending := w.Screen.(*List).Table.Sorted(); column != "key" || !descending {
		t.Errorf("sorted by %q, descending: %v", column, descending)
	}
}

func TestActionsOpenScreensOfTheIntegration(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("status page", "unauthenticated")
	w.open(list())
	w.Do(Open)
	w.Do(Connections)
	w.Do(NewLink)
	var got []string
	for _, route := range w.Opened {
		got = append(got, route.String())
	}
	want := []string{"integration/status%20page", "connections?integration=status+page", "link?integration=status+page"}
	if !slices.Equal(got, want) {
		t.Errorf("opened %q, want %q", got, want)
	}
}

func TestOnlyWhatChangesTheListConcernsIt(t *testing.T) {
	s := list()
	for operation, want := range map[nango.Operation]bool{
		nango.OpIntegrationDelete: true, nango.OpIntegrationCreate: true, nango.OpConnectionDelete: true,
		nango.OpMetadataSet: false, nango.OpSessionCreate: false,
	} {
		if got := s.Concerns(nango.Call{Operation: operation}); got != want {
			t.Errorf("%s concerns the list: %v", operation, got)
		}
	}
}

func TestTheListFitsEveryTerminal(t *testing.T) {
	for _, prepare := range []func(*world){
		func(*world) {},
		func(w *world) { w.gone() },
		func(w *world) {
			w.server.Inject(sandbox.Fault{PathPrefix: "/connections", Status: 500, Body: "<html>"})
		},
	} {
		w := newWorld(t, 120)
		prepare(w)
		w.open(list())
		for _, size := range [][2]int{{120, 35}, {80, 19}, {60, 10}, {20, 5}} {
			w.Width, w.Height = size[0], size[1]
			w.Fits()
			if w.Screen.(*List).Table.Len() > 0 {
				w.Do(screen.Filter)
				w.Type("zzzz")
				w.Fits()
				w.Do(screen.FilterDrop)
			}
		}
	}
}

func TestListLooks(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}, "60x10": {60, 10}} {
		t.Run(name, func(t *testing.T) {
			w := busy(t).open(list())
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("unlisted80x19", func(t *testing.T) {
		w := busy(t)
		w.gone()
		w.open(list())
		golden.RequireEqual(t, w.View())
	})
}

// BenchmarkCount is what a page of 2,000 connections costs where keys are handled.
func BenchmarkCount(b *testing.B) {
	rows := make([]nango.Connection, nango.MaxPage)
	for i := range rows {
		rows[i] = nango.Connection{ID: strconv.Itoa(i), Integration: "key-" + strconv.Itoa(i%50), Provider: "hubspot"}
	}
	b.ReportAllocs()
	for b.Loop() {
		c := newCounter(time.Now(), nil, false)
		c.add(rows)
	}
}
