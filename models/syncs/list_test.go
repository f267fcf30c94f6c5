package syncs

import (
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

func TestTheListShowsBrokenSyncsFirst(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.See("3 syncs · ✗ 1 error · ✓ 2 ok")
	w.SeeLine("contacts", "✗ error", "✗ now", "1 h")
	w.SeeLine("deals", "✓ ok", "in 20 m", "30 m", "12")
	w.SeeLine("tickets", "✓ ok", "in 23 h", "1 d")
	if first := strings.Index(w.View(), "contacts"); first > strings.Index(w.View(), "deals") {
		t.Errorf("the broken sync isn't first:\n%s", w.View())
	}
	w.Fits()
}

func TestTheRoutePlacesTheCursor(t *testing.T) {
	w := acme(t).at(ofGlobex().With("sync", "tickets"))
	if name, _ := w.Screen.(*List).Table.CursorKey(); name.Name != "tickets" {
		t.Errorf("the cursor is on %v", name)
	}
}

// late makes the server return a sync whose run is overdue by that much.
func (w *world) late(by time.Duration) {
	due := w.now.Add(-by).Format(time.RFC3339)
	w.server.Inject(sandbox.Fault{PathPrefix: "/sync/status", Status: 200, Body: `{"syncs":[{"id":"s1",` +
		`"connection_id":"globex-1","name":"contacts","variant":"base","type":"INCREMENTAL",
		"status":"SUCCESS","frequency":"every hour","finishedAt":"2026-03-01T09:00:00Z","nextScheduledSyncAt":"` + due + `",` +
		`"recordCount":{"Contact":7}}]}`})
}

func TestALateSyncIsShownAsLate(t *testing.T) {
	w := acme(t)
	w.late(2 * time.Hour)
	w.at(ofGlobex())
	w.See("1 late")
	w.SeeLine("contacts", "! late", "late by 2 h")
	w.Do(Open)
	w.See("by 2 h: it was due 2026-03-01 10:10 and isn't running")
}

func TestAFewSecondsAreNotLate(t *testing.T) {
	w := acme(t)
	w.late(time.Minute)
	w.at(ofGlobex())
	w.SeeLine("contacts", "✓ ok", "due now")
	w.wait(time.Hour) // The sync was not late when it was loaded, and has not been reloaded since.
	w.NotSee("late")
}

func TestAPausedSyncShowsThatItsLastRunFailed(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.Do(Pause)
	w.confirm()
	w.wait(3 * time.Hour)
	w.Do(screen.Refresh)
	w.SeeLine("contacts", "‖ paused", "✗ 3 h")
}

func TestTheRecordCountOfAVariantIsUnknown(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(NewVariant)
	w.Type("eu")
	w.Do(screen.Submit)
	w.confirm()
	w.wait(time.Minute)
	w.Refresh()
	w.SeeLine("deals::eu", "unknown")
	w.moveTo("deals::eu").Do(Open)
	w.See("for a variant, Nango returns the counts of the base variant")
}

func TestFilterByStateAndName(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.Do(screen.Filter)
	w.Type("state:error")
	w.See("contacts")
	w.NotSee("deals")
	w.Do(screen.FilterDrop)
	w.Do(screen.Filter)
	w.Type("sync:ticket")
	w.See("tickets")
	w.NotSee("contacts ")
	w.Type("x")
	w.See("No sync matches the filter.")
}

func TestAConnectionWithoutSyncs(t *testing.T) {
	w := emptyWorld(t)
	w.connect("globex-1")
	w.at(ofGlobex())
	w.See("This connection has no syncs.", "‹screen.refresh› reloads")
	if w.Action(RunOrPauseAll).Disabled == "" || w.Action(Pause).Disabled == "" {
		t.Error("an action without a sync is enabled")
	}
}

func TestWithoutOrchestratorTheListShowsTheCauses(t *testing.T) {
	w := acme(t)
	w.server.OrchestratorDown(true)
	w.at(ofGlobex())
	w.See("Couldn't load the syncs", "500", "orchestrator is down", "One sync has no schedule", "‹screen.refresh› tries again")
	w.Fits()
	w.server.OrchestratorDown(false)
	w.Do(screen.Refresh)
	w.See("3 syncs")
	w.server.OrchestratorDown(true)
	w.Do(screen.Refresh)
	w.See("✗ not reloaded", "contacts", "deals")
}

func TestCommandsToTheConnectionReloadTheList(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.Do(Pause)
	call := w.Proposal().Call
	if !w.Screen.Concerns(call) {
		t.Error("the list doesn't reload after its own command")
	}
	call.About.ID = "initech-1"
	if w.Screen.Concerns(call) {
		t.Error("a command to another connection reloads the list")
	}
	call.About.ID = ""
	if !w.Screen.Concerns(call) {
		t.Error("a command to every connection doesn't reload the list")
	}
}

func TestTheMissingScopeIsShown(t *testing.T) {
	w := acme(t)
	const other = "7a1b2c3d-0000-4111-8222-933333333333"
	w.server.AddKey(other, "environment:connections:list")
	w.with(other, ofGlobex())
	w.See("Couldn't load the syncs", "environment:syncs:read")
}

func TestInvalidRoutesAreRefused(t *testing.T) {
	for _, route := range []string{"syncs", "syncs/", "syncs/a/", "syncs/a/b/c"} {
		r, err := screen.ParseRoute(route)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := New(r); err == nil {
			t.Errorf("%s is accepted", route)
		}
	}
}
