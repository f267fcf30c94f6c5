package models

import (
	"context"
	"fmt"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// maxStack is the maximum number of screens on the stack; beyond it the lowest one is closed with which nothing is lost.
const maxStack = 50

// entry is a screen on the stack, with what it has in progress.
type entry struct {
	screen  screen.Screen
	route   screen.Route
	profile *ActiveProfile
	// stale means that a write changed what the screen shows: it is refreshed when it is next on top.
	stale bool
	// unopened means that the screen was pushed below another and was not opened yet.
	unopened bool
	// triedAt is when the screen was opened, or when it was last read again by itself, which goes on while reloading.
	triedAt   time.Time
	reloading bool
	gone      bool
	// openedBy is the key that opened the screen; empty if it was enter or none.
	openedBy string
	// failures are the operations whose last request failed, the newest last.
	failures []failure

	ctx    context.Context
	cancel context.CancelFunc
	// fetches are the reads in progress, by the Load that asked.
	fetches map[any]*fetch
}

// failure is a failed request of a screen.
type failure struct {
	operation nango.Operation
	err       error
}

// learn notes the outcome of a request.
func (e *entry) learn(op nango.Operation, err error) {
	e.failures = slices.DeleteFunc(e.failures, func(f failure) bool { return f.operation == op })
	if err != nil {
		e.failures = append(e.failures, failure{op, err})
	}
}

// failed is the newest error of the screen; nil if there is none.
func (e *entry) failed() error {
	if len(e.failures) == 0 {
		return nil
	}
	return e.failures[len(e.failures)-1].err
}

func (a *App) top() *entry {
	if len(a.stack) == 0 {
		return nil
	}
	return a.stack[len(a.stack)-1]
}

// open opens the screen that the route names, in a profile: on top, or in place of another screen.
func (a *App) open(of *ActiveProfile, r screen.Route, instead *entry) {
	if r.Name == profileRoute {
		if first, err := screen.ParseRoute(r.Query.Get(screen.QueryOpen)); err == nil {
			a.config.Open = first
		}
		a.connect(r.Arg(0))
		return
	}
	s, err := a.build(r)
	if err != nil {
		a.showError(fmt.Sprintf(textCannotOpen, r), err)
		return
	}
	if instead != nil {
		a.replaceScreen(instead, s, r)
		return
	}
	a.push(of, s, r)
}

func (a *App) newEntry(of *ActiveProfile, s screen.Screen, r screen.Route) *entry {
	ctx, cancel := context.WithCancel(a.ctx)
	return &entry{screen: s, route: r, profile: of, ctx: ctx, cancel: cancel, fetches: map[any]*fetch{}}
}

// push puts a screen of a profile on top, whichever profile is active.
func (a *App) push(of *ActiveProfile, s screen.Screen, r screen.Route) {
	a.pushEntry(a.newEntry(of, s, r))
}

// pushEntry puts an entry on top and opens its screen.
func (a *App) pushEntry(e *entry) {
	a.stack = append(a.stack, e)
	if len(a.stack) > maxStack {
		a.dropLowest()
	}
	a.openScreen(e)
}

// openScreen is the first call of a screen: it may show what others have read lately.
func (a *App) openScreen(e *entry) {
	e.triedAt = a.config.Now()
	a.learnName(e)
	a.turn(e, func(t *screen.Turn) {
		t.Opening = true
		screen.Open(e.screen)(t)
		if s, ok := e.screen.(screen.Restorer); ok {
			s.Restore(t)
		}
	})
}

// dropLowest closes the lowest screen between the first and the one on top with which nothing is lost; if something is lost
// with each, the lowest one.
func (a *App) dropLowest() {
	at := 1
	for i := range a.stack[1 : len(a.stack)-1] {
		if question, _ := lossQuestion(a.stack[i+1 : i+2]); question == "" {
			at = i + 1
			break
		}
	}
	a.leave(a.stack[at])
	a.stack = slices.Delete(a.stack, at, at+1)
}

// replaceScreen replaces a screen by another one. It need not be on top.
func (a *App) replaceScreen(old *entry, s screen.Screen, r screen.Route) {
	at := slices.Index(a.stack, old)
	if at < 0 {
		return
	}
	a.leave(old)
	e := a.newEntry(old.profile, s, r)
	a.stack[at] = e
	a.openScreen(e)
}

// pop closes the top screen. Its reads are canceled; confirmed requests are not.
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

// back closes the top screen, if there is another one below.
func (a *App) back() { a.leaveByUser(a.top()) }

// leaveByUser closes a screen by a key of the user.
func (a *App) leaveByUser(e *entry) {
	if len(a.stack) < 2 {
		return
	}
	a.confirmLeaving(func() { a.close(e) }, e)
}

// confirmLeaving leaves screens by a key of the user. It asks first if something typed or a one-time secret would be lost.
func (a *App) confirmLeaving(leave func(), screens ...*entry) {
	question, detail := lossQuestion(screens)
	if question == "" {
		leave()
		return
	}
	key := ""
	if question == textDiscardTyped { // a one-time secret isn't lost by one key
		key = keyDiscard
	}
	a.pick(a.top(), screen.PickWant{Title: question, Options: []screen.Option{
		{Title: optionStay, Do: func(*screen.Turn) {}},
		{Title: optionLeave, Detail: detail, Key: key, Do: func(*screen.Turn) { leave() }},
	}})
}

// lossQuestion is the question about what would be lost with the screens, and what happens to it; empty if nothing would be.
func lossQuestion(screens []*entry) (question, detail string) {
	for _, e := range screens {
		if held := lossWarning(e); held != "" {
			return fmt.Sprintf(textLeave, held), textWillBeLost
		}
	}
	if slices.ContainsFunc(screens, isDirty) {
		return textDiscardTyped, textTypedNotSent
	}
	return "", ""
}

// lossWarning is what would be lost with a screen; empty if nothing.
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

// close closes a screen, which need not be on top: another may have been opened while it waited. The first screen stays.
func (a *App) close(e *entry) {
	at := slices.Index(a.stack, e)
	if at < 1 {
		return
	}
	a.leave(e)
	a.stack = slices.Delete(a.stack, at, at+1)
	a.refreshTop()
}

// refreshTop opens or refreshes the top screen if that is due since it was below another.
func (a *App) refreshTop() {
	e := a.top()
	switch {
	case e == nil:
	case e.unopened:
		e.unopened, e.stale = false, false
		a.openScreen(e)
	case e.stale:
		e.stale = false
		a.turn(e, e.screen.Refresh)
	}
}

// home closes all screens and opens the route as the only one.
func (a *App) home(r screen.Route) {
	a.closeAll()
	a.open(a.active, r, nil)
}

// closeAll closes all screens and the overlay.
func (a *App) closeAll() {
	for len(a.stack) > 0 {
		a.pop()
	}
	a.overlay = nil
}

// pushUnopened puts the screen that the route names on the stack; it is opened when it is shown.
func (a *App) pushUnopened(r screen.Route) {
	if s, err := a.build(r); err == nil {
		e := a.newEntry(a.active, s, r)
		e.unopened = true
		a.stack = append(a.stack, e)
	}
}
