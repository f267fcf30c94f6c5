// Package doctor shows what looks like a dead token but is configuration, of an integration or of the whole environment. It only
// reads. Like any area, it may know models/screen, nango, ui and internal/jsontext, but no other area.
package doctor

import "nango-tui/models/screen"

// Route names the screen: doctor for the environment, doctor/KEY for an integration.
const Route = "doctor"

// Names of other areas' routes that this area opens.
const (
	connectionRoute  = "connection"
	deliveriesRoute  = "deliveries"
	environmentRoute = "environment"
	functionsRoute   = "functions"
	integrationRoute = "integration"
	logsRoute        = "logs"
)

// IDs of actions.
const (
	OpenFinding     screen.ActionID = "doctor.open"
	CheckAll        screen.ActionID = "doctor.checkAll"
	CopyFinding     screen.ActionID = "doctor.copy"
	OpenIntegration screen.ActionID = "doctor.integration"
)
