package sandbox

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

// undefined stands for a JavaScript undefined: a body that was not sent, a key that is not there.
type undefined struct{}

// object is a JSON object that remembers the order of its keys, which decides the order of the
// validation errors and of echoed bodies.
type object struct {
	keys   []string
	values map[string]any
}

// newObject makes an object of alternating keys and values.
func newObject(pairs ...any) *object {
	o := &object{values: map[string]any{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		o.set(pairs[i].(string), pairs[i+1])
	}
	return o
}

func (o *object) set(key string, v any) {
	if _, ok := o.values[key]; !ok {
		o.keys = append(o.keys, key)
	}
	o.values[key] = v
}

// get answers undefined{} for a key that is not there.
func (o *object) get(key string) any {
	if v, ok := o.values[key]; ok {
		return v
	}
	return undefined{}
}

func (o *object) has(key string) bool { _, ok := o.values[key]; return ok }

// str is the string under key, or "" when there is none or it is something else.
func (o *object) str(key string) string { s, _ := o.get(key).(string); return s }

// obj is the object under key, or nil.
func (o *object) obj(key string) *object { v, _ := o.get(key).(*object); return v }

func (o *object) remove(key string) {
	if _, ok := o.values[key]; !ok {
		return
	}
	delete(o.values, key)
	o.keys = slices.DeleteFunc(o.keys, func(k string) bool { return k == key })
}

func (o *object) clone() *object {
	c := newObject()
	for _, k := range o.keys {
		v := o.values[k]
		if inner, ok := v.(*object); ok {
			v = inner.clone()
		}
		c.set(k, v)
	}
	return c
}

// MarshalJSON writes the keys in their order.
func (o *object) MarshalJSON() ([]byte, error) { return appendJSON(nil, o, o.keys, false), nil }

// jsonb is the text PostgreSQL gives back for a jsonb column: keys ordered by length, then by
// bytes, as seen on v0.71.4 for tags, metadata and connection_config.
func jsonb(v any) string { return string(appendValue(nil, v, true)) }

func appendJSON(b []byte, o *object, keys []string, sorted bool) []byte {
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, k), ':')
		b = appendValue(b, o.values[k], sorted)
	}
	return append(b, '}')
}

func jsonbOrder(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func appendValue(b []byte, v any, sorted bool) []byte {
	switch v := v.(type) {
	case *object:
		keys := v.keys
		if sorted {
			keys = slices.SortedFunc(slices.Values(keys), jsonbOrder)
		}
		return appendJSON(b, v, keys, sorted)
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
		return appendString(b, v)
	case json.Number:
		return append(b, v...)
	case undefined, nil:
		return append(b, "null"...)
	default:
		return append(b, encode(v)...)
	}
}

// appendString writes a JSON string as JavaScript does: no escaping of <, > and &.
func appendString(b []byte, s string) []byte {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c >= 0x80 || c == '"' || c == '\\' {
			plain = false
			break
		}
	}
	if plain {
		return append(append(append(b, '"'), s...), '"')
	}
	return append(b, encode(s)...)
}

// encode is json.Marshal without HTML escaping. The types given to it always marshal.
func encode(v any) []byte {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(fmt.Sprintf("sandbox: encoding %T: %v", v, err))
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}

// decode parses JSON, keeping key order and numbers as they were written.
func decode(data []byte) (any, error) {
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

// mustDecode decodes text that this package wrote itself.
func mustDecode(text string) any {
	v, err := decode([]byte(text))
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
	delim, ok := t.(json.Delim)
	if !ok {
		return t, nil
	}
	if delim == '[' {
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
	}
	o := newObject()
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := decodeValue(d)
		if err != nil {
			return nil, err
		}
		o.set(key.(string), v)
	}
	_, err = d.Token()
	return o, err
}

// parseBody reads a request body as Express does in strict mode: only objects and arrays. The
// message is the one that V8 gives, near enough for the ways in which a client can break JSON.
func parseBody(data []byte) (v any, message string) {
	trimmed := bytes.TrimLeft(data, " \t\r\n")
	if len(trimmed) == 0 {
		return newObject(), ""
	}
	if c := trimmed[0]; c != '{' && c != '[' {
		return nil, unexpectedToken(data, string(c))
	}
	var probe json.RawMessage
	if err := json.Unmarshal(data, &probe); err != nil {
		return nil, v8Message(data, err)
	}
	v, err := decode(data)
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
		at--
	}
	before := bytes.TrimRight(data[:max(at, 0)], " \t\r\n")
	line := 1 + bytes.Count(data[:max(at, 0)], []byte("\n"))
	column := at - bytes.LastIndexByte(data[:max(at, 0)], '\n')
	where := " in JSON at position " + strconv.Itoa(at) + fmt.Sprintf(" (line %d column %d)", line, column)
	switch {
	case bytes.HasSuffix(before, []byte("{")):
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
