// Package schemaform is a form made from a JSON schema, such as the input of an action: fields where possible, JSON
// text for the rest or for the whole. It knows nothing of Nango.
// A schema is untrusted: everything is limited, no reference is fetched, and its words are sanitized before drawing.
package schemaform

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// Limits of a form. What is beyond them is reported by [New] or [Form.Notes].
const (
	// MaxSchema is the maximum size of a schema in bytes.
	MaxSchema = 1 << 20
	// MaxInput is the maximum size of an input in bytes.
	MaxInput = 2 << 20
)

var errFalse = errors.New(textFalseSchema)

// Model returns the schema of a model in a schema with "definitions", as Nango has it for a function. An empty name
// means no input: the schema is "null".
func Model(schema json.RawMessage, name string) (json.RawMessage, error) {
	if name == "" {
		return json.RawMessage(`{"type":"null"}`), nil
	}
	all, err := parseSchema(schema)
	if err != nil {
		return nil, err
	}
	if all.get("definitions").get(name) == nil {
		return nil, fmt.Errorf(textUndefinedModel, quote(name))
	}
	model := value{kind: object}
	model.add("$ref", textValue("#/definitions/"+url.PathEscape(escapes.Replace(name))))
	for i, key := range all.keys {
		if key == "$schema" || key == "definitions" || key == "$defs" {
			model.add(key, all.elems[i])
		}
	}
	return json.RawMessage(model.compact()), nil
}

// parseSchema reads a schema within the limits.
func parseSchema(schema json.RawMessage) (value, error) {
	if len(schema) > MaxSchema {
		return value{}, fmt.Errorf(textSchemaTooLong, MaxSchema>>10)
	}
	v, err := parse(schema)
	switch {
	case err != nil:
		return v, fmt.Errorf(textUnreadableSchema, err)
	case v.kind != object && v.kind != boolean:
		return v, fmt.Errorf(textSchemaNoObject, typeName(v.kind.String()))
	case v.raw == "false":
		return v, errFalse
	case !v.allOrdinary():
		return v, fmt.Errorf(textSchemaNumber, maxDigits, maxExponent)
	}
	return v, nil
}
