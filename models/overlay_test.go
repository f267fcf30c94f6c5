package models

import (
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestWithoutAProfileNoScreenOpens(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 1, Connections: 3})
	d := newDriver(t, server, server.Keys().Environment, "", profiles{"acme": {}})
	for _, place := range []string{"connections", "proxy/hubspot/abc", "requests"} {
		d.press(":")
		d.typeText(place)
		d.press("enter")
		d.see("Couldn't go there: no profile is connected")
		if len(d.app.stack) != 1 {
			t.Fatalf("%s was opened:\n%s", place, d.screen())
		}
	}
	d.press(":")
	d.typeText("profile/acme")
	d.press("enter")
	d.see("CUSTOMER")
}

func TestThePaletteRunsTheActionAsItIsNow(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.learn(s.app.top(), nango.OpConnectionsList, nango.ErrNoKey) // as a read that was answered so
	s.holdCmds = true
	s.press("r", "ctrl+p")
	s.typeText("error details")
	s.holdCmds = false
	s.run()
	s.press("enter")
	s.see("there is no error")
}

func TestAnOptionIsRunForTheScreenThatOfferedIt(t *testing.T) {
	s := newScene(t, guard.Profile{})
	below := s.app.top()
	s.press("enter") // deeper
	s.app.turn(below, func(t *screen.Turn) {
		t.Pick("Go on?", screen.Option{Title: "Yes", Do: func(t *screen.Turn) { t.Back() }})
	})
	above := s.app.top()
	s.press("enter")
	if above.gone || !below.gone {
		t.Errorf("the screen on top left in place of the one that asked:\n%s", s.screen())
	}
}

func TestADialogReplacedByAnotherIsDeclined(t *testing.T) {
	for name, call := range map[string]func(*screen.Turn){
		"notice": func(t *screen.Turn) { t.Notice("News", "something has happened") },
		"pick":   func(t *screen.Turn) { t.Pick("Which?", screen.Option{Title: "This"}) },
		"dialog": func(t *screen.Turn) {
			request := nango.DeleteConnection(nango.ConnectionRef{Integration: key, ID: id})
			screen.Propose(t, screen.Proposal[nango.Success]{Title: "Another", Request: request})
		},
	} {
		s := newScene(t, guard.Profile{})
		s.press("D")
		s.turns(call)
		if got := s.page.notes[len(s.page.notes)-1]; got != "Delete connection: declined" {
			t.Errorf("%s: the screen was told %q", name, got)
		}
	}
}
