// Package guard decides what may be sent with a profile, when, and after which question: by the effect of the request, the
// profile, its arming, what responses have shown that its key and server can't do, and what the user has confirmed.
//
// It is pure: time is a parameter, nothing is sent, and nothing in it knows of keys, screens or a terminal. Everything that
// sends asks it: the dashboard, its watches and background work. It may know requests (nango) and nothing else.
package guard

import (
	"time"

	"nango-tui/nango"
)

// Guard decides for one connected profile. A nil Guard stands for no profile: it allows nothing.
type Guard struct {
	profile    Profile
	armedUntil time.Time
	// proven means that the server has answered this key as Nango does.
	proven bool
	// limits are the operations that can't be done, and works those that succeeded.
	limits map[nango.Operation]*Denial
	works  map[nango.Operation]bool
}

// New returns the guard of a profile that was just connected: it is not armed.
func New(p Profile) *Guard {
	return &Guard{profile: p, limits: map[nango.Operation]*Denial{}, works: map[nango.Operation]bool{}}
}

// Arm allows changes in production until the profile's arming time is over.
func (g *Guard) Arm(now time.Time) { g.armedUntil = now.Add(g.profile.ArmingTime()) }

// Disarm ends arming.
func (g *Guard) Disarm() { g.armedUntil = time.Time{} }

// ArmedUntil is when arming ends or has ended; zero if the profile is not armed.
func (g *Guard) ArmedUntil() time.Time { return g.armedUntil }

// IsArmed reports whether the profile is armed now.
func (g *Guard) IsArmed(now time.Time) bool { return now.Before(g.armedUntil) }

// ArmedFor is how long the profile stays armed; 0 if it isn't.
func (g *Guard) ArmedFor(now time.Time) time.Duration { return max(g.armedUntil.Sub(now), 0) }

// Check returns why a request of the operation with this effect can't be sent now, even after a confirmation; nil if it can.
func (g *Guard) Check(op nango.Operation, effect nango.Effect, now time.Time) *Denial {
	if d := g.checkProfile(op, effect, now); d != nil {
		return d
	}
	return g.Limit(op)
}

// checkProfile returns why the profile doesn't allow an operation with this effect now.
func (g *Guard) checkProfile(op nango.Operation, effect nango.Effect, now time.Time) *Denial {
	switch {
	case g == nil:
		return &Denial{Reason: NotConnected}
	case effect == nango.Reads:
		return nil
	case g.profile.ReadOnly && effect == nango.Refreshes && g.profile.MayRefresh:
		return nil
	case g.profile.ReadOnly:
		return &Denial{Reason: ReadOnly, Profile: g.profile.Name}
	case effect == nango.Refreshes || op.NeedsNoArming():
		return nil
	}
	return g.checkArmed(now)
}

func (g *Guard) checkArmed(now time.Time) *Denial {
	if g.profile.Production && !g.IsArmed(now) {
		return &Denial{Reason: NotArmed, Profile: g.profile.Name}
	}
	return nil
}

// Decision is what is done with a request.
type Decision int

// The decisions.
const (
	// Deny means that the request is not sent.
	Deny Decision = iota
	// Ask means that the request is sent after the user confirms it in a dialog.
	Ask
	// Send means that the request is sent at once.
	Send
)

// Decide says what to do with a request that was not confirmed yet. Named is the effect of the user's action that led to it;
// zero if no action did. Seen means that the form it comes from has been on the terminal long enough to be read: only then can a
// form stand for a dialog. The denial is nil unless the decision is [Deny].
func (g *Guard) Decide(call nango.Call, named nango.Effect, seen bool, now time.Time) (Decision, *Denial) {
	if d := g.Check(call.Operation, call.Effect, now); d != nil {
		return Deny, d
	}
	isNamed := named >= call.Effect
	switch {
	case call.Effect == nango.Reads:
		return Send, nil
	case call.Effect == nango.Refreshes && isNamed && !g.profile.Production:
		return Send, nil
	case call.Operation.FormIsDialog() && isNamed && seen:
		return Send, nil
	}
	return Ask, nil
}

// CheckRead returns the error that a screen gets instead of a response to a read; nil if the read can be sent. A missing scope
// doesn't stop it: reading again shows whether the key has it by now.
func (g *Guard) CheckRead(call nango.Call, now time.Time) error {
	switch d := g.Check(call.Operation, call.Effect, now); {
	case d == nil || d.Reason == MissingScope:
		return nil
	case d.Err != nil:
		return d.Err
	default:
		return d
	}
}
