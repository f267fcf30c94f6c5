package guard

import (
	"slices"
	"time"

	"nango-tui/nango"
)

// FutureRequest is a request that is approved before it can be made: its operation and the connection it is about.
type FutureRequest struct {
	Operation nango.Operation
	About     nango.ConnectionRef
}

// Approval is a confirmation that also covers requests to be sent later. Only [Guard.Approve] makes one that covers anything.
type Approval struct {
	guard  *Guard
	covers []FutureRequest
	// unarmed means that the confirmed request needed no arming, so that those it covers need none either.
	unarmed bool
}

// Approve returns the approval that comes with the user's confirmation of call; nil if it covers no later request.
func (g *Guard) Approve(call nango.Call, later []FutureRequest) *Approval {
	if len(later) == 0 {
		return nil
	}
	return &Approval{guard: g, covers: slices.Clone(later), unarmed: call.Operation.NeedsNoArming()}
}

// Covers reports whether the confirmation covered the call: the same operation about the same connection.
func (a *Approval) Covers(call nango.Call) bool {
	return a != nil && slices.Contains(a.covers, FutureRequest{call.Operation, call.About})
}

// CheckApproved returns why a request can't be sent by an earlier confirmation; nil if it can. The confirmation must have been
// given in this profile and cover the request, and the profile must still allow it. In production it must still be armed,
// unless the confirmation was that of a link, which needs no arming.
func (g *Guard) CheckApproved(a *Approval, call nango.Call, now time.Time) *Denial {
	if g == nil {
		return &Denial{Reason: NotConnected}
	}
	if a == nil || a.guard != g || !a.Covers(call) {
		return &Denial{Reason: NotApproved}
	}
	d := g.Check(call.Operation, call.Effect, now)
	if d != nil && d.Reason == NotArmed && a.unarmed {
		return g.Limit(call.Operation)
	}
	return d
}
