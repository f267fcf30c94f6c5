//go:build unix

package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// workingConnection is a connection of the demo whose credentials work.
const workingConnection = "47593c96-d641-4555-a4af-d297f899bd43"

// openDemo starts the demo with the screen of a route.
func openDemo(t *testing.T, route string, env ...string) *program {
	t.Helper()
	return start(t, []string{"--demo", "--open", route}, env, Size80x24())
}

func TestRunActionByForm(t *testing.T) {
	t.Parallel()
	x := openDemo(t, "connection/hubspot/"+workingConnection)
	x.See("Uma Baker", "connection id")
	x.Press("a")
	x.See("18 actions", "create-contact")
	x.Press("/")
	x.See("enter Done")
	x.Type("create-contact")
	x.Gone("count-contacts")
	x.Press("enter")
	x.See("enter Run")
	x.Press("enter")
	x.See("email (required)", "Uma Baker")
	x.Press("ctrl+s")
	x.See("is required")
	x.Type("ops@globex.io")
	x.Press("tab", "tab")
	x.Type("Globex")
	x.Press("ctrl+s")
	x.See("POST /action/trigger", `"email": "ops@globex.io"`, `"last_name": "Globex"`, "[ Cancel ]")
	x.Press("right", "enter")
	x.See("✓ Returned", `"created"`)
	x.Press("i")
	x.See(`"lifecycle_stage"`)
	x.quits()
}

func TestFailureOfBackgroundAction(t *testing.T) {
	t.Parallel()
	x := openDemo(t, "run/hubspot/recalculate-scores?connection="+workingConnection)
	x.See("Uma Baker", "ctrl+o")
	x.Press("ctrl+o")
	x.See("How it runs")
	x.Press("tab", "down", "ctrl+s")
	x.See("X-Async: true", "[ Cancel ]")
	x.Press("right", "enter")
	x.See("✗ ", "There is no scoring model for this account")
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
	x.See("email (required)")
	x.Press("ctrl+e")
	x.See("EDITING")
	x.Type("by-hand@globex.io")
	x.Press("enter")
	x.See("by-hand@globex.io", "ctrl+s Run")
	x.Press("ctrl+s")
	x.See(`"last_name": "Typed"`, "[ Cancel ]")
	x.Press("enter")
	x.Gone("[ Cancel ]")
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
	x.See("email (required)")
	x.Press("ctrl+e")
	x.See("EDITING")
	x.signal(syscall.SIGTERM)
	x.exits(128 + int(syscall.SIGTERM))
	x.restored()
	if left, _ := filepath.Glob(filepath.Join(folder, "nango-tui-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestProxiedRequests(t *testing.T) {
	t.Parallel()
	x := openDemo(t, "connection/hubspot/"+workingConnection)
	x.See("Uma Baker", "connection id")
	x.Press("p")
	x.See("https://api.hubapi.com", "Path")
	x.Type("/contacts?limit=2")
	x.Press("enter")
	x.See("✓ the provider responded 200 OK", `"email"`)
	x.Press("e")
	x.See("enter Send")
	x.Press("shift+tab", "down", "tab")
	x.See("> POST")
	x.Press("ctrl+s")
	x.See("POST /proxy/contacts?limit=2", "[ Cancel ]")
	x.Press("enter")
	x.Gone("[ Cancel ]")
	x.See("> POST", "/contacts?limit=2")
	x.quits()
}

func TestPauseAndResumeSync(t *testing.T) {
	t.Parallel()
	x := openDemo(t, "connection/hubspot/"+workingConnection)
	x.See("Uma Baker", "connection id")
	x.Press("s")
	x.See("4 syncs · ‖ 1 paused · ✓ 3 ok", "contacts")
	x.Press("down", "down", "p")
	x.See("POST /sync/pause", `"contacts"`, "[ Cancel ]")
	x.Press("right", "enter")
	x.See("contacts: paused", "‖ 2 paused · ✓ 2 ok")
	x.Press("u")
	x.See("POST /sync/start", `"contacts"`)
	x.Press("right", "enter")
	x.See("contacts: resumed", "‖ 1 paused · ✓ 3 ok")
	x.quits()
}

func TestFilterAndExportRecords(t *testing.T) {
	t.Parallel()
	folder, env := newHome(t)
	x := startIn(t, []string{"--demo", "--open", "records/hubspot/" + workingConnection + "?model=Company"}, env, Size80x24())
	x.See("48", "Sam Ellis", "+ added")
	x.Press("/")
	x.See("enter Done")
	x.Type("ellis")
	x.Gone("Hugo Vance")
	x.Press("enter")
	x.See("Sam Ellis", "enter Open")
	x.Press("|")
	x.Type(`select(.name == "Sam Ellis")`)
	x.Press("enter")
	x.Gone("Maya Ellis")
	x.See("Sam Ellis")
	x.Press("e")
	x.See("The record that is shown, as it is shown", "~/Company.json")
	x.Press("ctrl+s")
	x.See("Company.json")
	var got []struct{ Name string }
	x.Until("the file", func() bool {
		text, err := os.ReadFile(filepath.Join(folder, "Company.json"))
		return err == nil && json.Unmarshal(text, &got) == nil
	})
	if len(got) != 1 || got[0].Name != "Sam Ellis" {
		t.Errorf("exported %v", got)
	}
	x.Gone("ctrl+s Export")
	x.quits()
}
