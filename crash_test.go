package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/nango"
)

// crashing is a crash in an empty folder, and a channel that gets a value when it ends the program.
func crashing(t *testing.T) (*crash, chan struct{}) {
	quits := make(chan struct{}, 1)
	secrets := nango.NewSecrets()
	secrets.Add(oneKey)
	return &crash{
		folder: filepath.Join(t.TempDir(), configFolder), secrets: secrets,
		now:  func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) },
		quit: func() { quits <- struct{}{} },
	}, quits
}

// fragile is a model that panics where it is told to.
type fragile struct{ in string }

func (f fragile) Init() tea.Cmd { f.reach("Init"); return nil }
func (f fragile) Update(tea.Msg) (tea.Model, tea.Cmd) {
	f.reach("Update")
	return f, func() tea.Msg {
		f.reach("command")
		return tea.Sequence(func() tea.Msg {
			return tea.BatchMsg{func() tea.Msg { f.reach("batch in a sequence"); return nil }, nil}
		})()
	}
}
func (f fragile) View() tea.View { f.reach("View"); return tea.NewView("drawn") }

func (f fragile) reach(place string) {
	if f.in == place {
		panic("key " + oneKey + "\x1b[2J of " + place)
	}
}

// runAll runs a command, and what it answers with, as Bubble Tea would.
func runAll(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	list := reflect.ValueOf(cmd())
	if list.Kind() != reflect.Slice {
		return
	}
	for i := range list.Len() {
		runAll(list.Index(i).Interface().(tea.Cmd))
	}
}

func TestAPanicAnywhereEndsTheProgramInOrder(t *testing.T) {
	for _, place := range []string{"Init", "Update", "View", "command", "batch in a sequence"} {
		t.Run(place, func(t *testing.T) {
			c, quits := crashing(t)
			d := &dashboard{app: fragile{in: place}, crash: c}
			runAll(d.Init())
			_, cmd := d.Update(tea.KeyPressMsg{})
			d.View()
			runAll(cmd)
			<-quits
			if d.View(); !c.happened() {
				t.Fatal("nothing was kept of it")
			}
			err := c.report()
			if err == nil || !strings.Contains(err.Error(), "of "+place) || strings.Contains(err.Error(), oneKey) || strings.Contains(err.Error(), "\x1b") {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestACrashIsWrittenDownWithoutSecrets(t *testing.T) {
	c, quits := crashing(t)
	c.keep("first "+oneKey, "goroutine 1\n\tmain.go:1 "+oneKey+" Bearer abcdefghijk\x1b]0;x\x07")
	c.keep("second", "of another goroutine")
	<-quits
	err := c.report()
	files, _ := filepath.Glob(filepath.Join(c.folder, "crash-*.txt"))
	if len(files) != 1 || !strings.Contains(err.Error(), files[0]) {
		t.Fatalf("%v, %v", files, err)
	}
	data, _ := os.ReadFile(files[0])
	text := string(data)
	for _, never := range []string{oneKey, "abcdefghijk", "\x1b", "\x07", "second"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is in the crash file:\n%s", never, text)
		}
	}
	for _, want := range []string{"first", "main.go:1", "nango-tui ", "2026-03-01T12:00:00Z"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the crash file:\n%s", want, text)
		}
	}
}

func TestACrashThatCannotBeWrittenIsStillTold(t *testing.T) {
	c, quits := crashing(t)
	c.folder = "/dev/null/nango-tui"
	c.keep("reason", "stack")
	<-quits
	if err := c.report(); err == nil || !strings.Contains(err.Error(), "reason") || !strings.Contains(err.Error(), "could not be written down") {
		t.Errorf("%v", err)
	}
}

func TestWithoutACrashThereIsNoReport(t *testing.T) {
	c, _ := crashing(t)
	if err := c.report(); err != nil || c.happened() {
		t.Errorf("%v", err)
	}
	if got := c.guardAll("a message"); got != "a message" {
		t.Errorf("%v", got)
	}
}
