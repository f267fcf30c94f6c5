package sandbox

import (
	"slices"
	"time"
)

// sessionLife is how long a connect session lives; using it does not end it.
const sessionLife = 30 * time.Minute

// session is a connect session: what the customer's link stands for.
type session struct {
	token     string
	expires   time.Time
	allowed   []string // keys of integrations; empty = all
	tags      string
	override  string
	endUser   *endUser
	defaults  *object // integrations_config_defaults
	overrides *object
	reconnect *connection // nil for a new connection
}

func (s *session) allows(key string) bool {
	return len(s.allowed) == 0 || slices.Contains(s.allowed, key)
}

// liveSession finds a session that was neither revoked nor has run out.
func (w *world) liveSession(token string, now time.Time) *session {
	s := w.sessions[token]
	if s == nil || !now.Before(s.expires) {
		return nil
	}
	return s
}
