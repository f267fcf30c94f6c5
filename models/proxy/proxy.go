// Package proxy sends requests to providers through Nango, with a customer's credentials: the form that makes one, the page
// of its answer, and the requests that were named and kept. It may know what any screen may know, and no other area.
//
// A provider's answer is a value here, whatever its status; only what Nango says in its own name is an error.
package proxy

import "nango-tui/models/screen"

// Names of the routes that lead here.
const (
	// Route is the form: proxy/INTEGRATION/ID. Without a connection one is chosen first.
	Route = "proxy"
	// KeptRoute is the list of what was kept: kept?q=WORDS.
	savedRoute = "kept"
	// queryIntegration is what the choice of a connection begins with.
	queryIntegration = "integration"
	queryWords       = "q"
	// connectionsRoute is the list of connections.
	connectionsRoute = "connections"
)

// Ids of the actions of the form.
const (
	// SendHere sends the form from the field under the cursor.
	SendOnEnter  screen.ActionID = "proxy.sendHere"
	CompletePath screen.ActionID = "proxy.complete"
	EditBody     screen.ActionID = "proxy.editBody"
	PasteCurl    screen.ActionID = "proxy.pasteCurl"
	// ShowAnyway shows the answer that was taken for Nango's own.
	ShowNangoAnswer screen.ActionID = "proxy.showAnyway"
	UseSaved        screen.ActionID = "proxy.takeKept"
	SaveRequest     screen.ActionID = "proxy.keep"
	CopyFormCurl    screen.ActionID = "proxy.copyCurl"
	// ChooseInList leaves the choice of a connection to the list of them.
	PickFromList screen.ActionID = "proxy.chooseInList"
)

// Ids of the actions of the page of an answer.
const (
	SendAgain       screen.ActionID = "answer.sendAgain"
	EditRequest     screen.ActionID = "answer.edit"
	Headers         screen.ActionID = "answer.headers"
	CopyHeader      screen.ActionID = "answer.copyHeader"
	SaveBody        screen.ActionID = "answer.save"
	CopyCurl        screen.ActionID = "answer.copyCurl"
	SaveSentRequest screen.ActionID = "answer.keep"
)

// Ids of the actions on the kept requests.
const (
	OpenSaved         screen.ActionID = "kept.open"
	UseSavedElsewhere screen.ActionID = "kept.onAnother"
	RenameSaved       screen.ActionID = "kept.rename"
	DeleteSaved       screen.ActionID = "kept.drop"
)
