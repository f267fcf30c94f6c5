package guard

import "strings"

// Reason is why something is not allowed.
type Reason int

// The reasons.
const (
	// NotConnected means that there is no profile to send with.
	NotConnected Reason = iota + 1
	// ReadOnly means that the profile allows only reads.
	ReadOnly
	// NotArmed means that the profile is production and must be armed first.
	NotArmed
	// NeedsNoArming means that the profile isn't production, so that arming it makes no difference.
	NeedsNoArming
	// MissingScope means that the API key lacks a scope that the operation needs.
	MissingScope
	// TooOld means that the server doesn't have the operation.
	TooOld
	// NotApproved means that no confirmation covers the request.
	NotApproved
)

// Denial says that something is not allowed, and why. It says nothing about keys or screens.
type Denial struct {
	Reason Reason
	// Profile is the name of the profile that doesn't allow it; empty if the profile isn't the cause.
	Profile string
	// Scopes are the scopes of which the key needs one, for MissingScope.
	Scopes []string
	// Since is the first release that has the operation, and Err what the server answered, for TooOld.
	Since string
	Err   error
}

// Unwrap returns what the server answered, for TooOld.
func (d *Denial) Unwrap() error { return d.Err }

// Error says why, as a part of a sentence: "acme is read-only".
func (d *Denial) Error() string {
	switch d.Reason {
	case NotConnected:
		return "no profile is connected"
	case ReadOnly:
		return d.Profile + " is read-only"
	case NotArmed:
		return d.Profile + " is production and not armed"
	case NeedsNoArming:
		return d.Profile + " is not production: it needs no arming"
	case MissingScope:
		return "this API key lacks the scope " + strings.Join(d.Scopes, " or ")
	case TooOld:
		return "this server is too old: Nango has it since " + d.Since
	case NotApproved:
		return "it was not confirmed"
	}
	return "it is not allowed"
}
