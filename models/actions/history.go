package actions

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Bounds of the history.
const (
	// MaxRuns is how many runs are kept; the oldest go first.
	MaxRuns = 100
	// MaxKept is how many bytes of inputs, results and errors are kept. Of the oldest only the outcome stays.
	MaxKept = 16 << 20
)

// History is the runs since the start, of all profiles. It is used on App's goroutine alone.
type History struct {
	runs []*Run // newest first
	made int
	// revision changes with every change, so that a screen knows when to look.
	revision int
}

// NewHistory is one without runs.
func NewHistory() *History { return &History{} }

// begin notes a run that is on its way.
func (h *History) begin(o order, w screen.ProfileState, now time.Time) *Run {
	h.made++
	r := &Run{order: o, number: h.made, profile: w.Name, host: w.Host, key: w.Fingerprint, began: now, state: running}
	h.runs = slices.Insert(h.runs, 0, r)
	h.changed()
	return r
}

// changed has to be called after each change of a run: it keeps the bounds.
func (h *History) changed() {
	h.revision++
	for len(h.runs) > MaxRuns {
		h.runs = slices.Delete(h.runs, h.oldest(), h.oldest()+1)
	}
	kept := 0
	for _, r := range h.runs {
		if kept += r.size(); kept > MaxKept && r.state.over() {
			kept -= r.size()
			r.forget()
		}
	}
}

// oldest is the run that goes first: one that is over, where there is one.
func (h *History) oldest() int {
	for i, r := range slices.Backward(h.runs) {
		if r.state.over() {
			return i
		}
	}
	return len(h.runs) - 1
}

// ended notes the outcome of a run.
func (h *History) ended(r *Run, now time.Time, value json.RawMessage, err error) {
	r.ended, r.value, r.err = now, value, err
	switch {
	case err == nil:
		r.state = returned
	case errors.Is(err, nango.OutcomeUnknown):
		r.state = notKnown
	default:
		r.state = failed
	}
	h.changed()
}

// set notes that a run stands otherwise.
func (h *History) set(r *Run, s state) {
	r.state = s
	h.changed()
}
