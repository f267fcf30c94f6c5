package models

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// fetch is a read under way.
type fetch struct {
	owner  any
	cancel context.CancelFunc
}

// landed is a read that has been answered.
type landed struct {
	entry   *entry
	watch   *watching
	fetch   *fetch
	landing screen.Landing
	err     error
}

// newTurn is a turn for what belongs to the session.
func (a *App) newTurn(s *session) *screen.Turn {
	t := &screen.Turn{Now: a.config.Now()}
	if s != nil {
		t.Where = s.where(t.Now, a.config.Remote)
	}
	return t
}

// turn calls the screen and carries out what it wants, none of which was asked for by a key.
func (a *App) turn(e *entry, call func(*screen.Turn)) {
	t := a.newTurn(e.session)
	call(t)
	a.carryOut(e, t, 0)
}

// asked calls the screen for an action of the user. What the action says that it sends is what may be sent
// without a further question where its effect allows that.
// Before the first screen is there, e is nil and the action is one of App's own.
func (a *App) asked(e *entry, action screen.Action) {
	s := a.session
	if e != nil {
		s = e.session
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
		case screen.CancelWant:
			a.cancelFetch(e, w.Owner)
		case screen.ProposeWant:
			a.propose(e, w, asked)
		case screen.AgreedWant:
			a.sendAgreed(e, e.session, w)
		case screen.OpenWant:
			a.open(w.Route, replaced(e, w.Replace))
		case screen.ShowWant:
			a.show(e, w)
		case screen.BackWant:
			a.close(e)
		case screen.WatchWant:
			a.watch(e.session, w.Watch)
		case screen.RunWant:
			a.do(forScreen(e, w.Cmd))
		default:
			a.tell(w)
		}
	}
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
	a.push(w.Screen, e.route)
}

// carryOutWords carries out what a screen says, and nothing else that it wants.
func (a *App) carryOutWords(t *screen.Turn) {
	for _, w := range t.Wants() {
		if toast, ok := w.(screen.ToastWant); ok {
			a.toast(toast.Text)
		}
	}
}

// tell carries out the wants that need no screen.
func (a *App) tell(w screen.Want) {
	switch w := w.(type) {
	case screen.CopyWant:
		a.copy(w)
	case screen.ToastWant:
		a.toast(w.Text)
	case screen.NoticeWant:
		a.notice(w.Title, w.Lines)
	case screen.BrowseWant:
		a.browse(w.URL)
	case screen.PickWant:
		a.pick(w)
	}
}

func (a *App) fetch(e *entry, w screen.FetchWant) {
	if e.gone || e.session == nil || e.session.Client == nil {
		return
	}
	a.cancelFetch(e, w.Owner)
	ctx, cancel := context.WithCancel(e.ctx)
	f := &fetch{owner: w.Owner, cancel: cancel}
	e.fetches[w.Owner] = f
	a.fetching++
	client := clientFor(e.session, w.Quiet)
	a.do(func() tea.Msg {
		landing, err := w.Run(ctx, client)
		return landed{entry: e, fetch: f, landing: landing, err: err}
	})
}

func clientFor(s *session, quiet bool) *nango.Client {
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

// landed brings an answer to the screen that asked, if it is still there and still wants this one.
func (a *App) landed(msg landed) {
	msg.fetch.cancel()
	if msg.watch != nil {
		a.landedForWatch(msg)
		return
	}
	e := msg.entry
	if e.gone || e.fetches[msg.fetch.owner] != msg.fetch {
		return
	}
	delete(e.fetches, msg.fetch.owner)
	a.fetching--
	if a.rejected(e.session, msg.err) {
		return
	}
	e.failed = msg.err
	a.turn(e, msg.landing)
}
