package nango

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Error is any failure of a request. Its texts are masked and bounded, but not sanitized for a terminal.
type Error struct {
	// Operation and About say what the request was.
	Operation Operation
	About     ConnectionRef
	// Kind classifies the error. Test for one with errors.Is.
	Kind Kind
	// Status is the response's status, or 0 without a response.
	Status int
	// Code is Nango's error code, such as "invalid_body", or empty.
	Code string
	// Message is Nango's message, or ours if it has none.
	Message string
	// Said is what the rest of the response says in words, such as the cause that the provider gave: "invalid_grant: Token has been
	// expired or revoked."
	Said string
	// Fields are the parts of the request that Nango refused.
	Fields []FieldError
	// Scopes are the scopes that the key lacks; any one of them is enough.
	Scopes []string
	// RetryAfter is how long Nango asks to wait; 0 if it doesn't.
	RetryAfter time.Duration
	// OutcomeUnknown means that the request may have been carried out.
	OutcomeUnknown bool

	payload json.RawMessage
	// upstream is the provider's response that made a function fail.
	upstream json.RawMessage
	// proxied is the response that was classified as Nango's own error.
	proxied *ProxyResponse
	// owner is the owner of the key, as far as known.
	owner  Owner
	masked string // the whole response with secrets masked
	cause  error
}

// FieldError is a part of a request that Nango refused.
type FieldError struct {
	// Path is the path of the part, such as "tags.env"; empty for the whole request.
	Path string
	// Message is Nango's message, Code its error code, such as "too_small".
	Message, Code string
}

// String returns the path and the message.
func (f FieldError) String() string {
	if f.Path == "" {
		return f.Message
	}
	return f.Path + ": " + f.Message
}

// Error returns one line: what failed, status, code and reason.
func (e *Error) Error() string { return e.line(e.reason()) }

// WithoutSaid is [Error.Error] without what the provider said.
func (e *Error) WithoutSaid() string { return e.line(e.Message) }

func (e *Error) line(reason string) string {
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
	if e.OutcomeUnknown { // before the reason, which may be cut
		out.WriteString(" (not known whether it was carried out)")
	}
	if reason != "" {
		out.WriteString(": ")
		out.WriteString(reason)
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// reason is what was said, the provider first: its words are the cause, and Nango's sentence only says where it happened.
func (e *Error) reason() string {
	said := e.Said
	if upstream, ok := e.Upstream(); ok {
		said = strings.TrimSuffix(fmt.Sprintf("the provider responded with %d: %s", upstream.Status, said), ": ")
	}
	switch {
	case said != "" && e.Message != "":
		return said + " · " + e.Message
	case said != "" || e.Message != "":
		return said + e.Message
	}
	all := make([]string, 0, len(e.Fields))
	for _, field := range e.Fields {
		all = append(all, field.String())
	}
	return strings.Join(all, "; ")
}

// Detail returns the full error in lines, with the whole response, masked and at most [maxErrorBody] bytes of it.
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
	if advice := e.Advice(); advice != "" {
		lines = append(lines, advice)
	}
	if e.masked != "" {
		lines = append(lines, "", "The response:", e.masked)
	}
	return lines
}

var advices = map[Kind]string{
	ReadOnly:            "Use a profile that allows changes, or start without --read-only.",
	NotNango:            "Check the profile's host. If it is your own server, check its version.",
	TooLarge:            "Ask for fewer items at once.",
	Redirected:          "If the new address is right, put it into the profile. The key is never sent to another host.",
	Timeout:             "Try again. If it keeps failing, check the server and the network.",
	Network:             "Check the network and the profile's host, then try again.",
	RateLimited:         "Wait for the next minute. All keys of the account share the limit.",
	Unauthorized:        "Check the profile's key and host. A key belongs to one environment of one server.",
	NotFound:            "It may have been deleted, or belong to another environment. Reload the list.",
	Conflict:            "It has changed in the meantime. Reload it.",
	Invalid:             "Correct the fields below and send it again.",
	RefreshFailed:       "Send the customer a reconnect link, or try the refresh again.",
	ServerFailed:        "Try again. If it keeps failing, check the server's logs.",
	ProviderUnreachable: "Check the path and the base URL. If they are right, the provider is down.",
	NotSaved:            "The request was carried out. Before sending it again, check the file's folder and the free space.",
	Moved:               "Nothing was changed. Reload the list: if it shows it, use that row. Otherwise use Nango's dashboard.",
	NotRecorded:         "Nothing was sent. A change is only sent if the journal can record it: repair that, then try again.",
	ProxyRefused:        "Check the proxy. A password is part of its URL: http://user:password@host:port. Only Basic authentication works.",
	LogsDisabled:        "Nango's server needs NANGO_LOGS_ENABLED and Elasticsearch or OpenSearch.",
	LogsNoAddress: "Name their address in the profile with logs:, such as logs: https://mcp.example.com/mcp. A server of your own needs " +
		"NANGO_MANAGEMENT_MCP_SERVER_URL.",
	LogsTooOld:    "Update the server to v0.71.0 or later.",
	LogsTooNew:    "Update this program.",
	ResultPending: "Wait, up to a deadline. Nango responds the same for a run in progress, an unknown run, and a null result.",
	BadCursor:     "The cursor may be gone. Start at the beginning of the list. If that fails, too, check the server's logs.",
	Malformed:     "Try again. If it keeps failing, something between here and Nango cuts off the response.",
}

// Advice returns what the user can do about the error, or an empty string.
func (e *Error) Advice() string {
	switch {
	case e.Code == "disabled_resource":
		return "It is disabled in Nango. It does not run until it is enabled."
	case e.Kind == ActionFailed:
		return originAdvices[e.Origin()]
	case e.OutcomeUnknown || e.Kind == ServerFailed && e.Operation.Effect().Changes():
		return "Check whether it was carried out before you send it again."
	case e.Kind == NotNango && e.Operation.ofLogs():
		return "Check the address of the logs in the profile: logs:."
	case e.Kind == Unauthorized && (e.Operation == OpSessionGet || e.Operation == OpSessionDelete):
		return "The link has expired or was revoked."
	case e.Kind == Forbidden && e.owner == OwnerAccount && !e.Operation.ofAccount():
		return "This is an account key: it can only manage environments and their API keys. Use a key of the environment instead."
	case e.Kind == Forbidden && e.owner == OwnerEnvironment && e.Operation.ofAccount():
		return "This requires an account key. This key belongs to an environment."
	case e.Kind == Forbidden && len(e.Scopes) > 0 && e.Operation.ofAccount():
		return "This requires an account key with the scope " + strings.Join(e.Scopes, " or ") + "."
	case e.Kind == Forbidden && len(e.Scopes) > 0:
		return "Add the scope " + strings.Join(e.Scopes, " or ") +
			" to the key in Environment Settings › API Keys, or use another key. An account key has no environment scopes."
	case e.Kind == Forbidden:
		return "This key is not allowed to do this. It may be an account key, or the plan doesn't include it."
	}
	return advices[e.Kind]
}

// Is reports whether the error is of a kind. It is also [OutcomeUnknown] if it isn't known whether a change was made.
func (e *Error) Is(target error) bool {
	kind, ok := target.(Kind)
	return ok && (kind == e.Kind || kind == OutcomeUnknown && e.OutcomeUnknown)
}

// Unwrap returns the cause, such as context.Canceled. The cause's text is not masked: test it with errors.Is, don't
// print it.
func (e *Error) Unwrap() error { return e.cause }

// Payload returns Nango's error payload unchanged, secrets included; nil if there is none.
func (e *Error) Payload() json.RawMessage { return e.payload }

// Connection returns the connection in the payload of a failed refresh. It lacks only the credentials.
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

// AsError finds the [Error] in err's chain.
func AsError(err error) (*Error, bool) {
	var found *Error
	ok := errors.As(err, &found)
	return found, ok
}
