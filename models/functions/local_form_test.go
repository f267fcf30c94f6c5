package functions

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

const (
	goodPath = "~/sync.ts"
	goodCode = "import { createSync } from 'nango';\n\nexport default createSync({\n    exec: async (nango) => {}\n});\n"
	// badCode has an unclosed bracket in line 4.
	badCode   = "import { createSync } from 'nango';\n\nexport default createSync({\n    exec: async (nango) => {\n);\n"
	throwCode = "export default createAction({\n    exec: async () => {\n        throw new Error('no such contact');\n    }\n});\n"
)

// local opens the form for a file in a folder with the files of the tests.
func (w *world) local() *world {
	w.t.Helper()
	w.list()
	for path, text := range map[string]string{goodPath: goodCode, "bad.ts": badCode, "throws.ts": throwCode, "empty.ts": " \n",
		"binary.ts": "a\x00b", "latin.ts": "\xe9", "long.ts": strings.Repeat("x", MaxFile+1)} {
		w.Files.Put(path, text)
	}
	w.Do(LocalFile)
	return w
}

// fill types into the fields of the form.
func (w *world) fill(fields map[string]string) {
	w.t.Helper()
	form := w.Screen.(*localForm)
	for _, id := range []string{fieldPath, fieldTask, fieldKind, fieldName, fieldVersion, fieldDestructive, screen.FieldConnection,
		screen.FieldConnectionID, fieldInput, fieldLastSync, fieldCheckpoint, fieldMetadata} {
		if value, ok := fields[id]; ok {
			form.Fields.Set(id, value)
		}
	}
}

func (w *world) submit(fields map[string]string) {
	w.t.Helper()
	w.fill(fields)
	w.Do(screen.Submit)
}

func TestCompileAFile(t *testing.T) {
	w := newWorld(t).local()
	w.Type(goodPath)
	w.Do(screen.Submit)
	if p := w.Proposal(); p.Call.Effect != nango.Reads {
		t.Fatalf("proposed %s, which %s", p.Call, p.Call.Effect)
	}
	w.must(w.Confirm())
	w.See("✓ compiled", "of JavaScript", goodPath)
	w.FitsEverywhere()
}

// compile sends the file as App would, without a dialog: it changes nothing.
func (w *world) compile(path string) *world {
	w.t.Helper()
	w.submit(map[string]string{fieldPath: path})
	w.See("Compiling ")
	_ = w.Confirm() // the screen shows the result
	return w
}

func TestACompilerErrorShowsItsLine(t *testing.T) {
	w := newWorld(t).local().compile("bad.ts")
	w.See("ERROR", "from the function: check its code", "compilation_error", "TS1005", "Line 5", ");")
	w.FitsEverywhere()
	w.Screen.(*compilation).Rows.Select(lineRow + "5")
	w.Do(RunOpen)
	w.See("▌✗5 );", "✗ error TS1005")
	w.Leave()
	w.Files.Put("bad.ts", goodCode)
	w.Do(screen.Refresh)
	w.must(w.Confirm())
	w.See("✓ compiled")
	w.NotSee("TS1005")
}

func TestACompilationShowsItsTimeAndCanBeLeft(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath})
	w.wait(7 * time.Second)
	w.See("7 s so far", "three minutes")
	if w.Screen.(screen.Animated).RedrawInterval() == 0 || w.Action(screen.Refresh).Disabled == "" {
		t.Error("it is not shown as in progress")
	}
	w.FitsEverywhere()
	w.Decline()
	w.See("the request was not sent")
	w.Do(screen.Refresh)
	w.Leave()
	if len(w.Toasts) == 0 || !strings.Contains(w.Toasts[0], "the response is ignored") {
		t.Errorf("the toasts are %q", w.Toasts)
	}
}

func TestAnErrorOfNangoIsNotShownAsOneOfTheCode(t *testing.T) {
	w := newWorld(t).local()
	w.server.SetDown(sandbox.ExecutionEnvironment, true)
	w.compile(goodPath)
	w.See("from Nango: the code may be correct", "server_error")
}

func TestAnUnreadableFileIsRejectedAtItsField(t *testing.T) {
	for path, want := range map[string]string{
		"": "the path of a file", "a.js": "must be a TypeScript file", "none.ts": "cannot be opened", "empty.ts": "is empty",
		"binary.ts": "is not a text file", "latin.ts": "is not a text file", "long.ts": "longer than 1048576 bytes",
	} {
		w := newWorld(t).local()
		w.Height = 40
		w.submit(map[string]string{fieldPath: path, fieldTask: taskDryRun})
		w.See(want)
		w.FitsEverywhere()
	}
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: "none.ts"})
	w.See("cannot be opened")
	w.local().compile("bad.ts")
	w.Files.Put("bad.ts", "")
	w.Do(screen.Refresh)
	w.See("ERROR", "bad.ts is empty")
}

func TestCodeOfAnotherTypeIsRejected(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: "throws.ts", fieldTask: taskDryRun, screen.FieldConnection: "conn-1"})
	w.See("is an action", "createAction()")
	if len(w.Proposals) != 0 {
		t.Error("it was proposed")
	}
}

func TestADryRunShowsItsResult(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldTask: taskDryRun, screen.FieldConnection: "conn-2",
		fieldLastSync: "2026-01-31", fieldCheckpoint: `{"page":3}`, fieldMetadata: `{"a":1}`})
	p := w.Proposal()
	if p.Call.Effect != nango.Runs || !strings.Contains(strings.Join(p.Consequences, " "), "changes it makes there are real") {
		t.Fatalf("proposed %s, which %s, and says %q", p.Call, p.Call.Effect, p.Consequences)
	}
	var body map[string]any
	w.must(json.Unmarshal(p.Call.Body, &body))
	if body["connection_id"] != "conn-2" || body["code"] != goodCode || body["last_sync_date"] != "2026-01-31T00:00:00Z" ||
		body["function_type"] != "sync" {
		t.Errorf("the body is %s", p.Call.Body)
	}
	w.must(w.Confirm())
	w.See("… waiting for 0 s", "continues at Nango", "no output yet", "conn-2", "sync.ts")
	w.FitsEverywhere()
	w.wait(1500 * time.Millisecond)
	w.Poll()
	w.See("… running for 1 s")
	w.pollUntilDone()
	w.See("✓ succeeded after 4.0 s", "RESULT", `{"added":3`, "function executed in 4000 ms")
	w.FitsEverywhere()
	if toast := w.Toasts[len(w.Toasts)-1]; toast != "Dry run of sync.ts succeeded" {
		t.Errorf("the toasts are %q", toast)
	}
	w.Do(RunResult)
	w.See(`"added": 3`)
	w.Leave()
	w.Do(RunSource)
	w.See("createSync")
}

func TestABrokenConnectionIsNotPreselected(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.Fail("hubspot", "conn-2", sandbox.FailAuth))
	w.local()
	w.fill(map[string]string{fieldPath: goodPath, fieldTask: taskDryRun})
	if got := w.Screen.(*localForm).Fields.Values()[screen.FieldConnection]; got != "conn-1" {
		t.Errorf("%q is chosen", got)
	}
}

func TestADryRunOfBadCodeShowsTheLine(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: "bad.ts", fieldTask: taskDryRun, screen.FieldConnection: "conn-1"})
	w.must(w.Confirm())
	w.pollUntilDone()
	w.See("✗ failed", "Line 5")
	w.Screen.(*runPage).Rows.Select(lineRow + "5")
	w.Do(RunOpen)
	w.See("▌✗5 );")
}

func TestTheFormKeepsItsValues(t *testing.T) {
	w := newWorld(t).local()
	w.Height = 60
	w.submit(map[string]string{fieldPath: goodPath, fieldTask: taskDryRun, screen.FieldConnection: "", screen.FieldConnectionID: "no-such"})
	w.Decline()
	w.See(goodPath, "no-such")
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("a missing connection was accepted")
	}
	w.See(goodPath, "connection_not_found")
	if !w.Screen.(*localForm).IsDirty() {
		t.Error("the form can be left without a question")
	}
}

func TestFieldsAreChecked(t *testing.T) {
	for field, bad := range map[string]string{fieldInput: "{", fieldCheckpoint: "[]", fieldMetadata: "1",
		fieldLastSync: "yesterday", screen.FieldConnectionID: "a b<"} {
		w := newWorld(t).local()
		kind := "sync"
		if field == fieldInput {
			kind = "action"
		}
		w.submit(map[string]string{fieldPath: goodPath, fieldTask: taskDryRun, fieldKind: kind, screen.FieldConnection: "",
			screen.FieldConnectionID: "c", field: bad})
		if len(w.Proposals) != 0 {
			t.Errorf("%s: %q was proposed", field, bad)
		}
		w.See("✗")
	}
}

func TestDeployCodeAndShowItInTheList(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldTask: taskDeploy, fieldName: "notes", fieldKind: "sync", fieldVersion: "1.2.0"})
	p := w.Proposal()
	if text := strings.Join(p.Consequences, " "); !strings.Contains(text,
		"Replaces the sync notes, which was deployed as code") || p.Call.Effect != nango.Runs {
		t.Errorf("the dialog says %s and %s", text, p.Call.Effect)
	}
	w.must(w.Confirm())
	w.Leave()
	if toast := w.Toasts[len(w.Toasts)-1]; !strings.Contains(toast, "continues at Nango") {
		t.Errorf("the toasts are %q", toast)
	}
	w.Leave()
	w.See("… Deployment of notes in progress")
	read := w.requestCount("/integrations/hubspot/functions")
	w.pollUntilDone()
	if again := w.requestCount("/integrations/hubspot/functions"); again != read+1 {
		t.Errorf("the list was loaded %d times after the deployment", again-read)
	}
	w.SeeLine("notes", "sync", "now")
	if toast := w.Toasts[len(w.Toasts)-1]; toast != "Deployment of notes succeeded: notes 1.2.0" {
		t.Errorf("the toasts are %q", toast)
	}
	w.NotSee("succeeded", "in progress")
}

func TestADestructiveDeploymentIsConfirmed(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldTask: taskDeploy, fieldName: "fresh", fieldDestructive: "true"})
	p := w.Proposal()
	if p.Call.Effect != nango.Destroys || !strings.Contains(strings.Join(p.Consequences, " "), "with all their records") {
		t.Errorf("it %s, and says %q", p.Call.Effect, p.Consequences)
	}
	w.must(w.Confirm())
	w.pollUntilDone()
	w.Screen.(*runPage).Rows.Select(deployedRow)
	w.See("DEPLOYED", "fresh 0.0.1")
	w.Do(RunOpen)
	if w.Opened[0].String() != "function/hubspot/fresh?type=sync" {
		t.Errorf("opened %v", w.Opened)
	}
}

func TestARejectedDeploymentShowsItsErrorInTheForm(t *testing.T) {
	w := newWorld(t).local()
	w.Height = 40
	w.submit(map[string]string{fieldPath: goodPath, fieldTask: taskDeploy, fieldName: "contacts"})
	w.See("contacts already exists and comes from: CLI")
	w.Height = 19
	w.must(w.server.AddFunction("hubspot", sandbox.FunctionSpec{Kind: "sync", Name: "meanwhile"}))
	w.submit(map[string]string{fieldName: "meanwhile"})
	if w.Confirm() == nil {
		t.Fatal("a function of a repository was replaced")
	}
	w.See("invalid_request", "Cannot overwrite existing function", goodPath)
	if len(w.Watches) != 0 {
		t.Error("something is polled")
	}
}

func TestFormGoldens(t *testing.T) {
	for _, what := range []string{taskCompile, taskDryRun, taskDeploy} {
		t.Run(what+"80x19", func(t *testing.T) {
			w := newWorld(t).local()
			w.fill(map[string]string{fieldPath: goodPath, fieldTask: what})
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("failed80x19", func(t *testing.T) {
		golden.RequireEqual(t, newWorld(t).local().compile("bad.ts").View())
	})
	t.Run("done120x35", func(t *testing.T) {
		w := newWorld(t).local()
		w.submit(map[string]string{fieldPath: goodPath, fieldTask: taskDryRun, screen.FieldConnection: "conn-1"})
		w.must(w.Confirm())
		w.pollUntilDone()
		w.Width, w.Height = 120, 35
		golden.RequireEqual(t, w.View())
	})
}

func TestAClickAndAPasteReachTheForm(t *testing.T) {
	w := newWorld(t).local()
	w.Paste(goodPath)
	w.See(goodPath)
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab})
	w.Key(tea.KeyPressMsg{Code: tea.KeyDown})
	if w.Action(screen.Submit).Title != "Start dry run" || w.Action(screen.Submit).Operation != nango.OpDryRunStart {
		t.Errorf("the submit action is %+v", w.Action(screen.Submit))
	}
}
