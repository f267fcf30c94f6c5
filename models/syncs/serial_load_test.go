package syncs

import (
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// withoutSchedule is acme, but the sync deals of globex-1 has lost its schedule.
func withoutSchedule(t testing.TB) *world {
	t.Helper()
	w := acme(t)
	w.must(w.server.RemoveSchedule("hubspot", "globex-1", "deals"))
	return w
}

func TestSyncsLoadOneByOneIfOneFails(t *testing.T) {
	w := withoutSchedule(t).at(ofGlobex())
	w.See("Couldn't load the syncs", "One sync has no schedule", "‹syncs.oneByOne› loads them one by one")
	w.Do(LoadOneByOne)
	w.See("3 syncs · ✗ 1 not read · ✗ 1 error · ✓ 1 ok", "✗ Nango can't return deals: ")
	w.SeeLine("deals", "✗ unknown")
	w.SeeLine("contacts", "✗ error")
	w.SeeLine("tickets", "✓ ok")
	if why := w.moveTo("deals").Action(Open).Disabled; !strings.Contains(why, "500") {
		t.Errorf("the reason for the missing state is %q", why)
	}
	w.Fits()
	w.Do(screen.Refresh)
	w.SeeLine("deals", "✗ unknown")
	if w.Action(Open).Disabled == "" {
		t.Error("a sync without a state can be opened after a failed reload")
	}
}

func TestACommandIsPolledIfAnotherSyncFails(t *testing.T) {
	w := withoutSchedule(t).at(ofGlobex())
	w.Do(LoadOneByOne)
	w.moveTo("tickets").Do(Pause)
	w.confirm()
	w.pollUntilDone()
	w.seeToast("tickets: paused", "globex-1 · hubspot")
	w.SeeLine("tickets", "‖ paused")
	w.SeeLine("deals", "✗ unknown")
}

func TestOneByOneLoadKeepsRowsAndEndsWithAReload(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("tickets").Do(NewVariant)
	w.Type("eu")
	w.Do(screen.Submit)
	w.confirm()
	w.pollUntilDone()
	if w.Action(LoadOneByOne).Disabled == "" {
		t.Error("the syncs can be loaded one by one without an error")
	}
	w.See("4 syncs")
	w.server.Inject(sandbox.Fault{PathPrefix: "/sync/status", Status: 500, Body: `{"error":{"code":"server_error","message":"no"}}`, Times: 1})
	w.Do(screen.Refresh)
	w.See("4 syncs", "not reloaded", "‹syncs.oneByOne› loads them")
	w.wait(10 * time.Minute)
	w.Do(LoadOneByOne)
	w.See("4 syncs · ✗ 1 error · ✓ 3 ok", "Loaded one by one")
	w.SeeLine("tickets::eu", "✓ ok")
	w.Do(screen.Refresh)
	w.NotSee("one by one")
}

func TestOneByOneLoadStopsAtOtherErrors(t *testing.T) {
	w := withoutSchedule(t).at(ofGlobex())
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations/hubspot/functions", Status: 500,
		Body: `{"error":{"code":"server_error","message":"no"}}`})
	w.Do(LoadOneByOne)
	w.See("Couldn't load the sync functions")
	w = withoutSchedule(t).at(ofGlobex())
	asked := w.statusRequests()
	w.server.Inject(sandbox.Fault{PathPrefix: "/sync/status", Status: 401, Body: `{"error":{"code":"unknown_account","message":"no"}}`})
	w.Do(LoadOneByOne)
	w.See("Couldn't load the syncs", "401")
	if n := w.statusRequests() - asked; n != 1 {
		t.Errorf("%d requests with an invalid key", n)
	}
}

func TestTheFleetLoadsOneByOne(t *testing.T) {
	w := withoutSchedule(t).at(ofHubspot())
	w.Do(screen.Refresh)
	w.See("Couldn't load the syncs", "‹fleet.choose› loads one sync of every connection")
	w.Do(LoadOne)
	w.Pick("Each sync")
	w.See("4 syncs of 2 connections", "✗ Nango can't return deals: ")
	w.Do(RunOrPauseAll)
	w.Pick("Every sync")
	w.Pick("Reset all, delete records, and run")
	if text := w.dialog(); !strings.Contains(text, "not counted") || !strings.Contains(text, "Loaded: 4 syncs (only contacts, tickets).") {
		t.Errorf("the dialog says %s", text)
	}
}
