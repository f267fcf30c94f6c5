// Package schemaform is a form made from a JSON schema, such as that of an action's input: fields for what fields can
// show, JSON text for the rest, and the whole as JSON text where one prefers that. It knows widgets and nothing of Nango.
//
// A schema is a stranger's. It is bounded in every direction, nothing that it refers to is fetched, and its words are made
// plain before they are drawn.
package schemaform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// Bounds of a form. What goes beyond is said, by [New] or by [Form.Shown].
const (
	// MaxSchema is how long a schema may be, in bytes.
	MaxSchema = 1 << 20
	// MaxInput is how long an input may be, in bytes.
	MaxInput = 2 << 20
)

var errFalse = errors.New("the schema allows no input at all: it is false")

// Model is the schema of one model out of a schema that has all of them under "definitions", as Nango has it for a
// function. An empty name is a function without input, and its schema is "null".
func Model(schema json.RawMessage, name string) (json.RawMessage, error) {
	if name == "" {
		return json.RawMessage(`{"type":"null"}`), nil
	}
	all, err := parseSchema(schema)
	if err != nil {
		return nil, err
	}
	if all.get("definitions").get(name) == nil {
		return nil, fmt.Errorf("the schema does not say what %s is", quote(name))
	}
	model := value{kind: object}
	model.add("$ref", textValue("#/definitions/"+url.PathEscape(escaped(name))))
	for i, key := range all.keys {
		if key == "$schema" || key == "definitions" || key == "$defs" {
			model.add(key, all.elems[i])
		}
	}
	return json.RawMessage(model.compact()), nil
}

// parseSchema reads a schema as far as its bounds allow.
func parseSchema(schema json.RawMessage) (value, error) {
	if len(schema) > MaxSchema {
		return value{}, fmt.Errorf("the schema is longer than %d KB", MaxSchema>>10)
	}
	v, err := parse(schema)
	switch {
	case err != nil:
		return v, fmt.Errorf("the schema is not to be read: %w", err)
	case v.kind != object && v.kind != boolean:
		return v, fmt.Errorf("the schema is %s, and has to be an object", article(v.kind.String()))
	case v.raw == "false":
		return v, errFalse
	case !v.allOrdinary():
		return v, fmt.Errorf("a number in the schema has more than %d digits, or an exponent beyond %d", maxDigits, maxExponent)
	}
	return v, nil
}

// says nothing: no schema at all, null, or true.
func saysNothing(schema json.RawMessage) bool {
	trimmed := string(bytes.TrimSpace(schema))
	return trimmed == "" || trimmed == "null" || trimmed == "true" || trimmed == "{}"
}
