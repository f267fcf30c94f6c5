package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// maxOutput is what an action may return, in bytes (2 MB).
const maxOutput = 2 << 20

// startsLate is how much longer than the function some triggers take, and oneInLate how rarely.
const (
	startsLate = 10 * time.Second
	oneInLate  = 20
)

// action is what a function does when it is called; its input is decoded JSON.
type action func(a actionCall) outcome

// actionCall is one run of an action.
type actionCall struct {
	world *world
	conn  *connection
	input any
}

// outcome is how a run ends: an output, or the error that the server makes of it.
type outcome struct {
	output any
	failed *answer
	took   time.Duration
}

// returns is an outcome of a moment.
func returns(output any) outcome { return outcome{output: output, took: 300 * time.Millisecond} }

// providerRefused is an action whose call of the provider failed: 424, and no message.
func providerRefused(status int, body any) outcome {
	upstream := newObject("status", status, "headers", newObject("content-type", "application/json"), "body", body)
	a := jsonAnswer(http.StatusFailedDependency, newObject("error",
		newObject("payload", body, "code", "script_http_error", "upstream", upstream)))
	return outcome{failed: &a, took: 700 * time.Millisecond}
}

// scriptRefused is an action that threw an ActionError of its own.
func scriptRefused(payload any) outcome {
	a := olderFailure(http.StatusInternalServerError, "action_script_runtime_error", "The action script failed with a runtime error", payload)
	return outcome{failed: &a, took: 200 * time.Millisecond}
}

// scriptThrew is an action with a bug.
func scriptThrew(name, message string, stack ...string) outcome {
	trace := []any{name + ": " + message}
	for _, line := range stack {
		trace = append(trace, "    at "+line)
	}
	return internalError(newObject("message", message, "name", name, "stacktrace", trace))
}

func internalError(payload *object) outcome {
	a := olderFailure(http.StatusInternalServerError, "script_internal_error", "An internal error occurred during the script execution", payload)
	return outcome{failed: &a, took: 250 * time.Millisecond}
}

// answer is the outcome as the trigger and the result answer it.
func (o outcome) answer() answer {
	if o.failed != nil {
		return *o.failed
	}
	body := appendValue(nil, o.output, false)
	if len(body) > maxOutput {
		message := fmt.Sprintf("Output size is too large: %d bytes. Maximum allowed size is %d bytes (2MB). "+
			"See the deprecation announcement: https://nango.dev/docs/updates/dev#august-22-2025", len(body), maxOutput)
		return *internalError(newObject("message", message, "name", "Error", "stacktrace", []any{"Error: " + message})).failed
	}
	return jsonText(http.StatusOK, body)
}

// givenInput is what a function gets: 0, "" and false arrive as null, and null as an empty object.
func givenInput(v any) any {
	switch v := v.(type) {
	case undefined, nil:
		return newObject()
	case bool:
		if !v {
			return newObject()
		}
	case string:
		if v == "" {
			return newObject()
		}
	case json.Number:
		if f, err := v.Float64(); err == nil && f == 0 {
			return newObject()
		}
	}
	return v
}

// inputProblem checks the top level of an input against its model, as far as the function's
// runtime does: required keys and plain types.
func (f *function) inputProblem(input any) *outcome {
	model := f.inputModel()
	if model == nil || !f.strict {
		return nil
	}
	o, ok := input.(*object)
	if !ok {
		return invalidInput("", "Expected object, received "+kindOf(input))
	}
	required, _ := model.get("required").([]any)
	for _, k := range required {
		if name, _ := k.(string); !o.has(name) {
			return invalidInput(name, "Required")
		}
	}
	properties := model.obj("properties")
	for _, k := range o.keys {
		if properties == nil || properties.obj(k) == nil {
			continue
		}
		if want := properties.obj(k).str("type"); want != "" && !fitsType(want, o.values[k]) {
			return invalidInput(k, "Expected "+want+", received "+kindOf(o.values[k]))
		}
	}
	return nil
}

func fitsType(want string, v any) bool {
	have := kindOf(v)
	if n, ok := v.(json.Number); ok && want == "integer" {
		return !strings.ContainsAny(n.String(), ".eE")
	}
	return have == want
}

func invalidInput(field, message string) *outcome {
	a := olderFailure(http.StatusBadRequest, "invalid_action_input", "Failed to validate the input passed to the action",
		newObject("validation", []any{newObject("path", field, "message", message)}))
	return &outcome{failed: &a, took: 50 * time.Millisecond}
}
