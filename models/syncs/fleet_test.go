package syncs

import (
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

func ofHubspot() screen.Route { return screen.To(Route, "hubspot") }

func TestTheSyncsOfAnIntegrationAreReadWhenSomebodyAsksForThem(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.See("How the syncs stand is not read by itself", "2 connections and 3 sync functions", "‹screen.refresh› reads all of them",
		"deals   every 30 minutes   Deal")
	w.Refresh()
	if w.asked() > 0 {
		t.Fatal("the state of every sync was asked for, and nobody wanted it")
	}
	w.Do(screen.Refresh)
	if w.asked() != 1 {
		t.Fatalf("asked %d times", w.asked())
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

func TestOneSyncOfEveryConnectionIsReadForLess(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(Choose)
	w.Pick("contacts")
	w.See("2 syncs of 2 connections", "Only contacts was read")
	if got := w.Fetched[len(w.Fetched)-1].Query.Get("syncs"); got != "contacts" {
		t.Errorf("%s was asked for", got)
	}
	w.Do(Pause)
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","connection_id":"globex-1","syncs":["contacts"]}` {
		t.Errorf("%s is sent", got)
	}
}

func TestReadingCanBeStopped(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.HoldReads = true
	w.Do(screen.Refresh)
	w.See("Reading the syncs of every connection, which may take minutes", "‹fleet.stop›")
	w.Do(StopReading)
	w.See("How the syncs stand is not read by itself")
	if w.InFlight() != 0 {
		t.Error("it is read on")
	}
}

func TestTheSyncsOfAnIntegrationAreNarrowed(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(screen.Refresh)
	for typed, found := range map[string]string{"state:error sync:contacts": "globex-1", "initech": "initech-1",
		"!globex state:ok": "initech-1"} {
		w.Do(screen.Filter)
		w.Type(typed)
		w.See(found)
		w.See("of 2 connections, 1 shown")
		if n := w.Screen.(*Fleet).list.Table.Shown(); n != 1 {
			t.Errorf("%q leaves %d connections:\n%s", typed, n, w.View())
		}
		w.Do(screen.FilterDrop)
	}
	w.Do(screen.Filter)
	w.Type("sync:deals state:error")
	w.See("No connection matches the filter.") // another sync of it fails
}

func TestAnOrderToEveryConnectionSaysHowManyThereAre(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(AllOfThem)
	w.Pick("Every sync")
	w.Pick("Pause all")
	if text := w.goes(); !strings.Contains(text, "every connection of hubspot: 2 connections") ||
		!strings.Contains(text, "asked for once, after 20s") {
		t.Errorf("the dialog says %s", text)
	}
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","syncs":[]}` {
		t.Errorf("%s is sent", got)
	}
	w.agree()
	w.looks()
	if w.asked() != 1 {
		t.Errorf("the state of every sync was asked for %d times", w.asked())
	}
	w.told("6 paused", "every connection of hubspot")
}

func TestAnOrderToEveryConnectionIsShownInTheList(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(screen.Refresh)
	w.Do(AllOfThem)
	w.Pick("deals")
	w.Pick("Pause all")
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","syncs":["deals"]}` {
		t.Errorf("%s is sent", got)
	}
	w.agree()
	w.looks()
	w.See("6 syncs of 2 connections", "‖ 2 paused")
	w.told("2 paused")
}

func TestAnOrderToOneConnectionOfTheListIsFollowedThere(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(screen.Refresh)
	w.Do(Pause)
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","connection_id":"globex-1","syncs":[]}` {
		t.Errorf("%s is sent", got)
	}
	w.agree()
	w.looks()
	w.See("‖ 3 paused", "✓ 3 ok")
	if n := w.asked(); n > 3 {
		t.Errorf("%d reads after one order", n)
	}
}

func TestWithoutTheOrchestratorTheIntegrationSaysSo(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.server.OrchestratorDown(true)
	w.Do(screen.Refresh)
	w.See("The syncs could not be read", "orchestrator is down")
	w.Do(AllOfThem)
	w.Pick("Every sync")
	w.Pick("Run all now")
	w.agree()
	w.looks()
	w.told("every sync · every connection of hubspot", "cannot be seen")
}

func TestAServerWithoutTheListOfFunctionsStillReadsAll(t *testing.T) {
	w := acme(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations/hubspot/functions", Status: 200, ContentType: "text/html", Body: "<html></html>"})
	w.at(ofHubspot())
	w.See("not known: functions.list", "v0.70.7")
	if w.Action(Choose).Disabled == "" {
		t.Error("one can choose among syncs that are not known")
	}
	w.Do(screen.Refresh)
	w.See("6 syncs of 2 connections")
}

func TestAnIntegrationWithoutSyncsSaysSo(t *testing.T) {
	w := emptyWorld(t)
	w.connect("globex-1")
	w.at(ofHubspot())
	w.See("None: there is nothing to read.")
	w.Do(screen.Refresh)
	w.See("No connection of hubspot has a sync.")
}

func TestAnOldStateIsDated(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(screen.Refresh)
	read := w.now
	w.wait(time.Hour)
	if at := w.Screen.(screen.Timestamped).LoadedAt(); !at.Equal(read) {
		t.Errorf("the list was read at %v and says %v", read, at)
	}
}

func TestAnOrderGoesToWhatIsShownWhateverIsBeingRead(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(Choose)
	w.Pick("contacts")
	w.HoldReads = true
	w.Do(screen.Refresh)
	w.See("Reading the syncs of every connection")
	w.Do(StopReading)
	w.See("Only contacts was read")
	w.Do(Pause)
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","connection_id":"globex-1","syncs":["contacts"]}` {
		t.Errorf("%s is sent", got)
	}
}

func TestWhatWasNotReadIsNotCounted(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(Choose)
	w.Pick("contacts")
	w.Do(AllOfThem)
	w.Pick("Every sync")
	w.Pick("All from the start, emptied")
	if text := w.goes(); !strings.Contains(text, "80, and those of other syncs and variants, which were not counted") ||
		!strings.Contains(text, "Only those of contacts were read: 2") {
		t.Errorf("the dialog says %s", text)
	}
}

func TestAnOrderFromTheListNamesTheCustomer(t *testing.T) {
	w := emptyWorld(t)
	w.function("contacts", "Contact", "every hour", 4)
	_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: "hubspot", ID: "conn-77",
		Tags: map[string]string{"end_user_display_name": "Globex"}})
	w.must(err)
	w.at(ofHubspot())
	w.Do(screen.Refresh)
	w.Do(Pause)
	if about := w.Proposal().About; !strings.Contains(about, "Globex · conn-77 of hubspot") {
		t.Errorf("the dialog is about %s", about)
	}
}
