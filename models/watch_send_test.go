package models

import (
	"errors"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// deleting is a watch that deletes a connection once, by an earlier confirmation.
type deleting struct {
	page     *page
	approval *screen.Approval
	polled   bool
	err      error
}

func (w *deleting) Title() string { return "a deletion" }

func (w *deleting) Next(time.Time) time.Duration {
	if w.polled {
		return 0
	}
	return time.Minute
}

func (w *deleting) Poll(t *screen.Turn) {
	w.polled = true
	screen.SendApproved(t, w.approval, screen.Proposal[nango.Success]{
		Request: nango.DeleteConnection(w.page.ref), Title: "Delete connection",
		Then: func(_ *screen.Turn, _ nango.Success, err error) { w.err = err },
	})
}

// startDeleting confirms a change by its key, which also approves the deletion, and starts the watch. It does nothing yet.
func (s *scene) startDeleting(by string) *deleting {
	s.t.Helper()
	s.press(by)
	if s.app.overlay != nil {
		s.press("right", "enter")
	}
	if s.page.approval == nil {
		s.t.Fatalf("nothing is approved:\n%s", s.screen())
	}
	w := &deleting{page: s.page, approval: s.page.approval}
	s.watch(w)
	return w
}

func (s *scene) watch(w screen.Watch) {
	s.app.turn(s.app.top(), func(t *screen.Turn) { t.Watch(w) })
	s.after(s.app.flush())
}

const deleteTheConnection = "DELETE " + theConnection

// wantDeletion fails unless the watch sent its deletion, or says why not.
func (s *scene) wantDeletion(w *deleting, sent bool, says string) {
	s.t.Helper()
	deletions := 0
	for _, call := range s.sentCalls() {
		if call == deleteTheConnection {
			deletions++
		}
	}
	if want := map[bool]int{true: 1}[sent]; deletions != want {
		s.t.Fatalf("the watch sent %d deletions, want %d\n%s", deletions, want, s.screen())
	}
	if declined := errors.Is(w.err, screen.ErrDeclined); declined == sent {
		s.t.Errorf("the watch ended with %v", w.err)
	}
	s.see(says)
}

func TestAWatchSendsWhatWasApproved(t *testing.T) {
	s := newScene(t, guard.Profile{})
	w := s.startDeleting("p")
	s.expectSent("PATCH " + theConnection)
	s.advance(time.Minute)
	s.wantDeletion(w, true, "Delete connection: done")
}

func TestAWatchSendsNothingThatWasNotApproved(t *testing.T) {
	for name, approval := range map[string]func(*scene) *screen.Approval{
		"no confirmation": func(*scene) *screen.Approval { return nil },
		"an empty one":    func(*scene) *screen.Approval { return new(screen.Approval) },
		"one of another profile": func(s *scene) *screen.Approval {
			return guard.New(s.app.active.Profile).Approve(nango.Call{}, s.page.futureRequests())
		},
		"one of another connection": func(s *scene) *screen.Approval {
			about := nango.ConnectionRef{Integration: key, ID: "other"}
			return s.app.active.guard.Approve(nango.Call{}, []screen.FutureRequest{{Operation: nango.OpConnectionDelete, About: about}})
		},
		"one of another operation": func(s *scene) *screen.Approval {
			return s.app.active.guard.Approve(nango.Call{}, []screen.FutureRequest{{Operation: nango.OpConnectionUpdate, About: s.page.ref}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, guard.Profile{})
			w := &deleting{page: s.page, approval: approval(s)}
			s.watch(w)
			s.advance(time.Minute)
			s.wantDeletion(w, false, "Delete connection was not sent: it was not confirmed")
			s.expectSent()
		})
	}
}

func TestAWatchStopsSendingWhenArmingEnds(t *testing.T) {
	for name, disarm := range map[string]func(*scene){
		"by its time":  func(s *scene) { s.app.active.guard.Arm(s.now.Add(time.Second - guard.DefaultArmFor)) },
		"by the key A": func(s *scene) { s.press("A") },
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, guard.Profile{Production: true})
			s.press("A", "right", "enter")
			w := s.startDeleting("p")
			disarm(s)
			s.advance(time.Minute)
			s.wantDeletion(w, false, "Delete connection was not sent: acme is production and not armed")
		})
	}
}

func TestAWatchSendsInArmedProduction(t *testing.T) {
	s := newScene(t, guard.Profile{Production: true})
	s.press("A", "right", "enter")
	w := s.startDeleting("p")
	s.advance(time.Minute)
	s.wantDeletion(w, true, "Delete connection: done")
}

// A link needs no arming, and neither does what its form approves: putting metadata back, revoking the link.
func TestAWatchOfALinkNeedsNoArming(t *testing.T) {
	s := newScene(t, guard.Profile{Production: true})
	w := s.startDeleting("L")
	s.advance(time.Minute)
	s.wantDeletion(w, true, "Delete connection: done")
}

// The profile can be switched while something is waited for: the watch keeps its own.
func TestAWatchSendsInTheProfileThatItWasStartedIn(t *testing.T) {
	s := newScene(t, guard.Profile{})
	w := s.startDeleting("p")
	s.app.connect("other")
	s.after(s.app.flush())
	s.app.active.guard = guard.New(guard.Profile{Name: "other", ReadOnly: true})
	s.advance(time.Minute)
	s.wantDeletion(w, true, "acme: Delete connection: done")
}

func TestAWatchSendsNothingInAReadOnlyProfile(t *testing.T) {
	s := newScene(t, guard.Profile{})
	w := s.startDeleting("p")
	readOnly := guard.New(guard.Profile{Name: "acme", ReadOnly: true})
	s.app.active.guard = readOnly
	w.approval = readOnly.Approve(nango.Call{Operation: nango.OpSessionCreate}, s.page.futureRequests())
	s.advance(time.Minute)
	s.wantDeletion(w, false, "Delete connection was not sent: acme is read-only")
}

func TestAWatchDoesNotSendWhatTheKeyMayNotDo(t *testing.T) {
	s := newScene(t, guard.Profile{})
	w := s.startDeleting("p")
	s.app.active.guard.Learn(
		nango.OpConnectionDelete,
		&nango.Error{Operation: nango.OpConnectionDelete, Kind: nango.Forbidden, Scopes: []string{"x"}},
	)
	s.advance(time.Minute)
	s.wantDeletion(w, false, "Delete connection was not sent: this API key lacks the scope x")
}
