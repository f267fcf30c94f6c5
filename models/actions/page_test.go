package actions

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// run opens the form of an action and confirms the run.
func (w *world) run(action string) error {
	w.t.Helper()
	w.form(action)
	w.Do(screen.Submit)
	if len(w.Proposals) == 0 {
		w.Do(screen.Submit) // the input doesn't match, and is sent anyway
	}
	return w.Confirm()
}

func TestTheElapsedTimeIsShownDuringTheRun(t *testing.T) {
	w := newWorld(t).form("ping")
	w.Do(screen.Submit)
	w.wait(time.Hour) // below the dialog
	answered := w.ConfirmLater()
	w.See("… Running for 00:00", "INPUT", "The run continues if you leave")
	if clock := w.Screen.(*Page).RedrawInterval(); clock != time.Second {
		t.Errorf("the page redraws every %s", clock)
	}
	w.wait(14*time.Minute + 59*time.Second)
	w.See("… Running for 14:59")
	w.FitsEverywhere()
	if reason := w.Action(RunAgain).Disabled; reason == "" {
		t.Error("a run in progress can be repeated")
	}
	answered()
	w.See("✓ Returned after 14 min 59 s", `"pong"`)
	if clock := w.Screen.(*Page).RedrawInterval(); clock != 0 {
		t.Errorf("the page still redraws every %s", clock)
	}
}

func TestARunOutlivesItsPage(t *testing.T) {
	w := newWorld(t).form("ping")
	w.Do(screen.Submit)
	answered := w.ConfirmLater()
	w.Leave()
	if len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "ping is still running") || !strings.Contains(w.Toasts[0], "runs") {
		t.Errorf("leaving said %q", w.Toasts)
	}
	w.wait(3 * time.Second)
	answered()
	w.open(NewRuns(screen.To(HistoryRoute), w.history), nil)
	w.See("1 run", "✓ returned", "ping", "3.0 s")
	w.Do(OpenRun)
	w.See("✓ Returned after 3.0 s", `"pong"`)
	w.Leave()
	if len(w.Toasts) != 0 {
		t.Errorf("leaving the page of an ended run said %q", w.Toasts)
	}
}

func TestTheOriginOfErrorsIsShown(t *testing.T) {
	refuse := func(status int, payload string) func(*world) {
		return func(w *world) { w.must(w.server.FailAction(crm, "ping", status, json.RawMessage(payload))) }
	}
	answer := func(status int, body string) func(*world) {
		return func(w *world) {
			w.server.Inject(sandbox.Fault{PathPrefix: "/action/trigger", Status: status, Body: body})
		}
	}
	for name, c := range map[string]struct {
		fail func(*world)
		see  []string
	}{
		"provider": {refuse(409, `{"message":"taken"}`), []string{"Provider error: it answered 409 Conflict",
			"PROVIDER RESPONSE", `"status": 409`, `"content-type": "application/json"`, `"message": "taken"`}},
		"text": {refuse(503, `"down"`), []string{"503 Service Unavailable", `"body": "down"`}},
		"function": {refuse(0, `{"code":"no_model"}`), []string{"Function error: no_model.",
			"action_script_runtime_error", "FUNCTION ERROR", "no_model"}},
		"thrown": {answer(500,
			`{"error":{"code":"script_internal_error","message":"internal","payload":{"message":"Output size is too large: `+
				`3144876 bytes.","stacktrace":["a"]}}}`),
			[]string{"✗ Function error: Output size is too large: 3144876 bytes. After"}},
		"silent": {refuse(0, `{"message":{"a":1}}`), []string{"Function error: not from the provider or Nango."}},
		"off": {answer(404, `{"error":{"code":"disabled_resource","message":"The action is disabled"}}`),
			[]string{"This action is disabled in Nango: it did not run.", "It is disabled in Nango"}},
		"refused": {answer(404, `{"error":{"code":"action_not_found","message":"none"}}`),
			[]string{"Nango rejected the run: the function did not run."}},
		"Nango": {answer(500, `{"error":{"code":"action_script_failure","message":"no runner","payload":{"error":"x"}}}`),
			[]string{"Nango error", "no runner", "NANGO ERROR"}},
		"network": {answer(410, `{"error":{"code":"script_aborted","message":"aborted"}}`), []string{"Nango error", "aborted"}},
		"gateway": {answer(502, "bad gateway"), []string{"Unknown whether it ran", "INPUT"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			c.fail(w)
			if w.run("ping") == nil {
				t.Fatal("it did not fail")
			}
			w.Width = 120
			w.See(c.see...)
			w.FitsEverywhere()
		})
	}
}

func TestShowInputAndResult(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.setInput(`{"email":"a@b.example"}`)
	w.Do(screen.Submit)
	w.must(w.Confirm())
	w.See("‹run.input› shows the input")
	w.Do(ShowInput)
	w.See("INPUT", "a@b.example", "‹run.input› shows the result")
	w.Do(ShowInput)
	w.See("RESULT", "c-1")
	w.Do(screen.JSONCopy)
	if got := w.Copied[0].Text; !strings.Contains(got, `"id": "c-1"`) {
		t.Errorf("copied %q", got)
	}
	w.Do(screen.JSONSearch)
	w.Type("c-1")
	w.Do(screen.FilterDone)
	if reason := w.Action(screen.JSONNext).Disabled; reason != "" {
		t.Errorf("the search found nothing: %s", reason)
	}
}

func TestRunAgain(t *testing.T) {
	w := newWorld(t)
	w.must(w.run("ping"))
	w.Do(RunAgain)
	w.must(w.Confirm())
	w.See("✓ Returned")
	if n := w.requestCount("POST", "/action/trigger"); n != 2 || len(w.history.runs) != 2 {
		t.Errorf("sent %d times, %d runs", n, len(w.history.runs))
	}
	w.Leave()
	if _, form := w.Screen.(*Form); !form {
		t.Errorf("below the page of the second run is a %T", w.Screen)
	}
}

func TestSecretsInAResultAreMasked(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(`{"access_token":"tok-123456789","name":"x"}`), 0))
	w.must(w.run("ping"))
	w.NotSee("tok-123456789")
	w.See(nango.Masked, `"name": "x"`)
	w.must(w.server.FailAction(crm, "ping", 401, json.RawMessage(`{"client_secret":"sec-123456789"}`)))
	_ = w.run("ping") // the run fails, and its page is shown
	w.NotSee("sec-123456789")
	w.See(nango.Masked)
}

func TestResultsOfAnySizeAreShown(t *testing.T) {
	longtest.SkipInShort(t)
	w := newWorld(t)
	big := `[` + strings.Repeat(`{"name":"Zoe","n":1},`, 90_000) + `{}]`
	for _, value := range []string{`null`, `0`, `"text"`, `[]`, big} {
		w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(value), 0))
		w.must(w.run("ping"))
		w.See("✓ Returned", "RESULT")
		w.FitsEverywhere()
		w.Do(screen.Bottom)
		w.FitsEverywhere()
	}
	w.must(w.server.SetActionResult(crm, "ping", json.RawMessage(`"`+strings.Repeat("x", 3<<20)+`"`), 0))
	if w.run("ping") == nil {
		t.Fatal("3 MB were accepted")
	}
	w.See("Function error", "Output size is too large")
}

func TestUntrustedTextIsSanitized(t *testing.T) {
	w := newWorld(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/action/trigger", Status: http.StatusBadRequest,
		Body: `{"error":{"code":"a\u001b[2J","message":"b\u202ec","payload":{"d\u001b[2J":"e\u0007"}}}`})
	if w.run("ping") == nil {
		t.Fatal("it did not fail")
	}
	if raw := w.Raw(); strings.ContainsAny(raw, "\x1b\x07\u202e") {
		t.Errorf("hostile text reached the screen: %q", raw)
	}
}

func TestTheHistoryIsLimited(t *testing.T) {
	w := newWorld(t)
	for range MaxRuns + 5 {
		w.addRun("ping", json.RawMessage(`1`), nil)
	}
	if len(w.history.runs) != MaxRuns || w.history.runs[0].number != MaxRuns+5 {
		t.Errorf("%d runs are kept, the newest is %d", len(w.history.runs), w.history.runs[0].number)
	}
	w = newWorld(t)
	big := json.RawMessage(`"` + strings.Repeat("x", MaxKept/2) + `"`)
	for range 3 {
		w.addRun("ping", big, nil)
	}
	w.addRun("ping", nil, errors.New("something"))
	w.open(NewRuns(screen.To(HistoryRoute), w.history), nil)
	w.Do(screen.Bottom)
	w.Do(OpenRun)
	w.See("✓ Returned", "no longer kept")
	w.FitsEverywhere()
	if w.Action(RunAgain).Disabled == "" {
		t.Error("a run can be repeated without its input")
	}
}

func TestRunsOfAnotherProfileAreNamedAndNotRepeatable(t *testing.T) {
	w := newWorld(t)
	w.addRun("ping", json.RawMessage(`1`), nil)
	w.open(NewRuns(screen.To(HistoryRoute), w.history), nil) // initialID the same name, on another host
	w.Width = 120
	w.See("acme-dev: crm · " + globex)
	for _, id := range []screen.ActionID{RunAgain, OtherInput} {
		if reason := w.Action(id).Disabled; !strings.Contains(reason, "it ran in acme-dev") {
			t.Errorf("%s: %q", id, reason)
		}
	}
	w.Do(OpenRun)
	w.See("in acme-dev")
	if reason := w.Action(RunAgain).Disabled; !strings.Contains(reason, "it ran in acme-dev") {
		t.Errorf("on its page: %q", reason)
	}
}

func TestFilterTheHistory(t *testing.T) {
	w := newWorld(t)
	w.open(NewRuns(screen.To(HistoryRoute), w.history), nil)
	w.See("No action has run since the start.")
	w.FitsEverywhere()
	w.addRun("ping", json.RawMessage(`1`), nil)
	w.addRun("pong", nil, errors.New("something"))
	w.See("2 runs", "✓ returned", "✗ not sent")
	w.Do(screen.Filter)
	w.Type("outcome:returned")
	w.See("2 runs, 1 shown", "ping")
	w.Do(screen.FilterDone)
	w.Do(OpenRun)
	w.See("✓ Returned")
}

func TestRunGoldens(t *testing.T) {
	failing := func(t *testing.T) *world {
		w := newWorld(t)
		w.must(w.server.FailAction(crm, "ping", 409, json.RawMessage(`{"message":"taken","correlationId":"7e3b1f0a"}`)))
		_ = w.run("ping") // the run fails, and its page is shown
		return w
	}
	for name, size := range map[string][2]int{"failed80x19": {80, 19}, "failed120x35": {120, 35}, "failed60x10": {60, 10}} {
		t.Run(name, func(t *testing.T) {
			w := failing(t)
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("returned", func(t *testing.T) {
		w := newWorld(t)
		w.must(w.run("ping"))
		golden.RequireEqual(t, w.View())
	})
	t.Run("history", func(t *testing.T) {
		w := failing(t)
		w.open(NewRuns(screen.To(HistoryRoute), w.history), nil)
		golden.RequireEqual(t, w.View())
	})
}

func TestParsingEndsWithTheScreen(t *testing.T) {
	w := newWorld(t)
	value := json.RawMessage(`[` + strings.Repeat(`{"name":"Zoe Mueller","notes":"called twice"},`, 45_000) + `{}]`)
	run := w.addRun("ping", value, nil)
	w.open(newPage(w.history, run), nil)
	w.HoldReads = true
	w.See("✓ Returned", "RESULT", "Preparing the text")
	w.FitsEverywhere()
	w.HoldReads = false
	w.DeliverAll()
	w.See("line 1 of 180,003")
	w.NotSee("Preparing")
}

func TestARunOfAnotherKeyIsNotRepeatable(t *testing.T) {
	w := newWorld(t).form("ping")
	here := screen.ProfileState{Profile: w.Profile.Profile, Fingerprint: "of another key"}
	run := w.history.add(runRequest{input: nango.ActionInput{Connection: nango.ConnectionRef{Integration: crm, ID: globex},
		Name: "ping"}}, here, w.now)
	w.history.finish(run, w.now, json.RawMessage(`"pong"`), nil)
	w.open(newPage(w.history, run), nil)
	for _, id := range []screen.ActionID{RunAgain, OtherInput} {
		if reason := w.Action(id).Disabled; !strings.Contains(reason, "another key") {
			t.Errorf("%s: %q", id, reason)
		}
	}
}
