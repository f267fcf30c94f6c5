package proxy

import (
	"time"

	"nango-tui/models/screen"
)

// flight is a request that was proposed: its question, then its way.
type flight struct {
	// busy says that one is proposed and has no outcome yet.
	busy bool
	// since is when it was sent; zero before the yes.
	since time.Time
}

func (f *flight) propose()              { *f = flight{busy: true} }
func (f *flight) depart(t *screen.Turn) { f.since = t.Now }

// land ends it, and says how long it took.
func (f *flight) land(t *screen.Turn) time.Duration {
	took := t.Now.Sub(f.since)
	if f.since.IsZero() {
		took = 0
	}
	*f = flight{}
	return took
}

func (f *flight) sent() bool { return f.busy && !f.since.IsZero() }

// clock is how often what shows the flight is drawn again.
func (f *flight) clock() time.Duration {
	if f.sent() {
		return time.Second
	}
	return 0
}

// reason is why nothing else can be sent now.
func (f *flight) reason() string {
	if f.busy {
		return "the request is under way"
	}
	return ""
}

// leave says what becomes of the request when its screen is left.
func (f *flight) leave(t *screen.Turn) {
	if f.sent() {
		t.Toast("The request goes on; its answer will not be shown.")
	}
}

// told is what is said of a request that is under way.
func (f *flight) told(now time.Time) string {
	if !f.sent() {
		return "waiting for your yes"
	}
	return "on its way, " + clockOf(now.Sub(f.since))
}
