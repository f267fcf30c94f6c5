// Package connections has the list of an environment's connections, the page of a connection, and the forms that
// change or import one. Like any area, it may know models/screen, nango, ui and internal/jsontext, but no other area.
//
// The list, its preview and the page use data of the list. A connection is read with its credentials only on request,
// because that may refresh the token.
package connections

import "nango-tui/models/screen"

// Names of this area's routes.
const (
	// ListRoute is the list: connections?integration=KEY&tag=KEY:VALUE&customer=END_USER_ID&state=STATE&q=WORDS.
	ListRoute = "connections"
	// DetailRoute is the page of a connection: connection/INTEGRATION/ID.
	DetailRoute = "connection"
)

// Names of other areas' routes that this area opens.
const (
	integrationRoute = "integration"
	actionsRoute     = "actions"
	linkRoute        = "link"
	reconnectRoute   = "reconnect"
	probeRoute       = "probe"
	proxyRoute       = "proxy"
	syncsRoute       = "syncs"
	recordsRoute     = "records"
	deliveriesRoute  = "deliveries"
	logsRoute        = "logs"
	functionRoute    = "function"
	operationRoute   = "operation"
)

// IDs of actions that the list and the page share.
const (
	Reconnect       screen.ActionID = "connection.reconnect"
	Copy            screen.ActionID = "connection.copy"
	Delete          screen.ActionID = "connection.delete"
	AllOfCustomer   screen.ActionID = "connection.allOfCustomer"
	OpenIntegration screen.ActionID = "connection.integration"
)

// IDs of the list's actions.
const (
	OpenConnection   screen.ActionID = "connections.open"
	BrokenOnly       screen.ActionID = "connections.brokenOnly"
	LinkFor          screen.ActionID = "connections.link"
	AllOfIntegration screen.ActionID = "connections.allOfIntegration"
	Preview          screen.ActionID = "connections.preview"
	Export           screen.ActionID = "connections.export"
	LiftBound        screen.ActionID = "connections.liftBound"
)

// IDs of the page's actions.
const (
	OpenRow      screen.ActionID = "connection.openRow"
	Fetch        screen.ActionID = "connection.fetch"
	ForceRefresh screen.ActionID = "connection.forceRefresh"
	Edit         screen.ActionID = "connection.edit"
	EditTags     screen.ActionID = "connection.tags"
	EditMetadata screen.ActionID = "connection.metadata"
	Records      screen.ActionID = "connection.records"
	EditWebhook  screen.ActionID = "connection.webhook"
	Detour       screen.ActionID = "connection.detour"
	Listen       screen.ActionID = "detour.listen"
	StopDetour   screen.ActionID = "detour.stop"
	Reveal       screen.ActionID = "connection.reveal"
	OpenActions  screen.ActionID = "connection.actions"
	Proxy        screen.ActionID = "connection.proxy"
	Syncs        screen.ActionID = "connection.syncs"
	Logs         screen.ActionID = "connection.logs"
	Deliveries   screen.ActionID = "connection.deliveries"
	Probe        screen.ActionID = "connection.probe"
	// OpenFunction opens the function that failed, FirstFailure searches the logs for the first failure.
	OpenFunction screen.ActionID = "connection.function"
	FirstFailure screen.ActionID = "connection.firstFailure"
)
