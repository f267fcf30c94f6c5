//go:build unix

package e2e

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"nango-tui/internal/config"
	"nango-tui/internal/longtest"
	"nango-tui/internal/securefile"
)

// killedWorld is a user with a program over a Nango that doesn't answer everything.
type killedWorld struct {
	*slowNango
	t    *testing.T
	home string
	vars []string
}

func newKilledWorld(t *testing.T) *killedWorld {
	t.Helper()
	home, env := newHome(t)
	w := &killedWorld{slowNango: newSlowNango(t), t: t, home: home}
	editor := filepath.Join(home, "editor")
	if err := os.WriteFile(editor, []byte("#!/bin/sh\necho EDITING\nread line\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	w.vars = w.env(append(env, "EDITOR="+editor, "TMPDIR="+home))
	return w
}

// start starts the program with the screen of a route.
func (w *killedWorld) start(route string) *program {
	w.t.Helper()
	args := []string{"--env", "dev", "--host", w.URL, "--open", route}
	return startIn(w.t, args, w.vars, size120x40())
}

// awaitRequest waits for a request that is never answered.
func (w *killedWorld) awaitRequest(x *program) {
	w.t.Helper()
	select {
	case <-w.arrived:
	case <-time.After(timeout):
		w.t.Fatalf("the request doesn't arrive; the screen is\n%s", x.screen())
	}
}

func (w *killedWorld) savedRequests() string {
	return filepath.Join(w.home, "config", config.Folder, "requests.yaml")
}

// killStage is what the program does when it ends.
type killStage struct {
	name string
	// reach brings the program there.
	reach func(w *killedWorld) *program
	// sent means that a change was sent, and editor that the user's editor has the terminal.
	sent, editor bool
}

func killStages() []killStage {
	return []killStage{
		{name: "form", reach: (*killedWorld).openForm},
		{name: "editor", reach: (*killedWorld).openEditor, editor: true},
		{name: "change in flight", reach: (*killedWorld).pause, sent: true},
		{name: "form of a file", reach: (*killedWorld).openExport},
		{name: "export", reach: (*killedWorld).export},
		{name: "saved request", reach: (*killedWorld).saveRequest},
	}
}

func (w *killedWorld) openForm() *program {
	x := w.start("connection/crm/c1")
	x.see("connection id")
	x.press("H")
	x.see("Base URL", "Path")
	x.typeText("/contacts")
	x.see("/contacts")
	return x
}

func (w *killedWorld) openEditor() *program {
	x := w.openForm()
	x.press("shift+tab", "down", "tab")
	x.see("> POST")
	x.press("ctrl+e")
	x.see("EDITING")
	return x
}

func (w *killedWorld) pause() *program {
	x := w.start("syncs/crm/c1")
	x.confirmPause()
	w.awaitRequest(x)
	return x
}

func (w *killedWorld) openExport() *program {
	x := w.start("records/crm/c1?model=Contact")
	x.see("Ada")
	x.press("w")
	x.see("~/Contact.json")
	return x
}

// export stops after the first page of records.
func (w *killedWorld) export() *program {
	x := w.openExport()
	x.press("ctrl+s")
	w.awaitRequest(x)
	if drafts, _ := filepath.Glob(filepath.Join(w.home, ".Contact.json.*")); len(drafts) != 1 {
		w.t.Fatalf("the files of the export are %q", drafts)
	}
	return x
}

// saveRequest saves a request while another program has the file.
func (w *killedWorld) saveRequest() *program {
	lock, err := securefile.TryLock(securefile.LockPath(w.savedRequests()))
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(lock.Release)
	x := w.openForm()
	x.press("ctrl+k")
	x.see("Save request", "Name")
	x.typeText("contacts")
	x.press("ctrl+s", "ctrl+s")
	x.see("it is being saved")
	return x
}

// killEnd is a way in which the program ends.
type killEnd struct {
	name string
	end  func(x *program)
	// isKey means that a key does it, which belongs to the editor while that has the terminal. A clean end restores the terminal
	// and says last words.
	isKey, isClean bool
}

func killEnds() []killEnd {
	ends := []killEnd{
		{name: "SIGKILL", end: func(x *program) {
			x.signal(syscall.SIGKILL)
			x.exits(-1)
			x.waitForEnd()
		}},
		{name: "ctrl+c twice", isKey: true, isClean: true, end: (*program).quitsByKeys},
		{name: "lost connection", end: func(x *program) {
			x.disconnect()
			if code := x.exitCode(); code != 128+int(syscall.SIGHUP) && code != 1 {
				x.t.Errorf("the exit code is %d", code)
			}
		}},
	}
	for _, s := range catchableSignals {
		isKey := s == syscall.SIGINT || s == syscall.SIGQUIT
		ends = append(ends, killEnd{name: s.String(), isKey: isKey, isClean: true, end: func(x *program) {
			x.signal(s)
			x.exits(128 + int(s))
			x.restored()
		}})
	}
	return ends
}

// quitsByKeys presses ctrl+c, and again if the program asks for that.
func (x *program) quitsByKeys() {
	x.t.Helper()
	const restored = "\x1b[?1049l"
	x.press("ctrl+c")
	x.until("the end or a question", func() bool {
		return strings.Contains(x.output(), restored) || strings.Contains(x.screen(), "Press again to quit")
	})
	if !strings.Contains(x.output(), restored) {
		x.press("ctrl+c")
	}
	x.exits(0)
	x.restored()
}

// However the program ends, whatever it does: the terminal and all files are whole, a change without an answer is named, and after
// the next start nothing is left behind. The default run tries a sample.
func TestEveryEndAtEveryStage(t *testing.T) {
	type pair struct {
		killStage
		killEnd
	}
	var pairs []pair
	for _, stage := range killStages() {
		for _, end := range killEnds() {
			if !stage.editor || !end.isKey {
				pairs = append(pairs, pair{stage, end})
			}
		}
	}
	for _, p := range longtest.Sample(t, pairs, 5) {
		t.Run(p.killStage.name+", "+p.killEnd.name, func(t *testing.T) {
			t.Parallel()
			testEnd(t, p.killStage, p.killEnd)
		})
	}
}

// A killed program can't clean up, so this is tried at every stage that leaves something.
func TestNextStartRemovesWhatAKilledProgramHasLeft(t *testing.T) {
	for _, stage := range killStages() {
		if stage.name == "editor" || stage.name == "export" {
			t.Run(stage.name, func(t *testing.T) {
				t.Parallel()
				testEnd(t, stage, killEnds()[0])
			})
		}
	}
}

func testEnd(t *testing.T, stage killStage, end killEnd) {
	w := newKilledWorld(t)
	x := stage.reach(w)
	end.end(x)
	switch said := strings.Contains(x.output(), "no answer"); {
	case stage.sent && end.isClean:
		x.said(lastWords)
	case !stage.sent && said:
		t.Error("an answer is missing that was never asked for")
	}
	if stage.sent {
		w.showsUnknown(t, w.vars)
	} else {
		next := w.start("syncs/crm/c1")
		next.see("contacts")
		next.quits()
	}
	w.checkFiles()
}

// checkFiles checks that there are no files but those that are meant to stay.
func (w *killedWorld) checkFiles() {
	w.t.Helper()
	stays := []string{"editor", "journal.jsonl", ".journal.jsonl.lock", ".requests.yaml.lock"}
	err := filepath.WalkDir(w.home, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && (!entry.IsDir() && !slices.Contains(stays, entry.Name()) || strings.HasPrefix(entry.Name(), "nango-tui-")) {
			w.t.Errorf("%s is left behind", path)
		}
		return err
	})
	if err != nil {
		w.t.Error(err)
	}
}
