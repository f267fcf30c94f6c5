// Package broken shows what is broken across an environment: all connections with an error, grouped by cause and integration, and
// what each group looks like: an outage, one customer, the app's credentials, a function. Causes come from Nango's logs, of a few
// connections of each integration; the groups say how many were checked.
package broken

import "nango-tui/models/screen"

// Route names the list of groups.
const Route = "causes"

// Names of other areas' routes that this package opens.
const (
	connectionRoute  = "connection"
	integrationRoute = "integration"
	logsRoute        = "logs"
	reconnectRoute   = "reconnect"
)

// Ids of actions.
const (
	OpenGroup       screen.ActionID = "broken.open"
	CheckMore       screen.ActionID = "broken.more"
	CopyGroup       screen.ActionID = "broken.copy"
	Logs            screen.ActionID = "broken.logs"
	OpenIntegration screen.ActionID = "broken.integration"
	OpenConnection  screen.ActionID = "broken.connection"
	Reconnect       screen.ActionID = "broken.reconnect"
	ChangeMany      screen.ActionID = "broken.changeMany"
)
