package syncs

import (
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func TestAPausedSyncIsSaidToBePaused(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(Pause)
	if text := w.goes(); !strings.Contains(text, "Pause sync") || !strings.Contains(text, "deals · globex-1 of hubspot") ||
		!strings.Contains(text, "no more than that it has taken the order") {
		t.Errorf("the dialog says %s", text)
	}
	w.agree()
	w.looks()
	w.told("deals: paused", "globex-1 of hubspot")
	w.SeeLine("deals", "‖ paused")
	w.on("deals").Do(Start)
	w.agree()
	w.looks()
	w.told("deals: started")
}

func TestWhatWasTakenAndNotDoneIsSaid(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(Pause)
	w.server.OrchestratorDown(true)
	w.agree()
	w.wait(time.Second)
	w.server.OrchestratorDown(false) // so that one can see, and sees that nothing has come of it
	w.looks()
	w.told("deals: not paused (ok)", "Nango took the order, and 20s later nothing has come of it", "orchestrator may be down")
	w.SeeLine("deals", "✓ ok")
}

func TestWhatCannotBeSeenIsNotSaidToBeDone(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(Pause)
	w.server.OrchestratorDown(true)
	w.agree()
	w.looks()
	w.told("deals", "taken, but what came of it cannot be seen", "orchestrator may be down", "500")
}

func TestARunIsFollowedToItsEnd(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(Trigger)
	w.Pick("Run now")
	if call := w.Proposal().Call; call.Effect != nango.Runs || strings.Contains(string(call.Body), "opts") {
		t.Errorf("%s %s", call.Effect, call.Body)
	}
	w.agree()
	w.looks()
	w.told("deals: has run: no change")
}

func TestARunThatFailsIsSaidToHaveFailed(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("contacts").Do(Trigger)
	w.Pick("Run now")
	w.agree()
	w.looks()
	w.told("contacts: has run and failed")
}

func TestAResetIsDestructionAndSaysWhatGoes(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(Trigger)
	w.Pick("From the start")
	if call := w.Proposal().Call; call.Effect != nango.Destroys || !strings.Contains(string(call.Body), `"reset":true,"emptyCache":false`) {
		t.Errorf("%s %s", call.Effect, call.Body)
	}
	if text := w.goes(); !strings.Contains(text, "the checkpoint is forgotten") || !strings.Contains(text, "v0.69.32") {
		t.Errorf("the dialog says %s", text)
	}
	w.Decline()
	w.on("deals").Do(Trigger)
	w.Pick("From the start, emptied")
	if text := w.goes(); !strings.Contains(text, "All records are removed: 12.") {
		t.Errorf("the dialog says %s", text)
	}
	w.agree()
	w.looks()
	w.told("deals", "has run")
}

func TestTheMarkedSyncsAreMeant(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(screen.Mark)
	w.on("tickets").Do(screen.Mark)
	w.on("contacts")
	if title := w.Action(Pause).Title; title != "Pause 2" {
		t.Errorf("the action is called %q", title)
	}
	w.Do(Pause)
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","connection_id":"globex-1",`+
		`"syncs":["deals","tickets"]}` {
		t.Errorf("%s is sent", got)
	}
	w.agree()
	w.looks()
	w.told("deals, tickets: paused")
	w.SeeLine("contacts", "✗ error")
}

func TestAllOfThemIsAChoiceWithWhatItMeans(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.Do(AllOfThem)
	w.Pick("Pause all")
	if text := w.goes(); !strings.Contains(text, "all 3 syncs") ||
		!strings.Contains(text, "every sync with every variant of this connection") {
		t.Errorf("the dialog says %s", text)
	}
	if got := string(w.Proposal().Call.Body); !strings.Contains(got, `"syncs":[]`) || !strings.Contains(got, "globex-1") {
		t.Errorf("%s is sent", got)
	}
	w.agree()
	w.looks()
	w.told("contacts, deals, tickets: paused")
	w.See("‖ 3 paused")
}

func TestAFrequencyIsSaidInWordsWhileItIsTyped(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(Frequency)
	w.See("It runs every 30 minutes, 48 times a day.")
	for range "every 30 minutes" {
		w.backspace()
	}
	w.See("It runs as often as its function says.")
	w.Type("10s")
	w.See("a sync can run every 30 seconds at most")
	w.Do(screen.Submit)
	if len(w.Proposals) > 0 {
		t.Fatal("a frequency that Nango does not take is proposed")
	}
	w.backspace()
	w.backspace()
	w.backspace()
	w.Type("every 2 hours")
	w.See("It runs every 2 hours, 12 times a day.")
	w.Do(screen.Submit)
	w.Decline()
	w.See("every 2 hours")
	w.Do(screen.Submit)
	w.agree()
	w.looks()
	w.told("deals: runs every 2 hours")
	w.SeeLine("deals", "2 h")
}

func TestAnEmptyFrequencyGoesBackToTheFunctions(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(Frequency)
	for range "every 30 minutes" {
		w.backspace()
	}
	w.Do(screen.Submit)
	if got := string(w.Proposal().Call.Body); !strings.Contains(got, `"frequency":null`) {
		t.Errorf("%s is sent", got)
	}
	w.agree()
	w.looks()
	w.told("deals: runs every 30 minutes")
}

func TestAVariantIsMadeAndDeleted(t *testing.T) {
	w := acme(t).at(ofGlobex())
	if w.on("deals").Action(DeleteVariant).Disabled == "" {
		t.Error("the variant base can be deleted")
	}
	w.Do(NewVariant)
	w.Type("Base")
	w.See("every sync has the variant base")
	for range "Base" {
		w.backspace()
	}
	w.Type("eu")
	w.Do(screen.Submit)
	w.agree()
	w.looks()
	w.told("deals::eu: made")
	w.on("deals::eu").Do(DeleteVariant)
	if call := w.Proposal().Call; call.Effect != nango.Destroys {
		t.Errorf("deleting a variant %s", call.Effect)
	}
	w.agree()
	w.looks()
	w.told("deals::eu: deleted")
	w.NotSee("deals::eu")
}

func TestAVariantThatIsThereAlreadyIsRefusedAtItsField(t *testing.T) {
	w := acme(t).at(ofGlobex())
	for range 2 {
		w.on("deals").Do(NewVariant)
		w.Type("eu")
		w.Do(screen.Submit)
		if err := w.Confirm(); err != nil {
			w.See("sync_variant_already_exists")
			return
		}
		w.Refresh()
	}
	t.Error("a variant was made twice")
}

func TestAnOrderThatIsRefusedIsNotLookedAfter(t *testing.T) {
	w := acme(t)
	const reader = "7a1b2c3d-0000-4111-8222-933333333333"
	w.server.AddKey(reader, "environment:syncs:read")
	w.with(reader, ofGlobex())
	w.Do(Pause)
	if err := w.Confirm(); err == nil {
		t.Fatal("a key that may only read has paused a sync")
	}
	before := w.asked()
	if next := w.Watches[0].Next(w.now); next != 0 {
		t.Errorf("it is looked after in %v", next)
	}
	if w.looks(); w.asked() != before || len(w.Toasts) > 0 {
		t.Errorf("it was asked for, and said %q", w.Toasts)
	}
}

func TestAWatchThatIsNotAnsweredYetAsksNothing(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(Pause)
	before := w.asked()
	answered := w.ConfirmLater()
	for range 3 {
		w.wait(w.Watches[0].Next(w.now))
		w.Poll()
	}
	if w.asked() != before {
		t.Error("the state was asked for before Nango had taken the order")
	}
	answered()
	w.looks()
	w.told("deals: paused")
}

func TestAnOrderIsToldThoughItsScreenIsGone(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(Pause)
	if !w.Proposal().OutlivesScreen {
		t.Error("the outcome is not told when the screen is gone")
	}
	answered := w.ConfirmLater()
	w.Leave()
	answered()
	w.looks()
	w.told("deals: paused · globex-1 of hubspot")
}

func TestAResetOfEveryConnectionIsConfirmedByTheIntegration(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.Do(AllOfThem)
	w.Pick("deals")
	w.Pick("All from the start, emptied")
	call := w.Proposal().Call
	if call.Effect != nango.Destroys || call.About != (nango.ConnectionRef{Integration: "hubspot"}) {
		t.Errorf("%s about %v", call.Effect, call.About)
	}
	if text := w.goes(); !strings.Contains(text, "how many was not counted") ||
		!strings.Contains(text, "deals · every connection of hubspot") {
		t.Errorf("the dialog says %s", text)
	}
}

func TestWhatIsFollowedIsNamedInShort(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("deals").Do(Pause)
	w.agree()
	w.Do(screen.MarkAll)
	w.Do(Start)
	w.agree()
	if one, all := w.Watches[0].Title(), w.Watches[1].Title(); one != "what comes of deals" || all != "what comes of the syncs" {
		t.Errorf("%q and %q", one, all)
	}
}
