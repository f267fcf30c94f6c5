package schemaform

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// nestedForms returns a schema of about 14 KB with alternatives in alternatives, some of them null as of optional values.
func nestedForms(keyword, other string, levels int) string {
	inner := `{"type": "object", "properties": {"a": {"type": "string"}}}`
	for i := range levels {
		inner = fmt.Sprintf(`{"title": "Level %d", "description": %q, "%s": [%s, %s]}`, i, strings.Repeat("words ", 42), keyword, inner, other)
	}
	return fmt.Sprintf(`{"type": "object", "properties": {"v": %s}}`, inner)
}

// nestedSchemas are schemas that a form must be made of in less than 50 ms.
var nestedSchemas = map[string]string{
	"anyOf null":    nestedForms("anyOf", `{"type": "null"}`, 40),
	"oneOf null":    nestedForms("oneOf", `{"type": "null"}`, 40),
	"anyOf text":    nestedForms("anyOf", `{"type": "string"}`, 40),
	"anyOf objects": nestedForms("anyOf", `{"type": "object", "properties": {"b": {"type": "string"}}}`, 40),
	"anyOf itself":  strings.ReplaceAll(nestedForms("anyOf", `{"$ref": "#"}`, 40), `"#"`, `"#/properties/v"`),
	"allOf":         nestedForms("allOf", `{"type": "object", "properties": {"b": {"type": "string"}}}`, 40),
	"allOf doubled": doubling(40),
	"anyOf doubled": strings.ReplaceAll(doubling(40), "allOf", "anyOf"),
}

func TestNestedFormsAreReadOnce(t *testing.T) {
	const most = 4_000 // schemas that are read; a form of 50,000 takes more than 100 ms
	for name, schema := range nestedSchemas {
		u := opens(t, schema, "")
		b := builder{resolver: resolver{doc: u.schema}}
		b.root(nil, true)
		if b.visits > most {
			t.Errorf("%s: %d schemas were read", name, b.visits)
		}
	}
	// It is still the innermost schema that a value has.
	if u := opens(t, nestedSchemas["anyOf null"], `{"v":{"a":"x"}}`); u.AsJSON() || !strings.Contains(u.drawn(), "Level 39") {
		t.Errorf("%s", u.drawn())
	}
	opens(t, nestedSchemas["allOf doubled"], "").types("/a", "y").sends(`{"a":"y"}`)
}

func BenchmarkNewNested(b *testing.B) {
	for name, schema := range nestedSchemas {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := New(json.RawMessage(schema), nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(schema))/1024, "KB")
		})
	}
}
