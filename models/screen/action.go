package screen

import "nango-tui/nango"

// ActionID names an action, such as "connection.delete". Every area has its ids as typed constants, and the
// keymap maps them to keys, so that a misspelt one does not compile.
type ActionID string

// Action is something that can be done on a screen. Dispatch, footer, help, palette and the list of keys in
// the README all read the same table of them.
type Action struct {
	ID    ActionID
	Title string
	// Operation is the operation that the action may propose; empty where it stays on this machine or only reads.
	// Its effect decides whether the profile allows the action at all.
	Operation nango.Operation
	// ReadOperation is the operation by which the action reads, where it is known beforehand: what the key may not do, and what the
	// server is too old for, is not offered.
	ReadOperation nango.Operation
	// Disabled is why the action cannot be done now; empty means that it can.
	Disabled string
	// WhileTyping keeps the action's keys working where keys are text.
	WhileTyping bool
	// Motion marks the moving of a cursor and its like: in the help, but in neither footer nor palette.
	Motion bool
	// HideInFooter keeps the action out of the footer, which has room for the few that matter.
	HideInFooter bool
	// Do is what the action does.
	Do func(*Turn)
}

// Effect is what the operation of the action does to the world; Reads where it sends none.
func (a Action) Effect() nango.Effect {
	if a.Operation == "" {
		return nango.Reads
	}
	return a.Operation.Effect()
}

// Ids of the actions that many screens share.
const (
	Up       ActionID = "list.up"
	Down     ActionID = "list.down"
	PageUp   ActionID = "list.pageUp"
	PageDown ActionID = "list.pageDown"
	Top      ActionID = "list.top"
	Bottom   ActionID = "list.bottom"
	Refresh  ActionID = "screen.refresh"
	Submit   ActionID = "form.submit"
	// LeaveForm ends a search in a form, or leaves the form. It stops what a form has begun and can stop.
	LeaveForm ActionID = "form.leave"
)

// Mover is a widget with a cursor or a place to scroll to.
type Mover interface {
	Up()
	Down()
	PageUp()
	PageDown()
	Top()
	Bottom()
}

// MoveActions is the table of actions that move m.
func MoveActions(m Mover) []Action {
	return []Action{
		move(Up, "Up", m.Up),
		move(Down, "Down", m.Down),
		move(PageUp, "Page up", m.PageUp),
		move(PageDown, "Page down", m.PageDown),
		move(Top, "First", m.Top),
		move(Bottom, "Last", m.Bottom),
	}
}

func move(id ActionID, title string, do func()) Action {
	return Action{ID: id, Title: title, Motion: true, Do: func(*Turn) { do() }}
}

// RefreshAction is the action that reads the screen again.
func RefreshAction(s Screen) Action {
	return Action{ID: Refresh, Title: "Read again", HideInFooter: true, Do: s.Refresh}
}
