package proxy

import (
	"time"

	"nango-tui/models/screen"
)

// flight is a request that was proposed: its question, then its way.
type pendingRequest struct {
	// busy says that one is proposed and has no outcome yet.
	active bool
	// since is when it was sent; zero before the yes.
	sentAt time.Time
}

func (f *pendingRequest) start()                  { *f = pendingRequest{active: true} }
func (f *pendingRequest) markSent(t *screen.Turn) { f.sentAt = t.Now }

// land ends it, and says how long it took.
func (f *pendingRequest) finish(t *screen.Turn) time.Duration {
	took := t.Now.Sub(f.sentAt)
	if f.sentAt.IsZero() {
		took = 0
	}
	*f = pendingRequest{}
	return took
}

func (f *pendingRequest) isSent() bool { return f.active && !f.sentAt.IsZero() }

// clock is how often what shows the flight is drawn again.
func (f *pendingRequest) redrawInterval() time.Duration {
	if f.isSent() {
		return time.Second
	}
	return 0
}

// reason is why nothing else can be sent now.
func (f *pendingRequest) blockedReason() string {
	if f.active {
		return "the request is under way"
	}
	return ""
}

// leave says what becomes of the request when its screen is left.
func (f *pendingRequest) leave(t *screen.Turn) {
	if f.isSent() {
		t.Toast("The request goes on; its answer will not be shown.")
	}
}

// told is what is said of a request that is under way.
func (f *pendingRequest) status(now time.Time) string {
	if !f.isSent() {
		return "waiting for your yes"
	}
	return "on its way, " + clockText(now.Sub(f.sentAt))
}
