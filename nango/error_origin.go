package nango

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Origin says whose error an [Error] is.
type Origin int

// The origins of errors.
const (
	// OriginClient is an error on this side, or on the way to Nango.
	OriginClient Origin = iota + 1
	// OriginNango is Nango's own: it refused the request, or failed.
	OriginNango
	// OriginFunction is one of the customer's own code: a sync, an action, or code to compile.
	OriginFunction
	// OriginProvider is one of the API that Nango talked to: it refused, failed, or could not be reached.
	OriginProvider
)

var originNames = [...]string{"unknown", "on the way", "Nango", "the function", "the provider"}

// String names who it was.
func (o Origin) String() string {
	if o < 0 || int(o) >= len(originNames) {
		return originNames[0]
	}
	return originNames[o]
}

// functionCodes are Nango's words for a function that failed. Its runner also says script_internal_error for what
// a function throws, and for an output beyond 2 MB (seen on v0.71.4). When the function could not be run at all, it
// says action_script_failure or action_failure, which are its own.
var functionCodes = map[string]Origin{
	"script_http_error": OriginProvider, "script_api_rate_limit_error": OriginProvider, "script_network_error": OriginProvider,
	"action_script_runtime_error": OriginFunction, "script_internal_error": OriginFunction, "invalid_action_output": OriginFunction,
	"execution_timeout": OriginFunction, "compilation_error": OriginFunction, "validation_error": OriginFunction,
	"script_aborted": OriginNango,
}

// functionFailed says whether a code is that of a function that ran and failed, and whose fault it was.
func functionFailed(code string) (Origin, bool) {
	if strings.HasPrefix(code, "function_runtime_") {
		return OriginFunction, true
	}
	origin, ok := functionCodes[code]
	return origin, ok
}

// Origin tells whose error it is, as far as Nango's answer tells.
func (e *Error) Origin() Origin {
	switch e.Kind {
	case RejectedLocally, ReadOnly, NotNango, Redirected, Timeout, Canceled, Network, Malformed, TooLarge, NotSaved:
		return OriginClient
	case RefreshFailed, ProviderUnreachable:
		return OriginProvider
	}
	if origin, ok := functionFailed(e.Code); ok {
		return origin
	}
	return OriginNango
}

// originAdvices are what can be done about a function that failed.
var originAdvices = map[Origin]string{
	OriginProvider: "The provider refused or failed: what it said is below; the function may have done a part of its work.",
	OriginFunction: "The function itself failed: look at its code and its log; it may have done a part of its work.",
	OriginNango:    "The function was ended before its time: look at the log of the run; it may have done a part of its work.",
}

// Upstream is what a provider answered to a function, which then failed over it.
type Upstream struct {
	Status int
	Header http.Header
	// Body is JSON, as it was written; a text is a JSON string.
	Body json.RawMessage
}

// Upstream is what the provider answered where a function failed over it, and whether Nango tells. Secrets are
// within.
func (e *Error) Upstream() (Upstream, bool) {
	var wire struct {
		Status int
		Header map[string]any `json:"headers"`
		Body   json.RawMessage
	}
	if len(e.upstream) == 0 || json.Unmarshal(e.upstream, &wire) != nil {
		return Upstream{}, false
	}
	upstream := Upstream{Status: wire.Status, Header: http.Header{}, Body: notNull(wire.Body)}
	for name, value := range wire.Header {
		many, ok := value.([]any)
		if !ok {
			many = []any{value}
		}
		for _, one := range many {
			upstream.Header.Add(name, fmt.Sprint(one))
		}
	}
	return upstream, true
}

// runCodes are Nango's words for runs that it could not do itself.
var runCodes = map[string]bool{
	"server_error": true, "execution_environment_unavailable": true, "integration_not_found": true, "connection_not_found": true,
	"plan_limit": true, "invalid_request": true,
}

// Origin tells whose fault it is that a run failed, as far as its code tells; 0 where it does not.
func (f RunFailure) Origin() Origin {
	origin, known := functionFailed(f.Code)
	switch {
	case known:
		return origin
	case strings.HasPrefix(f.Code, "function_"):
		return OriginFunction
	case runCodes[f.Code]:
		return OriginNango
	}
	return 0
}
