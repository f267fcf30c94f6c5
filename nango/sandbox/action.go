package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// maxOutput limits the output of an action, in bytes (2 MB).
const maxOutput = 2 << 20

// One in lateStartEvery triggers takes lateStartDelay longer than the function.
const (
	lateStartDelay = 10 * time.Second
	lateStartEvery = 20
)

type actionFunc func(a actionCall) outcome

type actionCall struct {
	env   *environment
	conn  *connection
	input any // decoded JSON
}

// outcome is how a run ends: an output, or the error of the server.
type outcome struct {
	output   any
	failure  *answer
	duration time.Duration
}

// result is a success after a short time.
func result(output any) outcome { return outcome{output: output, duration: 300 * time.Millisecond} }

// providerError is an action whose call of the provider failed: 424, without a message.
func providerError(status int, body any) outcome {
	upstream := js.NewObject("status", status, "headers", js.NewObject("content-type", "application/json"), "body", body)
	failed := js.NewObject("payload", body, "code", "script_http_error", "upstream", upstream)
	return outcome{failure: new(errorAnswer(http.StatusFailedDependency, failed)), duration: 700 * time.Millisecond}
}

// actionError is an action that threw an ActionError.
func actionError(payload any) outcome {
	a := legacyFailure(http.StatusInternalServerError, "action_script_runtime_error",
		"The action script failed with a runtime error", payload)
	return outcome{failure: &a, duration: 200 * time.Millisecond}
}

// scriptError is an action with a bug.
func scriptError(name, message string, stack ...string) outcome {
	trace := []any{name + ": " + message}
	for _, line := range stack {
		trace = append(trace, "    at "+line)
	}
	return internalError(js.NewObject("message", message, "name", name, "stacktrace", trace))
}

func internalError(payload *js.Object) outcome {
	a := legacyFailure(http.StatusInternalServerError, "script_internal_error",
		"An internal error occurred during the script execution", payload)
	return outcome{failure: &a, duration: 250 * time.Millisecond}
}

// answer is the outcome in the answers of trigger and result.
func (o outcome) answer() answer {
	if o.failure != nil {
		return *o.failure
	}
	body := js.AppendValue(nil, o.output)
	if len(body) > maxOutput {
		message := fmt.Sprintf("Output size is too large: %d bytes. Maximum allowed size is %d bytes (2MB). "+
			"See the deprecation announcement: https://nango.dev/docs/updates/dev#august-22-2025", len(body), maxOutput)
		return *internalError(js.NewObject("message", message, "name", "Error", "stacktrace", []any{"Error: " + message})).failure
	}
	return jsonText(http.StatusOK, body)
}

// actionInput returns the input as a function receives it: 0, "", false and null become {}.
func actionInput(v any) any {
	number, isNumber := v.(json.Number)
	if v == nil || v == false || v == "" || v == (js.Undefined{}) || isNumber && js.ToNumber(number) == 0 {
		return js.NewObject()
	}
	return v
}

// inputProblem checks the top level of an input as the function's runtime does: required keys and plain types.
func (f *function) inputProblem(input any) *outcome {
	model := f.modelSchema(f.input)
	if model.Str("type") != "object" || !f.validatesInput {
		return nil
	}
	o, ok := input.(*js.Object)
	if !ok {
		return invalidInput("", "Expected object, received "+js.TypeOf(input))
	}
	for _, name := range model.Strings("required") {
		if !o.Has(name) {
			return invalidInput(name, "Required")
		}
	}
	properties := model.Obj("properties")
	for k, v := range o.All() {
		if want := properties.Obj(k).Str("type"); want != "" && !hasType(want, v) {
			return invalidInput(k, "Expected "+want+", received "+js.TypeOf(v))
		}
	}
	return nil
}

func hasType(want string, v any) bool {
	if n, ok := v.(json.Number); ok && want == "integer" {
		return !strings.ContainsAny(n.String(), ".eE")
	}
	return js.TypeOf(v) == want
}

func invalidInput(field, message string) *outcome {
	a := legacyFailure(http.StatusBadRequest, "invalid_action_input", "Failed to validate the input passed to the action",
		js.NewObject("validation", []any{js.NewObject("path", field, "message", message)}))
	return &outcome{failure: &a, duration: 50 * time.Millisecond}
}

// seededActions are the actions whose output is not made up by a schema.
var seededActions = map[string]actionFunc{
	"merge-contacts": func(a actionCall) outcome {
		return providerError(http.StatusConflict, js.NewObject("status", "error", "category", "VALIDATION_ERROR",
			"message", "Both contacts are customers and cannot be merged", "correlationId", "7e3b1f0a"))
	},
	"archive-channel": func(actionCall) outcome {
		return providerError(http.StatusForbidden, js.NewObject("ok", false, "error", "missing_scope", "needed", "channels:manage"))
	},
	"recalculate-scores": func(a actionCall) outcome {
		return actionError(js.NewObject("code", "no_model", "message", "There is no scoring model for this account", "input", a.input))
	},
	"import-archive": func(actionCall) outcome {
		return scriptError("TypeError", "Cannot read properties of undefined (reading 'rows')",
			"exec (import-archive.ts:23:31)", "process.processTicksAndRejections (node:internal/process/task_queues:105:5)")
	},
	"delete-contact":  func(actionCall) outcome { return result(nil) },
	"count-contacts":  func(a actionCall) outcome { return result(json.Number("9007199254740993")) },
	"is-subscribed":   func(actionCall) outcome { return result(false) },
	"whoami":          whoami,
	"export-report":   exportReport,
	"dump-contacts":   func(actionCall) outcome { return result(rowsOfSize(1_990_000)) },
	"dump-everything": func(actionCall) outcome { return result(rowsOfSize(3 << 20)) },
}

func whoami(a actionCall) outcome {
	tags := js.MustDecode(a.conn.tags).(*js.Object)
	email := stringOrNull(tags.Str("end_user_email"))
	return result(js.NewObject("id", strconv.Itoa(a.conn.id), "email", email))
}

func exportReport(a actionCall) outcome {
	out := result(js.NewObject("url", "https://files.example/reports/"+strconv.Itoa(a.conn.id)+".csv", "rows", 41_872))
	out.duration = 2 * time.Minute
	return out
}

// rowsOfSize returns an array of rows that has about size bytes as JSON.
func rowsOfSize(size int) []any {
	row := js.NewObject("name", "Zoë Müller", "notes", strings.Repeat(fake.Filler, 10))
	each := len(js.AppendValue(nil, row)) + 1
	out := make([]any, size/each)
	for i := range out {
		out[i] = row
	}
	return out
}
