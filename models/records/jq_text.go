package records

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"nango-tui/models/screen"
)

// Query applies an expression to a JSON text, whose secrets are masked first. It returns the value, or all values as an array.
// At a limit it returns an error.
func Query(ctx context.Context, tools screen.Tools, expression, raw string) (json.RawMessage, error) {
	code, err := compile(expression)
	if err != nil {
		return nil, err
	}
	result, err := apply(ctx, tools, code, []input{{raw: raw}}, &progress{}, modeValues)
	switch {
	case err != nil:
		return nil, err
	case result.stopReason != nil:
		return nil, result.stopReason
	case result.failed > 0:
		return nil, errors.New(result.failure)
	case len(result.values) == 1:
		return json.RawMessage(result.values[0].text), nil
	}
	texts := make([][]byte, len(result.values))
	for i, v := range result.values {
		texts[i] = []byte(v.text)
	}
	return bytes.Join([][]byte{[]byte("["), bytes.Join(texts, []byte(",")), []byte("]")}, nil), nil
}
