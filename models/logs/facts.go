package logs

import (
	"cmp"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// facts are what is known of an operation.
func facts(o nango.LogOperation, customer string, now time.Time) screen.Facts {
	all := screen.Facts{
		{labelWhat, strings.Trim(o.Message+" · "+kindOf(o), " ·")},
		{labelState, cmp.Or(o.State, textNoState)},
		{labelError, errorText(o)},
		{labelWhen, when(now, o)},
		{labelConnection, strings.Trim(customer+" · "+o.Connection, " ·")},
		{labelIntegration, strings.Trim(o.Integration+" · "+differs(o.Provider, o.Integration), " ·")},
		{labelFunction, o.Function},
		{labelActor, strings.TrimSpace(o.Actor.Kind + " " + o.Actor.ID)},
		{labelRequest, requestText(o.Request, o.Response)},
		{labelEnvironment, o.Environment},
		{labelID, o.ID},
	}
	return all
}

func differs(text, from string) string {
	if text == from {
		return ""
	}
	return text
}

// when is the start of an operation, and how long it took or has been running.
func when(now time.Time, o nango.LogOperation) string {
	at := o.Created
	if !o.Started.IsZero() {
		at = o.Started
	}
	if at.IsZero() {
		return ""
	}
	text := ui.AgoWithTime(now, at)
	switch {
	case o.Duration > 0:
		text += textTook + ui.Took(o.Duration)
	case isOpen(o):
		text += textSoFar + ui.Elapsed(now.Sub(at)).String()
	}
	return text
}

// requestText is a request with the status of its response: "POST https://api.example.com/token → 400".
func requestText(request *nango.LogRequest, response *nango.LogResponse) string {
	if request == nil {
		return ""
	}
	text := strings.TrimSpace(request.Method + " " + request.MaskedURL())
	if response != nil && response.Code > 0 {
		text += " → " + statusText(response.Code)
	}
	return text
}
