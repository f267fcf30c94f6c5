package nango

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Origin says who caused an [Error].
type Origin int

// The origins of errors.
const (
	// OriginClient means this program, or the network between it and Nango.
	OriginClient Origin = iota + 1
	// OriginNango means Nango refused the request, or failed.
	OriginNango
	// OriginFunction means the customer's own code: a sync, an action, or code to compile.
	OriginFunction
	// OriginProvider means the provider's API refused, failed, or was unreachable.
	OriginProvider
)

var originNames = [...]string{"unknown", "client or network", "Nango", "the function", "the provider"}

// String names the origin.
func (o Origin) String() string {
	if o < 0 || int(o) >= len(originNames) {
		return originNames[0]
	}
	return originNames[o]
}

// functionCodes are Nango's error codes for failed functions. Its runner uses script_internal_error also for what a
// function throws, and for output above 2 MB (seen on v0.71.4). If a function could not run at all, the code is
// action_script_failure or action_failure, which are Nango's failures.
var functionCodes = map[string]Origin{
	"script_http_error": OriginProvider, "script_api_rate_limit_error": OriginProvider, "script_network_error": OriginProvider,
	"action_script_runtime_error": OriginFunction, "script_internal_error": OriginFunction, "invalid_action_output": OriginFunction,
	"execution_timeout": OriginFunction, "compilation_error": OriginFunction, "validation_error": OriginFunction,
	"script_aborted": OriginNango,
}

// functionFailed returns who caused a function's failure, if the code is that of a failed function.
func functionFailed(code string) (Origin, bool) {
	if strings.HasPrefix(code, "function_runtime_") {
		return OriginFunction, true
	}
	origin, ok := functionCodes[code]
	return origin, ok
}

// Origin returns who caused the error, as far as Nango's response says.
func (e *Error) Origin() Origin {
	switch e.Kind {
	case RejectedLocally, ReadOnly, NotNango, Redirected, Timeout, Canceled, Network, Malformed, TooLarge, NotSaved, ProxyRefused:
		return OriginClient
	case RefreshFailed, ProviderUnreachable:
		return OriginProvider
	}
	if origin, ok := functionFailed(e.Code); ok {
		return origin
	}
	return OriginNango
}

// originAdvices say what the user can do about a failed function.
var originAdvices = map[Origin]string{
	OriginProvider: "The provider refused or failed; its response is below. The function may have done part of its work.",
	OriginFunction: "The function failed. Check its code and its logs. It may have done part of its work.",
	OriginNango:    "The function was stopped early. Check the logs of the run. It may have done part of its work.",
}

// Upstream is a provider's response that made a function fail.
type Upstream struct {
	Status int
	Header http.Header
	// Body is unchanged JSON; text is a JSON string.
	Body json.RawMessage
}

// Upstream returns the provider's response that made a function fail, if Nango includes it. It can contain secrets.
func (e *Error) Upstream() (Upstream, bool) {
	var wire struct {
		Status int
		Header map[string]any `json:"headers"`
		Body   json.RawMessage
	}
	if len(e.upstream) == 0 || json.Unmarshal(e.upstream, &wire) != nil {
		return Upstream{}, false
	}
	return Upstream{Status: wire.Status, Header: headerOf(wire.Header), Body: notNull(wire.Body)}, true
}

// headerOf returns headers given as JSON: each value is a text, or a list of texts.
func headerOf(values map[string]any) http.Header {
	header := http.Header{}
	for name, value := range values {
		many, ok := value.([]any)
		if !ok {
			many = []any{value}
		}
		for _, one := range many {
			header.Add(name, fmt.Sprint(one))
		}
	}
	return header
}

// runCodes are Nango's error codes for runs that it could not start.
var runCodes = map[string]bool{
	"server_error": true, "execution_environment_unavailable": true, "integration_not_found": true, "connection_not_found": true,
	"plan_limit": true, "invalid_request": true,
}

// Origin returns who caused the failure of a run, as far as its code says; 0 if unknown.
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
