package models

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

// This file makes sure that the user has seen a question before a key answers it. A key may be older than the question: it was
// typed ahead on a slow connection, pasted, or meant for the screen below.

// guardTime is how long a question must have been on the terminal before it takes a key other than esc.
const guardTime = 250 * time.Millisecond

// surface is what keys go to, and the size at which it is drawn.
type surface struct {
	overlay       overlay
	entry         *entry
	asks          bool
	width, height int
}

// shown is how far the current surface is on its way to the user's eyes.
type shown struct {
	surface surface
	// number identifies the surface in messages.
	number int
	// ready means that the surface has been on the terminal for the guard time.
	ready bool
	// choice is the selected item of a [chooser], choiceNumber identifies it in messages, and choiceDrawn means that a frame with
	// it was drawn.
	choice       string
	choiceNumber int
	choiceDrawn  bool
}

// frameDrawn says that the terminal was sent a frame with the surface of that number, guardEnd that the guard time is over, and
// choiceDrawn that a frame shows the selection of that number.
type (
	frameDrawn  struct{ number int }
	guardEnd    struct{ number int }
	choiceDrawn struct{ number int }
)

// followSurface notices a new surface, which the user can't have seen yet, whatever opened it. In another size it is drawn elsewhere.
func (a *App) followSurface() {
	current := surface{overlay: a.overlay, entry: a.top(), asks: a.asks(), width: a.width, height: a.height}
	isNew := current != a.shown.surface
	if isNew {
		a.shown = shown{surface: current, number: a.shown.number + 1, choiceNumber: a.shown.choiceNumber}
		if a.isDrawable() {
			a.do(a.config.AfterDraw(frameDrawn{a.shown.number}))
		}
	}
	a.followChoice(isNew)
}

// followChoice notices that another item is selected, which the user can't have seen yet: a filter was typed, or the cursor moved.
func (a *App) followChoice(isNew bool) {
	o, ok := a.overlay.(chooser)
	if !ok || !isNew && o.selected() == a.shown.choice {
		return
	}
	a.shown.choice, a.shown.choiceDrawn = o.selected(), false
	a.shown.choiceNumber++
	if a.isDrawable() {
		a.do(a.config.AfterDraw(choiceDrawn{a.shown.choiceNumber}))
	}
}

func (a *App) choiceDrawn(msg choiceDrawn) {
	if msg.number == a.shown.choiceNumber {
		a.shown.choiceDrawn = true
	}
}

// isChoiceUnseen reports whether enter would take an item that was not seen to be selected.
func (a *App) isChoiceUnseen() bool {
	o, ok := a.overlay.(chooser)
	return ok && o.selected() != "" && !a.shown.choiceDrawn
}

// unsee has the surface seen again: the terminal showed something else.
func (a *App) unsee() { a.shown.surface = surface{} }

func (a *App) frameDrawn(msg frameDrawn) {
	if msg.number == a.shown.number {
		a.do(a.config.After(guardTime, guardEnd(msg)))
	}
}

func (a *App) guardEnd(msg guardEnd) {
	if msg.number == a.shown.number {
		a.shown.ready = true
	}
}

// isDrawable reports whether the terminal is large enough for a screen. If not, only that is drawn.
func (a *App) isDrawable() bool { return a.width >= minWidth && a.height >= minHeight }

// userInput handles what the user does.
func (a *App) userInput(msg tea.Msg) {
	if a.keepEarly(msg) || !a.accepts(msg) {
		return
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		a.key(msg)
	case tea.MouseMsg:
		a.mouse(msg)
	case tea.PasteMsg:
		a.input(msg)
	}
}

// accepts reports whether a key, click or paste of the user is let through. On a terminal that is too small none is, because the
// user can't see what it would do. A question that was not seen long enough takes esc only, a picker also the text of its filter,
// and enter takes no item that was not seen to be selected. All else is dropped, not kept.
func (a *App) accepts(msg tea.Msg) bool {
	key, _ := msg.(tea.KeyPressMsg)
	switch {
	case key.String() == interrupt:
		return true
	case !a.isDrawable():
		return false
	case key.String() == enter && a.isChoiceUnseen():
		return false
	}
	return !a.onlyEsc() || key.String() == escape || a.isFilter(key)
}

// isFilter reports whether a key is text for the filter of a picker, and picks nothing.
func (a *App) isFilter(key tea.KeyPressMsg) bool {
	if o, ok := a.overlay.(*choiceOverlay); ok && (o.optionOf(key) >= 0 || o.staysFor(key) != nil) {
		return false
	}
	_, ok := a.overlay.(chooser)
	return ok && key.Text != ""
}

// onlyEsc reports whether what is drawn asks something and was not seen yet.
func (a *App) onlyEsc() bool { return a.asks() && !a.shown.ready }

// asks reports whether keys go to something that may send a request without a further question: a dialog, a menu, or a form that
// is its own dialog.
func (a *App) asks() bool {
	if a.overlay != nil {
		return a.overlay.asks()
	}
	e := a.top()
	if e == nil {
		return false
	}
	form, ok := e.screen.(screen.FormDialog)
	return ok && form.IsFormDialog()
}
