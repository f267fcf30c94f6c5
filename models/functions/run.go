package functions

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Timing of the polls of a run. A dry run may take eight minutes, after waiting in a queue.
const (
	firstPause = time.Second
	maxPause   = 10 * time.Second
	// maxWait is how long a run is polled at all.
	maxWait = 30 * time.Minute
	// maxFailures is how many polls in a row may fail.
	maxFailures = 5
)

type runStatus struct {
	nango.FunctionRun
	// result is what the code of a dry run returned; nil if nothing.
	result   json.RawMessage
	deployed []nango.DeployedFunction
}

func dryRunStatus(d nango.DryRun) runStatus {
	return runStatus{FunctionRun: d.FunctionRun, result: d.Result}
}

func deploymentStatus(d nango.Deployment) runStatus {
	return runStatus{FunctionRun: d.FunctionRun, deployed: d.Functions}
}

// run is a dry run or a deployment that was started here. It is polled until it ends, even if its page is left, since
// it continues at Nango.
type run struct {
	// label is "Dry run" or "Deployment".
	label       string
	integration string
	name        string // of the function or the file
	kind        nango.FunctionType
	connection  nango.ConnectionRef // of a dry run
	file        *file               // the code that was sent; nil for a template
	fetchStatus func(id string) nango.Read[runStatus]
	// changes is the call that a successful end completes; zero if the run changes nothing.
	changes nango.Call

	load     screen.Load[runStatus]
	status   runStatus
	start    time.Time
	endedAt  time.Time // zero until it has ended
	polls    screen.Backoff
	failures int
	pollErr  error // why it is no longer polled
	page     *runPage
}

func (r *run) watch(t *screen.Turn, now runStatus) {
	r.status, r.start = now, t.Now
	r.polls = screen.Backoff{First: firstPause, Max: maxPause}
	if now.State == nango.RunSuccess {
		r.endedAt = t.Now
		return
	}
	t.Watch(r) // also if it has already failed: only a poll returns the reason
}

func (r *run) Title() string { return r.label + " of " + r.name }

// Screen is the page of the run. It is always the same one, so that it can't be opened over itself.
func (r *run) Screen() screen.Screen {
	if r.page == nil {
		r.page = &runPage{run: r}
	}
	return r.page
}

func (r *run) hasEnded() bool { return !r.endedAt.IsZero() || r.pollErr != nil }

// Next is the pause before the next poll; 0 after the end.
func (r *run) Next(time.Time) time.Duration {
	if r.hasEnded() {
		return 0
	}
	return r.polls.Pause()
}

func (r *run) Poll(t *screen.Turn) {
	if r.hasEnded() || r.load.IsLoading() {
		return
	}
	r.polls.Polled(t.Now)
	r.load.Fetch(t, r.fetchStatus(r.status.ID), r.handleStatus)
}

func (r *run) handleStatus(t *screen.Turn) {
	if err := r.load.Err; err != nil {
		if r.failures++; r.failures >= maxFailures || isPermanent(err) {
			r.pollErr = err
			t.Toast(r.Title() + textCantTrack + err.Error())
		}
		return
	}
	r.failures, r.status = 0, r.load.Value
	switch {
	case r.status.State.Ended():
		r.endedAt = t.Now
		t.Toast(r.summary())
		if !r.hasFailed() {
			t.Changed(r.changes)
		}
	case t.Now.Sub(r.start) > maxWait:
		r.pollErr = fmt.Errorf(textNotEnded, maxWait)
		t.Toast(r.Title() + ": " + r.pollErr.Error())
	}
}

// isPermanent reports whether polling again is useless.
func isPermanent(err error) bool {
	return errors.Is(err, nango.NotFound) || errors.Is(err, nango.Forbidden) || errors.Is(err, nango.Unauthorized) ||
		errors.Is(err, nango.NotNango)
}

func (r *run) hasFailed() bool { return r.status.State == nango.RunFailed }

func (r *run) summary() string {
	switch {
	case r.pollErr != nil:
		return r.Title() + textOutcomeUnknown
	case !r.status.State.Ended():
		return r.Title() + ": " + string(r.status.State)
	case r.hasFailed() && r.status.Failure != nil:
		return r.Title() + " failed: " + r.status.Failure.Message
	case r.hasFailed():
		return r.Title() + " failed"
	case len(r.status.deployed) > 0:
		return r.Title() + " succeeded: " + deployedNames(r.status.deployed)
	}
	return r.Title() + " succeeded"
}

// maxDeployed is the maximum number of functions that a text names.
const maxDeployed = 5

func deployedNames(all []nango.DeployedFunction) string {
	var names []string
	for _, one := range all[:min(len(all), maxDeployed)] {
		names = append(names, strings.TrimSpace(one.Name+" "+one.Version))
	}
	text := strings.Join(names, ", ")
	if more := len(all) - maxDeployed; more > 0 {
		text += " and " + count(more) + " more"
	}
	return text
}
