package integrations

import (
	"errors"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields of the forms that every integration has.
const (
	fieldKey     = "unique_key"
	fieldName    = "display_name"
	fieldForward = "forward_webhooks"
)

// nameLength is how many characters a display name, a client id and their like may have (Nango's reference).
const nameLength = 255

// refused puts what the server did not take to the field that it is about; of the first one it is seen.
func refused(form *form.Form, config []configField, err error) {
	known, ok := nango.AsError(err)
	switch {
	case !ok:
		form.SetError("", err.Error())
	case len(known.Fields) > 0:
		for _, fault := range slices.Backward(known.Fields) {
			form.SetError(fieldOf(fault.Path), fault.String())
		}
	case refusedConfig(form, config, known.Message):
	default:
		form.SetError(fieldMeant(known), explained(known))
	}
}

// fieldOf is the field that a path in an error of Nango's means; empty for the whole form. Of a key that is taken Nango
// writes the path in another way than it wants the field (seen on v0.71.4).
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

// What Nango says without naming a field, as seen on v0.71.4.
const (
	saidTaken       = "uniqueKey is already used by another integration"
	saidConnections = "Can't rename an integration with active connections"
	saidNoApp       = "No Nango-provided developer app is configured for this provider"
	saidNeedsNoApp  = "Quickstart is only available for providers that require a developer app"
)

func fieldMeant(e *nango.Error) string {
	switch {
	case e.Message == saidTaken, e.Message == saidConnections:
		return fieldKey
	case e.Message == saidNoApp, e.Message == saidNeedsNoApp, noQuickstart(e):
		return fieldApp
	}
	return ""
}

// noQuickstart says that the server does not know the way by which Nango's own app is used.
func noQuickstart(e *nango.Error) bool {
	return e.Operation == nango.OpIntegrationQuickstart && e.Kind == nango.NotNango
}

// explained is an error, with what it means where Nango's sentence does not say it.
func explained(e *nango.Error) string {
	switch {
	case noQuickstart(e):
		return e.Error() + ". Take an app of your own."
	case e.Message == saidNoApp:
		return e.Error() + ". This Nango has no app of its own for it: take one of yours."
	case e.Message == saidNeedsNoApp:
		return e.Error() + ". This provider needs no app: take the other choice."
	}
	return e.Error()
}

func declined(err error) bool { return errors.Is(err, screen.ErrDeclined) }
