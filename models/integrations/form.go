package integrations

import (
	"errors"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Fields that every integration has.
const (
	fieldKey     = "unique_key"
	fieldName    = "display_name"
	fieldForward = "forward_webhooks"
)

// nameLength limits display names, client ids and the like, in UTF-16 units (Nango's reference).
const nameLength = 255

// showErrors shows the server's errors at their fields. The first one is focused.
func showErrors(form *screen.Form, config []configField, err error) {
	known, ok := nango.AsError(err)
	switch {
	case !ok || len(known.Fields) > 0:
		form.ShowErrors(err)
	case showConfigErrors(form.Fields, config, known.Message):
	default:
		form.Fields.SetError(explain(known))
	}
}

// fieldOf returns the field of a path in an error, "" for the whole form. The path of an existing key differs from the
// field's name (seen on v0.71.4).
func fieldOf(path string) string {
	first, rest, _ := strings.Cut(path, ".")
	switch first {
	case "uniqueKey":
		return fieldKey
	case "credentials":
		return rest
	case "integration_config":
		return configPrefix + rest
	}
	return first
}

// Messages of Nango that name no field, as seen on v0.71.4.
const (
	messageTaken       = "uniqueKey is already used by another integration"
	messageConnections = "Can't rename an integration with active connections"
	messageNoApp       = "No Nango-provided developer app is configured for this provider"
	messageNeedsNoApp  = "Quickstart is only available for providers that require a developer app"
)

// explain returns the field that an error is about, "" for the whole form, and its text, with advice where Nango's message has
// none.
func explain(e *nango.Error) (field, text string) {
	// The server may not have the operation that uses Nango's app.
	noQuickstart := e.Operation == nango.OpIntegrationQuickstart && e.Kind == nango.NotNango
	switch text = e.Error(); {
	case e.Message == messageTaken, e.Message == messageConnections:
		return fieldKey, text
	case e.Message == messageNoApp, noQuickstart:
		return fieldApp, fmt.Sprintf(adviceOwnApp, text)
	case e.Message == messageNeedsNoApp:
		return fieldApp, fmt.Sprintf(adviceNoApp, text)
	}
	return "", text
}

func declined(err error) bool { return errors.Is(err, screen.ErrDeclined) }
