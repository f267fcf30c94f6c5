package nango

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
)

// MaxActionRetries is how often Nango runs an asynchronous action again after a failure, at most.
const MaxActionRetries = 5

// ActionInput is an action to run on a connection.
type ActionInput struct {
	// Of is the connection.
	Connection ConnectionRef
	// Name is that of the action.
	Name string
	// Input is any JSON, as written; nil sends none, and the function then sees null. See [IsSentAsNull].
	Input json.RawMessage
}

// RunAction runs an action and waits for what it returns, which can take a quarter of an hour. The value is any
// JSON: null, a text and a list are results as well, 2 MB at most. Whose fault a failure is, [Error.Origin] tells.
func RunAction(input ActionInput) Request[json.RawMessage] {
	call, err := input.call(OpActionRun)
	return request(call, decodeAny, input.check(OpActionRun), err)
}

// ActionRun is an action that runs by itself.
type ActionRun struct {
	// ID is a UUID, for [GetActionResult].
	ID string
}

// StartAction lets an action run by itself, and again after a failure as often as retries says. Nango runs one
// at a time in an environment, and drops what could not begin within a day.
func StartAction(input ActionInput, retries int) Request[ActionRun] {
	call, err := input.call(OpActionStart)
	call.Header.Set("X-Async", "true")
	var beyond error
	if retries != 0 {
		call.Header.Set("X-Max-Retries", strconv.Itoa(retries))
	}
	if retries < 0 || retries > MaxActionRetries {
		beyond = fmt.Errorf("an action is run again 0 to %d times, not %d", MaxActionRetries, retries)
	}
	return request(call, decodeActionRun, input.check(OpActionStart), beyond, err)
}

func (i ActionInput) call(operation Operation) (Call, error) {
	call := newCall(operation, http.MethodPost, "action", "trigger")
	call.About, call.Header = i.Connection, connectionHeader(i.Connection)
	input := i.Input
	if CheckActionInput(input) != nil {
		input = nil // a malformed piece cannot be put into a body
	}
	return call.withBody(struct {
		Name  string          `json:"action_name"`
		Input json.RawMessage `json:"input,omitempty"`
	}{i.Name, input})
}

func (i ActionInput) check(operation Operation) error {
	return firstError(i.Connection.checkHeader(operation), CheckFunctionName(i.Name), CheckActionInput(i.Input))
}

// CheckActionInput says whether the text is JSON; nil is no input, and fine.
func CheckActionInput(input json.RawMessage) error {
	if len(input) == 0 || json.Valid(input) {
		return nil
	}
	var value any
	return fmt.Errorf("the input is not valid JSON: %w", jsonCause(json.Unmarshal(input, &value)))
}

// IsSentAsNull says that a function sees null in place of this input: Nango takes 0, "" and false for none.
func IsSentAsNull(input json.RawMessage) bool {
	switch input = bytes.TrimSpace(input); string(input) {
	case `""`, "false", "null", "":
		return true
	}
	number, err := strconv.ParseFloat(string(input), 64)
	return err == nil && number == 0
}

// decodeAny reads an answer that is whatever a function returned. A function that returns nothing gives no body.
func decodeAny(answer Response) (json.RawMessage, error) {
	body := bytes.TrimSpace(answer.Body)
	if len(body) == 0 {
		return nullValue, nil
	}
	return decodeJSON[json.RawMessage](Response{Body: body})
}

func decodeActionRun(answer Response) (ActionRun, error) {
	run, err := decodeJSON[struct{ ID string }](answer)
	if err == nil && run.ID == "" {
		err = missing("id")
	}
	return ActionRun(run), err
}

// GetActionResult reads what an asynchronous action has returned, or the error in which it ended. [ResultPending] is not
// the end of it: Nango gives one and the same answer while the action runs, for an id that it does not know, and for
// a result that is null. So whoever waits needs a deadline.
func GetActionResult(id string) Read[json.RawMessage] {
	return read(newCall(OpActionResult, http.MethodGet, "action", id), decodeAny, checkUUID("the id of a run", id))
}

var uuidShape = regexp.MustCompile(`^(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

func checkUUID(what, text string) error {
	if !uuidShape.MatchString(text) {
		return errors.New(what + " is a UUID, such as 00000000-0000-4000-8000-000000000000")
	}
	return nil
}
