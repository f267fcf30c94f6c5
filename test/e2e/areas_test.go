//go:build unix

package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// workingConnection is a connection of the demo whose credentials work.
const workingConnection = "47593c96-d641-4555-a4af-d297f899bd43"

// openDemo starts the demo with the screen of a route.
func openDemo(t *testing.T, route string, env ...string) *program {
	t.Helper()
	return start(t, []string{"--demo", "--open", route}, env, size80x24())
}

func TestRunActionByForm(t *testing.T) {
	t.Parallel()
	x := openDemo(t, "connection/hubspot/"+workingConnection)
	x.see("Uma Baker", "connection id")
	x.press("a")
	x.see("18 actions", "create-contact")
	x.press("/")
	x.see("enter Done")
	x.typeText("create-contact")
	x.gone("count-contacts")
	x.press("enter")
	x.see("enter Run")
	x.press("enter")
	x.see("email (required)", "Uma Baker")
	x.press("ctrl+s")
	x.see("is required")
	x.typeText("ops@globex.io")
	x.press("tab", "tab")
	x.typeText("Globex")
	x.press("ctrl+s")
	x.see("POST /action/trigger", `"email": "ops@globex.io"`, `"last_name": "Globex"`, "[ Cancel ]")
	x.press("right", "enter")
	x.see("✓ Returned", `"created"`)
	x.press("J")
	x.see(`"lifecycle_stage"`)
	x.quits()
}

func TestFailureOfBackgroundAction(t *testing.T) {
	t.Parallel()
	x := openDemo(t, "run/hubspot/recalculate-scores?connection="+workingConnection)
	x.see("Uma Baker", "ctrl+o")
	x.press("ctrl+o")
	x.see("Mode", "Run now and wait")
	x.press("tab", "down", "ctrl+s")
	x.see("X-Async: true", "[ Cancel ]")
	x.press("right", "enter")
	x.see("✗ ", "There is no scoring model for this account")
	x.quits()
}

func TestEditInputInEditor(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	script := filepath.Join(folder, "editor")
	seen := filepath.Join(folder, "seen")
	// It records its file and environment, and reads a line from its terminal before it writes.
	text := `#!/bin/sh
ls -l "$1" > ` + seen + `
env | grep NANGO >> ` + seen + `
test -t 1 || echo no terminal >> ` + seen + `
echo EDITING
read line
printf '{"email":"%s","last_name":"Typed"}' "$line" > "$1"
`
	if err := os.WriteFile(script, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	x := openDemo(t, "run/hubspot/create-contact?connection="+workingConnection,
		"EDITOR="+script, "TMPDIR="+folder, "NANGO_SECRET_KEY_DEV=not-for-children")
	x.see("email (required)")
	x.press("ctrl+e")
	x.see("EDITING")
	x.typeText("by-hand@globex.io")
	x.press("enter")
	x.see("by-hand@globex.io", "ctrl+s Run")
	x.press("ctrl+s")
	x.see(`"last_name": "Typed"`, "[ Cancel ]")
	x.press("enter")
	x.gone("[ Cancel ]")
	said := readFile(t, seen)
	if !strings.HasPrefix(said, "-rw-------") || strings.Contains(said, "NANGO") || strings.Contains(said, "no terminal") {
		t.Errorf("the editor saw %q", said)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "nango-tui-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	x.quits()
}

func TestSignalDuringEditorRemovesItsFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	script := filepath.Join(folder, "editor")
	if err := os.WriteFile(script, []byte("#!/bin/sh\necho EDITING\nread line\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	x := openDemo(t, "run/hubspot/create-contact?connection="+workingConnection, "VISUAL="+script, "TMPDIR="+folder)
	x.see("email (required)")
	x.press("ctrl+e")
	x.see("EDITING")
	x.signal(syscall.SIGTERM)
	x.exits(128 + int(syscall.SIGTERM))
	x.restored()
	// The terminal is restored by force only if the program doesn't end in time: then Bubble Tea may take it once more.
	const forced = ansi.ResetModeFocusEvent + ansi.ResetModeBracketedPaste + ansi.ResetModeSynchronizedOutput
	if strings.Contains(x.output(), forced) {
		t.Error("the editor kept the program from ending")
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "nango-tui-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestProxiedRequests(t *testing.T) {
	t.Parallel()
	x := openDemo(t, "connection/hubspot/"+workingConnection)
	x.see("Uma Baker", "connection id")
	x.press("H")
	x.see("https://api.hubapi.com", "Path")
	x.typeText("/contacts?limit=2")
	x.press("enter")
	x.see("✓ the provider responded 200 OK", `"email"`)
	x.press("e")
	x.see("enter Send")
	x.press("shift+tab", "down", "tab")
	x.see("> POST")
	x.press("ctrl+s")
	x.see("POST /proxy/contacts?limit=2", "[ Cancel ]")
	x.press("enter")
	x.gone("[ Cancel ]")
	x.see("> POST", "/contacts?limit=2")
	x.quits()
}

func TestPauseAndResumeSync(t *testing.T) {
	t.Parallel()
	x := openDemo(t, "connection/hubspot/"+workingConnection)
	x.see("Uma Baker", "connection id")
	x.press("S")
	x.see("4 syncs · ‖ 1 paused · ✓ 3 ok", "contacts")
	x.press("down", "down", "p")
	x.see("POST /sync/pause", `"contacts"`, "[ Cancel ]")
	x.press("right", "enter")
	x.see("contacts: paused", "‖ 2 paused · ✓ 2 ok")
	x.press("u")
	x.see("POST /sync/start", `"contacts"`, "[ Cancel ]")
	x.press("right", "enter")
	x.see("contacts: resumed", "‖ 1 paused · ✓ 3 ok")
	x.quits()
}

func TestFilterAndExportRecords(t *testing.T) {
	t.Parallel()
	folder, env := newHome(t)
	x := startIn(t, []string{"--demo", "--open", "records/hubspot/" + workingConnection + "?model=Company"}, env, size80x24())
	x.see("48", "Sam Ellis", "+ added")
	x.press("/")
	x.see("enter Done")
	x.typeText("ellis")
	x.gone("Hugo Vance")
	x.press("enter")
	x.see("Sam Ellis", "enter Open")
	x.press("|")
	x.typeText(`select(.name == "Sam Ellis")`)
	x.press("enter")
	x.gone("Maya Ellis")
	x.see("Sam Ellis")
	x.press("w")
	x.see("Exports the 1 record that is shown", "~/Company.json")
	x.press("ctrl+s")
	x.see("Company.json")
	var got []struct{ Name string }
	x.until("the file", func() bool {
		text, err := os.ReadFile(filepath.Join(folder, "Company.json"))
		return err == nil && json.Unmarshal(text, &got) == nil
	})
	if len(got) != 1 || got[0].Name != "Sam Ellis" {
		t.Errorf("exported %v", got)
	}
	x.gone("ctrl+s Export")
	x.quits()
}
