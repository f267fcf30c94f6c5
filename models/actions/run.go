package actions

import (
	"cmp"
	"encoding/json"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

type runRequest struct {
	input    nango.ActionInput
	customer string
	// async runs the action in the background, with a number of retries after a failure.
	async   bool
	retries int
}

func (o runRequest) about() string {
	where := o.input.Connection.Integration + " · " + o.input.Connection.ID
	if o.customer == "" || o.customer == o.input.Connection.ID {
		return where
	}
	return o.customer + " · " + where
}

// target is about for a dialog: App adds the customer if the form doesn't know it.
func (o runRequest) target() string {
	if o.customer == "" || o.customer == o.input.Connection.ID {
		return o.input.Connection.String()
	}
	return o.customer + " · " + o.input.Connection.String()
}

func (o runRequest) operation() nango.Operation {
	if o.async {
		return nango.OpActionStart
	}
	return nango.OpActionRun
}

type state int

const (
	running   state = iota // no response yet
	waiting                // in the background, and polled
	untracked              // in the background as far as known, and not polled
	returned               // end with a result
	failed                 // end with an error, or never started
	unknown                // no response, so the outcome is unknown
)

// isInactive reports whether the state stays until the user does something.
func (s state) isInactive() bool { return s >= untracked }

// Run is one run of an action.
type Run struct {
	runRequest
	number int
	// profile, host and key say where it ran; the key is a fingerprint.
	profile, host, key string
	start, end         time.Time
	state              state
	// id is Nango's id of a background run.
	id    string
	value json.RawMessage
	err   error
	// discarded is whether input and result are no longer kept.
	discarded bool
	// wait polls the run; nil if it never did.
	wait *wait
}

// size is the size of the kept data, in bytes.
func (r *Run) size() int {
	n := len(r.input.Input) + len(r.value)
	if e, ok := nango.AsError(r.err); ok {
		n += len(e.Payload())
	}
	return n
}

// discard drops everything but the outcome.
func (r *Run) discard() {
	r.discarded, r.value, r.input.Input = true, nil, nil
	if e, ok := nango.AsError(r.err); ok {
		r.err = &nango.Error{Operation: e.Operation, About: e.About, Kind: e.Kind, Status: e.Status, Code: e.Code, Message: e.Message,
			OutcomeUnknown: e.OutcomeUnknown}
	}
}

func (r *Run) duration(now time.Time) time.Duration {
	if !r.end.IsZero() {
		now = r.end
	}
	return max(now.Sub(r.start), 0)
}

// otherProfile is why the run can't be repeated in the current profile.
func (r *Run) otherProfile(w screen.ProfileState) string {
	switch {
	case r.profile != w.Name || r.host != w.Host:
		return "it ran in " + r.profile + textSwitchProfile
	case r.key != w.Fingerprint:
		return "it ran in " + r.profile + textAnotherKey
	}
	return ""
}

// notRepeatable is why the run can't be repeated, with or without other input.
func (r *Run) notRepeatable(w screen.ProfileState) string {
	return cmp.Or(r.otherProfile(w), screen.DisabledIf(r.discarded, textInputDiscarded))
}

func (r *Run) stillRunning() string { return screen.DisabledIf(r.state == running, textStillRunning) }

func (r *Run) outcomeCell() ui.Cell {
	switch r.state {
	case running:
		return ui.Styled(ui.RoleAccent, "… running")
	case waiting:
		return ui.Styled(ui.RoleAccent, "◌ waiting")
	case untracked:
		return ui.Styled(ui.RoleWarn, textNoResultYet)
	case returned:
		return ui.Styled(ui.RoleGood, "✓ returned")
	case unknown:
		return ui.Styled(ui.RoleWarn, "? unknown")
	}
	var origin nango.Origin
	if e, ok := nango.AsError(r.err); ok {
		origin = e.Origin()
	}
	switch origin {
	case nango.OriginProvider:
		return ui.Styled(ui.RoleBad, "✗ provider failed")
	case nango.OriginFunction:
		return ui.Styled(ui.RoleBad, "✗ function failed")
	case nango.OriginNango:
		return ui.Styled(ui.RoleBad, "✗ Nango refused")
	}
	return ui.Styled(ui.RoleBad, "✗ not sent")
}
