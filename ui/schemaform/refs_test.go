package schemaform

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"nango-tui/ui/form"
)

// model is a form of a model, as the program makes it for an action.
func model(t *testing.T, schema, name string) user {
	t.Helper()
	m, err := Model(json.RawMessage(schema), name)
	if err != nil {
		t.Fatal(err)
	}
	return opens(t, string(m), "")
}

const recursiveZod = `{"definitions":{"In":{"type":"object","properties":{"v":{"$ref":"#/definitions/__schema0"}},` +
	`"definitions":{"__schema0":{"anyOf":[{"type":"string"},{"type":"array","items":{"$ref":"#/definitions/__schema0"}}]}}}}}`

func TestDefinitionsOfTheModelAreMeantIfTheRootLacksThem(t *testing.T) {
	u := model(t, recursiveZod, "In")
	u.pastes("/v", `["a", ["b"]]`).sends(`{"v":["a",["b"]]}`)
	model(t, recursiveZod, "In").pastes("/v", `["a", [5]]`).isKept("is a number but must be")
	for name, schema := range map[string]string{
		"$defs":            strings.Replace(recursiveZod, `"definitions":{"__s`, `"$defs":{"__s`, 1),
		"$defs, both ways": strings.NewReplacer(`"definitions":{"__s`, `"$defs":{"__s`, "#/definitions", "#/$defs").Replace(recursiveZod),
	} {
		t.Run(name, func(t *testing.T) { model(t, schema, "In").pastes("/v", `"a"`).sends(`{"v":"a"}`) })
	}
}

func TestReferencesToDefinitions(t *testing.T) {
	for name, c := range map[string]struct{ schema, want string }{
		"the root's first": {`{"definitions":{"X":{"type":"integer"},"In":{"type":"object","properties":{"v":{"$ref":"#/definitions/X"}},` +
			`"definitions":{"X":{"type":"string"}}}}}`, `{"v":7}`},
		"the innermost": {`{"definitions":{"In":{"type":"object","$defs":{"X":{"type":"string"}},"properties":{"v":{"$ref":"#/$defs/X",` +
			`"x":1},"w":{"$defs":{"X":{"type":"integer"}},"allOf":[{"$ref":"#/$defs/X"}]}}}}}`, `{"v":"7","w":7}`},
		"inside of one": {`{"definitions":{"In":{"type":"object","properties":{"v":{"$ref":"#/definitions/a~1b%20c/properties/d"}},` +
			`"definitions":{"a/b c":{"properties":{"d":{"type":"integer"}}}}}}}`, `{"v":7}`},
		"in a definition of the model": {`{"definitions":{"In":{"type":"object","properties":{"v":{"$ref":"#/definitions/Y"}},` +
			`"definitions":{"Y":{"$ref":"#/definitions/X"},"X":{"type":"integer"}}}}}`, `{"v":7}`},
		"a value that looks like one": {`{"definitions":{"In":{"type":"object","properties":{"v":{"const":{"$ref":"#/definitions/X"}}},` +
			`"definitions":{"X":{"type":"integer"}},"required":["v"]}}}`, `{"v":{"$ref":"#/definitions/X"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			u := model(t, c.schema, "In")
			for _, n := range u.nodes[1:] {
				if n.control.kind == form.Text {
					u.types(n.id(), "7")
				}
			}
			u.sends(c.want)
		})
	}
	m, _ := Model(json.RawMessage(`{"definitions":{"In":{"$ref":"#/definitions/X","definitions":{"Y":{}}}}}`), "In")
	if _, err := New(m, nil); err == nil || !strings.Contains(err.Error(), `"#/definitions/X", which doesn't exist`) {
		t.Errorf("%v", err)
	}
}

// Recursion in all directions, and a schema of nothing but references.
func TestReferencesTakeNoEndlessWork(t *testing.T) {
	circle := `{"definitions":{"In":{"$ref":"#/definitions/A","definitions":{"A":{"$ref":"#/definitions/B"},"B":{"$ref":"#/definitions/A"}}}}}`
	if u := model(t, circle, "In"); !strings.Contains(u.Notes(), "recursive") {
		t.Errorf("shown is %q", u.Notes())
	}
	schema := `{"type":"string"}`
	for i := range 45 { // the maximum nesting of a schema is 100 levels
		schema = fmt.Sprintf(`{"type":"object","properties":{"p":%s,"q":{"$ref":"#/definitions/D0"}},"definitions":{"D%d":{"type":"integer"}}}`,
			schema, 44-i)
	}
	model(t, `{"definitions":{"In":`+schema+`}}`, "In")
}
