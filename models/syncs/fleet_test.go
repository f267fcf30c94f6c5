package syncs

import (
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

func ofHubspot() screen.Route { return screen.To(Route, "hubspot") }

func TestSyncsOfAnIntegrationLoadOnlyOnRequest(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.See("The state of the syncs isn't loaded automatically", "2 connections and", "3 sync functions",
		"‹screen.refresh› loads all", "deals   every 30 minutes   Deal")
	w.Refresh()
	if w.statusRequests() > 0 {
		t.Fatal("the state of the syncs was loaded without a request")
	}
	w.Do(screen.Refresh)
	if w.statusRequests() != 1 {
		t.Fatalf("%d requests for the state", w.statusRequests())
	}
	w.See("6 syncs of 2 connections · ✗ 1 error · ✓ 5 ok")
	w.SeeLine("globex-1", "✗ 1", "✓ 2", "contacts")
	w.SeeLine("initech-1", "✓ 3")
	if _, polled := w.Screen.(screen.AutoRefresher); polled {
		t.Error("the list is polled")
	}
	w.Do(OpenFleetRow)
	if got := w.Opened[0].String(); got != "syncs/hubspot/globex-1" {
		t.Errorf("%s was opened", got)
	}
	w.Fits()
}

func TestLoadOneSyncOfEveryConnection(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(LoadOne)
	w.Pick("contacts")
	w.See("2 syncs of 2 connections", "Only contacts is loaded")
	if got := w.Fetched[len(w.Fetched)-1].Query.Get("syncs"); got != "contacts" {
		t.Errorf("%s was requested", got)
	}
	w.Do(Pause)
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","connection_id":"globex-1","syncs":["contacts"]}` {
		t.Errorf("%s is sent", got)
	}
}

func TestStopLoading(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.HoldReads = true
	w.Do(screen.Refresh)
	w.See("Loading the syncs of every connection, which may take minutes", "‹fleet.stop›")
	w.Do(StopLoading)
	w.See("The state of the syncs isn't loaded automatically")
	if w.InFlight() != 0 {
		t.Error("the load continues")
	}
}

func TestFilterTheSyncsOfAnIntegration(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(screen.Refresh)
	for typed, found := range map[string]string{"state:error sync:contacts": "globex-1", "initech": "initech-1",
		"!globex state:ok": "initech-1"} {
		w.Do(screen.Filter)
		w.Type(typed)
		w.See(found)
		w.See("of 2 connections, 1 shown")
		if n := w.Screen.(*Fleet).Table.Shown(); n != 1 {
			t.Errorf("%q leaves %d connections:\n%s", typed, n, w.View())
		}
		w.Do(screen.FilterDrop)
	}
	w.Do(screen.Filter)
	w.Type("sync:deals state:error")
	w.See("No connection matches the filter.") // another sync of it fails
}

func TestADialogForAllConnectionsCountsThem(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(RunOrPauseAll)
	w.Pick("Every sync")
	w.Pick("Pause all")
	if text := w.dialog(); !strings.Contains(text, "every connection of hubspot: 2 connections") ||
		!strings.Contains(text, "loaded once, after 20s") {
		t.Errorf("the dialog says %s", text)
	}
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","syncs":[]}` {
		t.Errorf("%s is sent", got)
	}
	w.confirm()
	w.pollUntilDone()
	if w.statusRequests() != 1 {
		t.Errorf("the state of the syncs was loaded %d times", w.statusRequests())
	}
	w.seeToast("6 paused", "every connection of hubspot")
}

func TestTheListShowsACommandToAllConnections(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(screen.Refresh)
	w.Do(RunOrPauseAll)
	w.Pick("deals")
	w.Pick("Pause all")
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","syncs":["deals"]}` {
		t.Errorf("%s is sent", got)
	}
	w.confirm()
	w.pollUntilDone()
	w.See("6 syncs of 2 connections", "‖ 2 paused")
	w.seeToast("2 paused")
}

func TestTheListShowsACommandToOneConnection(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(screen.Refresh)
	w.Do(Pause)
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","connection_id":"globex-1","syncs":[]}` {
		t.Errorf("%s is sent", got)
	}
	w.confirm()
	w.pollUntilDone()
	w.See("‖ 1 paused after a failed run", "‖ 2 paused", "✓ 3 ok")
	if n := w.statusRequests(); n > 3 {
		t.Errorf("%d requests after one command", n)
	}
}

func TestWithoutOrchestratorTheIntegrationShowsTheCauses(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.server.OrchestratorDown(true)
	w.Do(screen.Refresh)
	w.See("Couldn't load the syncs", "orchestrator is down")
	w.Do(RunOrPauseAll)
	w.Pick("Every sync")
	w.Pick("Run all now")
	w.confirm()
	w.pollUntilDone()
	w.seeToast("every sync · every connection of hubspot", "the outcome is unknown")
}

func TestAServerWithoutFunctionListLoadsAllSyncs(t *testing.T) {
	w := acme(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations/hubspot/functions", Status: 200, ContentType: "text/html", Body: "<html></html>"})
	w.at(ofHubspot())
	w.See("Couldn't load the functions: functions.list", "v0.70.7")
	if w.Action(LoadOne).Disabled == "" {
		t.Error("unknown syncs can be chosen")
	}
	w.Do(screen.Refresh)
	w.See("6 syncs of 2 connections")
}

func TestAnIntegrationWithoutSyncs(t *testing.T) {
	w := emptyWorld(t)
	w.connect("globex-1")
	w.at(ofHubspot())
	w.See("None: there is nothing to load.")
	w.Do(screen.Refresh)
	w.See("No connection of hubspot has a sync.")
}

func TestAnOldStateShowsItsAge(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(screen.Refresh)
	read := w.now
	w.wait(time.Hour)
	if at := w.Screen.(screen.Timestamped).LoadedAt(); !at.Equal(read) {
		t.Errorf("the list was loaded at %v but says %v", read, at)
	}
}

func TestACommandAppliesToTheShownSyncsDuringALoad(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(LoadOne)
	w.Pick("contacts")
	w.HoldReads = true
	w.Do(screen.Refresh)
	w.See("Loading the syncs of every connection")
	w.Do(StopLoading)
	w.See("Only contacts is loaded")
	w.Do(Pause)
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","connection_id":"globex-1","syncs":["contacts"]}` {
		t.Errorf("%s is sent", got)
	}
}

func TestSyncsThatAreNotLoadedAreNotCounted(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(LoadOne)
	w.Pick("contacts")
	w.Do(RunOrPauseAll)
	w.Pick("Every sync")
	w.Pick("Reset all, delete records, and run")
	if text := w.dialog(); !strings.Contains(text, "80, and those of other syncs and variants (not counted)") ||
		!strings.Contains(text, "Loaded: 2 syncs (only contacts).") {
		t.Errorf("the dialog says %s", text)
	}
}

func TestTheDialogNamesTheCustomer(t *testing.T) {
	w := emptyWorld(t)
	w.function("contacts", "Contact", "every hour", 4)
	_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: "hubspot", ID: "conn-77",
		Tags: map[string]string{"end_user_display_name": "Globex"}})
	w.must(err)
	w.at(ofHubspot())
	w.Do(screen.Refresh)
	w.Do(Pause)
	if about := w.Proposal().About; !strings.Contains(about, "Globex · conn-77 · hubspot") {
		t.Errorf("the dialog is about %s", about)
	}
}
