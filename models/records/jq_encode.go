package records

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"
)

var errTooLong = fmt.Errorf(textValueTooLong, maxValueText>>10, maxDepth)

// encode writes a value as JSON on one line, with sorted keys as jq does. A value that contains itself can be far longer as
// text than in memory; encode stops at the limit.
func encode(out []byte, v any, depth int) ([]byte, error) {
	if len(out) > maxValueText || depth > maxDepth {
		return out, errTooLong
	}
	switch v := v.(type) {
	case nil:
		return append(out, "null"...), nil
	case bool:
		return strconv.AppendBool(out, v), nil
	case int:
		return strconv.AppendInt(out, int64(v), 10), nil
	case json.Number:
		return append(out, v...), nil
	case *big.Int:
		return encodeBig(out, v)
	case float64:
		return encodeFloat(out, v)
	case string:
		return encodeText(out, v)
	case []any:
		return encodeArray(out, v, depth)
	case map[string]any:
		return encodeObject(out, v, depth)
	}
	return out, fmt.Errorf("not JSON: %T", v)
}

func encodeBig(out []byte, n *big.Int) ([]byte, error) {
	const bitsPerDigit = 3 // at least
	if n.BitLen()/bitsPerDigit > maxValueText {
		return out, errTooLong
	}
	return n.Append(out, 10), nil
}

// encodeFloat writes NaN as null and infinity as the largest number, as jq does.
func encodeFloat(out []byte, f float64) ([]byte, error) {
	if math.IsNaN(f) {
		return append(out, "null"...), nil
	}
	written, err := json.Marshal(min(max(f, -math.MaxFloat64), math.MaxFloat64))
	return append(out, written...), err
}

func encodeText(out []byte, s string) ([]byte, error) {
	if len(s) > maxValueText {
		return out, errTooLong
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return out, errors.Join(errTooLong, err)
	}
	return append(out, bytes.TrimRight(b.Bytes(), "\n")...), nil
}

func encodeArray(out []byte, all []any, depth int) ([]byte, error) {
	out = append(out, '[')
	for i, v := range all {
		if i > 0 {
			out = append(out, ',')
		}
		var err error
		if out, err = encode(out, v, depth+1); err != nil {
			return out, err
		}
	}
	return append(out, ']'), nil
}

func encodeObject(out []byte, members map[string]any, depth int) ([]byte, error) {
	out = append(out, '{')
	for i, key := range slices.Sorted(maps.Keys(members)) {
		if i > 0 {
			out = append(out, ',')
		}
		var err error
		if out, err = encodeText(out, key); err != nil {
			return out, err
		}
		if out, err = encode(append(out, ':'), members[key], depth+1); err != nil {
			return out, err
		}
	}
	return append(out, '}'), nil
}
