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
	// badCode has a bracket in line 4 that is never closed.
	badCode   = "import { createSync } from 'nango';\n\nexport default createSync({\n    exec: async (nango) => {\n);\n"
	throwCode = "export default createAction({\n    exec: async () => {\n        throw new Error('no such contact');\n    }\n});\n"
)

// local is the form for a file; the files of the tests are there.
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
	form := w.Screen.(*local)
	for _, id := range []string{fieldPath, fieldWhat, fieldKind, fieldName, fieldVersion, fieldOver, screen.FieldConnection,
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

func TestAFileIsCompiled(t *testing.T) {
	w := newWorld(t).local()
	w.Type(goodPath)
	w.Do(screen.Submit)
	if p := w.Proposal(); p.Call.Effect != nango.Reads {
		t.Fatalf("proposed %s, which %s", p.Call, p.Call.Effect)
	}
	w.must(w.Confirm())
	w.See("✓ it compiles", "of JavaScript", goodPath)
	w.FitsEverywhere()
}

// compile sends the file as App would, which asks nobody: it changes nothing.
func (w *world) compile(path string) *world {
	w.t.Helper()
	w.submit(map[string]string{fieldPath: path})
	w.See("Nango compiles")
	_ = w.Confirm() // the screen tells what came of it
	return w
}

func TestAnErrorOfTheCompilerPointsToItsLine(t *testing.T) {
	w := newWorld(t).local().compile("bad.ts")
	w.See("ERROR", "of the function: look at its code", "compilation_error", "TS1005", "Line 5", ");")
	w.FitsEverywhere()
	w.Screen.(*compilation).page.Select(lineRow + "5")
	w.Do(RunOpen)
	w.See("▌✗5 );", "✗ error TS1005")
	w.Leave()
	w.Files.Put("bad.ts", goodCode)
	w.Do(screen.Refresh)
	w.must(w.Confirm())
	w.See("✓ it compiles")
	w.NotSee("TS1005")
}

func TestACompilationIsTimedAndCanBeLeft(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath})
	w.passes(7 * time.Second)
	w.See("7 s so far", "three minutes")
	if w.Screen.(screen.Animated).RedrawInterval() == 0 || w.Action(screen.Refresh).Disabled == "" {
		t.Error("it is not shown to be under way")
	}
	w.FitsEverywhere()
	w.Decline()
	w.See("it was not sent")
	w.Do(screen.Refresh)
	w.Leave()
	if len(w.Toasts) == 0 || !strings.Contains(w.Toasts[0], "not waited for") {
		t.Errorf("told %q", w.Toasts)
	}
}

func TestNangoThatCannotCompileIsToldApart(t *testing.T) {
	w := newWorld(t).local()
	w.server.SetDown(sandbox.ExecutionEnvironment, true)
	w.compile(goodPath)
	w.See("of Nango: the code may be fine", "server_error")
}

func TestAFileThatCannotBeReadIsSaidWhereItIsTyped(t *testing.T) {
	for path, want := range map[string]string{
		"": "which file?", "a.js": "has to be TypeScript", "none.ts": "cannot be opened", "empty.ts": "is empty",
		"binary.ts": "is no text", "latin.ts": "is no text", "long.ts": "longer than 1048576 bytes",
	} {
		w := newWorld(t).local()
		w.Height = 40
		w.submit(map[string]string{fieldPath: path, fieldWhat: whatDryRun})
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

func TestCodeOfAnotherTypeIsNotedBeforeItIsSent(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: "throws.ts", fieldWhat: whatDryRun, screen.FieldConnection: "conn-1"})
	w.See("is that of an action", "createAction()")
	if len(w.Proposals) != 0 {
		t.Error("it was proposed")
	}
}

func TestADryRunIsFollowedToItsResult(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldWhat: whatDryRun, screen.FieldConnection: "conn-2",
		fieldLastSync: "2026-01-31", fieldCheckpoint: `{"page":3}`, fieldMetadata: `{"a":1}`})
	p := w.Proposal()
	if p.Call.Effect != nango.Runs || !strings.Contains(strings.Join(p.Consequences, " "), "what it writes there is written") {
		t.Fatalf("proposed %s, which %s, and says %q", p.Call, p.Call.Effect, p.Consequences)
	}
	var body map[string]any
	w.must(json.Unmarshal(p.Call.Body, &body))
	if body["connection_id"] != "conn-2" || body["code"] != goodCode || body["last_sync_date"] != "2026-01-31T00:00:00Z" ||
		body["function_type"] != "sync" {
		t.Errorf("the body is %s", p.Call.Body)
	}
	w.must(w.Confirm())
	w.See("… waiting for 0 s", "goes on at Nango", "nothing yet", "conn-2", "sync.ts")
	w.FitsEverywhere()
	w.passes(1500 * time.Millisecond)
	w.Poll()
	w.See("… running for 1 s")
	w.follow()
	w.See("✓ done after 4.0 s", "RESULT", `{"added":3`, "function executed in 4000 ms")
	w.FitsEverywhere()
	if told := w.Toasts[len(w.Toasts)-1]; told != "Dry run of sync.ts is done" {
		t.Errorf("told %q", told)
	}
	w.Do(RunResult)
	w.See(`"added": 3`)
	w.Leave()
	w.Do(RunSource)
	w.See("createSync")
}

func TestABrokenConnectionIsNotChosenByItself(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.Fail("hubspot", "conn-2", sandbox.FailAuth))
	w.local()
	w.fill(map[string]string{fieldPath: goodPath, fieldWhat: whatDryRun})
	if got := w.Screen.(*local).Fields.Values()[screen.FieldConnection]; got != "conn-1" {
		t.Errorf("%q is chosen", got)
	}
}

func TestADryRunOfBadCodePointsToTheLine(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: "bad.ts", fieldWhat: whatDryRun, screen.FieldConnection: "conn-1"})
	w.must(w.Confirm())
	w.follow()
	w.See("✗ failed", "Line 5")
	w.Screen.(*runPage).page.Select(lineRow + "5")
	w.Do(RunOpen)
	w.See("▌✗5 );")
}

func TestTheFormComesBackAsItWasTyped(t *testing.T) {
	w := newWorld(t).local()
	w.Height = 60
	w.submit(map[string]string{fieldPath: goodPath, fieldWhat: whatDryRun, screen.FieldConnection: "", screen.FieldConnectionID: "no-such"})
	w.Decline()
	w.See(goodPath, "no-such")
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("a connection that is not there was taken")
	}
	w.See(goodPath, "connection_not_found")
	if !w.Screen.(*local).IsDirty() {
		t.Error("the form may be left without a word")
	}
}

func TestWhatIsTypedIsChecked(t *testing.T) {
	for field, bad := range map[string]string{fieldInput: "{", fieldCheckpoint: "[]", fieldMetadata: "1",
		fieldLastSync: "yesterday", screen.FieldConnectionID: "a b<"} {
		w := newWorld(t).local()
		kind := "sync"
		if field == fieldInput {
			kind = "action"
		}
		w.submit(map[string]string{fieldPath: goodPath, fieldWhat: whatDryRun, fieldKind: kind, screen.FieldConnection: "",
			screen.FieldConnectionID: "c", field: bad})
		if len(w.Proposals) != 0 {
			t.Errorf("%s: %q was proposed", field, bad)
		}
		w.See("✗")
	}
}

func TestCodeIsDeployedAndTheListSaysSo(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldWhat: whatDeploy, fieldName: "notes", fieldKind: "sync", fieldVersion: "1.2.0"})
	p := w.Proposal()
	if said := strings.Join(p.Consequences, " "); !strings.Contains(said,
		"takes the place of the sync notes, which was deployed as code") || p.Call.Effect != nango.Runs {
		t.Errorf("it says %s and %s", said, p.Call.Effect)
	}
	w.must(w.Confirm())
	w.Leave()
	if told := w.Toasts[len(w.Toasts)-1]; !strings.Contains(told, "goes on at Nango") {
		t.Errorf("told %q", told)
	}
	w.Leave()
	w.See("… Deployment of notes goes on")
	read := w.asked("/integrations/hubspot/functions")
	w.follow()
	if again := w.asked("/integrations/hubspot/functions"); again != read+1 {
		t.Errorf("the list was read %d times after the deployment", again-read)
	}
	w.SeeLine("notes", "sync", "now")
	if told := w.Toasts[len(w.Toasts)-1]; told != "Deployment of notes is done: notes 1.2.0" {
		t.Errorf("told %q", told)
	}
	w.NotSee("is done", "goes on")
}

func TestADeploymentThatMayRemoveDestroys(t *testing.T) {
	w := newWorld(t).local()
	w.submit(map[string]string{fieldPath: goodPath, fieldWhat: whatDeploy, fieldName: "fresh", fieldOver: "true"})
	p := w.Proposal()
	if p.Call.Effect != nango.Destroys || !strings.Contains(strings.Join(p.Consequences, " "), "with all their records") {
		t.Errorf("it %s, and says %q", p.Call.Effect, p.Consequences)
	}
	w.must(w.Confirm())
	w.follow()
	w.Screen.(*runPage).page.Select(deployedRow)
	w.See("DEPLOYED", "fresh 0.0.1")
	w.Do(RunOpen)
	if w.Opened[0].String() != "function/hubspot/fresh?type=sync" {
		t.Errorf("opened %v", w.Opened)
	}
}

func TestADeploymentThatIsRefusedComesBackToTheForm(t *testing.T) {
	w := newWorld(t).local()
	w.Height = 40
	w.submit(map[string]string{fieldPath: goodPath, fieldWhat: whatDeploy, fieldName: "contacts"})
	w.See("contacts is there and came from: CLI")
	w.Height = 19
	w.must(w.server.AddFunction("hubspot", sandbox.FunctionSpec{Kind: "sync", Name: "meanwhile"}))
	w.submit(map[string]string{fieldName: "meanwhile"})
	if w.Confirm() == nil {
		t.Fatal("a function of a repository was replaced")
	}
	w.See("invalid_request", "deployed on its own", goodPath)
	if len(w.Watches) != 0 {
		t.Error("something is followed")
	}
}

func TestTheFormLooks(t *testing.T) {
	for _, what := range []string{whatCompile, whatDryRun, whatDeploy} {
		t.Run(what+"80x19", func(t *testing.T) {
			w := newWorld(t).local()
			w.fill(map[string]string{fieldPath: goodPath, fieldWhat: what})
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("failed80x19", func(t *testing.T) {
		golden.RequireEqual(t, newWorld(t).local().compile("bad.ts").View())
	})
	t.Run("done120x35", func(t *testing.T) {
		w := newWorld(t).local()
		w.submit(map[string]string{fieldPath: goodPath, fieldWhat: whatDryRun, screen.FieldConnection: "conn-1"})
		w.must(w.Confirm())
		w.follow()
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
	if w.Action(screen.Submit).Title != "Dry run" || w.Action(screen.Submit).Operation != nango.OpDryRunStart {
		t.Errorf("what is sent is %+v", w.Action(screen.Submit))
	}
}
