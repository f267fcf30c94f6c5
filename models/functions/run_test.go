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

func TestARunThatIsForgottenIsSaidToBeNotKnown(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldWhat: whatDryRun, screen.FieldConnection: "conn-1"})
	w.must(w.Confirm())
	w.server.Inject(sandbox.Fault{PathPrefix: "/functions/dryruns", Status: 500,
		Body: `{"error":{"code":"server_error","message":"down"}}`, Times: 3})
	w.passes(time.Second)
	w.Poll()
	w.See("the last look failed")
	w.server.ClearFaults()
	w.server.Inject(sandbox.Fault{PathPrefix: "/functions/dryruns", Status: 404,
		Body: `{"error":{"code":"dryrun_not_found","message":"Dryrun was not found"}}`})
	w.follow()
	w.See("not known what came of it", "dryrun_not_found")
	w.FitsEverywhere()
	if w.Screen.(screen.Animated).RedrawInterval() != 0 {
		t.Error("a clock runs")
	}
}

func TestARunThatNeverEndsIsNotFollowedForEver(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldWhat: whatDryRun, screen.FieldConnection: "conn-1"})
	w.must(w.Confirm())
	w.server.Inject(sandbox.Fault{PathPrefix: "/functions/dryruns", Status: 200,
		Body: `{"id":"00000002-0000-4000-8000-000000000001","status":"running","created_at":"2026-03-01T12:00:00Z",` +
			`"updated_at":"2026-03-01T12:00:00Z"}`})
	polls := w.asked("/functions/dryruns")
	for watch := w.Watches[0]; watch.Next(w.now) > 0; polls++ {
		w.passes(watch.Next(w.now))
		w.Poll()
	}
	w.See("not known what came of it", "30m0s")
	if polls > 200 {
		t.Errorf("it was asked %d times", polls)
	}
}

func TestOneCanComeBackToARun(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldWhat: whatDryRun, screen.FieldConnection: "conn-1"})
	w.must(w.Confirm())
	page := w.Watches[0].(screen.ScreenWatch).Screen()
	w.Leave()
	w.follow()
	w.Stage.Screen = page
	w.See("✓ done")
}

func TestAnErrorOfTheScriptIsToldApartFromThoseOfOthers(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: "throws.ts", fieldWhat: whatDryRun, fieldKind: "action",
		screen.FieldConnection: "conn-1", fieldInput: `{"id":"7"}`})
	w.must(w.Confirm())
	w.follow()
	w.See("✗ failed", "of the function: look at its code", "function_error", "no such contact", "It carries")
	w.FitsEverywhere()
	w.Screen.(*runPage).page.Select(payloadRow)
	w.Do(RunOpen)
	w.See("stacktrace")
	for code, want := range map[string]string{"script_http_error": "of the provider", "server_error": "of Nango",
		"compilation_error": "of the function", "strange": "does not tell"} {
		if got := whose(nango.RunFailure{Code: code}.Origin()); !strings.Contains(got, want) {
			t.Errorf("%s is %q", code, got)
		}
	}
}

func TestASecretInAResultIsHidden(t *testing.T) {
	f := ui.Frame{Width: 80, Height: 10, Theme: &ui.Theme{}}
	if got := resultText(f, []byte(`{"access_token":"gho_16C7e42F292c","n":1}`)); strings.Contains(got, "gho_") ||
		!strings.Contains(got, `"n":1`) {
		t.Errorf("drawn as %s", got)
	}
	seen := nango.NewSecrets()
	seen.Add("https://host.example/hook/4711")
	f.Mask = seen.Mask
	if got := resultText(f, []byte(`{"next":"https:\/\/host.example\/h\u006fok\/4711"}`)); strings.Contains(got, "4711") {
		t.Errorf("what is escaped is drawn as %s", got)
	}
	if got := resultText(f, []byte(`"`+strings.Repeat("x", shortResult)+`"`)); !strings.Contains(got, "of JSON") {
		t.Errorf("drawn as %s", got)
	}
}

func TestHostileOutputIsDrawnPlain(t *testing.T) {
	w := newWorld(t).local()
	r := &run{what: "Dry run", integration: "hubspot", name: strangers, on: nango.ConnectionRef{Integration: "hubspot", ID: "c"},
		file: &file{path: strangers, text: "a\nb"}}
	r.now.FunctionRun = nango.FunctionRun{ID: "x", State: nango.RunFailed, Output: strings.Repeat(strangers+"\n", 900),
		Failure: &nango.RunFailure{Code: strangers, Message: strings.Repeat(strangers+"a.ts(2): "+strangers+"\n", 90),
			Payload: []byte(`{"a":1}`)}}
	r.at = noon
	w.Stage.Screen = r.Screen()
	w.Height = 400
	w.NoControls()
	w.See("lines before", "more lines: copy it")
	w.FitsEverywhere()
	w.Screen.(*runPage).page.Select(outputRow)
	w.Do(RunCopy)
	if len(w.Copied[0].Text) < 900*len(strangers) {
		t.Error("not all of the output is copied")
	}
}
