package nango

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
)

// MaxActionRetries is how often Nango runs an asynchronous action again after a failure, at most.
const MaxActionRetries = 5

// ActionInput is an action to run on a connection.
type ActionInput struct {
	Connection ConnectionRef // the connection to run it on
	Name       string        // the action's name
	// Input is any JSON, sent unchanged. If it is nil, none is sent and the function sees null. See [IsSentAsNull].
	Input json.RawMessage
}

// RunAction runs an action and waits for its result, which can take 15 minutes. The result is any JSON, at most 2 MB:
// null, a string and an array are valid results. [Error.Origin] says who caused a failure.
func RunAction(input ActionInput) Request[json.RawMessage] {
	call, err := input.call(OpActionRun)
	return request(call, decodeAny, input.check(OpActionRun), err)
}

// ActionRun is an action that runs asynchronously.
type ActionRun struct {
	ID string // a UUID, for [GetActionResult]
}

// StartAction starts an action asynchronously. Nango runs it again after a failure, up to retries times. It runs one
// at a time per environment and drops runs that could not start within a day.
func StartAction(input ActionInput, retries int) Request[ActionRun] {
	call, err := input.call(OpActionStart)
	call.Header.Set("X-Async", "true")
	put(call.Header.Set, "X-Max-Retries", number(retries))
	return request(call, requires(decodeJSON[ActionRun], "id", func(r ActionRun) bool { return r.ID != "" }),
		input.check(OpActionStart), checkRetries(retries, MaxActionRetries), err)
}

func checkRetries(retries, most int) error {
	return refuseIf(retries < 0 || retries > most, "the number of retries must be 0 to %d, not %d", most, retries)
}

func (i ActionInput) call(operation Operation) (Call, error) {
	call := newCall(operation, http.MethodPost, "action", "trigger")
	call.About, call.Header = i.Connection, connectionHeader(i.Connection)
	input := i.Input
	if CheckActionInput(input) != nil {
		input = nil // malformed JSON cannot be part of a body
	}
	return call.withBody(struct {
		Name  string          `json:"action_name"`
		Input json.RawMessage `json:"input,omitempty"`
	}{i.Name, input})
}

func (i ActionInput) check(operation Operation) error {
	return firstError(i.Connection.checkHeader(operation), CheckFunctionName(i.Name), CheckActionInput(i.Input))
}

// CheckActionInput returns an error if the input is not valid JSON. Nil means no input and is valid.
func CheckActionInput(input json.RawMessage) error {
	if len(input) == 0 {
		return nil
	}
	return checkJSON("the input", input)
}

// IsSentAsNull reports whether a function sees null instead of this input: Nango treats 0, "" and false as no input.
func IsSentAsNull(input json.RawMessage) bool {
	switch input = bytes.TrimSpace(input); string(input) {
	case `""`, "false", "null", "":
		return true
	}
	number, err := strconv.ParseFloat(string(input), 64)
	return err == nil && number == 0
}

// decodeAny decodes whatever a function returned. A function that returns nothing sends no body.
func decodeAny(response Response) (json.RawMessage, error) {
	body := bytes.TrimSpace(response.Body)
	if len(body) == 0 {
		return nullValue, nil
	}
	return decodeJSON[json.RawMessage](Response{Body: body})
}

// GetActionResult reads the result of an asynchronous action, or the error it ended with. [ResultPending] does not
// mean that it is still running: Nango responds the same while the action runs, for an unknown id, and for a null
// result. Polling therefore needs a deadline.
func GetActionResult(id string) Read[json.RawMessage] {
	return read(newCall(OpActionResult, http.MethodGet, "action", id), decodeAny, checkUUID("the run id", id))
}

var uuidShape = regexp.MustCompile(`^(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

func checkUUID(what, text string) error {
	return refuseIf(!uuidShape.MatchString(text), "%s must be a UUID, such as 00000000-0000-4000-8000-000000000000", what)
}
