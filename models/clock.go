package models

import (
	"fmt"
	"time"

	"nango-tui/models/screen"
)

const (
	// toastTime is how long a toast stays that isn't an error.
	toastTime = 4 * time.Second
	// defaultRedraw is how often the screen is redrawn if nothing on it is animated: ages are shown in minutes.
	defaultRedraw = time.Minute
)

// clockTick redraws the screen. Its number identifies the newest tick; zero is a tick on its own.
type clockTick struct{ number int }

// setClock sets the next redraw, and replaces the tick that was set before.
func (a *App) setClock(wait time.Duration) {
	a.tickNumber++
	a.tickDue = a.config.Now().Add(wait)
	a.do(a.config.After(wait, clockTick{a.tickNumber}))
}

func (a *App) clock(msg clockTick) {
	now := a.config.Now()
	a.toasts.Expire(now)
	if p := a.active; p != nil && !p.guard.ArmedUntil().IsZero() && !p.guard.IsArmed(now) {
		p.guard.Disarm()
		a.toast(fmt.Sprintf(textNotArmedNow, p.Profile.Name))
	}
	if msg.number == a.tickNumber {
		a.setClock(a.redrawInterval())
	}
}

// adjustClock sets an earlier tick if the screen now needs it. A later one is set by the next tick: a timer can't be
// canceled, and one for every key would pile up.
func (a *App) adjustClock() {
	if pace := a.redrawInterval(); a.config.Now().Add(pace).Before(a.tickDue) {
		a.setClock(pace)
	}
}

// redrawInterval is how often the screen has to be redrawn by itself.
func (a *App) redrawInterval() time.Duration {
	if e := a.top(); e != nil {
		if c, ok := e.screen.(screen.Animated); ok && c.RedrawInterval() > 0 {
			return min(c.RedrawInterval(), a.loadingRedraw())
		}
	}
	if a.loadingRedraw() == slowAfter {
		return slowAfter // a wait for the budget starts and ends without a message, too
	}
	if p := a.active; p != nil {
		switch left := p.guard.ArmedFor(a.config.Now()); {
		case left > 0 && left <= time.Minute:
			return time.Second
		case left > 0:
			return min(defaultRedraw, left-time.Minute+time.Second)
		}
	}
	return defaultRedraw
}
