package actions

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Limits of the history.
const (
	// MaxRuns is the maximum number of runs; the oldest are removed first.
	MaxRuns = 100
	// MaxKept is the maximum size of all inputs, results and errors, in bytes. Older runs only keep their outcome.
	MaxKept = 16 << 20
)

// History holds the runs since the start, of all profiles. It is used only on App's goroutine.
type History struct {
	runs       []*Run // newest first
	lastNumber int
	// revision increases with every change, so that a screen can detect it.
	revision int
}

// NewHistory creates an empty history.
func NewHistory() *History { return &History{} }

func (h *History) add(o runRequest, w screen.ProfileState, now time.Time) *Run {
	h.lastNumber++
	r := &Run{runRequest: o, number: h.lastNumber, profile: w.Name, host: w.Host, key: w.Fingerprint, start: now, state: running}
	h.runs = slices.Insert(h.runs, 0, r)
	h.update()
	return r
}

// update must be called after each change of a run. It enforces the limits.
func (h *History) update() {
	h.revision++
	for len(h.runs) > MaxRuns {
		h.runs = slices.Delete(h.runs, h.oldest(), h.oldest()+1)
	}
	kept := 0
	for _, r := range h.runs {
		if kept += r.size(); kept > MaxKept && r.state.isInactive() {
			kept -= r.size()
			r.discard()
		}
	}
}

// oldest is the index of the run to remove: the oldest inactive one, if there is one.
func (h *History) oldest() int {
	for i, r := range slices.Backward(h.runs) {
		if r.state.isInactive() {
			return i
		}
	}
	return len(h.runs) - 1
}

func (h *History) finish(r *Run, now time.Time, value json.RawMessage, err error) {
	r.end, r.value, r.err = now, value, err
	switch {
	case err == nil:
		r.state = returned
	case errors.Is(err, nango.OutcomeUnknown):
		r.state = unknown
	default:
		r.state = failed
	}
	h.update()
}

func (h *History) setState(r *Run, s state) {
	r.state = s
	h.update()
}
