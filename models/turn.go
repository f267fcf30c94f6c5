package models

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// fetch is a read or a piece of work under way.
type fetch struct {
	owner  any
	cancel context.CancelFunc
}

// workDone is a piece of work that has ended.
type workDone struct {
	entry    *entry
	fetch    *fetch
	callback screen.Callback
}

// loadDone is a read that has been answered.
type loadDone struct {
	entry     *entry
	watch     *watcher
	fetch     *fetch
	operation nango.Operation
	callback  screen.Callback
	err       error
}

// newTurn is a turn for what belongs to the session.
func (a *App) newTurn(s *ActiveProfile) *screen.Turn {
	t := &screen.Turn{Now: a.config.Now()}
	if s != nil {
		t.Profile = a.state(s)
	}
	return t
}

// turn calls the screen and carries out what it wants, none of which was asked for by a key.
func (a *App) turn(e *entry, call func(*screen.Turn)) {
	t := a.newTurn(e.profile)
	call(t)
	a.carryOut(e, t, 0)
}

// wake tells the screen on top that something may have changed.
func (a *App) wake() {
	if e := a.top(); e != nil {
		if woken, ok := e.screen.(screen.Observer); ok {
			a.turn(e, woken.Notify)
		}
	}
}

// asked calls the screen for an action of the user. What the action says that it sends is what may be sent
// without a further question where its effect allows that.
// Before the first screen is there, e is nil and the action is one of App's own.
func (a *App) asked(e *entry, action screen.Action) {
	s := a.active
	if e != nil {
		s = e.profile
	}
	if s != nil && action.ID == screen.Refresh {
		s.guard.ForgetScopes()
	}
	t := a.newTurn(s)
	action.Do(t)
	a.carryOut(e, t, action.Effect())
}

func (a *App) carryOut(e *entry, t *screen.Turn, asked nango.Effect) {
	for _, w := range t.Wants() {
		switch w := w.(type) {
		case screen.FetchWant:
			a.fetch(e, w)
		case screen.WorkWant:
			a.work(e, w)
		case screen.CancelWant:
			a.cancelFetch(e, w.Owner)
		case screen.ProposeWant:
			a.propose(e, w, asked)
		case screen.ApprovedWant:
			a.sendApproved(e, w)
		case screen.OpenWant:
			a.open(a.profileOf(e), w.Route, replaced(e, w.Replace))
		case screen.ShowWant:
			a.show(e, w)
		case screen.OneTimeWant:
			a.showOneTime(e.profile, e.route, w.Screen)
		case screen.BackWant:
			if w.AskIfDirty {
				a.leaveAsked(e)
			} else {
				a.close(e)
			}
		case screen.WatchWant:
			a.watch(e.profile, w.Watch)
		case screen.RunWant:
			a.do(forScreen(e, w.Cmd))
		case screen.EditWant:
			a.edit(e, w)
		case screen.CopyCurlWant:
			a.copyCurl(w.Call, e.profile)
		case screen.PickWant:
			a.pick(e, w)
		default:
			a.tell(w)
		}
	}
}

// profileOf is the session of what leads somewhere: a screen's own, which need not be the one on the screen.
func (a *App) profileOf(e *entry) *ActiveProfile {
	if e != nil {
		return e.profile
	}
	return a.active
}

// replaced is the screen in whose place another comes; nil where it comes on top.
func replaced(e *entry, replace bool) *entry {
	if replace {
		return e
	}
	return nil
}

// show puts a screen that has no route on top of the one that asked, or in its place; it stands under that one's.
func (a *App) show(e *entry, w screen.ShowWant) {
	if w.Replace {
		a.instead(e, w.Screen, e.route)
		return
	}
	a.push(e.profile, w.Screen, e.route)
}

// showOneTime puts a screen of a session on top, whichever session is on the screen by now.
func (a *App) showOneTime(s *ActiveProfile, r screen.Route, told screen.Screen) {
	a.warned = "" // nobody was asked about this one yet
	a.push(s, told, r)
}

// carryOutOneTime puts up what a proposal that has outlived its screen wants to tell.
func (a *App) carryOutOneTime(s *ActiveProfile, t *screen.Turn) {
	for _, w := range t.Wants() {
		if told, ok := w.(screen.OneTimeWant); ok {
			a.showOneTime(s, screen.Route{}, told.Screen)
		}
	}
}

// carryOutToasts carries out what a screen says, and nothing else that it wants.
func (a *App) carryOutToasts(t *screen.Turn) {
	for _, w := range t.Wants() {
		if toast, ok := w.(screen.ToastWant); ok {
			a.toast(toast.Text)
		}
	}
}

// tell carries out the wants that need no screen.
func (a *App) tell(w screen.Want) {
	switch w := w.(type) {
	case screen.SecretsWant:
		a.config.Secrets.Add(w.Secrets...)
	case screen.CopyWant:
		a.copyWanted(w)
	case screen.ToastWant:
		a.toast(w.Text)
	case screen.NoticeWant:
		a.notice(w.Title, w.Lines)
	case screen.BrowseWant:
		a.browse(w.URL)
	}
}

func (a *App) fetch(e *entry, w screen.FetchWant) {
	if e.gone || e.profile == nil || e.profile.Client == nil {
		return
	}
	ctx, f := a.startFetch(e, w.Owner)
	client, denied := clientFor(e.profile, w.Background), e.profile.guard.CheckRead(w.Call, a.config.Now())
	a.do(func() tea.Msg {
		if denied != nil {
			return loadDone{entry: e, fetch: f, operation: w.Call.Operation, callback: w.Fail(denied), err: denied}
		}
		landing, err := w.Run(ctx, client)
		return loadDone{entry: e, fetch: f, operation: w.Call.Operation, callback: landing, err: err}
	})
}

// startFetch notes what an owner has under way from now on, in place of what it had.
func (a *App) startFetch(e *entry, owner any) (context.Context, *fetch) {
	a.cancelFetch(e, owner)
	ctx, cancel := context.WithCancel(e.ctx)
	f := &fetch{owner: owner, cancel: cancel}
	e.fetches[owner] = f
	a.fetching++
	return ctx, f
}

// endFetch says whether what an owner had under way is still wanted, and notes that it has ended.
func (a *App) endFetch(e *entry, f *fetch) (wanted bool) {
	f.cancel()
	if e.gone || e.fetches[f.owner] != f {
		return false
	}
	delete(e.fetches, f.owner)
	a.fetching--
	return true
}

// tools is what work and requests of the session may use.
func (a *App) tools(s *ActiveProfile) screen.Tools {
	return screen.NewTools(s.Client, a.config.Files, a.config.Secrets)
}

// work does a screen's work on a goroutine of its own, for as long as the screen is there.
func (a *App) work(e *entry, w screen.WorkWant) {
	if e.gone || e.profile == nil {
		return
	}
	ctx, f := a.startFetch(e, w.Owner)
	tools := a.tools(e.profile)
	a.do(func() tea.Msg { return workDone{entry: e, fetch: f, callback: w.Run(ctx, tools)} })
}

func (a *App) workDone(msg workDone) {
	if a.endFetch(msg.entry, msg.fetch) {
		a.turn(msg.entry, msg.callback)
	}
}

func clientFor(s *ActiveProfile, quiet bool) *nango.Client {
	if quiet {
		return s.Client.Background()
	}
	return s.Client
}

func (a *App) cancelFetch(e *entry, owner any) {
	if f, ok := e.fetches[owner]; ok {
		f.cancel()
		delete(e.fetches, owner)
		a.fetching--
	}
}

// loadDone brings an answer to the screen that asked, if it is still there and still wants this one.
func (a *App) loadDone(msg loadDone) {
	if msg.watch != nil {
		msg.fetch.cancel()
		a.loadDoneForWatch(msg)
		return
	}
	e := msg.entry
	if !a.endFetch(e, msg.fetch) || a.rejected(e.profile, msg.err) {
		return
	}
	e.profile.guard.Learn(msg.operation, msg.err)
	e.failed = msg.err
	a.turn(e, msg.callback)
}
