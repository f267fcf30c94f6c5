package models

import (
	"time"

	"nango-tui/models/screen"
)

const (
	// toastTime is how long a message stays that is not an error.
	toastTime = 4 * time.Second
	// listsEvery is how often the list on top is read again by itself.
	listsEvery = 5 * time.Minute
	// redrawEvery is how often ages are drawn again where no clock runs: they are told in minutes at the finest.
	redrawEvery = time.Minute
)

// clockTick draws again. Its number tells the newest from those that a faster clock has replaced; zero is a tick
// of no series.
type clockTick struct{ number int }

// pollLists says that it is time to read the list on top again.
type pollLists struct{}

// tick begins the two timers that run as long as the program.
func (a *App) tick() {
	a.setClock(redrawEvery)
	a.do(a.config.After(listsEvery, pollLists{}))
}

// setClock draws again after wait, and drops the tick that was set before.
func (a *App) setClock(wait time.Duration) {
	a.ticking++
	a.tickDue = a.config.Now().Add(wait)
	a.do(a.config.After(wait, clockTick{a.ticking}))
}

func (a *App) clock(msg clockTick) {
	now := a.config.Now()
	a.toasts.Expire(now)
	if p := a.active; p != nil && !p.guard.ArmedUntil().IsZero() && !p.guard.IsArmed(now) {
		p.guard.Disarm()
		a.toast(p.Profile.Name + " is no longer armed")
	}
	if msg.number == a.ticking {
		a.setClock(a.pace())
	}
}

// keepPace sets a faster clock when what is on the screen asks for it. A slower one is set by the next tick: a timer cannot be
// taken back, and one for every key would heap them up.
func (a *App) keepPace() {
	if pace := a.pace(); a.config.Now().Add(pace).Before(a.tickDue) {
		a.setClock(pace)
	}
}

// pace is how often the screen has to be drawn again by itself.
func (a *App) pace() time.Duration {
	if e := a.top(); e != nil {
		if c, ok := e.screen.(screen.Animated); ok && c.RedrawInterval() > 0 {
			return c.RedrawInterval()
		}
	}
	if a.fetching+a.sending > 0 {
		return time.Second // a wait for the budget begins and ends without a message
	}
	if p := a.active; p != nil {
		switch left := p.guard.ArmedFor(a.config.Now()); {
		case left > 0 && left <= time.Minute:
			return time.Second
		case left > 0:
			return min(redrawEvery, left-time.Minute+time.Second)
		}
	}
	return redrawEvery
}

// refreshLists reads the list on top again, as nobody's wish: it yields to what the user asks for. It does so
// only while the terminal has the focus and nothing lies over the list.
func (a *App) refreshLists() {
	a.do(a.config.After(listsEvery, pollLists{}))
	e := a.top()
	if e == nil || !a.focused || a.overlay != nil {
		return
	}
	polled, ok := e.screen.(screen.AutoRefresher)
	if !ok || !polled.AutoRefresh() {
		return
	}
	a.turn(e, func(t *screen.Turn) {
		t.Background = true
		e.screen.Refresh(t)
	})
}
