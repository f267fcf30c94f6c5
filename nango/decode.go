package nango

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Success is the response of operations that only report success.
type Success struct {
	Success bool `json:"success"`
}

// errNoSuccess is a 2xx response with success: false.
var errNoSuccess = errors.New("nango responded with success: false, without a reason")

// decodeJSON decodes a response that is the value itself.
func decodeJSON[T any](response Response) (T, error) {
	var value T
	if err := json.Unmarshal(response.Body, &value); err != nil {
		return value, fmt.Errorf("the body can't be decoded: %w", err)
	}
	return value, nil
}

// decodeData decodes a response of the form {"data": value}.
func decodeData[T any](response Response) (T, error) {
	var zero T
	envelope, err := decodeJSON[struct{ Data *T }](response)
	if err != nil {
		return zero, err
	}
	if envelope.Data == nil {
		return zero, missing("data")
	}
	return *envelope.Data, nil
}

// MaxRows is the maximum number of rows of a list without pages. Of syncs, the first ones are kept; other lists are never as long.
const MaxRows = 20_000

var errTooManyRows = fmt.Errorf("the list has more than %d rows", MaxRows)

// firstRows returns the first rows in an array of their own, so that the rest can be freed.
func firstRows[T any](rows []T, most int) []T {
	if len(rows) <= most {
		return rows
	}
	return slices.Clone(rows[:most])
}

// atMostMaxRows refuses a list of more than [MaxRows].
func atMostMaxRows[T any](decode func(Response) ([]T, error)) func(Response) ([]T, error) {
	return func(response Response) ([]T, error) {
		rows, err := decode(response)
		if len(rows) > MaxRows {
			return nil, errTooManyRows
		}
		return rows, err
	}
}

// decodeSuccess decodes {"success": true}.
func decodeSuccess(response Response) (Success, error) {
	return succeeded(decodeJSON[Success])(response)
}

// succeeded turns success: false into an error, even with a 2xx status.
func succeeded(decode func(Response) (Success, error)) func(Response) (Success, error) {
	return func(response Response) (Success, error) {
		value, err := decode(response)
		if err == nil && !value.Success {
			err = errNoSuccess
		}
		return value, err
	}
}

// requires turns a response without a required field into an error.
func requires[T any](decode func(Response) (T, error), field string, has func(T) bool) func(Response) (T, error) {
	return func(response Response) (T, error) {
		value, err := decode(response)
		if err == nil && !has(value) {
			err = missing(field)
		}
		return value, err
	}
}

func decodeNothing(Response) (Success, error) { return Success{Success: true}, nil }

// missing is the error for a response without a required field.
func missing(field string) error {
	return fmt.Errorf("unexpected response: it has no %q", field)
}

// timestampLayouts are Nango's time formats: RFC 3339 with any number of decimals and any offset, and the database
// format with a space and a short offset.
var timestampLayouts = [...]string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z07", "2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999Z07"}

// parseTime parses a time in any of Nango's formats. An invalid time becomes zero: one of them must not fail a list
// of thousands.
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

// timestamp is a time in Nango's JSON; null and absent are zero.
type timestamp struct{ time.Time }

func (t *timestamp) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		t.Time = parseTime(text)
	}
	return nil
}

// orNil returns the time, or nil if it is zero.
func (t timestamp) orNil() *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t.Time
}

// notNull returns the JSON, or nil for null.
func notNull(raw json.RawMessage) json.RawMessage {
	if string(raw) == "null" {
		return nil
	}
	return raw
}

// isMistyped reports whether an error is only about fields of an unexpected type. encoding/json leaves those empty
// and decodes everything else.
func isMistyped(err error) bool {
	_, mistyped := errors.AsType[*json.UnmarshalTypeError](err)
	return mistyped
}
