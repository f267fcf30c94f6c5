package models

import (
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// countingWatch is a watch that waits until it has seen something.
type countingWatch struct {
	asked, seen int
	list        screen.Load[[]nango.Connection]
}

func (w *countingWatch) Title() string { return "a connection of Globex" }

func (w *countingWatch) Next(time.Time) time.Duration {
	if w.seen > 0 {
		return 0
	}
	return time.Minute
}

func (w *countingWatch) Poll(t *screen.Turn) {
	w.asked++
	w.list.Fetch(t, nango.ListConnections(nango.ConnectionQuery{Limit: 1}), func(t *screen.Turn) {
		w.seen = len(w.list.Value)
		t.Toast("it has arrived")
	})
}

func TestAWatchEndsWhenItHasSeenWhatItWaitsFor(t *testing.T) {
	s := newScene(t, guard.Profile{})
	w := &countingWatch{}
	s.app.turn(s.app.top(), func(t *screen.Turn) { t.Watch(w); t.Watch(w) })
	s.after(s.app.flush())
	s.see("◌ a connection of Globex")
	s.advance(time.Minute)
	s.notSee("◌ a connection of Globex")
	if w.asked != 1 {
		t.Errorf("asked %d times", w.asked)
	}
	s.advance(time.Hour)
	s.see("it has arrived")
	s.press("down")
	s.advance(2 * toastTime)
	s.notSee("it has arrived")
}

// timedWatch is a watch whose screen tells it what to do.
type timedWatch struct {
	countingWatch
	next time.Duration
}

func (w *timedWatch) Next(time.Time) time.Duration { return w.next }

func TestAWatchEndedByItsScreenEndsAtOnce(t *testing.T) {
	s := newScene(t, guard.Profile{})
	w := &timedWatch{next: time.Minute}
	s.app.turn(s.app.top(), func(t *screen.Turn) { t.Watch(w) })
	s.see("◌ a connection of Globex")
	w.next = 0
	s.press("down")
	s.notSee("◌ a connection of Globex")
	s.press("q")
	if !s.quit {
		t.Errorf("what is over is still waited for:\n%s", s.screen())
	}
}

func TestAWatchQuickenedByItsScreenPollsSooner(t *testing.T) {
	s := newScene(t, guard.Profile{})
	w := &timedWatch{next: time.Minute}
	s.app.turn(s.app.top(), func(t *screen.Turn) { t.Watch(w) })
	s.after(s.app.flush())
	w.next = 2 * time.Second
	s.press("down")
	w.next = time.Minute
	s.advance(3 * time.Second)
	if w.asked != 1 {
		t.Errorf("asked %d times", w.asked)
	}
	s.advance(58 * time.Second)
	if w.asked != 1 {
		t.Errorf("asked %d times, once by the timer that was replaced", w.asked)
	}
}

func TestQuittingDuringAWatchTakesASecondKey(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.turn(s.app.top(), func(t *screen.Turn) { t.Watch(&countingWatch{}) })
	s.press("q")
	s.see("a connection of Globex", "won't be shown", "Press again to quit")
	if s.quit {
		t.Fatal("quit at the first key")
	}
	s.press("q")
	if !s.quit {
		t.Error("the second key did not quit")
	}
}

func TestTheScreenOfALinkCanBeOpenedAgain(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 3})
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}}, func(c *Config) { c.Open = walkFilled["link"] })
	d.do(screen.Submit)
	d.see("expires in")
	if action, _ := d.action(OpenWatch); action.Disabled == "" {
		t.Error("one can come back to a page that one is on")
	}
	d.press("esc")
	d.notSee("expires in")
	d.do(OpenWatch)
	d.see("expires in", "session_token=")
	if len(d.app.watches) != 1 {
		t.Errorf("%d watches for one link", len(d.app.watches))
	}
}
