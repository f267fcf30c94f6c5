//go:build unix

package terminal

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// mark is raw output by which a test recognizes a moment in the bytes of a terminal.
const mark = "\x1b[777q"

// asking shows a question at the key "a", and marks the output when the terminal was sent it.
type asking struct {
	frames *Frames
	shows  string
}

func (m *asking) Init() tea.Cmd { return nil }

func (m *asking) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "a" {
		m.shows = "really?"
		return m, m.frames.After(tea.RawMsg{Msg: mark})
	}
	return m, nil
}

func (m *asking) View() tea.View {
	v := tea.NewView(m.shows)
	v.AltScreen = true
	return v
}

func TestAFrameIsReportedAfterTheTerminalWasSentIt(t *testing.T) {
	s := newTestScreen(t)
	frames := NewFrames()
	output := newParker(s.tty)
	output.frames = frames
	c, _ := newCrash(t)
	m := &model{app: &asking{frames: frames}, park: output, crash: c}
	program := tea.NewProgram(m, tea.WithInput(s.tty), tea.WithOutput(output), tea.WithFilter(m.filter), tea.WithFPS(framesPerSecond),
		tea.WithoutSignalHandler(), tea.WithColorProfile(colorprofile.ASCII), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	frames.send = program.Send
	output.begin(program.Send)
	ended := make(chan error, 1)
	go func() {
		_, err := program.Run()
		output.end()
		ended <- err
	}()
	s.enter("a")
	s.see(mark)
	_, written := s.content()
	if before, _, _ := strings.Cut(written, mark); !strings.Contains(before, "really?") {
		t.Errorf("it is reported before it was written: %q", written)
	}
	program.Quit()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, written := s.content(); strings.Contains(written, "\x00") {
		t.Error("a token reached the terminal")
	}
}

// A write that blocks, as on a stalled connection, holds the report back.
func TestAFrameIsNotReportedWhileTheWriteBlocks(t *testing.T) {
	frames := NewFrames()
	sent := make(chan tea.Msg)
	frames.send = func(msg tea.Msg) { sent <- msg }
	reported := make(chan tea.Msg, 1)
	go func() { reported <- frames.After("seen")() }()
	for range 2 { // the write of neither token alone is enough
		select {
		case <-sent:
		case msg := <-reported:
			t.Fatalf("%v is reported early", msg)
		}
		if rest, found := frames.remove([]byte("a" + drawToken + "b")); string(rest) != "ab" || !found {
			t.Fatalf("%q, %v", rest, found)
		}
		frames.tokenWritten()
	}
	if msg := <-reported; msg != "seen" {
		t.Errorf("reported %v", msg)
	}
}

func TestTheEndOfTheProgramEndsTheWaitForAFrame(t *testing.T) {
	frames := NewFrames()
	frames.send = func(tea.Msg) {}
	close(frames.ended)
	reported := make(chan tea.Msg, 1)
	go func() { reported <- frames.After("seen")() }()
	select {
	case msg := <-reported:
		if msg != nil {
			t.Errorf("reported %v", msg)
		}
	case <-time.After(timeout):
		t.Fatal("it waits after the end")
	}
}
