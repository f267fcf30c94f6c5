package screen

import "nango-tui/nango"

// ActionID names an action, such as "connection.delete". Every area has its ids as typed constants, and the keymap maps them to
// keys, so that a misspelled one doesn't compile.
type ActionID string

// Action is something that the user can do on a screen. Dispatch, footer, help, palette and the generated list of keys all read
// the same actions.
type Action struct {
	ID    ActionID
	Title string
	// Operation is the operation that the action may propose; empty if it only reads or sends nothing. Its effect decides whether
	// the profile allows the action.
	Operation nango.Operation
	// ReadOperation is the operation by which the action reads, if known: the action is disabled if the key lacks its scope or
	// the server doesn't have it.
	ReadOperation nango.Operation
	// Disabled is why the action can't be done now; empty if it can.
	Disabled string
	// WhileTyping keeps the action's keys working while keys are text.
	WhileTyping bool
	// Motion marks actions that move a cursor: they are in the help, but not in the footer or the palette.
	Motion bool
	// HideInFooter keeps the action out of the footer, which only has room for a few.
	HideInFooter bool
	// Do performs the action.
	Do func(*Turn)
}

// Effect is the effect of the action's operation; Reads if it has none.
func (a Action) Effect() nango.Effect {
	if a.Operation == "" {
		return nango.Reads
	}
	return a.Operation.Effect()
}

// DisabledIf returns the reason if an action can't be done, for [Action.Disabled]; otherwise "".
func DisabledIf(is bool, reason string) string {
	if is {
		return reason
	}
	return ""
}

// AlsoAs returns the action under another id, for another key. It is not in the footer.
func (a Action) AlsoAs(id ActionID) Action {
	a.ID, a.HideInFooter = id, true
	return a
}

// Ids of actions that many screens share.
const (
	Up       ActionID = "list.up"
	Down     ActionID = "list.down"
	PageUp   ActionID = "list.pageUp"
	PageDown ActionID = "list.pageDown"
	Top      ActionID = "list.top"
	Bottom   ActionID = "list.bottom"
	HalfUp   ActionID = "list.halfUp"
	HalfDown ActionID = "list.halfDown"
	Refresh  ActionID = "screen.refresh"
	Submit   ActionID = "form.submit"
	// LeaveForm ends a search in a form or leaves the form. It stops work that the form has started, if that can be stopped.
	LeaveForm ActionID = "form.leave"
)

// Mover is a widget with a cursor or a scroll position.
type Mover interface {
	Up()
	Down()
	PageUp()
	PageDown()
	Top()
	Bottom()
}

// MoveActions returns the actions that move m.
func MoveActions(m Mover) []Action {
	all := []Action{
		move(Up, "Up", m.Up),
		move(Down, "Down", m.Down),
		move(PageUp, "Page up", m.PageUp),
		move(PageDown, "Page down", m.PageDown),
		move(Top, "First", m.Top),
		move(Bottom, "Last", m.Bottom),
	}
	if rows, ok := m.(interface {
		HalfUp()
		HalfDown()
	}); ok {
		all = append(all, move(HalfUp, "Half a page up", rows.HalfUp), move(HalfDown, "Half a page down", rows.HalfDown))
	}
	return all
}

func move(id ActionID, title string, do func()) Action {
	return Action{ID: id, Title: title, Motion: true, Do: func(*Turn) { do() }}
}

// RefreshAction returns the action that refreshes the screen.
func RefreshAction(s Screen) Action {
	return Action{ID: Refresh, Title: "Reload", HideInFooter: true, Do: s.Refresh}
}
