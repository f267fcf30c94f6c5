// Package actions runs the actions of an integration: the list of actions, the form that runs one, the page of a run,
// and the history of the runs since the start.
//
// It may know requests, widgets and what a screen is made of, and no other area. A run outlives its page: its result
// is kept in the [History], which App creates and passes to the area's screens.
package actions

import "nango-tui/models/screen"

// Routes of the area.
const (
	// ListRoute has an integration's key as its argument. The query may name the connection to run on.
	ListRoute = "actions"
	// FormRoute has an integration's key and an action's name as its arguments. The query may name the connection.
	FormRoute = "run"
	// HistoryRoute lists the runs since the start.
	HistoryRoute = "runs"
	// queryConnection is the id of a connection of the integration.
	queryConnection = "connection"
)

// Actions on an action, in its list and its form.
const (
	OpenAction screen.ActionID = "action.open"
	CopyName   screen.ActionID = "action.copy"
	ShowRuns   screen.ActionID = "action.runs"
	// ToggleJSON switches between the fields of a form and its input as JSON.
	ToggleJSON screen.ActionID = "action.json"
	EditInput  screen.ActionID = "action.editor"
	// ToggleOptions switches between the input and the connection and mode of the run.
	ToggleOptions screen.ActionID = "action.how"
)

// Actions on a run, in the history and on its page.
const (
	OpenRun    screen.ActionID = "run.open"
	RunAgain   screen.ActionID = "run.again"
	OtherInput screen.ActionID = "run.other"
	// ShowInput switches between the result and the input of a run.
	ShowInput   screen.ActionID = "run.input"
	KeepWaiting screen.ActionID = "run.wait"
	// StopWaiting ends polling a run, which continues.
	StopWaiting screen.ActionID = "run.stop"
)
