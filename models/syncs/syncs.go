// Package syncs is the syncs of a connection and those of a whole integration: how they stand, and the orders that run,
// pause and start them. It may know what any screen may know, and no other area.
//
// Nango answers an order with success as soon as it has taken it, and does so even when nothing can come of it (seen on
// v0.71.4 without its orchestrator). So every order is followed by looks at what became of it.
package syncs

import "nango-tui/models/screen"

// Route is the name of the route that leads here: syncs/INTEGRATION, or syncs/INTEGRATION/ID for one connection, where
// ?sync=NAME puts the cursor on one.
const Route = "syncs"

// querySync is the sync that the cursor begins on, as Nango writes it: "name" or "name::variant".
const querySync = "sync"

// Names of routes of other areas that can be gone to from here.
const (
	connectionRoute = "connection"
	functionRoute   = "function"
)

// Ids of the actions on a sync, in the list of a connection's and on its own page.
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
)

// Ids of the actions of the list of a connection's syncs.
const (
	Open           screen.ActionID = "syncs.open"
	AllOfThem      screen.ActionID = "syncs.all"
	OpenConnection screen.ActionID = "syncs.connection"
	OfIntegration  screen.ActionID = "syncs.ofIntegration"
	OneByOne       screen.ActionID = "syncs.oneByOne"
)

// Ids of the actions of the syncs of a whole integration.
const (
	OpenFleetRow screen.ActionID = "fleet.open"
	Choose       screen.ActionID = "fleet.choose"
	StopReading  screen.ActionID = "fleet.stop"
)
