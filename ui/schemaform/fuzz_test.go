package schemaform

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui/uitest/frames"
)

// schemas are the seeds.
func schemas() []string {
	return []string{
		contact, "null", "true", "false", "{}", "[]", `"x"`, `{"type": "null"}`, `{"type": "string"}`, `{"$ref": "#"}`,
		objectOf(`"a": {"type": "string"}, "b": {"type": ["integer", "null"]}, "c": {"type": "boolean"}`, "a"),
		objectOf(`"a": {"enum": ["x", 1, null, {"k": [1]}]}, "b": {"const": "only"}, "c": {"oneOf": [{"const": 1, "title": `+
			`"One"}, {"const": 2}]}`, "b"),
		objectOf(`"a": {"anyOf": [{"type": "string"}, {"type": "null"}]}, "b": {"anyOf": [{"type": "object"}, {"type": "array"}]}`),
		objectOf(`"a": {"type": "object", "properties": {"b": {"type": ["object", "null"], "properties": {"c": {"type": `+
			`"number", "default": 1e3}}}}}`, "a"),
		objectOf(`"a": {"type": "array", "items": {"type": "number"}}, "b": {"type": "array", "items": {"enum": ["x", "y"]}}, `+
			`"c": {"type": "array", "items": [{}]}`, "b"),
		`{"type": "object", "properties": {"a": {"pattern": "^(?=x)", "type": "string"}}, "additionalProperties": true}`,
		`{"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"minLength": 2}}, "required": ["a"]}], ` +
			`"patternProperties": {"^x": {"type": "number"}}}`,
		`{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"t": {"type": "object", "properties": {"next": ` +
			`{"$ref": "#/$defs/t"}}}}, "$ref": "#/$defs/t"}`,
		`{"$ref": "http://127.0.0.1:1/x"}`, `{"type": "object", "properties": {"a": {"type": "string", "default": "\u202e\u0000\ud800"}}}`,
	}
}

func inputs() []string {
	return []string{"", "null", "{}", "[]", `{"a": "x", "b": 2, "z": [1, "\u0000"]}`, `{"a": {"b": null}}`,
		`{"a": [], "b": ["y", "x"]}`, `{"a": "\"\"", "b": 9007199254740993}`,
		`{"a": " x\n", "c": true}`, `{"a": "null"`, `{"a": {"b": {"c": 1e999}}}`, `"\ud83d\ude00"`}
}

// FuzzSchema makes a form of any schema and types into it.
func FuzzSchema(f *testing.F) {
	for i, schema := range schemas() {
		f.Add(schema, inputs()[i%len(inputs())], "text", 80, 19)
		f.Add(schema, "", "\u202e7\"", 7, 3)
	}
	f.Fuzz(func(t *testing.T, schema, initial, typed string, w, h int) {
		if model, err := Model([]byte(schema), "A"); err == nil && !json.Valid(model) {
			t.Fatalf("the model is no JSON: %s", model)
		}
		form, err := New([]byte(schema), []byte(initial))
		if err != nil {
			form = NewJSON([]byte(initial))
		}
		fr := frames.Plain(4+(w&0x7f)%120, 1+(h&0x1f))
		for range 8 {
			checkView(t, form, fr)
			form.Update(tea.PasteMsg{Content: typed})
			form.Update(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
			form.Update(tea.KeyPressMsg{Code: tea.KeyTab})
		}
		form.Submit()
		checkView(t, form, fr)
		form.SetError("/a/b", typed)
		isJSON(t, form)
		_ = form.SwitchJSON()
		checkView(t, form, fr)
		isJSON(t, form)
		_ = form.SetJSONText(typed)
		keepsText(t, form, typed)
		form.Check()
		form.Notes()
		RoundedNumbers(json.RawMessage(typed))
	})
}

// keepsText fails if a text from an editor has changed.
func keepsText(t *testing.T, form *Form, want string) {
	t.Helper()
	got := form.JSONText()
	a, errA := parse([]byte(got))
	b, errB := parse([]byte(want))
	if got != want && (errA != nil || errB != nil || !lossy(&b) && !a.equal(&b)) {
		t.Fatalf("the text\n%q became\n%q", want, got)
	}
}

func isJSON(t *testing.T, form *Form) {
	t.Helper()
	got, err := form.Value()
	if err == nil && got != nil && !json.Valid(got) {
		t.Fatalf("it is no JSON: %s", got)
	}
	if _, sent := form.Submitted(); sent && err != nil {
		t.Fatalf("sent is what has no value: %v", err)
	}
}

// grower makes schemas and inputs from bytes: each byte decides what comes next, so that the fuzzer can minimize.
type grower struct {
	bytes []byte
}

func (g *grower) next(n int) int {
	if len(g.bytes) == 0 {
		return 0
	}
	b := g.bytes[0]
	g.bytes = g.bytes[1:]
	return int(b) % n
}

func (g *grower) pick(all ...string) string { return all[g.next(len(all))] }

// text returns a JSON string, sometimes hard to type.
func (g *grower) text() string {
	return g.pick(`"a"`, `""`, `"null"`, `"\"\""`, `"[]"`, `" x "`, `"a\nb"`, `"\u0000"`, `"\u202e"`, `"\ud800"`, `"\ufffd"`,
		`"株\t"`, `"true"`, `"1"`, `"\r\n"`, `"👩‍👧"`, `"jo@acme.com"`,
		`"`+strings.Repeat("long ", 40)+`"`, `"\n"`, `" "`)
}

func (g *grower) scalar() string {
	switch g.next(5) {
	case 0:
		return g.pick("null", "true", "false")
	case 1:
		return g.pick("0", "-1", "1.50", "1e3", "9007199254740993", "1e999", "-0", "12")
	}
	return g.text()
}

func (g *grower) input(depth int) string {
	switch g.next(6) {
	case 0, 1:
		if depth > 0 {
			return g.inputObject(depth)
		}
	case 2:
		var elems []string
		for range min(g.next(4), depth) {
			elems = append(elems, g.input(depth-1))
		}
		return "[" + strings.Join(elems, ",") + "]"
	}
	return g.scalar()
}

func (g *grower) key() string { return g.pick("a", "b", "c", "d e", "~/", "") }

func (g *grower) inputObject(depth int) string {
	var members []string
	for range g.next(6) {
		members = append(members, `"`+g.key()+`":`+g.input(depth-1))
	}
	return "{" + strings.Join(members, ",") + "}"
}

func (g *grower) schema(depth int) string {
	var keywords []string
	add := func(keyword, value string) { keywords = append(keywords, `"`+keyword+`":`+value) }
	if g.next(4) > 0 {
		add("type", g.pick(`"object"`, `"object"`, `"string"`, `"number"`, `"integer"`, `"boolean"`, `"array"`, `"null"`,
			`["string","null"]`, `["object","null"]`, `["number","null"]`,
			`["array","null"]`, `["string","number"]`, `["boolean","null"]`))
	}
	for range g.next(5) {
		switch g.next(16) {
		case 0, 1, 2, 3:
			var members []string
			for range g.next(5) {
				if depth > 0 {
					members = append(members, `"`+g.key()+`":`+g.schema(depth-1))
				}
			}
			add("properties", "{"+strings.Join(members, ",")+"}")
		case 4:
			add("required", `["`+g.key()+`"]`)
		case 5:
			add("items", g.pick(`{"type":"string"}`, `{"type":"number"}`, `{"enum":["a",1,null]}`, `{"type":["string","null"]}`, `{}`,
				`[{}]`, g.deeper(depth)))
		case 6:
			add("enum", "["+g.scalar()+","+g.scalar()+","+g.input(1)+"]")
		case 7:
			add("const", g.input(1))
		case 8:
			add("default", g.input(2))
		case 9:
			add("additionalProperties", g.pick("true", "false", `{"type":"string"}`))
		case 10:
			add(g.pick("anyOf", "oneOf", "allOf"), "["+g.deeper(depth)+","+g.pick(`{"type":"null"}`, g.deeper(depth))+"]")
		case 11:
			add("$ref", g.pick(`"#"`, `"#/definitions/A"`, `"#/definitions/A"`))
		case 12:
			add("pattern", g.pick(`"^(?=a)"`, `"^a"`))
		case 13:
			add("format", g.pick(`"email"`, `"password"`, `"date-time"`))
		case 14:
			add("title", g.text())
		case 15:
			add(g.pick("minLength", "minItems", "minProperties", "minimum"), "1")
		}
	}
	return "{" + strings.Join(keywords, ",") + "}"
}

// root returns the schema of an object, and a model to refer to.
func (g *grower) root() string {
	var members []string
	for range 1 + g.next(5) {
		members = append(members, `"`+g.key()+`":`+g.schema(3))
	}
	return `{"definitions":{"A":` + g.schema(2) + `},"properties":{` + strings.Join(members, ",") + `},"allOf":[` +
		g.pick("{}", g.schema(3)) + `]}`
}

func (g *grower) deeper(depth int) string {
	if depth <= 0 {
		return "{}"
	}
	return g.schema(depth - 1)
}

// FuzzValueRoundTrip shows an input as fields, as text and as fields again. A valid input must not change.
func FuzzValueRoundTrip(f *testing.F) {
	for i := range 64 {
		random := rand.New(rand.NewPCG(uint64(i), 7))
		seed := make([]byte, 120)
		for j := range seed {
			seed[j] = byte(random.Uint32())
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed []byte) {
		g := &grower{bytes: seed}
		schema := g.root()
		roundTrip(t, schema, g.inputObject(4))
	})
}

func roundTrip(t *testing.T, schema, initial string) {
	given, err := parse([]byte(initial))
	if err != nil {
		t.Fatalf("%v: %s", err, initial)
	}
	form, err := New([]byte(schema), []byte(initial))
	if err != nil {
		return
	}
	stays := func(stage string, want *value) *value {
		t.Helper()
		got, err := form.nodes[0].value(form.values(), false)
		if err != nil {
			t.Fatalf("%s: %v", stage, err)
		}
		if want != nil && !lossy(want) && (got == nil || !got.equal(want)) {
			t.Fatalf("%s\n%s: it was\n%s\nand is\n%s", schema, stage, want.compact(), form.JSONText())
		}
		return got
	}
	if given.kind == null {
		return // nothing is sent if it takes no input
	}
	whole := NewJSON([]byte(initial))
	whole.checker, whole.schema = form.checker, form.schema
	var first *value
	if len(whole.Check()) == 0 {
		first = &given
	}
	first = stays("at first", first)
	checkView(t, form, frames.Plain(80, 19))
	if first == nil || form.SwitchJSON() != nil {
		return
	}
	stays("switched", first)
	if form.SwitchJSON() != nil {
		return
	}
	stays("switched back", first)
	if err := form.SetJSONText(form.JSONText()); err == nil {
		stays("edited", first)
	}
}

// lossy reports whether it contains a string that cannot be compared.
func lossy(v *value) bool {
	if v.lossy() {
		return true
	}
	for i := range v.elems {
		if lossy(&v.elems[i]) {
			return true
		}
	}
	return false
}
