package actions

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// start runs an action in the background.
func (w *world) start(action string, retries int) {
	w.t.Helper()
	w.form(action)
	w.runInBackground(retries)
	w.Do(screen.Submit)
	w.must(w.Confirm())
}

func TestABackgroundRunIsPolled(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(`{"rows":3}`), 20*time.Second))
	w.start("ping", 0)
	w.See("◌ In the background for 00:00", "not polled yet, next in 2 s", "until 12:15:00")
	w.pollTimes(2)
	w.See("◌ In the background", "polled 2 times")
	w.FitsEverywhere()
	w.pollTimes(3)
	w.See("✓ Returned after", `"rows": 3`)
	if next := w.Watches[0].Next(w.now); next != 0 {
		t.Errorf("it is still polled, after %s", next)
	}
	if len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "ping on u-globex-77e2 returned") {
		t.Errorf("the toasts are %q", w.Toasts)
	}
}

func TestABackgroundRunFails(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.FailAction(crm, "ping", 409, json.RawMessage(`{"message":"taken"}`)))
	w.start("ping", 0)
	w.pollTimes(1)
	w.See("Provider error: it answered 409 Conflict", `"message": "taken"`)
	if len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "failed") {
		t.Errorf("the toasts are %q", w.Toasts)
	}
	w.open(NewRuns(screen.To(HistoryRoute), w.history), nil)
	w.See("✗ provider failed")
}

func TestPollsSlowDownAndEndAtTheDeadline(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.SetActionResult(crm, "ping", nil, time.Second)) // null, which can't be told from a run in progress
	w.start("ping", 0)
	looks, pauses := 0, []time.Duration{}
	for w.history.runs[0].state == waiting {
		pauses = append(pauses, w.Watches[0].Next(w.now))
		w.pollTimes(1)
		if looks++; looks > 100 {
			t.Fatal("it is polled without end")
		}
	}
	if pauses[0] != firstPause || pauses[10] != maxPause {
		t.Errorf("the pauses are %v", pauses)
	}
	if took := w.now.Sub(noon); took != attemptTimeout {
		t.Errorf("polled for %s", took)
	}
	w.Width = 120
	w.See("? No result within 15 min: it may still be running, have returned null, or never have started.")
	if w.Watches[0].Next(w.now) != 0 || len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "no result within 15 min") {
		t.Errorf("the toasts are %q", w.Toasts)
	}
	w.FitsEverywhere()

	w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(`1`), 0))
	w.Do(KeepWaiting)
	w.See("◌ In the background", "until 12:30:00")
	w.pollTimes(1)
	w.See("polled once")
}

func TestRetriesExtendTheDeadline(t *testing.T) {
	w := newWorld(t)
	w.start("ping", nango.MaxActionRetries)
	w.See("until 13:30:00", "with up to 5 retries")
}

func TestStopAndResumeWaiting(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(`1`), time.Minute))
	w.start("ping", 0)
	w.pollTimes(1)
	w.Do(StopWaiting)
	w.See("? Stopped waiting: the run continues.")
	if w.Watches[0].Next(w.now) != 0 {
		t.Error("it is still polled")
	}
	asked := len(w.server.Requests())
	w.Poll()
	if len(w.server.Requests()) != asked {
		t.Error("it is still polled")
	}
	w.wait(2 * time.Minute)
	w.Do(KeepWaiting)
	w.pollTimes(1)
	w.See("✓ Returned")
}

func TestFailedPollsAreRepeatedAFewTimes(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(`1`), time.Hour))
	w.start("ping", 0)
	w.server.Inject(sandbox.Fault{PathPrefix: "/action/", Method: "GET", Status: http.StatusInternalServerError,
		Body: `{"error":{"code":"server_error","message":"orchestrator down"}}`})
	w.pollTimes(maxFailedPolls - 1)
	w.See("◌ In the background", "couldn't load the result", "orchestrator down")
	w.FitsEverywhere()
	w.pollTimes(1)
	w.See("? Couldn't load the result", "orchestrator down")
	if w.Action(KeepWaiting).Disabled != "" {
		t.Error("waiting can't be resumed")
	}
	w.server.ClearFaults()
	w.wait(2 * time.Hour)
	w.Do(KeepWaiting)
	w.pollTimes(1)
	w.See("✓ Returned")
}

func TestAMissingScopeEndsPolling(t *testing.T) {
	w := newWorld(t)
	w.start("ping", 0)
	w.server.Inject(sandbox.Fault{PathPrefix: "/action/", Method: "GET", Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"no"}}`})
	w.pollTimes(1)
	w.See("? Couldn't load the result", "403")
}

func TestARejectedStartIsNotPolled(t *testing.T) {
	w := newWorld(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/action/trigger", Status: http.StatusBadRequest,
		Body: `{"error":{"code":"unknown_connection","message":"gone"}}`})
	w.form("ping")
	w.runInBackground(0)
	w.Do(screen.Submit)
	answered := w.ConfirmLater()
	w.See("not accepted yet")
	w.pollTimes(1)
	if w.requestCount("GET", "/action/") != 0 {
		t.Error("a run without an id was polled")
	}
	answered()
	w.See("Nango rejected the run", "gone")
	if w.Watches[0].Next(w.now) != 0 {
		t.Error("it is still polled")
	}
	if reason := w.Action(KeepWaiting).Disabled; reason == "" {
		t.Error("a run that never started can be waited for")
	}
}

func TestLeavingABackgroundRunSaysThatItContinues(t *testing.T) {
	w := newWorld(t)
	w.start("ping", 0)
	watch := w.Watches[0]
	if page := watch.(screen.ScreenWatch).Screen(); page != w.Screen {
		t.Error("the watch opens another page")
	}
	if left := watch.(screen.QuitWarner).QuitWarning(); !strings.Contains(left, "continues to run") {
		t.Errorf("quitting leaves %q", left)
	}
	w.Leave()
	if len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "runs in the background") {
		t.Errorf("leaving said %q", w.Toasts)
	}
}
