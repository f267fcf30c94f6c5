// Package proxy sends requests to providers through Nango with a connection's credentials. It has the request form, the
// response page and the list of saved requests. It may use models/screen, nango and ui, but no other area.
//
// A provider's response is a value whatever its status; only an error of Nango itself is an error.
package proxy

import "nango-tui/models/screen"

// Route names.
const (
	// Route is the form: proxy/INTEGRATION/ID?method=M&path=P&query=Q. Without a connection the user picks one first.
	Route = "proxy"
	// savedRoute is the list of saved requests: kept?q=WORDS.
	savedRoute = "kept"
	// queryIntegration preselects an integration in the connection picker.
	queryIntegration = "integration"
	queryWords       = "q"
	// The method, path and query of a request to a connection that the form begins with.
	queryMethod      = "method"
	queryPath        = "path"
	queryQuery       = "query"
	connectionsRoute = "connections"
)

// Action ids of the request form.
const (
	// SendOnEnter sends the form from the focused field.
	SendOnEnter  screen.ActionID = "proxy.sendHere"
	CompletePath screen.ActionID = "proxy.complete"
	EditBody     screen.ActionID = "proxy.editBody"
	PasteCurl    screen.ActionID = "proxy.pasteCurl"
	// ShowNangoResponse shows a response that looks like Nango's own.
	ShowNangoResponse screen.ActionID = "proxy.showAnyway"
	UseSaved          screen.ActionID = "proxy.takeKept"
	SaveRequest       screen.ActionID = "proxy.keep"
	CopyFormCurl      screen.ActionID = "proxy.copyCurl"
	// PickFromList opens the list of connections to pick one there.
	PickFromList screen.ActionID = "proxy.chooseInList"
)

// Action ids of the response page.
const (
	SendAgain       screen.ActionID = "answer.sendAgain"
	EditRequest     screen.ActionID = "answer.edit"
	Headers         screen.ActionID = "answer.headers"
	CopyHeader      screen.ActionID = "answer.copyHeader"
	SaveBody        screen.ActionID = "answer.save"
	CopyCurl        screen.ActionID = "answer.copyCurl"
	SaveSentRequest screen.ActionID = "answer.keep"
)

// Action ids of the list of saved requests.
const (
	OpenSaved         screen.ActionID = "kept.open"
	UseSavedElsewhere screen.ActionID = "kept.onAnother"
	RenameSaved       screen.ActionID = "kept.rename"
	DeleteSaved       screen.ActionID = "kept.drop"
)
