//go:build unix

package terminal

import (
	"bufio"
	"bytes"
	"image/color"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/creack/pty"
)

// keyLog is a model that keeps the keys that it gets.
type keyLog struct {
	mu   sync.Mutex
	keys []string
	got  chan struct{}
}

func (m *keyLog) Init() tea.Cmd { return nil }

func (m *keyLog) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		m.mu.Lock()
		m.keys = append(m.keys, key.String())
		m.mu.Unlock()
		m.got <- struct{}{}
	}
	return m, nil
}

func (m *keyLog) View() tea.View { return tea.NewView("") }

// slowTerminal is a terminal that replies when the test says so, with a program that has asked it everything.
type slowTerminal struct {
	t       *testing.T
	pty     *os.File
	tty     *os.File
	log     *keyLog
	owed    *replies
	waits   chan struct{}
	program *tea.Program
	ended   chan error
	input   *endableInput
}

// endableInput reads nothing once it has ended. Bubble Tea doesn't wait for its reader when it is interrupted: a program ends then,
// but a test goes on, and its reader could take the next line from the shell.
type endableInput struct {
	*input
	ended atomic.Bool
}

func (i *endableInput) Read(b []byte) (int, error) {
	if i.ended.Load() {
		return 0, io.EOF
	}
	return i.input.Read(b)
}

func startSlow(t *testing.T) *slowTerminal {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	s := &slowTerminal{
		t: t, pty: master, tty: tty, log: &keyLog{got: make(chan struct{}, 100)}, owed: newReplies(),
		waits: make(chan struct{}, 1), ended: make(chan error, 1),
	}
	s.owed.limit, s.owed.onWait = time.Hour, func() { s.waits <- struct{}{} }
	asked := make(chan struct{})
	go s.read(asked)
	output := newParker(tty)
	output.replies = s.owed
	c, _ := newCrash(t)
	m := &model{app: s.log, crash: c, replies: s.owed, background: func(color.Color) {}}
	s.input = &endableInput{input: newInput(tty, s.owed)}
	s.program = tea.NewProgram(m, tea.WithInput(s.input), tea.WithOutput(output), tea.WithFilter(m.filter),
		tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler(), tea.WithColorProfile(colorprofile.ASCII),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	m.send = s.program.Send
	go func() {
		_, err := s.program.Run()
		s.input.ended.Store(true)
		s.ended <- err
	}()
	s.await(asked, "the queries")
	t.Cleanup(func() { master.Close(); tty.Close() })
	return s
}

// read reads what the program writes, and closes asked when all queries are there.
func (s *slowTerminal) read(asked chan struct{}) {
	var all []byte
	buffer := make([]byte, 4096)
	for open := true; ; {
		n, err := s.pty.Read(buffer)
		all = append(all, buffer[:n]...)
		missing := func(q string) bool { return !bytes.Contains(all, []byte(q)) }
		if open && !slices.ContainsFunc([]string{"\x1b[?2026$p", "\x1b[?2027$p", "\x1b[?u", "\x1b]11;?"}, missing) {
			close(asked)
			open = false
		}
		if err != nil {
			return
		}
	}
}

func (s *slowTerminal) await(done chan struct{}, what string) {
	s.t.Helper()
	select {
	case <-done:
	case <-time.After(timeout):
		s.t.Fatal("timed out waiting for " + what)
	}
}

func (s *slowTerminal) send(bytes string) {
	s.t.Helper()
	if _, err := s.pty.WriteString(bytes); err != nil {
		s.t.Fatal(err)
	}
}

// ends waits for the end of the program.
func (s *slowTerminal) ends() {
	s.t.Helper()
	select {
	case err := <-s.ended:
		if err != nil {
			s.t.Error(err)
		}
	case <-time.After(timeout):
		s.t.Fatal("the program does not end")
	}
}

// nextLine returns the line that the next reader of the terminal gets, such as a shell.
func (s *slowTerminal) nextLine(typed string) string {
	s.t.Helper()
	s.send(typed + "\n")
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(s.tty).ReadString('\n')
		line <- text
	}()
	select {
	case text := <-line:
		return strings.TrimSuffix(text, "\n")
	case <-time.After(timeout):
		s.t.Fatal("the shell gets no line")
		return ""
	}
}

// The replies arrive after the user has quit: the shell must not get them, and keys typed meanwhile must do nothing.
func TestRepliesAfterQuitDoNotReachTheShell(t *testing.T) {
	ends := []tea.Msg{tea.QuitMsg{}}
	if !testing.Short() { // as with -race: after an interrupt, Bubble Tea v2.1.1 closes its reader while it reads
		ends = append(ends, tea.InterruptMsg{})
	}
	for _, end := range ends {
		s := startSlow(t)
		s.program.Send(end)
		s.await(s.waits, "the end to wait for the replies")
		s.send("\x1b[?2026;2$y\x1b[?2027;0$y")
		s.send("jD\r")
		s.send("\x1b[?0u\x1b]11;rgb:1e1e/1e")
		s.send("1e/2e2e\x1b\\")
		select {
		case <-s.ended:
		case <-time.After(timeout):
			t.Fatal("the program does not end")
		}
		if line := s.nextLine("typed in the shell"); line != "typed in the shell" {
			t.Errorf("the shell gets %q", line)
		}
		if len(s.log.keys) > 0 {
			t.Errorf("keys after quitting: %q", s.log.keys)
		}
	}
}

func TestNothingOwedNothingWaitedFor(t *testing.T) {
	s := startSlow(t)
	s.send("\x1b[?2026;2$y\x1b[?2027;0$y\x1b[?0u\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\j")
	s.await(s.log.got, "a key after the replies")
	s.program.Send(tea.QuitMsg{})
	s.ends()
	if len(s.waits) > 0 {
		t.Error("the end waits for replies that have arrived")
	}
}

func TestKeysOfARealTerminal(t *testing.T) {
	s := startSlow(t)
	for _, c := range []struct{ bytes, key string }{
		{"j", "j"}, {"\x1b", "esc"}, {"\x1bj", "alt+j"}, {"\x1b[A", "up"}, {"\x1bOP", "f1"}, {"\x1b[106;5u", "ctrl+j"}, {"é", "é"},
		{"\x1b", "esc"},
	} {
		s.send(c.bytes)
		s.await(s.log.got, c.key)
		if got := s.log.keys[len(s.log.keys)-1]; got != c.key {
			t.Errorf("%q is %s, not %s", c.bytes, got, c.key)
		}
	}
	s.owed.limit = 0
	s.program.Send(tea.QuitMsg{})
	s.ends()
}

func TestRepliesAreOwedUntilTheyArriveOrCannotAnyMore(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	ask := func(queries string) *replies {
		r := newReplies()
		r.now = func() time.Time { return now }
		r.written([]byte("text\x1b[m" + queries))
		return r
	}
	const all = "\x1b[?2026$p\x1b[?2027$p\x1b[?u\x1b]11;?\a"
	for _, c := range []struct {
		asked   string
		replies []string
		owed    bool
	}{
		{"", nil, false},
		{"\x1b]52;c;aGVsbG8=\a\x1b[?2026h\x1b]11;#ffffff\a", nil, false},
		{all, nil, true},
		{all, []string{"\x1b[?2026;2$y", "\x1b[?2027;2$y", "\x1b[?1u", "\x1b]11;rgb:0/0/0\a"}, false},
		{all, []string{"\x1b]11;rgb:0/0/0\a"}, false}, // the others are not known to this terminal
		{all, []string{"\x1b[?2027;2$y", "\x1b[?1u"}, true},
		{"\x1b]11;?\a\x1b[?u", []string{"\x1b[?0u"}, true}, // the terminal around this one replies later
		{"\x1b[?u\x1b[?u", []string{"\x1b[?0u"}, true},
		{"\x1b[?u", []string{"\x1b[A", "j", "\x1b]12;rgb:0/0/0\a", "\x1b[106;5u"}, true},
	} {
		r := ask(c.asked)
		for _, sequence := range c.replies {
			r.arrived([]byte(sequence))
		}
		if got := r.isOwed(now); got != c.owed {
			t.Errorf("asked %q, got %q: owed is %v", c.asked, c.replies, got)
		}
		if r.isOwed(now.Add(replyAge)) {
			t.Errorf("asked %q: a reply is owed forever", c.asked)
		}
	}
	r := ask(all)
	r.limit = time.Nanosecond
	r.wait() // ends
}
