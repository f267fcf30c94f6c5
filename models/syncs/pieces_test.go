package syncs

import (
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// spoilt is acme where the sync deals of globex-1 has lost its schedule.
func spoilt(t testing.TB) *world {
	t.Helper()
	w := acme(t)
	w.must(w.server.RemoveSchedule("hubspot", "globex-1", "deals"))
	return w
}

func TestSyncsAreReadOneByOneWhereOneSpoilsTheAnswer(t *testing.T) {
	w := spoilt(t).at(ofGlobex())
	w.See("The syncs could not be read", "a single sync has no schedule", "‹syncs.oneByOne› reads them one by one")
	w.Do(OneByOne)
	w.See("3 syncs · ✗ 1 not read · ✗ 1 error · ✓ 1 ok", "✗ Nango does not answer for deals: ")
	w.SeeLine("deals", "✗ not read")
	w.SeeLine("contacts", "✗ error")
	w.SeeLine("tickets", "✓ ok")
	if why := w.on("deals").Action(Open).Disabled; !strings.Contains(why, "500") {
		t.Errorf("that nothing is known of it is said as %q", why)
	}
	w.Fits()
}

func TestAnOrderIsFollowedWhereOneSyncSpoilsTheAnswerForAll(t *testing.T) {
	w := spoilt(t).at(ofGlobex())
	w.Do(OneByOne)
	w.on("tickets").Do(Pause)
	w.agree()
	w.looks()
	w.told("tickets: paused", "globex-1 of hubspot")
	w.SeeLine("tickets", "‖ paused")
	w.SeeLine("deals", "✗ not read")
}

func TestSyncsThatAreReadOneByOneKeepWhatIsKnownAndAreReadTogetherAgain(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.on("tickets").Do(NewVariant)
	w.Type("eu")
	w.Do(screen.Submit)
	w.agree()
	w.looks()
	if w.Action(OneByOne).Disabled == "" {
		t.Error("they can be read one by one, and nothing asks for it")
	}
	w.See("4 syncs")
	w.server.Inject(sandbox.Fault{PathPrefix: "/sync/status", Status: 500, Body: `{"error":{"code":"server_error","message":"no"}}`, Times: 1})
	w.Do(screen.Refresh)
	w.See("4 syncs", "not read again", "‹syncs.oneByOne› reads them")
	w.wait(10 * time.Minute)
	w.Do(OneByOne)
	w.See("4 syncs · ✗ 1 error · ✓ 3 ok", "Read one by one")
	w.SeeLine("tickets::eu", "✓ ok")
	w.Do(screen.Refresh)
	w.NotSee("one by one")
}

func TestReadingOneByOneEndsWhereNothingIsAnswered(t *testing.T) {
	w := spoilt(t).at(ofGlobex())
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations/hubspot/functions", Status: 500,
		Body: `{"error":{"code":"server_error","message":"no"}}`})
	w.Do(OneByOne)
	w.See("The syncs could not be read", "which syncs there are is not")
	w = spoilt(t).at(ofGlobex())
	asked := w.asked()
	w.server.Inject(sandbox.Fault{PathPrefix: "/sync/status", Status: 401, Body: `{"error":{"code":"unknown_account","message":"no"}}`})
	w.Do(OneByOne)
	w.See("The syncs could not be read", "401")
	if n := w.asked() - asked; n != 1 {
		t.Errorf("asked %d times with a key that is no good", n)
	}
}

func TestTheSyncsOfAnIntegrationAreReadOneByOne(t *testing.T) {
	w := spoilt(t).at(ofHubspot())
	w.Do(screen.Refresh)
	w.See("The syncs could not be read", "‹fleet.choose› reads one sync of every connection")
	w.Do(Choose)
	w.Pick("Each of them")
	w.See("4 syncs of 2 connections", "✗ Nango does not answer for deals: ")
	w.Do(AllOfThem)
	w.Pick("Every sync")
	w.Pick("All from the start, emptied")
	if text := w.goes(); !strings.Contains(text, "not counted") || !strings.Contains(text, "Only those of contacts, tickets were read: 4") {
		t.Errorf("the dialog says %s", text)
	}
}
