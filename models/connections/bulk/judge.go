package bulk

import (
	"errors"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// outcome is what an error means for the connections of a request, and why the run pauses; empty if it goes on.
type outcome struct {
	state state
	why   string
	pause string
}

// endless are errors that all further requests would have, too. The request was not carried out.
var endless = []nango.Kind{
	nango.Network, nango.Unauthorized, nango.Forbidden, nango.NotRecorded, nango.ReadOnly, nango.NotNango, nango.Redirected,
	nango.ProxyRefused, nango.Canceled, nango.Timeout,
}

// judge says what an error means.
func judge(s span, err error) outcome {
	var before *notSent
	switch {
	case err == nil:
		return outcome{state: done}
	case errors.Is(err, screen.ErrDeclined):
		return outcome{state: left, pause: textNotAllowed}
	case errors.Is(err, errLinkNotWritten):
		return outcome{failed, textOf(err), textOf(err)}
	case errors.Is(err, nango.OutcomeUnknown):
		o := outcome{unknown, textOf(err), ""}
		if is(err, endless) {
			o.pause = textOf(err)
		}
		return o
	case errors.Is(err, nango.RateLimited): // Nango didn't carry it out, and the client waits before the next request
		return outcome{state: left}
	case errors.As(err, &before) || is(err, endless):
		return outcome{left, "", textOf(err)}
	case isOneUnknown(s, err):
		return outcome{state: left}
	}
	return outcome{failed, textOf(err), ""}
}

// textOf is an error without the name of the operation, which is that of the run.
func textOf(err error) string {
	if known, ok := nango.AsError(err); ok {
		return strings.TrimPrefix(err.Error(), string(known.Operation)+": ")
	}
	return err.Error()
}

// isOneUnknown reports whether one of several connections of a request is unknown, so that none was changed.
func isOneUnknown(s span, err error) bool { return s.len() > 1 && errors.Is(err, nango.NotFound) }

func is(err error, kinds []nango.Kind) bool {
	for _, kind := range kinds {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// count counts outcomes in a row. It adds why the run pauses if there are too many, and sets how many connections the next request
// takes: half of them while one of them is unknown.
func (r *Run) count(s span, o outcome, err error) outcome {
	switch {
	case errors.Is(err, nango.RateLimited):
		if r.waits++; r.waits > maxWaits {
			o.pause = textOf(err)
		}
		return o
	case err == nil:
		r.inARow = 0
		r.chunk = min(r.chunk*2, r.change.perRequest)
	case isOneUnknown(s, err):
		r.chunk, r.until = (s.len()+1)/2, s.to
	case o.state == failed:
		r.inARow++
	}
	if r.waits = 0; r.inARow >= maxInARow {
		o.pause, r.inARow = fmt.Sprintf(textInARow, maxInARow, textOf(err)), 0
	}
	return o
}
