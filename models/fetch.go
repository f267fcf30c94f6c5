package models

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// fetch is a read or a piece of work in progress.
type fetch struct {
	owner  any
	cancel context.CancelFunc
}

// fetchDone is a read that was answered, or a piece of work that ended.
type fetchDone struct {
	origin origin
	fetch  *fetch
	// operation is the read's; empty for work.
	operation nango.Operation
	callback  screen.Callback
	err       error
	// ready is set if this isn't the end of work, but the profile is connected that it reads with.
	ready *workReady
}

// fetch sends a read, unless the guard denies it.
func (a *App) fetch(o origin, w screen.FetchWant) {
	if o.isGone() || o.profile == nil || o.profile.Client == nil {
		return
	}
	ctx, f := a.startFetch(o, w.Owner)
	client, denied := clientFor(o.profile, w), o.profile.guard.CheckRead(w.Call, a.config.Now())
	done := fetchDone{origin: o, fetch: f, operation: w.Call.Operation, err: denied}
	a.do(func() tea.Msg {
		if denied != nil {
			done.callback = w.Fail(denied)
		} else {
			done.callback, done.err = w.Run(ctx, client)
		}
		return done
	})
}

// work does a screen's work on a goroutine of its own, until the screen is closed.
func (a *App) work(o origin, w screen.WorkWant) {
	if o.isGone() || o.profile == nil {
		return
	}
	ctx, f := a.startFetch(o, w.Owner)
	if w.Profile != "" {
		a.workIn(ctx, o, f, w)
		return
	}
	tools := a.tools(o.profile)
	a.do(func() tea.Msg { return fetchDone{origin: o, fetch: f, callback: w.Run(ctx, tools)} })
}

// workReady says that the profile of a piece of work is connected, or why it isn't.
type workReady struct {
	origin  origin
	fetch   *fetch
	ctx     context.Context
	want    screen.WorkWant
	profile ActiveProfile
	isNew   bool
	err     error
}

// workIn connects to the other profile that work reads with, unless it was connected before. It doesn't switch to it.
func (a *App) workIn(ctx context.Context, o origin, f *fetch, w screen.WorkWant) {
	ready := workReady{origin: o, fetch: f, ctx: ctx, want: w}
	if i := slices.IndexFunc(a.profiles, func(p ActiveProfile) bool { return p.Profile.Name == w.Profile }); i >= 0 {
		ready.profile = a.profiles[i]
		a.workReady(ready)
		return
	}
	a.do(func() tea.Msg {
		ready.profile, ready.err = a.config.Connect(ctx, w.Profile)
		ready.isNew = ready.err == nil
		return fetchDone{ready: &ready}
	})
}

// workReady does work with the client of another profile, if that may read what the work reads.
func (a *App) workReady(msg workReady) {
	if msg.isNew {
		a.profiles = append(a.profiles, msg.profile)
	}
	done := fetchDone{origin: msg.origin, fetch: msg.fetch}
	if msg.err == nil && msg.want.Operation.Effect() != nango.Reads {
		msg.err = fmt.Errorf(textOtherProfileReads, msg.want.Operation)
	}
	if msg.err != nil {
		done.callback = msg.want.Fail(msg.err)
		a.do(func() tea.Msg { return done })
		return
	}
	tools := a.tools(&msg.profile)
	a.do(func() tea.Msg {
		done.callback = msg.want.Run(msg.ctx, tools)
		return done
	})
}

// startFetch notes what an owner has in progress, and cancels what it had. A watch's reads end with the watch.
func (a *App) startFetch(o origin, owner any) (context.Context, *fetch) {
	parent := o.context()
	ctx, cancel := context.WithCancel(parent)
	f := &fetch{owner: owner, cancel: cancel}
	if e := o.entry; e != nil {
		a.cancelFetch(e, owner)
		e.fetches[owner] = f
		a.fetching++
	}
	return ctx, f
}

func (a *App) cancelFetch(e *entry, owner any) {
	if f, ok := e.fetches[owner]; ok {
		f.cancel()
		delete(e.fetches, owner)
		a.fetching--
	}
}

// endFetch notes that a screen's fetch has ended, and reports whether the screen still wants its outcome.
func (a *App) endFetch(e *entry, f *fetch) (wanted bool) {
	if e.gone || e.fetches[f.owner] != f {
		return false
	}
	delete(e.fetches, f.owner)
	a.fetching--
	return true
}

// fetchDone brings the outcome to the screen or watch that asked, if it still wants this one.
func (a *App) fetchDone(msg fetchDone) {
	if msg.ready != nil {
		a.workReady(*msg.ready)
		return
	}
	msg.fetch.cancel()
	o := msg.origin
	if o.asker == byWatch {
		a.call(o, msg.callback)
		return
	}
	if !a.endFetch(o.entry, msg.fetch) {
		return
	}
	if msg.operation != "" {
		if a.rejected(o.profile, msg.err) {
			return
		}
		o.profile.guard.Learn(msg.operation, msg.err)
		a.learn(o.entry, msg.operation, msg.err)
	}
	a.turn(o.entry, msg.callback)
}
