package guard

import (
	"time"

	"nango-tui/nango"
)

// FutureRequest is a request that is approved before it can be made: its operation and the connection it is about.
type FutureRequest struct {
	Operation nango.Operation
	About     nango.ConnectionRef
	// PutsBack is the body of a request that puts back what the confirmed one changes; empty for other requests. Only that body is
	// covered, and sending it needs no arming, because the confirmed request did.
	PutsBack string
}

// Approval is a confirmation that also covers requests to be sent later. Only [Guard.Approve] makes one that covers anything.
type Approval struct {
	guard  *Guard
	covers map[FutureRequest]bool
	// unarmed means that the confirmed request needed no arming, so that those it covers need none either.
	unarmed bool
	// many means that it covers many requests like the confirmed one, and effect is the worst that one of them may have.
	many   bool
	effect nango.Effect
}

// Approve returns the approval that comes with the user's confirmation of call; nil if it covers no later request.
func (g *Guard) Approve(call nango.Call, later []FutureRequest) *Approval {
	if len(later) == 0 {
		return nil
	}
	return &Approval{guard: g, covers: setOf(later), unarmed: call.Operation.NeedsNoArming()}
}

// ApproveMany returns the approval that comes with the user's confirmation of many requests like call, see [Guard.CheckMany].
func (g *Guard) ApproveMany(call nango.Call, all []FutureRequest) *Approval {
	return &Approval{guard: g, covers: setOf(all), many: true, effect: call.Effect}
}

func setOf(all []FutureRequest) map[FutureRequest]bool {
	set := make(map[FutureRequest]bool, len(all))
	for _, r := range all {
		set[r] = true
	}
	return set
}

// Covers reports whether the confirmation covered the call: the same operation about the same connection, or about several that
// it covers each. One for many requests covers none with a worse effect than the one that was confirmed.
func (a *Approval) Covers(call nango.Call) bool {
	if a == nil || a.many && call.Effect > a.effect {
		return false
	}
	for _, about := range call.Subjects() {
		if !a.covers[FutureRequest{Operation: call.Operation, About: about}] && !a.putsBack(call) {
			return false
		}
	}
	return true
}

// putsBack reports whether the confirmation covered the call as one that puts back what was changed.
func (a *Approval) putsBack(call nango.Call) bool {
	return len(call.Body) > 0 && a.covers[FutureRequest{call.Operation, call.About, string(call.Body)}]
}

// CheckMany returns why many requests like call can't be sent now, even after a confirmation; nil if they can. It is stricter than
// [Guard.Check]: a read-only profile allows none, and production must be armed for every operation.
func (g *Guard) CheckMany(call nango.Call, now time.Time) *Denial {
	switch {
	case g == nil:
		return &Denial{Reason: NotConnected}
	case g.profile.ReadOnly:
		return &Denial{Reason: ReadOnly, Profile: g.profile.Name}
	}
	if d := g.checkArmed(now); d != nil {
		return d
	}
	return g.Limit(call.Operation)
}

// CheckApproved returns why a request can't be sent by an earlier confirmation; nil if it can. The confirmation must have been
// given in this profile and cover the request, and the profile must still allow it. In production it must still be armed,
// unless the confirmation was that of a link, which needs no arming, or the request puts back what the confirmed one changed.
func (g *Guard) CheckApproved(a *Approval, call nango.Call, now time.Time) *Denial {
	if g == nil {
		return &Denial{Reason: NotConnected}
	}
	if a == nil || a.guard != g || !a.Covers(call) {
		return &Denial{Reason: NotApproved}
	}
	if a.many {
		return g.CheckMany(call, now)
	}
	d := g.Check(call.Operation, call.Effect, now)
	if d != nil && d.Reason == NotArmed && (a.unarmed || a.putsBack(call)) {
		return g.Limit(call.Operation)
	}
	return d
}
