package facts

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// Object is a JSON object that keeps the order of its fields.
type Object struct {
	Keys   []string
	Values map[string]any
}

func newObject() *Object { return &Object{Values: map[string]any{}} }

// Set sets a field. A new field is the last one.
func (o *Object) Set(key string, value any) {
	if _, found := o.Values[key]; !found {
		o.Keys = append(o.Keys, key)
	}
	o.Values[key] = value
}

// Text returns the string under key, or "" if there is none.
func (o *Object) Text(key string) string {
	text, _ := o.Values[key].(string)
	return text
}

// mapped returns an object or a list with do applied to each value in it; the items of a list have the name of its field.
// Any other value is unchanged.
func mapped(field string, value any, do func(field string, value any) any) any {
	switch value := value.(type) {
	case *Object:
		object := newObject()
		for _, key := range value.Keys {
			object.Set(key, do(key, value.Values[key]))
		}
		return object
	case []any:
		items := []any{}
		for _, item := range value {
			items = append(items, do(field, item))
		}
		return items
	}
	return value
}

// MarshalJSON writes the fields in their order.
func (o *Object) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, key := range o.Keys {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, encode(key)...), ':')
		out = append(out, encode(o.Values[key])...)
	}
	return append(out, '}'), nil
}

// encode writes a value of this package, which is always valid, without escaping HTML.
func encode(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// Decode reads one JSON value: *Object, []any, string, json.Number, bool or nil.
func Decode(raw []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	value, err := decodeValue(decoder)
	if err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return value, nil
}

func decodeValue(decoder *json.Decoder) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('['):
		list := []any{}
		for decoder.More() {
			item, err := decodeValue(decoder)
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		_, err := decoder.Token()
		return list, err
	case json.Delim('{'):
		object := newObject()
		for decoder.More() {
			key, err := decoder.Token()
			if err != nil {
				return nil, err
			}
			value, err := decodeValue(decoder)
			if err != nil {
				return nil, err
			}
			object.Set(key.(string), value)
		}
		_, err := decoder.Token()
		return object, err
	}
	return token, nil
}
