// Package sessions has the screens for connect sessions: the form that creates a link for a customer, the reconnect
// of a broken connection, the page that shows a link, and the watches that wait for the customer.
//
// Like any area, it may know models/screen, nango, ui and internal/jsontext, but no other area. A link is the only
// secret that is drawn, and only its page and its QR code draw it.
package sessions

import (
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Names of this area's routes.
const (
	// LinkRoute is the form for a connect link. Its query can have integration (repeated, or with commas) and
	// tag.<key>.
	LinkRoute = "link"
	// ReconnectRoute has an integration key and a connection id as its arguments.
	ReconnectRoute = "reconnect"
)

// IDs of the actions.
const (
	// CopyLink copies the link again.
	CopyLink screen.ActionID = "link.copy"
	// ResumeSyncs resumes the syncs that were found paused after a reconnect.
	ResumeSyncs screen.ActionID = "link.resumeSyncs"
	// ShowQR shows the link as a QR code.
	ShowQR screen.ActionID = "link.qr"
	// Revoke revokes the link.
	Revoke screen.ActionID = "link.revoke"
	// LinkContent shows what anyone with the link can read.
	LinkContent screen.ActionID = "link.seen"
	// OpenConnection opens the connection that the link has led to.
	OpenConnection screen.ActionID = "link.open"
	// FetchConnection fetches the connection if the list can't show its reconnect.
	FetchConnection screen.ActionID = "link.look"
	// CopyMetadata copies the metadata from before the reconnect.
	CopyMetadata screen.ActionID = "link.metadata"
	// ReadConnection reads the connection with all details, so that nothing of it is lost.
	ReadConnection screen.ActionID = "reconnect.read"
	// MakeReconnect creates the reconnect link.
	MakeReconnect screen.ActionID = "reconnect.make"
)

// sessionLife is how long a connect session is valid. Using it doesn't end it (seen on v0.71.4).
const sessionLife = 30 * time.Minute

// clockSkew is the maximum difference between the server's expiry and ours that is attributed to a wrong clock rather
// than to another lifetime.
const clockSkew = 10 * time.Minute

// expiry is when a new session expires, by the local clock. The server's expiry is only used if it means another
// lifetime.
func expiry(now time.Time, s nango.Session) time.Time {
	left := s.ExpiresAt.Sub(now)
	if left <= 0 || (left-sessionLife).Abs() < clockSkew {
		return now.Add(sessionLife)
	}
	return s.ExpiresAt
}

// createdAt is when a session was created, by the server's clock if known, which also sets the times of connections.
func createdAt(now time.Time, s nango.Session) time.Time {
	if s.ExpiresAt.IsZero() || s.ExpiresAt.Sub(now) > sessionLife+clockSkew {
		return now
	}
	return s.ExpiresAt.Add(-sessionLife)
}
