package syncs

import (
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestPauseReportsThatTheSyncIsPaused(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(Pause)
	if text := w.dialog(); !strings.Contains(text, "Pause sync") || !strings.Contains(text, "deals · globex-1 · hubspot") ||
		!strings.Contains(text, "only means that Nango accepted the command") {
		t.Errorf("the dialog says %s", text)
	}
	w.confirm()
	w.pollUntilDone()
	w.seeToast("deals: paused", "globex-1 · hubspot")
	w.SeeLine("deals", "‖ paused")
	w.moveTo("deals").Do(Start)
	w.confirm()
	w.pollUntilDone()
	w.seeToast("deals: resumed")
}

// What is known to be paused is not offered to be paused, but what isn't known, or runs beside a paused one, is.
func TestAPausedSyncIsOfferedToBeResumed(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals")
	if pause, resume := w.Action(Pause), w.Action(Start); pause.Disabled != "" || pause.HideInFooter || !resume.HideInFooter {
		t.Errorf("a scheduled sync: %+v, %+v", pause, resume)
	}
	w.Do(Pause)
	w.confirm()
	w.pollUntilDone()
	w.moveTo("deals")
	if pause, resume := w.Action(Pause), w.Action(Start); pause.Disabled != textAlreadyPaused || !pause.HideInFooter || resume.HideInFooter {
		t.Errorf("a paused sync: %+v, %+v", pause, resume)
	}
	w.Do(screen.MarkAll)
	if pause, resume := w.Action(Pause), w.Action(Start); pause.Disabled != "" || pause.HideInFooter || resume.HideInFooter {
		t.Errorf("a paused sync among others: %+v, %+v", pause, resume)
	}
}

func TestACommandWithoutEffectIsReported(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(Pause)
	w.server.OrchestratorDown(true)
	w.confirm()
	w.wait(time.Second)
	w.server.OrchestratorDown(false) // The user may look, and sees that nothing happened.
	w.pollUntilDone()
	w.seeToast("deals: not paused (ok)", "Nango accepted this, but nothing changed within 20s", "orchestrator may be down")
	w.SeeLine("deals", "✓ ok")
}

func TestAnUnknownOutcomeIsReportedAsUnknown(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(Pause)
	w.server.OrchestratorDown(true)
	w.confirm()
	w.pollUntilDone()
	w.seeToast("deals", "accepted, but the outcome is unknown", "orchestrator may be down", "500")
}

func TestRunReportsItsResult(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(Trigger)
	w.Pick("Run now")
	if call := w.Proposal().Call; call.Effect != nango.Runs || strings.Contains(string(call.Body), "opts") {
		t.Errorf("%s %s", call.Effect, call.Body)
	}
	w.confirm()
	w.pollUntilDone()
	w.seeToast("deals: ran: no change")
}

func TestAFailedRunIsReported(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("contacts").Do(Trigger)
	w.Pick("Run now")
	w.confirm()
	w.pollUntilDone()
	w.seeToast("contacts: ran and failed")
}

func TestTheResetDialogSaysWhatIsLost(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(Trigger)
	w.Pick("Reset and run")
	if call := w.Proposal().Call; call.Effect != nango.Destroys || !strings.Contains(string(call.Body), `"reset":true,"emptyCache":false`) {
		t.Errorf("%s %s", call.Effect, call.Body)
	}
	if text := w.dialog(); !strings.Contains(text, "discards the checkpoint") || !strings.Contains(text, "v0.69.32") {
		t.Errorf("the dialog says %s", text)
	}
	w.Decline()
	w.moveTo("deals").Do(Trigger)
	w.Pick("Reset, delete records, and run")
	if text := w.dialog(); !strings.Contains(text, "Deletes all records: 12.") {
		t.Errorf("the dialog says %s", text)
	}
	w.confirm()
	w.pollUntilDone()
	w.seeToast("deals", "ran")
}

func TestPauseAppliesToMarkedSyncs(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(screen.Mark)
	w.moveTo("tickets").Do(screen.Mark)
	w.moveTo("contacts")
	if title := w.Action(Pause).Title; title != "Pause 2" {
		t.Errorf("the action is called %q", title)
	}
	w.Do(Pause)
	got, want := string(w.Proposal().Call.Body), `{"provider_config_key":"hubspot","connection_id":"globex-1","syncs":["deals","tickets"]}`
	if got != want {
		t.Errorf("%s is sent", got)
	}
	w.confirm()
	w.pollUntilDone()
	w.seeToast("deals, tickets: paused")
	w.SeeLine("contacts", "✗ error")
}

func TestPauseAllSyncsOfAConnection(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.Do(RunOrPauseAll)
	w.Pick("Pause all")
	if text := w.dialog(); !strings.Contains(text, "all 3 syncs") || !strings.Contains(text, "every sync and variant of this connection") {
		t.Errorf("the dialog says %s", text)
	}
	if got := string(w.Proposal().Call.Body); !strings.Contains(got, `"syncs":[]`) || !strings.Contains(got, "globex-1") {
		t.Errorf("%s is sent", got)
	}
	w.confirm()
	w.pollUntilDone()
	w.seeToast("contacts, deals, tickets: paused")
	w.See("‖ 1 paused after a failed run", "‖ 2 paused")
}

func TestTheTypedFrequencyIsShownInWords(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(Frequency)
	w.See("The sync runs every 30 minutes, 48 times a day.")
	for range "every 30 minutes" {
		w.backspace()
	}
	w.See("The sync runs as often as its function says.")
	w.Type("10s")
	w.See("a sync can run every 30 seconds at most")
	w.Do(screen.Submit)
	if len(w.Proposals) > 0 {
		t.Fatal("an invalid frequency is proposed")
	}
	w.backspace()
	w.backspace()
	w.backspace()
	w.Type("every 2 hours")
	w.See("The sync runs every 2 hours, 12 times a day.")
	w.Do(screen.Submit)
	w.Decline()
	w.See("every 2 hours")
	w.Do(screen.Submit)
	w.confirm()
	w.pollUntilDone()
	w.seeToast("deals: runs every 2 hours")
	w.SeeLine("deals", "2 h")
}

func TestAnEmptyFrequencyResetsIt(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(Frequency)
	for range "every 30 minutes" {
		w.backspace()
	}
	w.Do(screen.Submit)
	if got := string(w.Proposal().Call.Body); !strings.Contains(got, `"frequency":null`) {
		t.Errorf("%s is sent", got)
	}
	w.confirm()
	w.pollUntilDone()
	w.seeToast("deals: runs every 30 minutes")
}

func TestCreateAndDeleteAVariant(t *testing.T) {
	w := acme(t).at(ofGlobex())
	if w.moveTo("deals").Action(DeleteVariant).Disabled == "" {
		t.Error("the base variant can be deleted")
	}
	w.Do(NewVariant)
	w.Type("Base")
	w.See("every sync has the variant base")
	for range "Base" {
		w.backspace()
	}
	w.Type("eu")
	w.Do(screen.Submit)
	w.confirm()
	w.pollUntilDone()
	w.seeToast("deals::eu: created")
	w.moveTo("deals::eu").Do(DeleteVariant)
	if call := w.Proposal().Call; call.Effect != nango.Destroys {
		t.Errorf("deleting a variant %s", call.Effect)
	}
	w.confirm()
	w.pollUntilDone()
	w.seeToast("deals::eu: deleted")
	w.NotSee("deals::eu")
}

// Nango creates the variant paused if the sync doesn't start by itself.
func TestTheDialogSaysWhetherAVariantStarts(t *testing.T) {
	const reader = "7a1b2c3d-0000-4111-8222-933333333333"
	for says, c := range map[string]struct {
		autoStart bool
		scope     string
		old       bool
	}{
		"Starts at once and reads everything from the provider.": {true, "environment:*", false},
		"Is created paused":           {false, "environment:*", false},
		"(auto_start is off)":         {false, "environment:*", true},
		"auto_start is off (unknown)": {false, "environment:syncs:*", false},
	} {
		w := acme(t)
		w.must(w.server.AddFunction("hubspot", sandbox.FunctionSpec{Kind: "sync", Name: "manual", Runs: "every day", AutoStart: c.autoStart}))
		w.server.AddKey(reader, c.scope, "environment:connections:*")
		if c.old {
			w.server.Inject(sandbox.Fault{PathPrefix: "/integrations/hubspot/functions", Status: 200, Body: "<html>", ContentType: "text/html"})
		}
		w.with(reader, ofGlobex()).moveTo("manual").Do(NewVariant)
		w.Type("eu")
		w.Do(screen.Submit)
		text := strings.Join(w.Proposal().Consequences, "\n")
		if starts := strings.Contains(text, "Starts at once"); !strings.Contains(text, says) || !c.autoStart && starts && says[0] != 'a' {
			t.Errorf("%+v: the dialog says %q, want %q", c, text, says)
		}
		w.confirm()
		w.pollUntilDone()
		w.seeToast("manual::eu: created, " + map[bool]string{true: "running", false: "paused"}[c.autoStart])
	}
}

func TestAnExistingVariantIsRejectedAtItsField(t *testing.T) {
	w := acme(t).at(ofGlobex())
	for range 2 {
		w.moveTo("deals").Do(NewVariant)
		w.Type("eu")
		w.Do(screen.Submit)
		if err := w.Confirm(); err != nil {
			w.See("sync_variant_already_exists")
			return
		}
		w.Refresh()
	}
	t.Error("a variant was created twice")
}

func TestARejectedCommandIsNotPolled(t *testing.T) {
	w := acme(t)
	const reader = "7a1b2c3d-0000-4111-8222-933333333333"
	w.server.AddKey(reader, "environment:syncs:read")
	w.with(reader, ofGlobex())
	w.Do(Pause)
	if err := w.Confirm(); err == nil {
		t.Fatal("a read-only key paused a sync")
	}
	before := w.statusRequests()
	if next := w.Watches[0].Next(w.now); next != 0 {
		t.Errorf("the watch polls in %v", next)
	}
	if w.pollUntilDone(); w.statusRequests() != before || len(w.Toasts) > 0 {
		t.Errorf("the watch polled and reported %q", w.Toasts)
	}
}

func TestNothingIsPolledBeforeTheResponse(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(Pause)
	before := w.statusRequests()
	answered := w.ConfirmLater()
	for range 3 {
		w.wait(w.Watches[0].Next(w.now))
		w.Poll()
	}
	if w.statusRequests() != before {
		t.Error("the state was loaded before Nango accepted the command")
	}
	answered()
	w.pollUntilDone()
	w.seeToast("deals: paused")
}

func TestTheOutcomeIsReportedAfterTheScreenClosed(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(Pause)
	if !w.Proposal().OutlivesScreen {
		t.Error("the outcome isn't reported after the screen closed")
	}
	answered := w.ConfirmLater()
	w.Leave()
	answered()
	w.pollUntilDone()
	w.seeToast("deals: paused · globex-1 · hubspot")
}

func TestResetOfAllConnectionsIsConfirmedWithTheIntegration(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(RunOrPauseAll)
	w.Pick("deals")
	w.Pick("Reset all, delete records, and run")
	call := w.Proposal().Call
	if call.Effect != nango.Destroys || call.About != (nango.ConnectionRef{Integration: "hubspot"}) {
		t.Errorf("%s about %v", call.Effect, call.About)
	}
	if text := w.dialog(); !strings.Contains(text, "Deletes all records (not counted)") ||
		!strings.Contains(text, "deals · every connection of hubspot") {
		t.Errorf("the dialog says %s", text)
	}
}

func TestTheWatchHasAShortTitle(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(Pause)
	w.confirm()
	w.Do(screen.MarkAll)
	w.Do(Start)
	w.confirm()
	if one, all := w.Watches[0].Title(), w.Watches[1].Title(); one != "waiting for deals" || all != "waiting for the syncs" {
		t.Errorf("%q and %q", one, all)
	}
}
