// Package connections is the list of an environment's connections and the page of a single one, with the forms
// that change it. It may know what any screen may know, and no other area.
//
// A connection is read whole only when somebody asks for that, because it may refresh the token: the list, its
// preview and the page open from the list's rows alone.
package connections

import "nango-tui/models/screen"

// Names of the routes that lead here.
const (
	// ListRoute is the list: connections?integration=KEY&tag=KEY:VALUE&customer=END_USER_ID&state=STATE&q=WORDS.
	ListRoute = "connections"
	// DetailRoute is one connection: connection/INTEGRATION/ID.
	DetailRoute = "connection"
)

// Names of routes of other areas that can be gone to from here.
const (
	integrationRoute = "integration"
	actionsRoute     = "actions"
	linkRoute        = "link"
	reconnectRoute   = "reconnect"
	proxyRoute       = "proxy"
	syncsRoute       = "syncs"
	recordsRoute     = "records"
)

// Ids of the actions that the list and the page of a connection share.
const (
	Reconnect       screen.ActionID = "connection.reconnect"
	Copy            screen.ActionID = "connection.copy"
	Delete          screen.ActionID = "connection.delete"
	AllOfCustomer   screen.ActionID = "connection.allOfCustomer"
	OpenIntegration screen.ActionID = "connection.integration"
)

// Ids of the actions of the list.
const (
	OpenConnection   screen.ActionID = "connections.open"
	BrokenOnly       screen.ActionID = "connections.brokenOnly"
	LinkFor          screen.ActionID = "connections.link"
	AllOfIntegration screen.ActionID = "connections.allOfIntegration"
	Preview          screen.ActionID = "connections.preview"
	LiftBound        screen.ActionID = "connections.liftBound"
)

// Ids of the actions of the page of a connection.
const (
	OpenRow      screen.ActionID = "connection.openRow"
	Fetch        screen.ActionID = "connection.fetch"
	ForceRefresh screen.ActionID = "connection.forceRefresh"
	Edit         screen.ActionID = "connection.edit"
	EditTags     screen.ActionID = "connection.tags"
	EditMetadata screen.ActionID = "connection.metadata"
	Records      screen.ActionID = "connection.records"
	EditWebhook  screen.ActionID = "connection.webhook"
	Reveal       screen.ActionID = "connection.reveal"
	OpenActions  screen.ActionID = "connection.actions"
	Proxy        screen.ActionID = "connection.proxy"
	Syncs        screen.ActionID = "connection.syncs"
)
