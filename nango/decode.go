package nango

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Success is the answer of an operation that has nothing to say but that it was done.
type Success struct {
	Success bool `json:"success"`
}

// errNoSuccess is a 2xx whose body says success: false.
var errNoSuccess = errors.New("nango answered that it did not succeed, without a reason")

// decodeJSON reads an answer that is the value itself.
func decodeJSON[T any](answer Response) (T, error) {
	var value T
	if err := json.Unmarshal(answer.Body, &value); err != nil {
		return value, fmt.Errorf("the answer cannot be read: %w", err)
	}
	return value, nil
}

// decodeData reads an answer of the form {"data": value}.
func decodeData[T any](answer Response) (T, error) {
	var zero T
	envelope, err := decodeJSON[struct{ Data *T }](answer)
	if err != nil {
		return zero, err
	}
	if envelope.Data == nil {
		return zero, missing("data")
	}
	return *envelope.Data, nil
}

// decodeSuccess reads {"success": true}; false is an error, whatever the status says.
func decodeSuccess(answer Response) (Success, error) {
	value, err := decodeJSON[Success](answer)
	if err == nil && !value.Success {
		err = errNoSuccess
	}
	return value, err
}

// decodeNothing reads an answer without a body.
func decodeNothing(Response) (Success, error) { return Success{Success: true}, nil }

// missing is the error for an answer without a field that it always has.
func missing(field string) error {
	return fmt.Errorf("the answer has no %q, so it is not what Nango sends", field)
}

// timestampLayouts are the forms in which Nango writes times: with a T and any number of decimals and any
// offset, and the database's own form with a space and a short offset.
var timestampLayouts = [...]string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z07", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999Z07"}

// parseTime reads a time in any of Nango's forms. What is no time gives the zero time: a list of thousands
// must not fail because of one of them.
func parseTime(text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	for _, layout := range timestampLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t
		}
	}
	return time.Time{}
}

// timestamp is a time in Nango's JSON; null and absent are the zero time.
type timestamp struct{ time.Time }

func (t *timestamp) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		t.Time = parseTime(text)
	}
	return nil
}

// orNil is the time, or nil where there is none.
func (t timestamp) orNil() *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t.Time
}

// notNull is a piece of JSON, or nil where it says null.
func notNull(raw json.RawMessage) json.RawMessage {
	if string(raw) == "null" {
		return nil
	}
	return raw
}

// isMistyped says that an error is only about fields of an unforeseen type. encoding/json has left those
// empty and read everything else.
func isMistyped(err error) bool {
	var mistyped *json.UnmarshalTypeError
	return errors.As(err, &mistyped)
}
