package functions

import (
	"encoding/json"
	"slices"
	"strings"

	"nango-tui/internal/jsontext"
	"nango-tui/nango"
)

type functionDetail struct {
	nango.Function
	models map[string]json.RawMessage
}

// newDetailOf splits the schema into its models. It runs where the response is decoded.
func newDetailOf(one nango.Function) functionDetail {
	var schema struct {
		Definitions map[string]json.RawMessage `json:"definitions"`
	}
	if json.Unmarshal(one.Schema, &schema) != nil {
		schema.Definitions = nil // a schema of another form is shown unsplit
	}
	return functionDetail{one, schema.Definitions}
}

// maxProperties is the maximum number of fields of a model on the page.
const maxProperties = 12

type property struct {
	name, typ string
	required  bool
}

// propertiesOf returns the first fields of a model in the order of its schema, and the number of all.
func propertiesOf(model json.RawMessage) (some []property, all int) {
	var schema struct {
		Properties json.RawMessage `json:"properties"`
		Required   []string        `json:"required"`
	}
	if json.Unmarshal(model, &schema) != nil {
		return nil, 0
	}
	properties := string(schema.Properties)
	for m := range jsontext.Members(properties) {
		name := m.Name.TextIn(properties)
		if all++; all <= maxProperties {
			some = append(some, property{name, typeOf(json.RawMessage(m.Value.In(properties))), slices.Contains(schema.Required, name)})
		}
	}
	return some, all
}

func typeOf(schema json.RawMessage) string {
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
		return strings.TrimSpace(typeOf(one.Items) + " list")
	}
	return strings.Join(kinds, " or ")
}

// maxItems is the maximum size of the schema of a list's items, in bytes. Untrusted schemas may be nested deeply.
const maxItems = 4 << 10
