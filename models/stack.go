package models

import (
	"context"
	"fmt"
	"slices"

	"nango-tui/models/screen"
)

// maxStack bounds how many screens lie on each other; beyond it the lowest with which nothing is lost is let go.
const maxStack = 50

// entry is a screen on the stack, with what it has under way.
type entry struct {
	screen  screen.Screen
	route   screen.Route
	profile *ActiveProfile
	// stale says that a write changed what the screen shows; it is read again when it is next on top.
	stale bool
	// unopened says that the screen was laid below another and has not been opened yet.
	unopened bool
	gone     bool
	// failed is why the read that was answered last failed; nil where it did not.
	failed error

	ctx    context.Context
	cancel context.CancelFunc
	// fetches are the reads under way, by the Load that asked.
	fetches map[any]*fetch
}

func (a *App) top() *entry {
	if len(a.stack) == 0 {
		return nil
	}
	return a.stack[len(a.stack)-1]
}

// open puts the screen that the route names on top, in the session of what leads there, or in the place of another.
func (a *App) open(of *ActiveProfile, r screen.Route, instead *entry) {
	if r.Name == profileRoute {
		a.connect(r.Arg(0))
		return
	}
	s, err := a.build(r)
	if err != nil {
		a.fail(fmt.Sprintf("%s cannot be opened: %v", r.String(), err), nil)
		return
	}
	if instead != nil {
		a.instead(instead, s, r)
		return
	}
	a.push(of, s, r)
}

func (a *App) newEntry(of *ActiveProfile, s screen.Screen, r screen.Route) *entry {
	ctx, cancel := context.WithCancel(a.ctx)
	return &entry{screen: s, route: r, profile: of, ctx: ctx, cancel: cancel, fetches: map[any]*fetch{}}
}

// push puts a screen of a session on top, whichever session is on the screen.
func (a *App) push(of *ActiveProfile, s screen.Screen, r screen.Route) {
	a.lift(a.newEntry(of, s, r))
}

// lift puts an entry on top, and opens its screen.
func (a *App) lift(e *entry) {
	a.stack = append(a.stack, e)
	if len(a.stack) > maxStack {
		a.dropOne()
	}
	a.turn(e, e.screen.Open)
}

// dropOne lets go of the lowest screen between the first and the one on top with which nothing is lost; of the lowest,
// where something is lost with each.
func (a *App) dropOne() {
	at := 1
	for i := range a.stack[1 : len(a.stack)-1] {
		if question, _ := lost(a.stack[i+1 : i+2]); question == "" {
			at = i + 1
			break
		}
	}
	a.leave(a.stack[at])
	a.stack = slices.Delete(a.stack, at, at+1)
}

// instead puts a screen in the place of another, which need not be on top.
func (a *App) instead(old *entry, s screen.Screen, r screen.Route) {
	at := slices.Index(a.stack, old)
	if at < 0 {
		return
	}
	a.leave(old)
	e := a.newEntry(old.profile, s, r)
	a.stack[at] = e
	a.turn(e, s.Open)
}

// pop takes the top screen off the stack. What it reads is cancelled; what was agreed to is not.
func (a *App) pop() {
	if len(a.stack) == 0 {
		return
	}
	a.leave(a.top())
	a.stack = a.stack[:len(a.stack)-1]
}

func (a *App) leave(e *entry) {
	if leaver, ok := e.screen.(screen.Leaver); ok {
		a.call(origin{asker: byLeaver, profile: e.profile}, leaver.Leave)
	}
	e.gone = true
	e.cancel()
	a.fetching -= len(e.fetches)
	e.fetches = nil
}

// back closes the top screen, if another lies below it.
func (a *App) back() { a.leaveAsked(a.top()) }

// leaveAsked closes a screen by a key of the user's.
func (a *App) leaveAsked(e *entry) {
	if len(a.stack) < 2 {
		return
	}
	a.askBefore(func() { a.close(e) }, e)
}

// askBefore leaves screens by a key of the user's. Where that would drop what was typed, or what is told but once, it asks.
func (a *App) askBefore(leave func(), screens ...*entry) {
	question, detail := lost(screens)
	if question == "" {
		leave()
		return
	}
	a.pick(a.top(), screen.PickWant{Title: question, Options: []screen.Option{
		{Title: "Stay", Do: func(*screen.Turn) {}},
		{Title: "Leave", Detail: detail, Do: func(*screen.Turn) { leave() }},
	}})
}

// lost asks about what would be lost with the screens, and says what becomes of it; the question is empty where nothing would
// be.
func lost(screens []*entry) (question, detail string) {
	for _, e := range screens {
		if held := lossWarning(e); held != "" {
			return "Leave? " + held, "it is lost"
		}
	}
	if slices.ContainsFunc(screens, isDirty) {
		return "Leave, and drop what was typed?", "nothing of it was sent"
	}
	return "", ""
}

// lossWarning is what would be lost with a screen; empty where that is nothing.
func lossWarning(e *entry) string {
	if holder, ok := e.screen.(screen.LossWarner); ok {
		return holder.LossWarning()
	}
	return ""
}

func isDirty(e *entry) bool {
	s, ok := e.screen.(screen.Dirty)
	return ok && s.IsDirty()
}

// close takes a screen off the stack, wherever it lies: what it asked for may have taken its time, and another may lie
// on it by now. The first screen stays.
func (a *App) close(e *entry) {
	at := slices.Index(a.stack, e)
	if at < 1 {
		return
	}
	a.leave(e)
	a.stack = slices.Delete(a.stack, at, at+1)
	a.revealed()
}

// revealed reads the top screen again if a write concerned it while it was below.
func (a *App) revealed() {
	e := a.top()
	switch {
	case e == nil:
	case e.unopened:
		e.unopened, e.stale = false, false
		a.turn(e, e.screen.Open)
	case e.stale:
		e.stale = false
		a.turn(e, e.screen.Refresh)
	}
}

// home drops every screen and opens the route as the only one.
func (a *App) home(r screen.Route) {
	a.empty()
	a.open(a.active, r, nil)
}

// empty drops every screen, and what lies over them.
func (a *App) empty() {
	for len(a.stack) > 0 {
		a.pop()
	}
	a.overlay = nil
}

// lay puts the screen that the route names on the stack without opening it: it is opened when it is seen.
func (a *App) lay(r screen.Route) {
	if s, err := a.build(r); err == nil {
		e := a.newEntry(a.active, s, r)
		e.unopened = true
		a.stack = append(a.stack, e)
	}
}
