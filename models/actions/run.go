package actions

import (
	"cmp"
	"encoding/json"
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// order is a run as it is asked for.
type order struct {
	input nango.ActionInput
	// customer is whom the connection belongs to, where that is known.
	customer string
	// async lets it run by itself; retries is how often again after a failure.
	async   bool
	retries int
}

// about names the connection in the words of its customer, where they are known.
func (o order) about() string {
	where := o.input.Connection.Integration + " · " + o.input.Connection.ID
	if o.customer == "" || o.customer == o.input.Connection.ID {
		return where
	}
	return o.customer + " · " + where
}

// operation is the one by which it is sent.
func (o order) operation() nango.Operation {
	if o.async {
		return nango.OpActionStart
	}
	return nango.OpActionRun
}

// state is how it stands with a run.
type state int

const (
	running  state = iota // its answer is out
	waited                // it runs by itself and is waited for
	unheard               // it runs by itself, as far as is known, and nobody waits
	returned              // it is over
	failed                // it is over, or was never begun
	notKnown              // nobody can say
)

// over says that nothing more is heard of it, unless somebody waits again.
func (s state) over() bool { return s >= unheard }

// Run is one run of an action.
type Run struct {
	order
	number int
	// profile, host and key say where it was run, the key by its fingerprint.
	profile, host, key string
	began, ended       time.Time
	state              state
	// id is Nango's, of a run that runs by itself.
	id    string
	value json.RawMessage
	err   error
	// forgotten says that input and result are not kept any more.
	forgotten bool
	// wait waits for it; nil where it never did.
	wait *wait
}

// size is how many bytes are kept of it.
func (r *Run) size() int {
	n := len(r.input.Input) + len(r.value)
	if e, ok := nango.AsError(r.err); ok {
		n += len(e.Payload())
	}
	return n
}

// forget lets go of all but the outcome.
func (r *Run) forget() {
	r.forgotten, r.value, r.input.Input = true, nil, nil
	if e, ok := nango.AsError(r.err); ok {
		r.err = &nango.Error{Operation: e.Operation, About: e.About, Kind: e.Kind, Status: e.Status, Code: e.Code, Message: e.Message,
			OutcomeUnknown: e.OutcomeUnknown}
	}
}

// took is how long it took, or takes by now.
func (r *Run) took(now time.Time) time.Duration {
	if !r.ended.IsZero() {
		now = r.ended
	}
	return max(now.Sub(r.began), 0)
}

// elsewhere is why it cannot be run again from where one is: it belongs to another profile.
func (r *Run) elsewhere(w screen.ProfileState) string {
	switch {
	case r.profile != w.Name || r.host != w.Host:
		return "it was run in " + r.profile + ": switch to that profile first"
	case r.key != w.Fingerprint:
		return "it was run in " + r.profile + " with another key, which may be that of another environment"
	}
	return ""
}

// notAgain is why it cannot be run again, or with other input.
func (r *Run) notAgain(w screen.ProfileState) string {
	forgotten := ""
	if r.forgotten {
		forgotten = "its input is not kept any more"
	}
	return cmp.Or(r.elsewhere(w), forgotten)
}

// under is why it is not run again yet: its answer is out.
func (r *Run) under() string {
	if r.state == running {
		return "it is just being run"
	}
	return ""
}

// origin is whose error it ended in; zero where it is none of Nango's answers.
func (r *Run) origin() nango.Origin {
	var e *nango.Error
	if errors.As(r.err, &e) {
		return e.Origin()
	}
	return 0
}

// outcome is how it stands with the run in a word or two, with a sign.
func (r *Run) outcome() ui.Cell {
	switch r.state {
	case running:
		return ui.Styled(ui.RoleAccent, "… running")
	case waited:
		return ui.Styled(ui.RoleAccent, "◌ waited for")
	case unheard:
		return ui.Styled(ui.RoleWarn, "? no result yet")
	case returned:
		return ui.Styled(ui.RoleGood, "✓ returned")
	case notKnown:
		return ui.Styled(ui.RoleWarn, "? not known")
	}
	switch r.origin() {
	case nango.OriginProvider:
		return ui.Styled(ui.RoleBad, "✗ provider failed")
	case nango.OriginFunction:
		return ui.Styled(ui.RoleBad, "✗ function failed")
	case nango.OriginNango:
		return ui.Styled(ui.RoleBad, "✗ Nango refused")
	}
	return ui.Styled(ui.RoleBad, "✗ not sent")
}
