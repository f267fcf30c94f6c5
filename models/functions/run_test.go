package functions

import (
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

func TestTheOutcomeOfAForgottenRunIsUnknown(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldTask: taskDryRun, screen.FieldConnection: "conn-1"})
	w.must(w.Confirm())
	w.server.Inject(sandbox.Fault{PathPrefix: "/functions/dryruns", Status: 500,
		Body: `{"error":{"code":"server_error","message":"down"}}`, Times: 3})
	w.wait(time.Second)
	w.Poll()
	w.See("couldn't load the status")
	w.server.ClearFaults()
	w.server.Inject(sandbox.Fault{PathPrefix: "/functions/dryruns", Status: 404,
		Body: `{"error":{"code":"dryrun_not_found","message":"Dryrun was not found"}}`})
	w.pollUntilDone()
	w.See("the outcome is unknown", "dryrun_not_found")
	w.FitsEverywhere()
	if w.Screen.(screen.Animated).RedrawInterval() != 0 {
		t.Error("the screen redraws every second")
	}
}

func TestAnEndlessRunIsPolledForALimitedTime(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldTask: taskDryRun, screen.FieldConnection: "conn-1"})
	w.must(w.Confirm())
	w.server.Inject(sandbox.Fault{PathPrefix: "/functions/dryruns", Status: 200,
		Body: `{"id":"00000002-0000-4000-8000-000000000001","status":"running","created_at":"2026-03-01T12:00:00Z",` +
			`"updated_at":"2026-03-01T12:00:00Z"}`})
	polls := w.requestCount("/functions/dryruns")
	for watch := w.Watches[0]; watch.Next(w.now) > 0; polls++ {
		w.wait(watch.Next(w.now))
		w.Poll()
	}
	w.See("the outcome is unknown", "30m0s")
	if polls > 200 {
		t.Errorf("%d polls", polls)
	}
}

func TestReopenTheRun(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldTask: taskDryRun, screen.FieldConnection: "conn-1"})
	w.must(w.Confirm())
	page := w.Watches[0].(screen.ScreenWatch).Screen()
	w.Leave()
	w.pollUntilDone()
	w.Stage.Screen = page
	w.See("✓ succeeded")
}

func TestTheOriginOfAnErrorIsShown(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: "throws.ts", fieldTask: taskDryRun, fieldKind: "action",
		screen.FieldConnection: "conn-1", fieldInput: `{"id":"7"}`})
	w.must(w.Confirm())
	w.pollUntilDone()
	w.See("✗ failed", "from the function: check its code", "function_error", "no such contact", "Payload")
	w.FitsEverywhere()
	w.Screen.(*runPage).Rows.Select(payloadRow)
	w.Do(RunOpen)
	w.See("stacktrace")
	for code, want := range map[string]string{"script_http_error": "from the provider", "server_error": "from Nango",
		"compilation_error": "from the function", "strange": "unknown origin"} {
		if got := originText(nango.RunFailure{Code: code}.Origin()); !strings.Contains(got, want) {
			t.Errorf("%s is %q", code, got)
		}
	}
}

func TestSecretsInAResultAreMasked(t *testing.T) {
	f := ui.Frame{Width: 80, Height: 10, Theme: &ui.Theme{}}
	if got := resultText(f, []byte(`{"access_token":"gho_16C7e42F292c","n":1}`)); strings.Contains(got, "gho_") ||
		!strings.Contains(got, `"n":1`) {
		t.Errorf("drawn as %s", got)
	}
	seen := nango.NewSecrets()
	seen.Add("https://host.example/hook/4711")
	f.Mask = seen.Mask
	if got := resultText(f, []byte(`{"next":"https:\/\/host.example\/h\u006fok\/4711"}`)); strings.Contains(got, "4711") {
		t.Errorf("the escaped text is drawn as %s", got)
	}
	if got := resultText(f, []byte(`"`+strings.Repeat("x", shortResult)+`"`)); !strings.Contains(got, "of JSON") {
		t.Errorf("drawn as %s", got)
	}
}

func TestHostileOutputIsSanitized(t *testing.T) {
	w := newWorld(t).local()
	r := &run{label: "Dry run", integration: "hubspot", name: hostileTexts, connection: nango.ConnectionRef{Integration: "hubspot", ID: "c"},
		file: &file{path: hostileTexts, text: "a\nb"}}
	r.status.FunctionRun = nango.FunctionRun{ID: "x", State: nango.RunFailed, Output: strings.Repeat(hostileTexts+"\n", 900),
		Failure: &nango.RunFailure{Code: hostileTexts, Message: strings.Repeat(hostileTexts+"a.ts(2): "+hostileTexts+"\n", 90),
			Payload: []byte(`{"a":1}`)}}
	r.endedAt = noon
	w.Stage.Screen = r.Screen()
	w.Height = 400
	w.NoControls()
	w.See("earlier lines", "more lines: copy to read all")
	w.FitsEverywhere()
	w.Screen.(*runPage).Rows.Select(outputRow)
	w.Do(RunCopy)
	if len(w.Copied[0].Text) < 900*len(hostileTexts) {
		t.Error("not all of the output is copied")
	}
}
