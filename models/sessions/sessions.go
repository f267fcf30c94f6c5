// Package sessions is connect sessions on the screen: the form that makes a link for a customer, the reconnect
// of a broken connection, the page that shows the link, and the waiting for what the customer does with it.
//
// It may know requests, widgets and what a screen is made of, and no other area. A link is the one secret that
// is drawn, and the page and its QR code are the only places that draw it.
package sessions

import (
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Names of the routes that lead here.
const (
	// LinkRoute is the form for a connect link. The query may fill it in: integration (repeated, or with
	// commas) and tag.<key>.
	LinkRoute = "link"
	// ReconnectRoute has an integration's key and a connection id as its arguments.
	ReconnectRoute = "reconnect"
)

// Ids of the actions.
const (
	// CopyLink sends the link to the clipboard once more.
	CopyLink screen.ActionID = "link.copy"
	// ShowQR shows the link as a QR code.
	ShowQR screen.ActionID = "link.qr"
	// Revoke ends the link before its time.
	Revoke screen.ActionID = "link.revoke"
	// SeenByHolder shows what whoever has the link reads by it.
	SeenByHolder screen.ActionID = "link.seen"
	// OpenConnection opens the connection that the link has led to.
	OpenConnection screen.ActionID = "link.open"
	// Look fetches the connection whose reconnect the list cannot tell.
	Look screen.ActionID = "link.look"
	// CopyMetadata copies the metadata that is to be put back.
	CopyMetadata screen.ActionID = "link.metadata"
	// ReadWhole reads the connection whole, so that nothing of it is lost.
	ReadWhole screen.ActionID = "reconnect.read"
	// MakeReconnect makes the reconnect link.
	MakeReconnect screen.ActionID = "reconnect.make"
)

// sessionLife is how long a connect session lives; using it does not end it (seen on v0.71.4).
const sessionLife = 30 * time.Minute

// clockSkew is how far the server's idea of a link's end may be from ours before it is taken for another lifetime
// and not for a clock that is wrong.
const clockSkew = 10 * time.Minute

// untilWhen is when a session that was just made ends, by this machine's clock. What the server says is only
// believed where it means another lifetime.
func untilWhen(now time.Time, s nango.Session) time.Time {
	left := s.ExpiresAt.Sub(now)
	if left <= 0 || (left-sessionLife).Abs() < clockSkew {
		return now.Add(sessionLife)
	}
	return s.ExpiresAt
}

// madeAt is when a session was made, by the server's clock where that can be told: connections bear its times.
func madeAt(now time.Time, s nango.Session) time.Time {
	if s.ExpiresAt.IsZero() || s.ExpiresAt.Sub(now) > sessionLife+clockSkew {
		return now
	}
	return s.ExpiresAt.Add(-sessionLife)
}
