package models

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// elsewhere has the profile "other" be at another server, which it returns.
func (s *scene) elsewhere(t *testing.T) *sandbox.Server {
	t.Helper()
	server := sandbox.New(sandbox.Options{Wait: noWait, Seed: 5, Connections: 2, RateLimit: -1})
	host := s.serve(server)
	s.app.config.Connect = func(_ context.Context, name string) (ActiveProfile, error) {
		return s.driver.connect(guard.Profile{Name: name, Host: host}, nango.Secret(server.Keys().Environment))
	}
	return server
}

// switches switches to the other profile while all that was begun is still under way, and then lets it go on.
func (s *scene) switches() {
	underWay := s.cmds
	s.cmds, s.holdCmds = nil, false
	s.app.connect("other")
	s.after(s.app.flush())
	s.cmds = append(s.cmds, underWay...)
	s.run()
	s.advance(3 * time.Minute)
}

// yes answers the dialog that is open, if there is one.
func (s *scene) yes() {
	o, asks := s.app.overlay.(*confirmOverlay)
	if !asks {
		return
	}
	s.advance(guardTime)
	if word := o.dialog.Word; word != "" {
		s.typeText(word)
	} else {
		s.press("right")
	}
	s.holdCmds = true
	s.press("enter")
}

// Nothing that a profile has started, loaded, confirmed or waits for is sent to another profile's server.
func TestNothingOfAProfileIsSentToAnotherServer(t *testing.T) {
	t.Parallel()
	w := &walker{t: t}
	routes := sampledRoutes(t)
	for _, route := range longtest.Sample(t, routes, len(routes)/2) {
		p := path{route: route}
		for _, action := range w.actions(p) {
			for _, agreed := range []bool{false, true} {
				w.run(fmt.Sprintf("%s %s, agreed %t", p, action.ID, agreed), func(w *walker) { w.switchAfter(p, action.ID, agreed) })
			}
		}
	}
}

// switchAfter does an action, agrees to it or leaves it under way, and switches to a profile on another server.
func (w *walker) switchAfter(p path, id screen.ActionID, agreed bool) {
	w.t.Helper()
	s := w.begin(p)
	other := s.elsewhere(w.t)
	s.holdCmds = !agreed
	w.do(s, id)
	if agreed {
		s.yes()
	}
	s.switches()
	for _, r := range other.Requests() {
		if r.Method != "GET" || !strings.HasPrefix(r.Path, "/connections") && r.Path != "/integrations" {
			w.t.Errorf("%s %s was sent to the other server", r.Method, r.Path)
		}
	}
	if top := s.app.top(); top.profile != s.app.active && lossWarning(top) == "" {
		w.t.Error("a screen of the old profile is on top")
	}
}

// A read that is answered late changes nothing of what is on the screen by then.
func TestALateResponseIsNotShownInAnotherProfile(t *testing.T) {
	t.Parallel()
	all := &walker{t: t}
	for _, route := range sampledRoutes(t) {
		all.run(route.String(), func(w *walker) {
			s := w.begin(path{route: screen.To("integrations")})
			other := s.elsewhere(w.t)
			s.holdCmds = true
			s.app.open(s.app.active, route, nil)
			s.after(s.app.flush())
			s.switches()
			if s.app.top().route.Name != "connections" || s.app.fetching != 0 {
				w.t.Errorf("%s is on top, and %d reads are under way", s.app.top().route, s.app.fetching)
			}
			for _, r := range other.Requests() {
				if !strings.HasPrefix(r.Path, "/connections") {
					w.t.Errorf("%s %s was sent to the other server", r.Method, r.Path)
				}
			}
		})
	}
}
