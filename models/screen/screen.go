// Package screen has what screens of the dashboard are made of: the [Turn] a screen is called with, the [Load] that fetches for
// it, the [Proposal] that asks for anything with a side effect, the [Action] table that says what can be done, and the [Route]
// that names a screen. It also has what many screens share: a [List] with its filter, a [Form], a [Page] of rows, the choice of a
// connection, a page of JSON, saving to a file.
//
// A screen proposes and App sends: nothing here gives a client or a context to a screen, so that no screen can send anything by
// itself. The package may know requests (nango), widgets (ui), the guard and JSON, but no area and no App.
package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/nango"
	"nango-tui/ui"
)

// Screen is a screen of the dashboard. Screens are pointers and are used only on App's goroutine.
type Screen interface {
	// Title names the screen in the breadcrumbs. It may contain untrusted text; App sanitizes it.
	Title() string
	// Refresh loads what the screen shows, and keeps the old content until the response comes. It is called when the screen is
	// first shown, by the user's key, after a write that concerns the screen, and for lists every few minutes.
	Refresh(t *Turn)
	// Actions returns what can be done now, in the order of the footer.
	Actions() []Action
	// Typing reports whether keys are text for the screen: then only actions made for typing are dispatched.
	Typing() bool
	// Update handles messages that are no action: keys while typing, pastes, mouse, messages of its widgets.
	Update(t *Turn, msg tea.Msg)
	// View draws the screen into the frame. It must not block, nor change anything that is shown.
	View(f ui.Frame) string
	// Concerns reports whether a call that changed something changed what this screen shows.
	Concerns(c nango.Call) bool
}

// Opener is a screen that doesn't begin with a refresh: Open is called in its place, when the screen is first shown.
type Opener interface{ Open(t *Turn) }

// Open returns the first call of a screen.
func Open(s Screen) func(*Turn) {
	if o, ok := s.(Opener); ok {
		return o.Open
	}
	return s.Refresh
}

// Restorer is a screen that shows what the user has kept for it, such as columns: Restore is called when it is opened.
type Restorer interface{ Restore(t *Turn) }

// Timestamped is a screen that knows when its content was loaded.
type Timestamped interface{ LoadedAt() time.Time }

// Animated is a screen that must be redrawn after an interval. Zero means that nothing on it changes by itself.
type Animated interface{ RedrawInterval() time.Duration }

// RedrawIf returns the interval if something on the screen changes by itself; otherwise 0, for [Animated].
func RedrawIf(changes bool, interval time.Duration) time.Duration {
	if changes {
		return interval
	}
	return 0
}

// AutoRefresher is a screen that App refreshes while it is on top, when its data is older than the interval of the profile.
type AutoRefresher interface{ AutoRefresh() bool }

// Follower is an [AutoRefresher] whose content changes quickly. FollowInterval is how often App refreshes it, if that is shorter than
// the interval of the profile; zero if it needs no more than that.
type Follower interface{ FollowInterval() time.Duration }

// Leaver is a screen that is called when it is closed, for whatever reason. It may only show toasts.
type Leaver interface{ Leave(t *Turn) }

// LossWarner is a screen that may hold something that would be lost with it, such as a one-time secret. LossWarning says what, in
// a few words; empty if nothing.
type LossWarner interface{ LossWarning() string }

// Dirty is a screen that may hold unsent input: App asks before the user leaves it.
type Dirty interface{ IsDirty() bool }

// FormDialog is a screen whose form sends its request without a further dialog, once it shows what it asks. Like a dialog, it
// takes keys only after that was seen.
type FormDialog interface{ IsFormDialog() bool }

// Observer is a screen of state that others change, such as the outcome of a run. While it is on top, it is notified after every
// message.
type Observer interface{ Notify(t *Turn) }

// FullScreen is a screen that sometimes takes the whole terminal, without App's own lines.
type FullScreen interface{ IsFullScreen() bool }

// OperationSelector is a screen with operations of Nango's logs. SelectedOperation is the log id under the cursor, or "".
type OperationSelector interface{ SelectedOperation() string }

// ChangesIntegrations reports whether a call changed integrations, for [Screen.Concerns].
func ChangesIntegrations(c nango.Call) bool {
	switch c.Operation {
	case nango.OpIntegrationCreate, nango.OpIntegrationQuickstart, nango.OpIntegrationUpdate, nango.OpIntegrationDelete:
		return true
	}
	return false
}

// Base has the defaults of most screens: it loads nothing, takes no messages, and no call concerns it.
type Base struct{}

// Refresh loads nothing.
func (Base) Refresh(*Turn) {}

// Typing reports that keys are not text.
func (Base) Typing() bool { return false }

// Update ignores messages.
func (Base) Update(*Turn, tea.Msg) {}

// Concerns reports that no call changes what is shown.
func (Base) Concerns(nango.Call) bool { return false }
