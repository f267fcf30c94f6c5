package models

import (
	"time"

	"nango-tui/models/screen"
)

// reloadDue says that what is on top may have to be read again.
type reloadDue struct{}

// reloadOld reads again what is on top if its data is older than the interval of its profile, at once when the user comes back to
// it. It does so in the background, within the share of the budget for that, and only while the terminal has the focus and nothing
// covers the screen. After a failure it waits for the interval.
func (a *App) reloadOld() {
	e := a.top()
	if e == nil || !a.focused || a.overlay != nil || !reloadsByItself(e) || len(e.fetches) > 0 {
		return
	}
	now := a.config.Now()
	if e.reloading { // it has ended: a long one isn't followed by the next at once
		e.reloading, e.triedAt = false, now
	}
	interval, _ := e.profile.Profile.ReloadInterval()
	if f, ok := e.screen.(screen.Follower); ok && f.FollowInterval() > 0 {
		interval = min(interval, f.FollowInterval())
	}
	due := e.dataTime().Add(interval)
	if due.After(now) {
		a.setReload(now, due)
		return
	}
	e.reloading, e.triedAt = true, now
	a.turn(e, func(t *screen.Turn) {
		t.Background = true
		e.screen.Refresh(t)
	})
}

// setReload sets a timer unless one comes earlier. A timer can't be canceled, and one for every key would pile up.
func (a *App) setReload(now, due time.Time) {
	if !a.reloadAt.IsZero() && !due.Before(a.reloadAt) {
		return
	}
	a.reloadAt = due
	a.do(a.config.After(due.Sub(now), reloadDue{}))
}

// reloadsByItself reports whether the screen shows data that is read again by its age.
func reloadsByItself(e *entry) bool {
	polled, ok := e.screen.(screen.AutoRefresher)
	if !ok || e.profile == nil || !polled.AutoRefresh() {
		return false
	}
	_, byItself := e.profile.Profile.ReloadInterval()
	return byItself
}

// dataTime is when the data of the screen was read, or the last try to do so.
func (e *entry) dataTime() time.Time {
	if dated, ok := e.screen.(screen.Timestamped); ok && dated.LoadedAt().After(e.triedAt) {
		return dated.LoadedAt()
	}
	return e.triedAt
}
