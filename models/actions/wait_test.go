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

// start has an action run by itself.
func (w *world) start(action string, retries int) {
	w.t.Helper()
	w.form(action)
	w.byItself(retries)
	w.Do(screen.Submit)
	w.must(w.Confirm())
}

func TestAnActionThatRunsByItselfIsWaitedFor(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(`{"rows":3}`), 20*time.Second))
	w.start("ping", 0)
	w.See("◌ In the background for 00:00", "not asked yet, next in 2 s", "until 12:15:00")
	w.follow(2)
	w.See("◌ In the background", "asked 2 times")
	w.FitsEverywhere()
	w.follow(3)
	w.See("✓ Returned after", `"rows": 3`)
	if next := w.Watches[0].Next(w.now); next != 0 {
		t.Errorf("it is waited on, for %s", next)
	}
	if len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "ping on u-globex-77e2 returned") {
		t.Errorf("told %q", w.Toasts)
	}
}

func TestAnActionThatRunsByItselfFails(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.FailAction(crm, "ping", 409, json.RawMessage(`{"message":"taken"}`)))
	w.start("ping", 0)
	w.follow(1)
	w.See("An error of the provider: it answered 409 Conflict", `"message": "taken"`)
	if len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "failed") {
		t.Errorf("told %q", w.Toasts)
	}
	w.open(NewRuns(screen.To(HistoryRoute), w.history), nil)
	w.See("✗ provider failed")
}

func TestLooksGrowRarerAndEndAtTheDeadline(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.SetActionResult(crm, "ping", nil, time.Second)) // null: nobody can tell it from one that runs
	w.start("ping", 0)
	looks, pauses := 0, []time.Duration{}
	for w.history.runs[0].state == waited {
		pauses = append(pauses, w.Watches[0].Next(w.now))
		w.follow(1)
		if looks++; looks > 100 {
			t.Fatal("it is waited for without an end")
		}
	}
	if pauses[0] != firstPause || pauses[10] != maxPause {
		t.Errorf("the pauses are %v", pauses)
	}
	if took := w.now.Sub(noon); took != patience {
		t.Errorf("waited for %s", took)
	}
	w.Width = 120
	w.See("? No result within 15 min: it may still run, have returned null, or never have begun.")
	if w.Watches[0].Next(w.now) != 0 || len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "no result within 15 min") {
		t.Errorf("told %q", w.Toasts)
	}
	w.FitsEverywhere()

	w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(`1`), 0))
	w.Do(KeepWaiting)
	w.See("◌ In the background", "until 12:30:00")
	w.follow(1)
	w.See("asked once")
}

func TestRetriesTakeMorePatience(t *testing.T) {
	w := newWorld(t)
	w.start("ping", nango.MaxActionRetries)
	w.See("until 13:30:00", "after a failure up to 5 times more")
}

func TestWaitingIsStoppedAndTheRunGoesOn(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(`1`), time.Minute))
	w.start("ping", 0)
	w.follow(1)
	w.Do(StopWaiting)
	w.See("? Not waited for any more: it runs on.")
	if w.Watches[0].Next(w.now) != 0 {
		t.Error("it is waited for all the same")
	}
	asked := len(w.server.Requests())
	w.Poll()
	if len(w.server.Requests()) != asked {
		t.Error("it is asked for all the same")
	}
	w.passes(2 * time.Minute)
	w.Do(KeepWaiting)
	w.follow(1)
	w.See("✓ Returned")
}

func TestALookThatFailsIsTriedAgainAFewTimes(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(`1`), time.Hour))
	w.start("ping", 0)
	w.server.Inject(sandbox.Fault{PathPrefix: "/action/", Method: "GET", Status: http.StatusInternalServerError,
		Body: `{"error":{"code":"server_error","message":"orchestrator down"}}`})
	w.follow(maxFailedLooks - 1)
	w.See("◌ In the background", "the last look failed", "orchestrator down")
	w.FitsEverywhere()
	w.follow(1)
	w.See("? Whether it has returned cannot be seen", "orchestrator down")
	if w.Action(KeepWaiting).Disabled != "" {
		t.Error("one cannot go on waiting")
	}
	w.server.ClearFaults()
	w.passes(2 * time.Hour)
	w.Do(KeepWaiting)
	w.follow(1)
	w.See("✓ Returned")
}

func TestAKeyThatMayNotLookEndsTheWaiting(t *testing.T) {
	w := newWorld(t)
	w.start("ping", 0)
	w.server.Inject(sandbox.Fault{PathPrefix: "/action/", Method: "GET", Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"no"}}`})
	w.follow(1)
	w.See("? Whether it has returned cannot be seen", "403")
}

func TestAStartThatIsRefusedIsNotWaitedFor(t *testing.T) {
	w := newWorld(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/action/trigger", Status: http.StatusBadRequest,
		Body: `{"error":{"code":"unknown_connection","message":"gone"}}`})
	w.form("ping")
	w.byItself(0)
	w.Do(screen.Submit)
	answered := w.ConfirmLater()
	w.See("not yet taken")
	w.follow(1)
	if w.asked("GET", "/action/") != 0 {
		t.Error("a run without a number was asked for")
	}
	answered()
	w.See("Nango refused the run", "gone")
	if w.Watches[0].Next(w.now) != 0 {
		t.Error("it is waited for all the same")
	}
	if reason := w.Action(KeepWaiting).Disabled; reason == "" {
		t.Error("one can wait for what was never begun")
	}
}

func TestLeavingSaysThatItIsWaitedFor(t *testing.T) {
	w := newWorld(t)
	w.start("ping", 0)
	watch := w.Watches[0]
	if page := watch.(screen.ScreenWatch).Screen(); page != w.Screen {
		t.Error("one does not come back to the page that was left")
	}
	if left := watch.(screen.QuitWarner).QuitWarning(); !strings.Contains(left, "it runs on") {
		t.Errorf("quitting leaves %q", left)
	}
	w.Leave()
	if len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "is waited for") {
		t.Errorf("leaving said %q", w.Toasts)
	}
}
