// Package logs shows Nango's logs: the operations of an environment, and the messages of each. Like any area, it may know
// models/screen, nango, ui and internal/jsontext, but no other area.
//
// The logs are read through Nango's management MCP endpoint, which not every server has. Everything in them is untrusted.
package logs

import "nango-tui/models/screen"

// Names of this area's routes.
const (
	// ListRoute is the list: logs?integration=KEY&connection=ID&function=NAME&type=TYPE&state=STATE&period=PERIOD&q=WORDS.
	ListRoute = "logs"
	// DeliveriesRoute is the list of the webhooks that Nango sent: deliveries?integration=KEY&connection=ID&state=STATE&period=PERIOD&q=WORDS.
	DeliveriesRoute = "deliveries"
	// OperationRoute is an operation: operation/ID.
	OperationRoute = "operation"
)

// Names of other areas' routes that this area opens.
const (
	connectionRoute  = "connection"
	integrationRoute = "integration"
	proxyRoute       = "proxy"
)

// IDs of the list's actions.
const (
	OpenOperation screen.ActionID = "logs.open"
	CopyOperation screen.ActionID = "logs.copy"
	LoadMore      screen.ActionID = "logs.more"
	Period        screen.ActionID = "logs.period"
	Follow        screen.ActionID = "logs.follow"
	Chart         screen.ActionID = "logs.chart"
	ChartLeft     screen.ActionID = "logs.chartLeft"
	ChartRight    screen.ActionID = "logs.chartRight"
	ChartChoose   screen.ActionID = "logs.chartChoose"
	LoadAnswers   screen.ActionID = "deliveries.answers"
)

// IDs of actions that the list and the page of an operation share.
const (
	OpenConnection  screen.ActionID = "logs.connection"
	OpenIntegration screen.ActionID = "logs.integration"
)

// IDs of the actions of an operation and of a message.
const (
	OpenMessage    screen.ActionID = "operation.open"
	CopyMessage    screen.ActionID = "operation.copy"
	ShowJSON       screen.ActionID = "operation.json"
	LoadMessages   screen.ActionID = "operation.more"
	SendAgain      screen.ActionID = "operation.sendAgain"
	CopyCurl       screen.ActionID = "operation.curl"
	ShowOperations screen.ActionID = "operation.list"
)
