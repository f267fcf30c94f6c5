package models

import (
	"context"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// watcher is a watch with the profile that it was started in.
type watcher struct {
	watch   screen.Watch
	profile *ActiveProfile
	// ref is the connection that it is about; without an id if it is about none or several.
	ref    nango.ConnectionRef
	ctx    context.Context
	cancel context.CancelFunc
	// timer is the number of the newest timer, due when it comes; older ones are ignored.
	timer int
	due   time.Time
}

// pollDue says that it is time for a watch to poll.
type pollDue struct {
	watch *watcher
	timer int
}

// watch starts a watch, unless it is already running.
func (a *App) watch(s *ActiveProfile, ref nango.ConnectionRef, w screen.Watch) {
	if slices.ContainsFunc(a.watches, func(other *watcher) bool { return other.watch == w }) {
		return
	}
	ctx, cancel := context.WithCancel(a.ctx)
	watch := &watcher{watch: w, profile: s, ref: ref, ctx: ctx, cancel: cancel}
	a.watches = append(a.watches, watch)
	a.schedule(watch)
}

// schedule sets the timer for the next poll, or ends the watch.
func (a *App) schedule(w *watcher) {
	if !slices.Contains(a.watches, w) {
		return
	}
	now := a.config.Now()
	next := w.watch.Next(now)
	if next <= 0 {
		a.endWatch(w)
		return
	}
	w.timer++
	w.due = now.Add(next)
	a.do(a.config.After(next, pollDue{w, w.timer}))
}

// updateWatches ends watches that a screen has ended, and polls sooner if that is wanted now.
func (a *App) updateWatches() {
	now := a.config.Now()
	for _, w := range slices.Clone(a.watches) {
		a.tellOnTop(w)
		if next := w.watch.Next(now); next <= 0 || now.Add(next).Before(w.due) {
			a.schedule(w)
		}
	}
	a.quitFinished()
}

// tellOnTop tells a watch whether the user sees its screen.
func (a *App) tellOnTop(w *watcher) {
	if attentive, ok := w.watch.(screen.AttentiveWatch); ok {
		e := a.top()
		attentive.SetOnTop(e != nil && e.screen == attentive.Screen())
	}
}

func (a *App) endWatch(w *watcher) {
	w.cancel()
	if paged, ok := w.watch.(screen.ScreenWatch); ok && paged.Screen() != nil {
		a.lastWatch = w
	}
	a.watches = slices.DeleteFunc(a.watches, func(other *watcher) bool { return other == w })
}

func (a *App) poll(msg pollDue) {
	w := msg.watch
	if !slices.Contains(a.watches, w) || msg.timer != w.timer {
		return
	}
	a.call(watchOrigin(w), w.watch.Poll)
}

// watchScreen is the screen of the newest watch of the active profile that has one and is not open, or of the one that ended last; nil
// if there is none.
func (a *App) watchScreen() screen.Screen {
	all := a.watches
	if a.lastWatch != nil {
		all = append([]*watcher{a.lastWatch}, all...)
	}
	for _, w := range slices.Backward(all) {
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
		return textNoWatch
	}
	return ""
}

// openWatchScreen opens the screen of a watch again, such as that of a link.
func (a *App) openWatchScreen() {
	if page := a.watchScreen(); page != nil {
		a.push(a.active, page, screen.To("link"))
	}
}
