package functions

import (
	"bytes"
	"encoding/json"
	"strings"

	"nango-tui/nango"
)

// known is a function with its models: all that its page shows.
type known struct {
	nango.Function
	models map[string]json.RawMessage
}

// knownOf cuts the schema into its models. It runs where the answer is decoded.
func knownOf(one nango.Function) known {
	var schema struct {
		Definitions map[string]json.RawMessage `json:"definitions"`
	}
	if json.Unmarshal(one.Schema, &schema) != nil {
		schema.Definitions = nil // a schema of another form is shown as a whole
	}
	return known{one, schema.Definitions}
}

// maxProperties bounds how many fields of a model stand on the page.
const maxProperties = 12

// property is a field of a model.
type property struct {
	name, kind string
	required   bool
}

// propertiesOf are the fields of a model in the order of its schema, as far as there is room, and how many there are in all.
func propertiesOf(model json.RawMessage) (some []property, all int) {
	var schema struct {
		Properties json.RawMessage `json:"properties"`
		Required   []string        `json:"required"`
	}
	if json.Unmarshal(model, &schema) != nil {
		return nil, 0
	}
	needed := map[string]bool{}
	for _, name := range schema.Required {
		needed[name] = true
	}
	d := json.NewDecoder(bytes.NewReader(schema.Properties))
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		return nil, 0
	}
	for d.More() {
		token, err := d.Token()
		name, isName := token.(string)
		var one json.RawMessage
		if err != nil || !isName || d.Decode(&one) != nil {
			break
		}
		if all++; all <= maxProperties {
			some = append(some, property{name, kindOf(one), needed[name]})
		}
	}
	return some, all
}

// kindOf is the type of a field in a word or two.
func kindOf(schema json.RawMessage) string {
	var one struct {
		Type  any             `json:"type"`
		Enum  []any           `json:"enum"`
		Ref   string          `json:"$ref"`
		Items json.RawMessage `json:"items"`
	}
	if json.Unmarshal(schema, &one) != nil {
		return ""
	}
	var kinds []string
	switch kind := one.Type.(type) {
	case string:
		kinds = []string{kind}
	case []any:
		for _, k := range kind {
			if word, ok := k.(string); ok {
				kinds = append(kinds, word)
			}
		}
	}
	switch {
	case one.Ref != "":
		return one.Ref[strings.LastIndexByte(one.Ref, '/')+1:]
	case len(one.Enum) > 0:
		return "enum"
	case len(kinds) == 1 && kinds[0] == "array" && len(one.Items) > 0 && len(one.Items) < maxItems:
		return strings.TrimSpace(kindOf(one.Items) + " list")
	}
	return strings.Join(kinds, " or ")
}

// maxItems bounds how long the schema of a list's elements may be to be looked into, in bytes: a stranger could nest them.
const maxItems = 4 << 10
