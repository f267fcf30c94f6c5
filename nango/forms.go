package nango

import (
	"context"
	"net/http"
)

// The requests about environments and API keys have two forms: since v0.71.6 servers take UUIDs, before they took numbers. Which one
// a server takes is learned from its responses, for each operation, because images between two releases have some of each.

// eitherForm returns the call by UUID with that by number as its other form, or the only form that is known.
func eitherForm(byUUID Call, hasUUID bool, byNumber Call, hasNumber bool) Call {
	switch {
	case !hasUUID:
		byNumber.older = true
		return byNumber
	case hasNumber:
		byNumber.older = true
		byUUID.other = &byNumber
	}
	return byUUID
}

// Forms returns the forms in which a call may be sent, in the order in which they are tried. The second one is sent only if the
// response to the first says that the server doesn't have its path, so that nothing was changed. Most calls have one form.
func (c *Client) Forms(call Call) []Call {
	if call.other == nil {
		return []Call{call}
	}
	newer, older := call, *call.other
	newer.other = nil
	if _, takesOlder := c.olderForms.Load(call.Operation); takesOlder {
		return []Call{older, newer}
	}
	return []Call{newer, older}
}

// send is where every request passes. A call with two forms is sent in the second one if the server doesn't have the first.
func (c *Client) send(ctx context.Context, call Call, decode func(Response) error) *Error {
	if call.Operation.ofLogs() {
		return c.sendLogs(ctx, call, decode)
	}
	var first *Error
	forms := c.Forms(call)
	for _, form := range forms {
		e := c.sendForm(ctx, form, decode)
		if !lacksPath(e, form) {
			if len(forms) > 1 && hasAnswered(e) {
				c.learnForm(form)
			}
			return e
		}
		if first == nil {
			first = e
		}
	}
	if len(forms) == 1 && forms[0].older {
		first.Kind, first.Said, first.Fields = Moved, "", nil
		first.Message = "this server identifies environments and API keys by UUID, and only the number is known"
	}
	return first
}

// learnForm remembers the form that a server takes.
func (c *Client) learnForm(form Call) {
	if form.older {
		c.olderForms.Store(form.Operation, true)
	} else {
		c.olderForms.Delete(form.Operation)
	}
}

// hasAnswered reports whether the handler of a path has answered, be it with an error. A gateway or a time limit says nothing.
func hasAnswered(e *Error) bool {
	return e == nil || e.Code != "" && e.Status < http.StatusInternalServerError && e.Status != http.StatusTooManyRequests
}

// lacksPath reports whether a response says that the server doesn't have the path of a form, so that nothing was carried out: it is
// Express's page for unknown paths, or names the parameter in the path that is of the other kind. A 404 in JSON is Nango's own: the
// environment doesn't exist.
func lacksPath(e *Error, form Call) bool {
	if e == nil || !hasForms(form.Operation) {
		return false
	}
	return e.Kind == NotNango && e.Status == http.StatusNotFound ||
		form.Operation == OpEnvironmentDelete && e.Status == http.StatusBadRequest && e.Code == "invalid_uri_params"
}

// hasForms reports whether requests of an operation have two forms.
func hasForms(o Operation) bool {
	return o == OpEnvironmentDelete || o == OpAPIKeyCreate || o == OpAPIKeyDelete
}
