package models

import (
	"context"
	"slices"
	"time"

	"nango-tui/models/screen"
)

// watcher is a watch with the session it was begun in.
type watcher struct {
	watch   screen.Watch
	profile *ActiveProfile
	ctx     context.Context
	cancel  context.CancelFunc
	// timer is the number of the newest timer set, due when it comes; what older ones bring is dropped.
	timer int
	due   time.Time
}

// pollDue says that it is time for a watch to ask.
type pollDue struct {
	watch *watcher
	timer int
}

// watch begins a watch; one that is there already goes on.
func (a *App) watch(s *ActiveProfile, w screen.Watch) {
	if slices.ContainsFunc(a.watches, func(other *watcher) bool { return other.watch == w }) {
		return
	}
	ctx, cancel := context.WithCancel(a.ctx)
	watch := &watcher{watch: w, profile: s, ctx: ctx, cancel: cancel}
	a.watches = append(a.watches, watch)
	a.schedule(watch)
}

// schedule sets the timer for the next poll in place of the one before, or ends the watch.
func (a *App) schedule(w *watcher) {
	if !slices.Contains(a.watches, w) {
		return
	}
	now := a.config.Now()
	next := w.watch.Next(now)
	if next <= 0 {
		a.unwatch(w)
		return
	}
	w.timer++
	w.due = now.Add(next)
	a.do(a.config.After(next, pollDue{w, w.timer}))
}

// keepWatches ends what a screen has ended of what is waited for, and looks sooner where that is wanted now.
func (a *App) keepWatches() {
	now := a.config.Now()
	for _, w := range slices.Clone(a.watches) {
		if next := w.watch.Next(now); next <= 0 || now.Add(next).Before(w.due) {
			a.schedule(w)
		}
	}
}

func (a *App) unwatch(w *watcher) {
	w.cancel()
	a.watches = slices.DeleteFunc(a.watches, func(other *watcher) bool { return other == w })
}

func (a *App) poll(msg pollDue) {
	w := msg.watch
	if !slices.Contains(a.watches, w) || msg.timer != w.timer {
		return
	}
	a.call(watchOrigin(w), w.watch.Poll)
}

// watchScreen is the screen of the newest watch of this profile that has one and is not open; nil where there is none.
func (a *App) watchScreen() screen.Screen {
	for _, w := range slices.Backward(a.watches) {
		paged, ok := w.watch.(screen.ScreenWatch)
		if !ok || w.profile != a.active {
			continue
		}
		if page := paged.Screen(); page != nil && !a.isOpen(page) {
			return page
		}
	}
	return nil
}

func (a *App) isOpen(s screen.Screen) bool {
	return slices.ContainsFunc(a.stack, func(e *entry) bool { return e.screen == s })
}

func (a *App) noWatchScreen() string {
	if a.watchScreen() == nil {
		return "nothing is waited for that is not open"
	}
	return ""
}

// openWatchScreen comes back to the page of a watch, such as that of a link.
func (a *App) openWatchScreen() {
	if page := a.watchScreen(); page != nil {
		a.push(a.active, page, screen.To("link"))
	}
}
