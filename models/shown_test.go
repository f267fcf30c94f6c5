package models

import (
	"fmt"
	"maps"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/models/sessions"
)

// resize gives the terminal another size.
func (d *driver) resize(width, height int) { d.send(tea.WindowSizeMsg{Width: width, Height: height}) }

func TestKeysThatCameBeforeTheQuestionAnswerNothing(t *testing.T) {
	for name, c := range map[string]struct {
		profile guard.Profile
		open    string
		keys    []string
	}{
		"a change":                {guard.Profile{}, "p", []string{"tab", "enter"}},
		"a change, by arrow":      {guard.Profile{}, "p", []string{"right", "enter"}},
		"a deletion with word":    {guard.Profile{}, "D", []string{"7", "7", "e", "2", "enter"}},
		"a refresh in production": {guard.Profile{Production: true}, "f", []string{"tab", "enter"}},
		"arming":                  {guard.Profile{Production: true}, "A", []string{"tab", "enter"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, c.profile)
			s.pressBlindly(append([]string{c.open}, c.keys...)...)
			s.see("  Cancel  ", "esc cancels")
			s.notSee("ARMED", "[", "tab moves")
			s.advance(guardTime - time.Millisecond)
			s.pressBlindly(c.keys...)
			s.see("  Cancel  ", "esc cancels")
			s.expectSent()
			s.advance(time.Millisecond)
			s.pressBlindly(c.keys...)
			s.notSee("Cancel")
		})
	}
}

// The guard time begins when the terminal was sent the question, however long that takes.
func TestAQuestionThatWasNotDrawnTakesNoAnswer(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.config.AfterDraw = func(tea.Msg) tea.Cmd { return nil } // the terminal takes no output
	s.pressBlindly("p")
	s.advance(time.Hour)
	s.pressBlindly("right", "enter")
	s.see("  Cancel  ", "esc cancels")
	s.expectSent()
	s.pressBlindly("esc")
	s.see("declined")
}

func TestAMenuTakesNoKeyThatCameBefore(t *testing.T) {
	s := newScene(t, guard.Profile{})
	picked := ""
	s.app.pick(s.app.top(), screen.PickWant{Title: "Which", Options: []screen.Option{
		{Title: "first", Do: func(*screen.Turn) { picked = "first" }}, {Title: "second", Do: func(*screen.Turn) { picked = "second" }},
	}})
	s.after(s.app.flush())
	s.pressBlindly("down", "enter")
	if picked != "" {
		t.Fatalf("%s was picked unseen", picked)
	}
	s.press("enter")
	if picked != "first" {
		t.Errorf("picked %q: the keys before were kept", picked)
	}
}

func TestOnATerminalThatIsTooSmallKeysDoNothing(t *testing.T) {
	for _, size := range [][2]int{{39, 24}, {80, 9}, {39, 9}, {0, 0}} {
		s := newScene(t, guard.Profile{Production: true})
		s.resize(size[0], size[1])
		s.pressBlindly("A", "right", "enter", "p", "right", "enter", "f", "right", "enter", "L")
		s.send(tea.PasteMsg{Content: "77e2"})
		s.send(tea.MouseClickMsg{X: 3, Y: 5, Button: tea.MouseLeft})
		s.advance(time.Second)
		s.pressBlindly("A", "right", "enter", "p", "right", "enter", "f", "right", "enter", "L")
		s.expectSent()
		s.resize(100, 30)
		s.notSee("Cancel", "ARMED")
		s.resize(size[0], size[1])
		s.send(keyNamed("ctrl+c"))
		if !s.quit {
			t.Errorf("ctrl+c doesn't quit at %v", size)
		}
	}
}

func TestAQuestionHasToBeSeenAgainAfterAResize(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.press("p", "right")
	s.resize(39, 9)
	s.pressBlindly("enter")
	s.resize(100, 30)
	s.pressBlindly("enter")
	s.expectSent()
	s.press("enter")
	s.expectSent("PATCH " + theConnection)
}

func TestAQuestionHasToBeSeenAgainAfterASuspension(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.press("p", "right")
	s.send(tea.ResumeMsg{})
	s.pressBlindly("enter")
	s.expectSent()
	s.press("enter")
	s.expectSent("PATCH " + theConnection)
}

// A link's form has no further dialog: a key sends it.
func TestAFormThatIsItsOwnDialogTakesNoKeyThatCameBefore(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.open(s.app.active, walkFilled["link"], nil)
	s.after(s.app.flush())
	s.pressBlindly("x", "enter", "enter", "ctrl+s")
	s.send(tea.PasteMsg{Content: "pasted"})
	s.notSee("pasted")
	s.expectSent()
	s.do(screen.Submit)
	s.expectSent("POST /connect/sessions")
}

// A key that answers nothing needs no drawing, and no timer.
func TestACursorKeyIsNotGuarded(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.open(s.app.active, screen.To("connections"), nil)
	s.after(s.app.flush())
	s.advance(guardTime)
	timers, number := len(s.timers), s.app.shown.number
	s.pressBlindly("down", "up", "down")
	if len(s.timers) != timers || s.app.shown.number != number {
		t.Errorf("%d timers, were %d; surface %d, was %d", len(s.timers), timers, s.app.shown.number, number)
	}
}

// Every action is followed, in one piece, by keys that would agree to whatever it asks; then the terminal is too small for a
// while. Nothing that the user has not seen is sent.
func TestEveryActionAsksBeforeKeysThatWereTypedAheadCount(t *testing.T) {
	t.Parallel()
	for kind, profile := range profileKinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := &walker{t: t, profile: profile}
			for _, route := range longtest.Sample(t, walkRoutes(), 4) {
				p := path{route: route}
				for _, action := range w.actions(p) {
					w.run(fmt.Sprint(p, " ", action.ID), func(w *walker) { w.typeAhead(p, action) })
				}
			}
		})
	}
}

// typeAhead does an action and types on before its question can be seen, on terminals that change their size meanwhile.
func (w *walker) typeAhead(p path, action screen.Action) {
	w.t.Helper()
	s := w.begin(p)
	from := len(s.server.Requests())
	if w.profile.Production {
		s.pressBlindly("A", "tab", "enter")
		s.resize(39, 24)
		s.pressBlindly("tab", "enter")
		s.advance(time.Second)
		s.resize(100, 30)
		s.press("esc")
	}
	w.do(s, action.ID) // what its own key sends is checked at the end
	own := len(s.changes(from))
	agree := []string{"tab", "enter", "right", "enter", "down", "enter", "0", "0", "0", "enter"}
	for _, size := range [][2]int{{39, 9}, {120, 40}, {100, 9}, {100, 30}} {
		s.pressBlindly(agree...)
		s.resize(size[0], size[1])
		s.pressBlindly(agree...)
	}
	s.advance(guardTime - time.Millisecond)
	s.pressBlindly(agree...)
	for _, r := range s.changes(from)[own:] {
		w.t.Errorf("%s: %s sent %s %s unseen", p, action.ID, r.Method, r.Path)
	}
	w.checkUnasked(attempt{scene: s, from: from}, p, action)
}

// What a reconnect link would replace is read first. A key that was pressed before it was shown doesn't agree to it.
func TestAReconnectLinkIsAgreedToOnlyAfterWhatItReplacesWasSeen(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.config.Keymap = maps.Clone(s.app.config.Keymap)
	s.app.config.Keymap[sessions.MakeReconnect] = []string{"enter"}
	s.holdCmds = true
	s.app.open(s.app.active, screen.To("reconnect", key, id), nil)
	s.after(s.app.flush())
	s.advance(time.Second)
	s.pressBlindly("enter")
	s.holdCmds = false
	s.run()
	s.see("What happens to its data")
	s.pressBlindly("enter")
	s.expectSent()
	s.press("enter")
	s.expectSent("POST /connect/sessions/reconnect")
}
