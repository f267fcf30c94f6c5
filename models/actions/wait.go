package actions

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// How often is asked for the result of a run: soon at first, then more and more rarely.
const (
	firstPause = 2 * time.Second
	maxPause   = 30 * time.Second
	// patience is how long is waited at most for each time that the action may be run: Nango gives each a quarter of an
	// hour.
	patience = 15 * time.Minute
	// maxFailedLooks is how many looks may fail one after the other before nobody looks any more.
	maxFailedLooks = 5
)

// wait waits for the result of a run that goes on by itself. Nango says the same of one that runs, of one that it does not
// know and of a result that is null: so it has a deadline.
type wait struct {
	run     *Run
	history *History
	page    *Page
	result  screen.Load[json.RawMessage]

	since time.Time // when the waiting began
	until time.Time
	polls screen.Backoff
	// failed is how many polls have failed since the last that did not.
	failed int
	// gaveUp says that the deadline was reached.
	gaveUp bool
}

func newWait(h *History, r *Run, page *Page) *wait {
	polls := screen.Backoff{First: firstPause, Max: maxPause}
	return &wait{run: r, history: h, page: page, polls: polls}
}

// begin begins to wait, or begins again.
func (w *wait) begin(t *screen.Turn) {
	w.polls.Start(t.Now)
	w.since, w.failed = t.Now, 0
	w.until, w.gaveUp = t.Now.Add(w.patience()), false
	w.run.err, w.run.ended = nil, time.Time{}
	w.history.set(w.run, waited)
	t.Watch(w)
}

func (w *wait) patience() time.Duration { return patience * time.Duration(1+w.run.retries) }

// stop ends the waiting; the run goes on.
func (w *wait) stop(t *screen.Turn) {
	w.result.Cancel(t)
	w.history.set(w.run, unheard)
}

// Title says what is waited for.
func (w *wait) Title() string {
	return w.run.input.Name + " on " + cmp.Or(w.run.customer, w.run.input.Connection.ID)
}

// Screen is the page of the run.
func (w *wait) Screen() screen.Screen { return w.page }

// QuitWarning is what would be left undone if nobody waited any more.
func (w *wait) QuitWarning() string { return "it runs on, and what comes of it would not be told" }

// Next is how long to wait before the next look, so that the last falls on the deadline. Zero when all is over.
func (w *wait) Next(now time.Time) time.Duration {
	if w.run.state != waited {
		return 0
	}
	return w.polls.PauseUntil(now, w.until)
}

// Poll looks once, unless the start has not been answered yet or a look is under way.
func (w *wait) Poll(t *screen.Turn) {
	if w.run.state != waited || w.run.id == "" || w.result.IsLoading() {
		return
	}
	w.polls.Polled(t.Now)
	w.result.Fetch(t, nango.GetActionResult(w.run.id), w.look)
}

func (w *wait) look(t *screen.Turn) {
	err := w.result.Err
	switch {
	case w.run.state != waited: // it was stopped meanwhile, and what came late is left for another look
	case err == nil:
		w.history.ended(w.run, t.Now, w.result.Value, nil)
		w.result.Value = nil // the history has it
		t.Toast(w.Title() + " returned")
	case errors.Is(err, nango.ResultPending):
		w.failed = 0
		w.atDeadline(t)
	case transient(err) && w.failed+1 < maxFailedLooks:
		w.failed++
		w.atDeadline(t)
	case transient(err) || refused(err):
		w.history.set(w.run, unheard)
		t.Toast("whether " + w.Title() + " has returned cannot be seen: " + err.Error())
	default:
		w.history.ended(w.run, t.Now, nil, err)
		t.Toast(w.Title() + " failed: " + err.Error())
	}
}

// atDeadline gives up where it is time to.
func (w *wait) atDeadline(t *screen.Turn) {
	if t.Now.Before(w.until) {
		return
	}
	w.gaveUp = true
	w.history.set(w.run, unheard)
	t.Toast(w.Title() + ": " + w.noResult())
}

// noResult is what can be said when the deadline has been reached.
func (w *wait) noResult() string {
	return fmt.Sprintf("no result within %d min: it may still run, have returned null, or never have begun", int(w.patience()/time.Minute))
}

// transient says that it is the look that failed, and not the run; the next may do better. Where Nango cannot reach what runs
// actions, it says action_script_failure, which is not the function's.
func transient(err error) bool {
	for _, kind := range []nango.Kind{nango.Network, nango.Timeout, nango.RateLimited, nango.ServerFailed, nango.Canceled, nango.Malformed} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// refused says that looking again is no use: the key may not, or the server cannot.
func refused(err error) bool {
	for _, kind := range []nango.Kind{nango.Forbidden, nango.Unauthorized, nango.NotNango, nango.Redirected, nango.RejectedLocally} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
