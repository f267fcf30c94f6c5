//go:build unix

package terminal

import (
	"bytes"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// timeout is how long a test waits before it fails. No test waits for it to pass.
const timeout = 30 * time.Second

// testScreen is a pseudo-terminal with a screen emulator.
type testScreen struct {
	t   *testing.T
	tty *os.File // the program's side
	pty *os.File
	em  *vt.SafeEmulator

	mu     sync.Mutex
	output bytes.Buffer
	drawn  chan struct{} // gets a value after each output
}

func newTestScreen(t *testing.T) *testScreen {
	t.Helper()
	master, tty, err := pty.Open()
	if err == nil {
		err = pty.Setsize(tty, &pty.Winsize{Cols: 80, Rows: 24})
	}
	if err != nil {
		t.Fatal(err)
	}
	s := &testScreen{t: t, tty: tty, pty: master, em: vt.NewSafeEmulator(80, 24), drawn: make(chan struct{}, 1)}
	go io.Copy(master, s.em) // the terminal's replies to queries
	go io.Copy(s, master)
	t.Cleanup(func() {
		tty.Close()
		s.em.InputPipe().(io.Closer).Close() // ends the copying of replies
	})
	return s
}

// Write draws what the program has written.
func (s *testScreen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.output.Write(b)
	n, err := s.em.Write(b)
	select {
	case s.drawn <- struct{}{}:
	default:
	}
	return n, err
}

// content returns the screen as text, and all output.
func (s *testScreen) content() (screen, output string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return ansi.Strip(s.em.Render()), s.output.String()
}

// see waits until the text is on the screen, or in the output if it is an escape sequence.
func (s *testScreen) see(text string) {
	s.t.Helper()
	deadline := time.After(timeout)
	for {
		screen, output := s.content()
		if strings.Contains(screen, text) || strings.HasPrefix(text, "\x1b") && strings.Contains(output, text) {
			return
		}
		select {
		case <-s.drawn:
		case <-deadline:
			s.t.Fatalf("%q does not appear; the screen is\n%s", text, screen)
		}
	}
}

func (s *testScreen) enter(keys string) {
	s.t.Helper()
	if _, err := s.pty.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}
