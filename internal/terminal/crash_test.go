package terminal

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/clean"
)

const secret = "3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c1"

// newCrash returns a crash handler with an empty folder, and a channel that gets a value when it quits the program.
func newCrash(t *testing.T) (*Crash, chan struct{}) {
	quits := make(chan struct{}, 1)
	return &Crash{
		Folder: filepath.Join(t.TempDir(), "state"), Version: "v1.2.3",
		Sanitize: func(text string) []clean.Text {
			return clean.Lines(strings.ReplaceAll(text, secret, "•••"))
		},
		Now:  func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) },
		quit: func() { quits <- struct{}{} },
	}, quits
}

// panicking is a model that panics in one place.
type panicking struct{ in string }

func (p panicking) Init() tea.Cmd { p.reach("Init"); return nil }
func (p panicking) Update(tea.Msg) (tea.Model, tea.Cmd) {
	p.reach("Update")
	return p, func() tea.Msg {
		p.reach("command")
		return tea.Sequence(func() tea.Msg {
			return tea.BatchMsg{func() tea.Msg { p.reach("batch in a sequence"); return nil }, nil}
		})()
	}
}
func (p panicking) View() tea.View { p.reach("View"); return tea.NewView("drawn") }

func (p panicking) reach(place string) {
	if p.in == place {
		panic("key " + secret + "\x1b[2J of " + place)
	}
}

// runAll runs a command and the commands that it returns, as Bubble Tea would.
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

func TestPanicQuitsTheProgram(t *testing.T) {
	for _, place := range []string{"Init", "Update", "View", "command", "batch in a sequence"} {
		t.Run(place, func(t *testing.T) {
			c, quits := newCrash(t)
			m := &model{app: panicking{in: place}, crash: c}
			runAll(m.Init())
			_, cmd := m.Update(tea.KeyPressMsg{})
			m.View()
			runAll(cmd)
			<-quits
			if m.View(); !c.happened() {
				t.Fatal("the panic was not recorded")
			}
			err := c.report()
			if err == nil || !strings.Contains(err.Error(), "of "+place) {
				t.Fatal(err)
			}
			if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "\x1b") {
				t.Errorf("%q", err)
			}
		})
	}
}

func TestCrashReportIsSanitized(t *testing.T) {
	c, quits := newCrash(t)
	c.record("first "+secret+"\u009b2J\u202e\x7f", "goroutine 1\n\tmain.go:1 "+secret+" \x1b]0;x\x07")
	c.record("second", "of another goroutine")
	<-quits
	err := c.report()
	files, _ := filepath.Glob(filepath.Join(c.Folder, "crash-*.txt"))
	if len(files) != 1 || !strings.Contains(err.Error(), files[0]) {
		t.Fatalf("%v, %v", files, err)
	}
	data, _ := os.ReadFile(files[0])
	text := string(data)
	for _, never := range []string{secret, "\x1b", "\x07", "\x7f", "\u009b", "\u202e", "second"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is in the crash report:\n%s", never, text)
		}
	}
	for _, want := range []string{"first", "main.go:1", "nango-tui v1.2.3", "2026-03-01T12:00:00Z"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the crash report:\n%s", want, text)
		}
	}
}

func TestCrashWithoutReportFile(t *testing.T) {
	c, quits := newCrash(t)
	c.Folder = "/dev/null/nango-tui"
	c.record("reason", "stack")
	<-quits
	if err := c.report(); err == nil || !strings.Contains(err.Error(), "reason") ||
		!strings.Contains(err.Error(), "Could not write a crash report") {
		t.Errorf("%v", err)
	}
}

func TestNoCrashNoReport(t *testing.T) {
	c, _ := newCrash(t)
	if err := c.report(); err != nil || c.happened() {
		t.Errorf("%v", err)
	}
	if got := c.wrapAll("a message"); got != "a message" {
		t.Errorf("%v", got)
	}
}
