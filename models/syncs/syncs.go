// Package syncs shows the syncs of a connection or of an integration, and runs, pauses and resumes them. It may know
// what any screen may know, and no other area.
//
// Nango answers a command with success as soon as it has accepted it, even if it can't have an effect (seen on
// v0.71.4 without its orchestrator). So after every command the program polls the syncs and reports what happened.
package syncs

import (
	"errors"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Route is the name of the area's route: syncs/INTEGRATION, or syncs/INTEGRATION/ID for one connection, where
// ?sync=NAME places the cursor.
const Route = "syncs"

// querySync is the sync that the cursor starts on, as Nango writes it: "name" or "name::variant".
const querySync = "sync"

// Routes of other areas.
const (
	connectionRoute = "connection"
	functionRoute   = "function"
)

// Actions on a sync, in the list of a connection and on the sync's page.
const (
	Trigger       screen.ActionID = "sync.trigger"
	Pause         screen.ActionID = "sync.pause"
	Start         screen.ActionID = "sync.start"
	Frequency     screen.ActionID = "sync.frequency"
	NewVariant    screen.ActionID = "sync.newVariant"
	DeleteVariant screen.ActionID = "sync.deleteVariant"
	Copy          screen.ActionID = "sync.copy"
	Checkpoint    screen.ActionID = "sync.checkpoint"
	OpenFunction  screen.ActionID = "sync.function"
	Logs          screen.ActionID = "sync.logs"
)

// Actions in the list of a connection.
const (
	Open                 screen.ActionID = "syncs.open"
	RunOrPauseAll        screen.ActionID = "syncs.all"
	OpenConnection       screen.ActionID = "syncs.connection"
	OpenIntegrationSyncs screen.ActionID = "syncs.ofIntegration"
	LoadOneByOne         screen.ActionID = "syncs.oneByOne"
)

// Actions in the list of an integration.
const (
	OpenFleetRow screen.ActionID = "fleet.open"
	LoadOne      screen.ActionID = "fleet.choose"
	StopLoading  screen.ActionID = "fleet.stop"
)

// OpenAll opens the sync under the cursor in the list of the environment.
const OpenAll screen.ActionID = "allSyncs.open"

// New creates the screen for a route: the syncs of a connection or of an integration.
func New(r screen.Route) (screen.Screen, error) {
	switch {
	case len(r.Args) == 2 && r.Arg(0) != "" && r.Arg(1) != "":
		return newList(nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}, r.Query.Get(querySync)), nil
	case len(r.Args) == 1 && r.Arg(0) != "":
		return newFleet(r.Arg(0)), nil
	}
	return nil, errors.New(textRouteUsage)
}
