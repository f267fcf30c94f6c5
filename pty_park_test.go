//go:build unix

package main

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

// counter is a model whose screen says what has come in.
type counter struct {
	keys, width int
	seen        chan struct{}
}

// poked changes the screen, unseen does not.
type (
	poked  struct{}
	unseen struct{}
)

func (c *counter) Init() tea.Cmd { return nil }
func (c *counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		c.keys++
		if msg.String() == "y" {
			return c, tea.SetClipboard("copied")
		}
		if msg.String() == "q" {
			return c, tea.Quit
		}
	case tea.WindowSizeMsg:
		c.width = msg.Width
	case tea.PasteMsg:
		c.keys += 10
	case poked:
		c.keys += 100
	case unseen:
		c.seen <- struct{}{}
	}
	return c, nil
}
func (c *counter) View() tea.View {
	v := tea.NewView("keys " + strconv.Itoa(c.keys) + " width " + strconv.Itoa(c.width) + " end")
	v.AltScreen = true
	return v
}

// sleeper is a program on a display that sleeps when nothing happens, for as long as nothing happens.
type sleeper struct {
	*display
	program *tea.Program
	park    *parker
	model   *counter
	asleep  chan struct{}
	ended   chan error
}

func beginSleeper(t *testing.T) *sleeper {
	t.Helper()
	s := &sleeper{display: newDisplay(t, usual()), asleep: make(chan struct{}, 1), ended: make(chan error, 1)}
	park := newParker(s.tty)
	s.park, s.model = park, &counter{seen: make(chan struct{})}
	park.bound = time.Hour // what does not wake it never will
	park.slept = func() { s.asleep <- struct{}{} }
	c, _ := crashing(t)
	d := &dashboard{app: s.model, park: park, crash: c}
	s.program = tea.NewProgram(d, tea.WithInput(s.tty), tea.WithOutput(park), tea.WithFilter(d.filter), tea.WithFPS(framesPerSecond),
		tea.WithoutSignalHandler(), tea.WithColorProfile(colorprofile.ASCII), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	park.begin(s.program.Send)
	go func() {
		_, err := s.program.Run()
		park.end()
		s.ended <- err
	}()
	return s
}

// sleeping says whether it sleeps now.
func (p *parker) sleeping() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state == parkAsleep
}

// sleeps waits until the program sleeps. A program that draws for every look never does.
func (s *sleeper) sleeps() {
	s.t.Helper()
	select {
	case <-s.asleep:
	case <-time.After(patience):
		s.t.Fatalf("the program does not go to sleep; the screen is\n%s", s.screen())
	}
}

// The order of things in the library that sleeping relies on: raw output is written by the goroutine that draws, and
// before it draws; a message passes the filter before anything is written for it.
func TestWhatHappensWakesTheSleeper(t *testing.T) {
	s := beginSleeper(t)
	s.sleeps()
	s.see("keys 0 width 80 end") // without waking: everything is drawn before the first sleep

	s.press("j")
	s.see("keys 1 width 80 end")
	s.sleeps()
	s.press("y")
	s.sent(ansi.SetSystemClipboard("copied"))
	s.see("keys 2 width 80 end")
	s.sleeps()
	s.program.Send(poked{})
	s.see("keys 102 width 80 end")
	s.sleeps()
	s.program.Send(tea.WindowSizeMsg{Width: 77, Height: 20})
	s.see("keys 102 width 77 end")
	s.sleeps()
	s.typeText("\x1b[200~pasted\x1b[201~")
	s.see("keys 112 width 77 end")
	s.sleeps()

	s.program.Send(unseen{})
	<-s.model.seen
	s.program.Send(unseen{}) // is handled when the first one has been
	<-s.model.seen
	if !s.park.sleeping() {
		t.Error("it wakes when nothing is to be drawn")
	}
	s.press("j")
	s.see("keys 113 width 77 end")
	s.sleeps()

	s.program.Send(tea.QuitMsg{})
	select {
	case err := <-s.ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("a program that sleeps cannot be ended")
	}
	if strings.Contains(s.output(), "\x00") {
		t.Error("a token reached the terminal")
	}
}

func TestASleeperWakesByItselfAfterItsBound(t *testing.T) {
	_, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	asked := make(chan tea.Msg, 10)
	slept := 0
	p := newParker(tty)
	p.bound, p.slept = time.Millisecond, func() { slept++ }
	p.send = func(msg tea.Msg) { asked <- msg }
	token := []byte(parkToken)
	for want := range 3 {
		if p.filter(nil, parkMsg{}) == nil {
			t.Fatal("there is no next step")
		}
		if _, err := p.Write(token); err != nil {
			t.Fatal(err)
		}
		<-asked // the next step is asked for, after the bound as after the first token
		if slept != want {
			t.Errorf("it slept %d times, not %d", slept, want)
		}
	}
}

func TestTheTokenIsTakenOutWhereverItStands(t *testing.T) {
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
