// Package actions runs the actions of an integration: the list of them with what they do and need, the form that one is run
// by, the page on which a run goes on and ends, and the history of the runs since the start.
//
// It may know requests, widgets and what a screen is made of, and no other area. A run outlives its page: what came of it
// is kept in the [History], which App makes and hands to each of its screens.
package actions

import (
	"nango-tui/models/screen"
)

// Names of the routes that lead here.
const (
	// ListRoute has an integration's key as its argument; the query may name the connection to run on.
	ListRoute = "actions"
	// FormRoute has an integration's key and an action's name as its arguments; the query may name the connection.
	FormRoute = "run"
	// HistoryRoute is the runs since the start.
	HistoryRoute = "runs"
	// queryConnection is the id of a connection of the integration.
	queryConnection = "connection"
)

// Ids of the actions.
const (
	// OpenAction opens the form of the action under the cursor.
	OpenAction screen.ActionID = "action.open"
	// CopyName copies the name of the action under the cursor.
	CopyName screen.ActionID = "action.copy"
	// ShowRuns opens the history.
	ShowRuns screen.ActionID = "action.runs"
	// WriteJSON changes between the fields of a form and its input as JSON.
	WriteJSON screen.ActionID = "action.json"
	// EditInput opens the input in the user's editor.
	EditInput screen.ActionID = "action.editor"
	// ChooseHow goes from the input to the connection and the way in which the action runs, and back.
	ChooseHow screen.ActionID = "action.how"

	// OpenRun opens the run under the cursor.
	OpenRun screen.ActionID = "run.open"
	// RunAgain proposes the same run again.
	RunAgain screen.ActionID = "run.again"
	// OtherInput opens the form with the input of a run.
	OtherInput screen.ActionID = "run.other"
	// ShowInput changes between what a run returned and what was sent.
	ShowInput screen.ActionID = "run.input"
	// KeepWaiting waits for a run again that nobody waits for.
	KeepWaiting screen.ActionID = "run.wait"
	// StopWaiting ends the waiting for a run, which goes on.
	StopWaiting screen.ActionID = "run.stop"
)
