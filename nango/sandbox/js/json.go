package js

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// JSONB returns the text that PostgreSQL returns for a jsonb column: keys sorted by length, then by bytes, as seen on
// v0.71.4 for tags, metadata and connection_config.
func JSONB(v any) string { return string(appendValue(nil, v, true)) }

// AppendValue appends a value as JSON, keys in order. Undefined is written as null.
func AppendValue(b []byte, v any) []byte { return appendValue(b, v, false) }

func appendValue(b []byte, v any, sorted bool) []byte {
	switch v := v.(type) {
	case *Object:
		return appendObject(b, v, sorted)
	case []any:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, e, sorted)
		}
		return append(b, ']')
	case string:
		return AppendString(b, v)
	case json.Number:
		return append(b, v...)
	case json.RawMessage:
		return append(b, v...)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case Undefined, nil:
		return append(b, "null"...)
	default:
		return append(b, Encode(v)...)
	}
}

func appendObject(b []byte, o *Object, sorted bool) []byte {
	keys := o.keys
	if sorted {
		keys = slices.SortedFunc(slices.Values(keys), func(a, b string) int {
			if len(a) != len(b) {
				return len(a) - len(b)
			}
			return strings.Compare(a, b)
		})
	}
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(AppendString(b, k), ':')
		b = appendValue(b, o.values[k], sorted)
	}
	return append(b, '}')
}

// AppendString appends a JSON string as JavaScript writes it: <, > and & are not escaped.
func AppendString(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c >= 0x80 || c == '"' || c == '\\' {
			return append(b, Encode(s)...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// Encode is json.Marshal without HTML escaping. It panics on a type that can't be marshaled.
func Encode(v any) []byte {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(fmt.Sprintf("sandbox: encoding %T: %v", v, err))
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}

// Decode parses JSON. Key order and the digits of numbers are kept.
func Decode(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v, err := decodeValue(d)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("data after the value")
	}
	return v, nil
}

// DecodeObject parses a JSON object. Nil data is a nil object.
func DecodeObject(data []byte) (*Object, error) {
	if data == nil {
		return nil, nil
	}
	v, err := Decode(data)
	if err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	o, ok := v.(*Object)
	if !ok {
		return nil, fmt.Errorf("expected an object, found %s", TypeOf(v))
	}
	return o, nil
}

// MustDecode parses JSON that the sandbox wrote itself. It panics on an error.
func MustDecode(text string) any {
	v, err := Decode([]byte(text))
	if err != nil {
		panic(fmt.Sprintf("sandbox: stored JSON %q: %v", text, err))
	}
	return v
}

func decodeValue(d *json.Decoder) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := decodeValue(d)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := d.Token()
		return list, err
	case json.Delim('{'):
		o := NewObject()
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			v, err := decodeValue(d)
			if err != nil {
				return nil, err
			}
			o.Set(key.(string), v)
		}
		_, err := d.Token()
		return o, err
	}
	return t, nil
}

// ParseBody reads a request body as Express does in strict mode: only objects and arrays, and an empty body is {}.
// message is V8's error message, "" without an error.
func ParseBody(data []byte) (v any, message string) {
	trimmed := bytes.TrimLeft(data, " \t\r\n")
	if len(trimmed) == 0 {
		return NewObject(), ""
	}
	if c := trimmed[0]; c != '{' && c != '[' {
		return nil, unexpectedToken(data, string(c))
	}
	var raw json.RawMessage // Unmarshal's errors have an offset; those of Decode have none
	err := json.Unmarshal(data, &raw)
	if err == nil {
		v, err = Decode(data)
	}
	if err != nil {
		return nil, v8Message(data, err)
	}
	return v, ""
}

func unexpectedToken(data []byte, token string) string {
	return fmt.Sprintf("Unexpected token '%s', \"%s\" is not valid JSON", token, data)
}

func v8Message(data []byte, err error) string {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return "Unexpected end of JSON input"
	}
	at := min(int(syntax.Offset), len(data))
	if !strings.Contains(err.Error(), "unexpected end") {
		at = max(at-1, 0)
	}
	line := 1 + bytes.Count(data[:at], []byte("\n"))
	column := at - bytes.LastIndexByte(data[:at], '\n')
	where := fmt.Sprintf(" in JSON at position %d (line %d column %d)", at, line, column)
	switch {
	case bytes.HasSuffix(bytes.TrimRight(data[:at], " \t\r\n"), []byte("{")):
		return "Expected property name or '}'" + where
	case at >= len(data):
		return "Unexpected end of JSON input"
	case strings.Contains(err.Error(), "after object key:"):
		return "Expected ',' or '}' after property value" + where
	case strings.Contains(err.Error(), "after object key"):
		return "Expected ':' after property name" + where
	case strings.Contains(err.Error(), "after array element"):
		return "Expected ',' or ']' after array element" + where
	}
	return unexpectedToken(data, string(data[at]))
}
