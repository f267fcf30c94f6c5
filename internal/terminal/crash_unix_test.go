//go:build unix

package terminal

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"nango-tui/internal/clean"
)

// The environment variables of the program that TestMain runs instead of the tests: where it panics, and its state folder.
const (
	panicVariable = "TEST_PANIC"
	stateVariable = "TEST_STATE"
)

func TestMain(m *testing.M) {
	if place := os.Getenv(panicVariable); place != "" {
		os.Exit(runPanicking(place))
	}
	os.Exit(m.Run())
}

// runPanicking runs a program that panics in one place when it gets a key.
func runPanicking(place string) int {
	code, err := Run(Options{
		Model: waiting{place: place}, Output: os.Stdout, Env: os.Getenv, Editor: NewEditor(os.Getenv, os.Stdout, nil), Frames: NewFrames(),
		Crash: &Crash{Folder: os.Getenv(stateVariable), Version: "v1.2.3", Now: time.Now, Sanitize: func(text string) []clean.Text {
			return clean.Lines(strings.ReplaceAll(text, secret, "•••"))
		}},
		Cleanup: func() {},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return code
}

// waiting draws until the first key, then behaves as a panicking model.
type waiting struct {
	place string
	key   bool
}

func (w waiting) Init() tea.Cmd { return nil }

func (w waiting) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		w.key = true
	}
	if !w.key {
		return w, nil
	}
	_, cmd := panicking{in: w.place}.Update(msg)
	return w, cmd
}

func (w waiting) View() tea.View {
	v := tea.NewView("waits for a key")
	v.AltScreen, v.MouseMode, v.ReportFocus = true, tea.MouseModeCellMotion, true
	if w.key {
		panicking{in: w.place}.View()
	}
	return v
}

func TestAPanicInARealProgramRestoresTheTerminalAndIsReported(t *testing.T) {
	for _, place := range []string{"Update", "View", "command"} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			s, state := newTestScreen(t), filepath.Join(t.TempDir(), "state")
			before, err := term.GetState(s.tty.Fd())
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(os.Args[0])
			cmd.Env = []string{"TERM=xterm-256color", panicVariable + "=" + place, stateVariable + "=" + state}
			cmd.Stdin, cmd.Stdout, cmd.Stderr = s.tty, s.tty, s.tty
			cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			s.see("waits for a key")
			s.enter("x")
			s.see("The crash report is ")
			if _ = cmd.Wait(); cmd.ProcessState.ExitCode() != 1 {
				t.Errorf("the program ends with %v", cmd.ProcessState)
			}
			screen, output := s.content()
			if !strings.Contains(screen, "nango-tui crashed: key •••␛[2J of "+place) || strings.Contains(output, secret) ||
				strings.Contains(output, "goroutine ") {
				t.Errorf("the terminal shows %q", output)
			}
			for _, on := range []string{"?1049", "?1002", "?1004", "?2004"} { // alternate screen, mouse, focus, pastes
				if set, reset := strings.LastIndex(output, "["+on+"h"), strings.LastIndex(output, "["+on+"l"); set > reset {
					t.Errorf("mode %s stays on: %q", on, output)
				}
			}
			if after, err := term.GetState(s.tty.Fd()); err != nil || *after != *before {
				t.Errorf("the terminal was left in another mode (%v)", err)
			}
			if files, _ := filepath.Glob(filepath.Join(state, "crash-*.txt")); len(files) != 1 {
				t.Errorf("the crash reports are %v", files)
			}
		})
	}
}
