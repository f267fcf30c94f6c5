//go:build unix

package terminal

import (
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

// counter is a model whose screen shows which messages it has received.
type counter struct {
	count, width int
	seen         chan struct{}
}

// add changes the screen, ignored does not.
type (
	add     struct{}
	ignored struct{}
)

func (c *counter) Init() tea.Cmd { return nil }
func (c *counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		c.count++
		if msg.String() == "y" {
			return c, tea.SetClipboard("copied")
		}
	case tea.WindowSizeMsg:
		c.width = msg.Width
	case tea.PasteMsg:
		c.count += 10
	case add:
		c.count += 100
	case ignored:
		c.seen <- struct{}{}
	}
	return c, nil
}
func (c *counter) View() tea.View {
	v := tea.NewView("count " + strconv.Itoa(c.count) + " width " + strconv.Itoa(c.width) + " end")
	v.AltScreen = true
	return v
}

// parkedProgram is a program in a terminal whose renderer is parked without limit.
type parkedProgram struct {
	*testScreen
	program *tea.Program
	park    *parker
	counter *counter
	parks   chan struct{}
	ended   chan error
}

func startParked(t *testing.T) *parkedProgram {
	t.Helper()
	s := &parkedProgram{
		testScreen: newTestScreen(t), counter: &counter{seen: make(chan struct{})},
		parks: make(chan struct{}, 1), ended: make(chan error, 1),
	}
	s.park = newParker(s.tty)
	s.park.limit = time.Hour // what does not wake it up never will
	s.park.onPark = func() { s.parks <- struct{}{} }
	c, _ := newCrash(t)
	m := &model{app: s.counter, park: s.park, crash: c}
	s.program = tea.NewProgram(m, tea.WithInput(s.tty), tea.WithOutput(s.park), tea.WithFilter(m.filter), tea.WithFPS(framesPerSecond),
		tea.WithoutSignalHandler(), tea.WithColorProfile(colorprofile.ASCII), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	s.park.begin(s.program.Send)
	go func() {
		_, err := s.program.Run()
		s.park.end()
		s.ended <- err
	}()
	return s
}

func (p *parker) isParked() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state == parked
}

// waitUntilParked fails if the renderer is never parked, as when the program draws in every tick.
func (s *parkedProgram) waitUntilParked() {
	s.t.Helper()
	select {
	case <-s.parks:
	case <-time.After(timeout):
		screen, _ := s.content()
		s.t.Fatalf("the renderer is not parked; the screen is\n%s", screen)
	}
}

// This test holds what parking relies on in Bubble Tea: raw output is written by the goroutine that draws, and before it
// draws; a message passes the filter before anything is written for it.
func TestParkedRendererWakesUp(t *testing.T) {
	s := startParked(t)
	s.waitUntilParked()
	s.see("count 0 width 80 end") // without waking up: everything is drawn before it is parked

	s.enter("j")
	s.see("count 1 width 80 end")
	s.waitUntilParked()
	s.enter("y")
	s.see(ansi.SetSystemClipboard("copied"))
	s.see("count 2 width 80 end")
	s.waitUntilParked()
	s.program.Send(add{})
	s.see("count 102 width 80 end")
	s.waitUntilParked()
	s.program.Send(tea.WindowSizeMsg{Width: 77, Height: 20})
	s.see("count 102 width 77 end")
	s.waitUntilParked()
	s.enter("\x1b[200~pasted\x1b[201~")
	s.see("count 112 width 77 end")
	s.waitUntilParked()

	s.program.Send(ignored{})
	<-s.counter.seen
	s.program.Send(ignored{}) // is handled after the first one
	<-s.counter.seen
	if !s.park.isParked() {
		t.Error("the renderer wakes up without anything to draw")
	}
	s.enter("j")
	s.see("count 113 width 77 end")
	s.waitUntilParked()

	s.program.Send(tea.QuitMsg{})
	select {
	case err := <-s.ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(timeout):
		t.Fatal("a program with a parked renderer does not quit")
	}
	if _, output := s.content(); strings.Contains(output, "\x00") {
		t.Error("a token reached the terminal")
	}
}

func TestParkingHasALimit(t *testing.T) {
	_, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	asked := make(chan tea.Msg, 10)
	times := 0
	p := newParker(tty)
	p.limit, p.onPark = time.Millisecond, func() { times++ }
	p.send = func(msg tea.Msg) { asked <- msg }
	quiet := make(chan struct{}, 10)
	p.onQuiet = func() { quiet <- struct{}{} }
	token := []byte(parkToken)
	for want := range 3 {
		if p.filter(parkMsg{}) == nil {
			t.Fatal("there is no next state")
		}
		if _, err := p.Write(token); err != nil {
			t.Fatal(err)
		}
		<-asked // the next state is asked for, after the limit as after the first token
		if times != want {
			t.Errorf("parked %d times, not %d", times, want)
		}
		for range min(want, 1) {
			<-quiet // nothing happened for as long as it is parked at most
		}
	}
}

func TestTokensAreRemovedFromOutput(t *testing.T) {
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	p := newParker(tty)
	for _, text := range []string{"a" + parkToken + "b", parkToken + "c", "d" + parkToken, parkToken + parkToken, "e"} {
		if n, err := p.Write([]byte(text)); err != nil || n != len(text) {
			t.Errorf("%q: %d, %v", text, n, err)
		}
	}
	buffer := make([]byte, 100)
	n, err := io.ReadFull(master, buffer[:5])
	if err != nil || string(buffer[:n]) != "abcde" {
		t.Errorf("%q, %v", buffer[:n], err)
	}
}
