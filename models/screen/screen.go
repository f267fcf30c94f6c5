// Package screen is what a screen of the dashboard is made of: the [Turn] it is called with, the [Load] that
// fetches for it, the [Proposal] by which it asks for anything with a side effect, the [Action] table that
// says what can be done, and the [Route] that names a place. What many screens have in common is here as well, once: a
// [List] with its filter, a [Form], the choice of a connection, a page of JSON, saving to a file.
//
// A screen proposes and App sends: nothing in here hands a client or a context to a screen, so no screen has
// a way to send anything by itself. The package knows requests (nango) and widgets (ui), but no area and no App.
package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/nango"
	"nango-tui/ui"
)

// Screen is a place in the dashboard. Screens are pointers and are used on App's goroutine alone.
type Screen interface {
	// Title names the screen in the breadcrumb. It may hold strangers' text; App cleans it.
	Title() string
	// Open is called once, when the screen is put on the stack: it starts what the screen loads.
	Open(t *Turn)
	// Refresh reads again what the screen shows, keeping what is there until the answer comes. It is called by
	// the user's key, after a write that concerns the screen, and for lists every few minutes.
	Refresh(t *Turn)
	// Actions is what can be done now, in the order of the footer.
	Actions() []Action
	// Typing says that keys are text for the screen: only actions made for that are dispatched.
	Typing() bool
	// Update takes the messages that no action took: keys while typing, pastes, mouse, messages of its widgets.
	Update(t *Turn, msg tea.Msg)
	// View draws the screen into the frame. It must neither wait nor change anything that shows.
	View(f ui.Frame) string
	// Concerns says whether a call that changed something changed what this screen shows.
	Concerns(c nango.Call) bool
}

// Timestamped is a screen that can say when what it shows was read.
type Timestamped interface{ LoadedAt() time.Time }

// Animated is a screen that shows a clock and wants to be drawn again after the given time. Zero means that
// it stands still.
type Animated interface{ RedrawInterval() time.Duration }

// AutoRefresher is a screen that App refreshes by itself every few minutes while it is on top.
type AutoRefresher interface{ AutoRefresh() bool }

// Leaver is a screen with a last word for when it is left, by whatever way. Toasts are carried out, nothing else.
type Leaver interface{ Leave(t *Turn) }

// LossWarner is a screen that may hold what nobody else has, and would be lost with it. Holds says what, in a few words; empty
// where nothing would be.
type LossWarner interface{ LossWarning() string }

// Dirty is a screen that may hold what was typed and would be lost: App asks before a key leaves it.
type Dirty interface{ IsDirty() bool }

// Observer is a screen of what changes without it, such as the outcome of a run that others began: it is woken while it is on
// top, after whatever happened.
type Observer interface{ Notify(t *Turn) }

// FullScreen is a screen that wants the whole terminal for itself at times, without the lines that are App's.
type FullScreen interface{ IsFullScreen() bool }

// Base has the defaults of most screens: it loads nothing, takes no messages, and no call concerns it.
type Base struct{}

// Open loads nothing.
func (Base) Open(*Turn) {}

// Refresh loads nothing.
func (Base) Refresh(*Turn) {}

// Typing says that keys are not text here.
func (Base) Typing() bool { return false }

// Update takes no message.
func (Base) Update(*Turn, tea.Msg) {}

// Concerns says that no call changes what is shown.
func (Base) Concerns(nango.Call) bool { return false }
