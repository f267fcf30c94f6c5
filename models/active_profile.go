package models

import (
	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// ActiveProfile is a profile that is connected: its client, and what is kept for it.
type ActiveProfile struct {
	Profile guard.Profile
	Client  *nango.Client
	Limiter *nango.Limiter
	// Journal has what was sent in this profile and others that did more than read; nil if nothing is recorded.
	Journal screen.Journal
	// Runs keeps plans and progress of runs of many requests; nil if they are not kept.
	Runs screen.RunFiles
	// Theme is the profile's theme; nil keeps the current one.
	Theme *ui.Theme
	// Close ends what was started for the profile, such as an embedded server. Active profiles may share that, so it may be
	// called more than once. Nil means that there is nothing to end.
	Close func() error

	guard *guard.Guard
	store *screen.Store
	// ownerAsked means that a read was sent to learn what the key belongs to.
	ownerAsked bool
}

// guardOf is the guard of a profile; nil, which allows nothing, if no profile is connected.
func guardOf(p *ActiveProfile) *guard.Guard {
	if p == nil {
		return nil
	}
	return p.guard
}

// state is the profile as its screens see it now.
func (a *App) state(p *ActiveProfile) screen.ProfileState {
	return screen.ProfileState{
		Profile: p.Profile, Owner: p.Client.Owner(), Fingerprint: p.Client.Fingerprint(),
		Armed: p.guard.IsArmed(a.config.Now()), Limit: p.Client.Budget().Limit, Remote: a.config.Remote,
	}
}
