package actions

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Timing of the polls of a background run.
const (
	firstPause = 2 * time.Second
	maxPause   = 30 * time.Second
	// attemptTimeout is how long to wait for each attempt: Nango stops each after 15 minutes.
	attemptTimeout = 15 * time.Minute
	// maxFailedPolls is how many polls in a row may fail.
	maxFailedPolls = 5
)

// wait polls the result of a background run. Nango gives the same response for a run in progress, an unknown run and
// a result that is null, so it has a deadline.
type wait struct {
	run     *Run
	history *History
	page    *Page
	result  screen.Load[json.RawMessage]

	startedAt time.Time // when polling started
	deadline  time.Time
	polls     screen.Backoff
	failed    int
	timedOut  bool
}

func (w *wait) start(t *screen.Turn) {
	w.polls.Start(t.Now)
	w.startedAt, w.failed = t.Now, 0
	w.deadline, w.timedOut = t.Now.Add(w.timeout()), false
	w.run.err, w.run.end = nil, time.Time{}
	w.history.setState(w.run, waiting)
	t.Watch(w)
}

func (w *wait) timeout() time.Duration { return attemptTimeout * time.Duration(1+w.run.retries) }

// stop ends polling; the run continues.
func (w *wait) stop(t *screen.Turn) {
	w.result.Cancel(t)
	w.history.setState(w.run, untracked)
}

func (w *wait) Title() string {
	return w.run.input.Name + " on " + cmp.Or(w.run.customer, w.run.input.Connection.String())
}

func (w *wait) Screen() screen.Screen { return w.page }

// QuitWarning says what is lost if the program ends now.
func (w *wait) QuitWarning() string { return textQuitWarning }

// Next is the pause before the next poll, so that the last one is at the deadline; 0 after the end.
func (w *wait) Next(now time.Time) time.Duration {
	if w.run.state != waiting {
		return 0
	}
	return w.polls.PauseUntil(now, w.deadline)
}

// Poll loads the result, unless the start was not answered yet or a load is in progress.
func (w *wait) Poll(t *screen.Turn) {
	if w.run.state != waiting || w.run.id == "" || w.result.IsLoading() {
		return
	}
	w.polls.Polled(t.Now)
	w.result.Fetch(t, nango.GetActionResult(w.run.id), w.handleResult)
}

func (w *wait) handleResult(t *screen.Turn) {
	err := w.result.Err
	switch {
	case w.run.state != waiting: // stopped meanwhile: a late result is left for another poll
	case err == nil:
		w.history.finish(w.run, t.Now, w.result.Value, nil)
		w.result.Value = nil // kept in the history
		t.Toast(w.Title() + " returned")
	case errors.Is(err, nango.ResultPending):
		w.failed = 0
		w.checkDeadline(t)
	case isTransient(err) && w.failed+1 < maxFailedPolls:
		w.failed++
		w.checkDeadline(t)
	case isTransient(err) || isPermanent(err):
		w.history.setState(w.run, untracked)
		t.Toast(w.Title() + textResultFailed + err.Error())
	default:
		w.history.finish(w.run, t.Now, nil, err)
		t.Toast(w.Title() + " failed: " + err.Error())
	}
}

func (w *wait) checkDeadline(t *screen.Turn) {
	if t.Now.Before(w.deadline) {
		return
	}
	w.timedOut = true
	w.history.setState(w.run, untracked)
	t.Toast(w.Title() + ": " + w.timeoutText())
}

// timeoutText says what may have happened if there is no result at the deadline.
func (w *wait) timeoutText() string {
	return fmt.Sprintf(textTimeout, int(w.timeout()/time.Minute))
}

// isTransient reports whether a poll failed, not the run, so that the next poll may succeed. If Nango can't reach its
// runner, it answers action_script_failure, which isn't the function's error.
func isTransient(err error) bool {
	return isOneOf(err, nango.Network, nango.Timeout, nango.RateLimited, nango.ServerFailed, nango.Canceled, nango.Malformed)
}

// isPermanent reports whether polling again is useless: the key lacks a scope, or the server can't answer.
func isPermanent(err error) bool {
	return isOneOf(err, nango.Forbidden, nango.Unauthorized, nango.NotNango, nango.Redirected, nango.RejectedLocally)
}

func isOneOf(err error, kinds ...nango.Kind) bool {
	return slices.ContainsFunc(kinds, func(kind nango.Kind) bool { return errors.Is(err, kind) })
}
