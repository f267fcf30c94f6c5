package nango

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// LogsUnavailable returns why the logs can't be read at all, in one line, if that is what an error says. An error about a single
// operation, such as [NotFound], is none of these.
func LogsUnavailable(err error) (reason string, ok bool) {
	e, ok := AsError(err)
	if !ok || !e.Operation.ofLogs() {
		return "", false
	}
	reason, ok = logsReasons[e.Kind]
	if e.Kind == Forbidden && e.owner == OwnerAccount {
		reason = "Logs: an account key can't read them. Use a key of the environment."
	}
	return reason, ok
}

// logsReasons are the kinds that concern all logs.
var logsReasons = map[Kind]string{
	LogsDisabled:  "Logs are off on this server.",
	LogsNoAddress: "Logs: no address. Name it with logs: in the profile.",
	NotNango:      "Logs: something else responds at their address.",
	Redirected:    "Logs: their address leads elsewhere, which is not followed.",
	LogsTooOld:    "Logs: this server is too old. They need v0.71.0 or later.",
	LogsTooNew:    "Logs: this server is too new for this program.",
	Forbidden:     "Logs: this key lacks the scope " + scopeLogs + ".",
	Unauthorized:  "Logs: this key is unknown to the server of the logs.",
	Network:       "Logs: the server of the logs is not reachable.",
	ProxyRefused:  "Logs: the server of the logs is not reachable through the proxy.",
	Timeout:       "Logs: the server of the logs doesn't respond.",
}

// ofLogs reports whether the operation calls a log tool.
func (o Operation) ofLogs() bool { return o == OpLogsList || o == OpLogGet }

// JSON-RPC's error codes.
const (
	rpcParseError     = -32700
	rpcInvalidRequest = -32600
	rpcMethodNotFound = -32601
	rpcInvalidParams  = -32602
	rpcInternalError  = -32603
)

// toolError is the error of a call that a server answered with a text. The texts are those of v0.71.4, and of MCP's SDKs.
func (c *Client) toolError(call Call, response Response, text string, code int) *Error {
	e := newError(call, Rejected)
	e.Status = response.Status
	e.Message = bounded(c.config.Secrets.Mask(strings.TrimSpace(text)))
	lower := strings.ToLower(text)
	has := func(words ...string) bool {
		for _, word := range words {
			if strings.Contains(lower, word) {
				return true
			}
		}
		return false
	}
	switch {
	case has("logs are disabled"):
		e.Kind, e.Message = LogsDisabled, "logs are switched off on this server"
	case has("tool") && has(" disabled"):
		e.Kind, e.Scopes, e.Message = Forbidden, []string{scopeLogs}, "the key lacks the scope "+scopeLogs
	case has("operation not found"):
		e.Kind, e.Message = NotFound, "the logs don't have this operation (any more): Nango keeps operations for 15 days by default"
	case has("invalid arguments", "input validation", "validating"):
		e.Kind = Invalid
		if has("unrecognized key", "received undefined", "additional properties", "missing properties", "required") {
			e.Kind, e.Message = LogsTooNew, "the server's log tools take other arguments: "+e.Message
		}
	case has("unknown tool", "tool") && has("not found", "unknown tool"), code == rpcMethodNotFound:
		e.Kind, e.Message = LogsTooOld, "the server has no log tools: "+e.Message
	case code == rpcInternalError || has("internal error"):
		e.Kind = ServerFailed
	case code == rpcParseError || code == rpcInvalidRequest || code == rpcInvalidParams:
		e.Kind, e.Message = LogsTooNew, "the server doesn't take this form of request: "+e.Message
	}
	e.Message = bounded(e.Message)
	return e
}

// explain completes the error of a response that doesn't come from log tools, or that doesn't take this form of request.
func (l *logsServer) explain(e *Error) *Error {
	switch {
	case slices.Contains([]Kind{TooLarge, RateLimited, Unauthorized, Forbidden, Network, Timeout, Canceled, ProxyRefused,
		Redirected}, e.Kind), e.Status >= http.StatusInternalServerError:
	case e.Status == http.StatusBadRequest && e.Code != "" && e.Code != "invalid_headers": // Nango's own refusal
	case e.Status == http.StatusBadRequest && e.Code == "", e.Status == http.StatusNotAcceptable,
		e.Status == http.StatusUnsupportedMediaType, e.Status == http.StatusUnprocessableEntity:
		e.Kind = LogsTooNew
		e.Message = bounded(fmt.Sprintf("the server doesn't take this form of request: %s", cmp.Or(e.Said, e.Message)))
	default:
		// Nango's API, which wants the headers of a connection at this path, its web page, or another server.
		e.Kind, e.Fields = NotNango, nil
		if l.isGuess {
			e.Kind = LogsNoAddress
		}
		e.Message = fmt.Sprintf("%s (it responded with %d)", l.whyAbsent(), e.Status)
	}
	return e
}
