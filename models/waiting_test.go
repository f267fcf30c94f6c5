package models

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/nango/sandbox"
)

// slowNango answers when the clock of the test has gone on, and notes what the dashboard shows at each second.
type slowNango struct {
	http.Handler
	driver *driver
	takes  time.Duration
	shown  []string
}

func (n *slowNango) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if n.driver != nil {
		for began := n.driver.now; n.driver.now.Sub(began) < n.takes; {
			n.driver.now = n.driver.now.Add(500 * time.Millisecond)
			first, _, _ := strings.Cut(n.driver.screen(), "\n")
			n.shown = append(n.shown, first)
		}
	}
	n.Handler.ServeHTTP(w, r)
}

func TestARequestThatTakesLongShowsItsClock(t *testing.T) {
	server := sandbox.New(sandbox.Options{Wait: noWait, Seed: walkSeed, RateLimit: -1})
	slow := &slowNango{Handler: server}
	d := newDriver(t, slow, server.Keys().Environment, "acme", profiles{"acme": {}})
	idle := d.screen()
	slow.driver, slow.takes = d, 62*time.Second
	d.press("r")
	slow.driver = nil
	if strings.Contains(slow.shown[0], "GET") || !strings.Contains(slow.shown[0], "1 loading…") {
		t.Errorf("after half a second: %s", slow.shown[0])
	}
	for half, want := range map[int]string{1: "⠋ GET /connections 1 s", 5: "GET /connections 3 s", 121: "GET /connections 01:01"} {
		if got := slow.shown[half]; !strings.Contains(got, want) {
			t.Errorf("after %d half seconds: %s, want %s", half+1, got, want)
		}
	}
	if d.notSee("GET /connections"); !strings.Contains(idle, "budget") {
		t.Error("no status line")
	}
}

func TestARequestThatWaitsForTheBudgetSaysSo(t *testing.T) {
	server := sandbox.New(sandbox.Options{Wait: noWait, Seed: walkSeed, RateLimit: -1})
	refused := 0
	d := newDriver(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refused > 0 {
			refused--
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		server.ServeHTTP(w, r)
	}), server.Keys().Environment, "acme", profiles{"acme": {}})
	refused = 1
	var shown []string
	d.onWait = func() {
		began := d.now
		d.now = began.Add(12 * time.Second)
		shown = append(shown, d.screen())
		d.now = began
	}
	d.press("r")
	if !slices.ContainsFunc(shown, func(s string) bool { return strings.Contains(s, "waiting for the budget, 12 s") }) {
		t.Errorf("%q", shown)
	}
	d.notSee("waiting for the budget")
}

func TestASlowSwitchShowsItsClock(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.holdCmds = true
	s.app.connect("other")
	s.after(s.app.flush())
	s.send(nil)
	s.advance(999 * time.Millisecond)
	s.notSee("Connecting to other 0 s")
	s.advance(2001 * time.Millisecond)
	s.see("Connecting to other 3 s")
}

// The clock is drawn once a second, and only while something lasts.
func TestTheClockOfARequestIsDrawnOnceASecond(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.advance(2 * defaultRedraw)
	if pace := s.app.redrawInterval(); pace != defaultRedraw {
		t.Errorf("an idle screen is drawn again after %v", pace)
	}
	s.holdCmds = true
	s.press("r")
	for range 5 {
		s.advance(time.Second)
		if wait := s.app.tickDue.Sub(s.now); wait != time.Second {
			t.Errorf("drawn again after %v", wait)
		}
	}
	s.holdCmds = false
	s.run()
	s.advance(time.Second)
	if pace := s.app.redrawInterval(); pace != defaultRedraw {
		t.Errorf("an idle screen is drawn again after %v", pace)
	}
}
