package functions

import (
	"encoding/json"
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// How often is asked how far a run is: soon at first, then more and more rarely. A dry run has some eight minutes, and
// before that it may wait for its turn.
const (
	firstPause = time.Second
	maxPause   = 10 * time.Second
	// patience is how long is asked at all.
	patience = 30 * time.Minute
	// maxFailures is how many looks in a row may fail.
	maxFailures = 5
)

// outcome is how far a dry run or a deployment is, and what came of it.
type outcome struct {
	nango.FunctionRun
	// result is what the code of a dry run gave back; nil where there is nothing.
	result json.RawMessage
	// deployed are the functions in place.
	deployed []nango.DeployedFunction
}

func dryOutcome(d nango.DryRun) outcome { return outcome{FunctionRun: d.FunctionRun, result: d.Result} }

func deployOutcome(d nango.Deployment) outcome {
	return outcome{FunctionRun: d.FunctionRun, deployed: d.Functions}
}

// run is a dry run or a deployment that was begun here. It is followed until it ends, whether anybody looks or not: leaving
// its page changes nothing of it, since it goes on at Nango.
type run struct {
	// what it is, in a word or two: "Dry run", "Deployment".
	what        string
	integration string
	name        string // of the function, or of the file
	kind        nango.FunctionType
	on          nango.ConnectionRef // of a dry run
	file        *file               // the code that was sent; nil for a template
	look        func(id string) nango.Read[outcome]
	// changes is what it changes when it ends well; the zero Call for nothing.
	changes nango.Call

	load     screen.Load[outcome]
	now      outcome
	begun    time.Time
	at       time.Time // when its end was seen
	polls    screen.Backoff
	failures int
	lost     error // why it is not followed any more
	page     *runPage
}

// followed begins to follow what Nango has just taken.
func (r *run) followed(t *screen.Turn, now outcome) {
	r.now, r.begun = now, t.Now
	r.polls = screen.Backoff{First: firstPause, Max: maxPause}
	if now.State == nango.RunSuccess {
		r.at = t.Now
		return
	}
	t.Watch(r) // one that has failed already as well: why is only told when it is asked for
}

// Title says what is waited for.
func (r *run) Title() string { return r.what + " of " + r.name }

// Screen is the page of the run, to come back to. There is one, so that it is not opened over itself.
func (r *run) Screen() screen.Screen {
	if r.page == nil {
		r.page = &runPage{run: r}
	}
	return r.page
}

// ended says that nothing more is asked.
func (r *run) ended() bool { return !r.at.IsZero() || r.lost != nil }

// Next is how long to wait before asking again; zero when it has ended.
func (r *run) Next(time.Time) time.Duration {
	if r.ended() {
		return 0
	}
	return r.polls.Pause()
}

// Poll asks once.
func (r *run) Poll(t *screen.Turn) {
	if r.ended() || r.load.IsLoading() {
		return
	}
	r.polls.Polled(t.Now)
	r.load.Fetch(t, r.look(r.now.ID), r.looked)
}

func (r *run) looked(t *screen.Turn) {
	if err := r.load.Err; err != nil {
		if r.failures++; r.failures >= maxFailures || hopeless(err) {
			r.lost = err
			t.Toast(r.Title() + " cannot be followed any more: " + err.Error())
		}
		return
	}
	r.failures, r.now = 0, r.load.Value
	switch {
	case r.now.State.Ended():
		r.at = t.Now
		t.Toast(r.outcome())
		if !r.failed() {
			t.Changed(r.changes)
		}
	case t.Now.Sub(r.begun) > patience:
		r.lost = errors.New("it has not ended in " + patience.String() + "; it may go on at Nango")
		t.Toast(r.Title() + ": " + r.lost.Error())
	}
}

// hopeless says that asking again is no use.
func hopeless(err error) bool {
	return errors.Is(err, nango.NotFound) || errors.Is(err, nango.Forbidden) || errors.Is(err, nango.Unauthorized) ||
		errors.Is(err, nango.NotNango)
}

// failed says that it has ended, and not well.
func (r *run) failed() bool { return r.now.State == nango.RunFailed }

// outcome is what came of it, in a sentence.
func (r *run) outcome() string {
	switch {
	case r.lost != nil:
		return r.Title() + ": not known what came of it"
	case !r.now.State.Ended():
		return r.Title() + ": " + string(r.now.State)
	case r.failed() && r.now.Failure != nil:
		return r.Title() + " failed: " + r.now.Failure.Message
	case r.failed():
		return r.Title() + " failed"
	case len(r.now.deployed) > 0:
		return r.Title() + " is done: " + deployedAs(r.now.deployed)
	}
	return r.Title() + " is done"
}

// maxDeployed bounds how many functions of a deployment are named.
const maxDeployed = 5

func deployedAs(all []nango.DeployedFunction) string {
	text := ""
	for i, one := range all {
		switch {
		case i == maxDeployed:
			return text + " and " + count(len(all)-i) + " more"
		case i > 0:
			text += ", "
		}
		text += one.Name
		if one.Version != "" {
			text += " " + one.Version
		}
	}
	return text
}
