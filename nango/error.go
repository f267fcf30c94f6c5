package nango

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Error is everything that can go wrong with a request, in Nango's words and ours. Its texts are masked and
// bounded, but not made plain for a terminal.
type Error struct {
	// Operation and About say what was asked.
	Operation Operation
	About     ConnectionRef
	// Kind is of what sort the error is. Use errors.Is to ask for one.
	Kind Kind
	// Status is that of the answer, or 0 where none came.
	Status int
	// Code is Nango's own word, such as "invalid_body", or empty.
	Code string
	// Message is Nango's own sentence, or ours where it gave none.
	Message string
	// Fields are the parts of the request that Nango did not take.
	Fields []FieldError
	// Scopes are those that the key lacks; any one of them is enough.
	Scopes []string
	// RetryAfter is how long Nango wants to be left alone; 0 where it does not say.
	RetryAfter time.Duration
	// Unknown says that the request may have been done all the same.
	OutcomeUnknown bool

	payload json.RawMessage
	// upstream is what a provider said to a function that failed over it.
	upstream json.RawMessage
	// proxied is the answer that was taken for Nango's own error.
	proxied *ProxyResponse
	// owner is what the key is known to belong to.
	owner  Owner
	masked string // the payload as it may be shown
	cause  error
}

// FieldError is one part of a request that Nango did not take.
type FieldError struct {
	// Path leads to the part, such as "tags.env"; empty for the whole.
	Path string
	// Message is Nango's sentence, Code its word, such as "too_small".
	Message, Code string
}

// String is the field and what is wrong with it.
func (f FieldError) String() string {
	if f.Path == "" {
		return f.Message
	}
	return f.Path + ": " + f.Message
}

// Error is one line: what failed, status and code, and why.
func (e *Error) Error() string {
	var out strings.Builder
	out.WriteString(string(e.Operation))
	out.WriteString(": ")
	if e.Status > 0 {
		fmt.Fprintf(&out, "%d ", e.Status)
	}
	if e.Code != "" {
		out.WriteString(e.Code)
	} else {
		out.WriteString(e.Kind.Error())
	}
	if reason := e.reason(); reason != "" {
		out.WriteString(": ")
		out.WriteString(reason)
	}
	if e.OutcomeUnknown {
		out.WriteString(" (not known whether it was done)")
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

func (e *Error) reason() string {
	if e.Message != "" {
		return e.Message
	}
	if upstream, ok := e.Upstream(); ok {
		return fmt.Sprintf("the provider answered %d", upstream.Status)
	}
	all := make([]string, 0, len(e.Fields))
	for _, field := range e.Fields {
		all = append(all, field.String())
	}
	return strings.Join(all, "; ")
}

// Detail is the error in full, line by line; the payload stands there masked.
func (e *Error) Detail() []string {
	lines := []string{e.Error()}
	if e.Message != "" {
		for _, field := range e.Fields {
			lines = append(lines, field.String())
		}
	}
	if len(e.Scopes) > 0 {
		lines = append(lines, "The key lacks "+strings.Join(e.Scopes, " or ")+".")
	}
	if e.RetryAfter > 0 {
		lines = append(lines, "Nango asks to wait "+e.RetryAfter.String()+".")
	}
	if e.masked != "" {
		lines = append(lines, "Payload: "+e.masked)
	}
	if advice := e.Advice(); advice != "" {
		lines = append(lines, advice)
	}
	return lines
}

var advices = map[Kind]string{
	ReadOnly:            "Use a profile that may write, or start without the read-only flag.",
	NotNango:            "Check the host of the profile, and the version of a server of your own.",
	TooLarge:            "Ask for less at once.",
	Redirected:          "Put the address it points to into the profile if it is the right one: keys are not sent to another host.",
	Timeout:             "Try again; if it stays so, look at the server and the way to it.",
	Network:             "Check the network and the host of the profile, then try again.",
	RateLimited:         "Wait until the budget is full again; it is shared by all keys of the account.",
	Unauthorized:        "Check the key and the host of the profile: a key belongs to one environment of one server.",
	NotFound:            "It may have been deleted, or belong to another environment; read the list again.",
	Conflict:            "Read it again: it has changed meanwhile.",
	Invalid:             "Change what is named and send it again.",
	RefreshFailed:       "Send the customer a reconnect link, or try the refresh again.",
	ServerFailed:        "Try again; if it stays so, look at the logs of the server.",
	ProviderUnreachable: "Check the path and the base URL; if they are right, the provider is down.",
	NotSaved:            "Check where it should go, and the space there, before you send it again: the request itself was done.",
	ResultPending:       "Wait, up to a deadline: Nango says the same of a run that goes on, of one that it does not know, and of a result that is null.",
	BadCursor:           "The cursor may be gone: begin at the start of the list again; if that fails too, look at the logs of the server.",
	Malformed:           "Try again; if it stays so, something between here and Nango cuts the answer.",
}

// Advice is what can be done about it, or empty.
func (e *Error) Advice() string {
	switch {
	case e.Code == "disabled_resource":
		return "It is switched off in Nango: nothing runs it until it is on again."
	case e.Kind == ActionFailed:
		return originAdvices[e.Origin()]
	case e.OutcomeUnknown || e.Kind == ServerFailed && e.Operation.Effect().Changes():
		return "Look whether it was done before you send it again."
	case e.Kind == Unauthorized && (e.Operation == OpSessionGet || e.Operation == OpSessionDelete):
		return "The link has expired or was revoked."
	case e.Kind == Forbidden && e.owner == OwnerAccount && !e.Operation.ofAccount():
		return "This is a key of the account: it makes and deletes environments and their API keys, and reads nothing of one. Use a key of the environment for that."
	case e.Kind == Forbidden && e.owner == OwnerEnvironment && e.Operation.ofAccount():
		return "That takes a key of the account; this one is of an environment."
	case e.Kind == Forbidden && len(e.Scopes) > 0 && e.Operation.ofAccount():
		return "That takes a key of the account with the scope " + strings.Join(e.Scopes, " or ") + "."
	case e.Kind == Forbidden && len(e.Scopes) > 0:
		return "Give the key the scope " + strings.Join(e.Scopes, " or ") + " in the environment's settings, or use another key: one of the account has no scope of an environment."
	case e.Kind == Forbidden:
		return "This key may not do that: it may be one of the account, or the plan may not have it."
	}
	return advices[e.Kind]
}

// Is says whether the error is of a kind; besides its own, [OutcomeUnknown] where it is not known whether a change
// was made.
func (e *Error) Is(target error) bool {
	kind, ok := target.(Kind)
	return ok && (kind == e.Kind || kind == OutcomeUnknown && e.OutcomeUnknown)
}

// Unwrap is what lies beneath, such as context.Canceled. Its text is not masked: ask it with errors.Is, do
// not print it.
func (e *Error) Unwrap() error { return e.cause }

// Payload is what Nango sent along, as it was written, secrets included; nil where there was nothing.
func (e *Error) Payload() json.RawMessage { return e.payload }

// Connection is the connection that a failed refresh sends along: everything but its credentials.
func (e *Error) Connection() (ConnectionDetail, bool) {
	var payload struct {
		Connection json.RawMessage `json:"connection"`
	}
	if json.Unmarshal(e.payload, &payload) != nil || len(payload.Connection) == 0 {
		return ConnectionDetail{}, false
	}
	detail, err := connectionFrom(payload.Connection)
	return detail, err == nil
}

// AsError is the [Error] in err, if there is one.
func AsError(err error) (*Error, bool) {
	var found *Error
	ok := errors.As(err, &found)
	return found, ok
}
