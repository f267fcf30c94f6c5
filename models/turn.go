package models

import (
	"nango-tui/models/records"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// newTurn returns a turn for what belongs to the profile; nil if none is connected.
func (a *App) newTurn(p *ActiveProfile) *screen.Turn {
	t := &screen.Turn{Now: a.config.Now(), Mask: a.mask}
	if p != nil {
		t.Profile, t.Store = a.state(p), p.store
	}
	return t
}

// turn calls the screen and carries out what it wants. No action of the user led to it.
func (a *App) turn(e *entry, call func(*screen.Turn)) {
	a.call(screenOrigin(e), call)
}

// call calls a screen or a watch and carries out what it wants.
func (a *App) call(o origin, call func(*screen.Turn)) {
	t := a.newTurn(o.profile)
	t.Background = o.asker == byWatch
	call(t)
	a.carryOut(o, t)
}

// notify tells the screen on top that something may have changed.
func (a *App) notify() {
	if e := a.top(); e != nil {
		if observer, ok := e.screen.(screen.Observer); ok {
			a.turn(e, observer.Notify)
		}
	}
}

// runAction calls the screen for an action of the user, whose effect decides what is sent without a further question. The entry
// is nil before the first screen is there; then the action is one of App's own.
func (a *App) runAction(e *entry, action screen.Action) {
	o := origin{asker: byScreen, entry: e, profile: a.profileOf(e), named: action.Effect()}
	if o.profile != nil && action.ID == screen.Refresh {
		o.profile.guard.ForgetScopes()
	}
	a.call(o, action.Do)
}

// profileOf is the profile of an entry, which need not be the one on the screen; the active one if there is no entry.
func (a *App) profileOf(e *entry) *ActiveProfile {
	if e != nil {
		return e.profile
	}
	return a.active
}

// clientFor is the profile's client for a read: in the background, and as one of many, it yields to the user's.
func clientFor(p *ActiveProfile, w screen.FetchWant) *nango.Client {
	switch {
	case w.Background:
		return p.Client.Background()
	case w.Bulk:
		return p.Client.Bulk()
	}
	return p.Client
}

// tools is what work and requests of the profile may use.
func (a *App) tools(p *ActiveProfile) screen.Tools {
	tools := screen.NewTools(p.Client, a.config.Files, a.config.Secrets)
	tools.Query, tools.Runs, tools.Now = records.Query, p.Runs, a.config.Now
	return tools
}
