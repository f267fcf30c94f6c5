package proxy

import (
	"fmt"
	"time"

	"nango-tui/models/screen"
)

// pendingRequest is a proposed request: first its dialog is open, then it is sent.
type pendingRequest struct {
	// active is true from the proposal to the result.
	active bool
	// sentAt is when it was sent; zero while the dialog is open.
	sentAt time.Time
}

func (f *pendingRequest) start()                  { *f = pendingRequest{active: true} }
func (f *pendingRequest) markSent(t *screen.Turn) { f.sentAt = t.Now }

// finish ends it and returns how long the response took.
func (f *pendingRequest) finish(t *screen.Turn) time.Duration {
	took := t.Now.Sub(f.sentAt)
	if f.sentAt.IsZero() {
		took = 0
	}
	*f = pendingRequest{}
	return took
}

func (f *pendingRequest) isSent() bool { return f.active && !f.sentAt.IsZero() }

// redrawInterval is how often a screen that shows the elapsed time is redrawn.
func (f *pendingRequest) redrawInterval() time.Duration {
	if f.isSent() {
		return time.Second
	}
	return 0
}

// blockedReason is why another request can't be sent now; empty if it can.
func (f *pendingRequest) blockedReason() string {
	if f.active {
		return textRequestPending
	}
	return ""
}

// leave tells the user what happens to the request when its screen closes.
func (f *pendingRequest) leave(t *screen.Turn) {
	if f.isSent() {
		t.Toast(textLeaveSent)
	}
}

// status is the state of the request with the elapsed time.
func (f *pendingRequest) status(now time.Time) string {
	if !f.isSent() {
		return textWaitingForYes
	}
	return fmt.Sprintf(textSent, clockText(now.Sub(f.sentAt)))
}
