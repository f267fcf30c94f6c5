package models

import (
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// defaultArm is how long a production profile stays armed where the profile does not say.
const defaultArm = 15 * time.Minute

// Profile is an environment of a Nango server, and how carefully it is treated.
type Profile struct {
	Name string
	Host string
	// Production asks for arming before anything is changed. A profile that does not say it is not, is.
	Production bool
	// ReadOnly sends nothing but reads. MayRefresh lets reads through that may refresh a token.
	ReadOnly, MayRefresh bool
	// Insecure says that the key goes over http to another machine, which the profile asked for.
	Insecure bool
	// ArmFor is how long arming lasts; a quarter of an hour where it is zero.
	ArmFor time.Duration
}

// ActiveProfile is a profile that is connected: its client, and what is kept for it.
type ActiveProfile struct {
	Profile Profile
	Client  *nango.Client
	Limiter *nango.Limiter
	// Theme is the profile's theme; nil keeps the current one.
	Theme *ui.Theme
	// Close ends what was started for the profile, such as an embedded server. Active profiles may share that, so it may be
	// called more than once. Nil where there is nothing.
	Close func() error

	armedUntil time.Time
	// proven says that the server has answered as Nango to this key.
	proven bool
	// ownerAsked says that a read was sent to learn what the key belongs to.
	ownerAsked bool
	limits     limits
}

func (s *ActiveProfile) armed(now time.Time) bool { return now.Before(s.armedUntil) }

func (s *ActiveProfile) arm(now time.Time) { s.armedUntil = now.Add(s.armingLasts()) }

func (s *ActiveProfile) armingLasts() time.Duration {
	if s.Profile.ArmFor > 0 {
		return s.Profile.ArmFor
	}
	return defaultArm
}

// armedFor is how long the session stays armed.
func (s *ActiveProfile) armedFor(now time.Time) time.Duration { return max(s.armedUntil.Sub(now), 0) }

func (s *ActiveProfile) disarm() { s.armedUntil = time.Time{} }

func (s *ActiveProfile) state(now time.Time, remote bool) screen.ProfileState {
	return screen.ProfileState{
		ID: s.Profile.Name, Host: s.Profile.Host, Owner: s.Client.Owner(), Fingerprint: s.Client.Fingerprint(),
		Production: s.Profile.Production, ReadOnly: s.Profile.ReadOnly, Armed: s.armed(now), Remote: remote,
	}
}
