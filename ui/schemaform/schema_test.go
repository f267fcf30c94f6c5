package schemaform

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"nango-tui/internal/longtest"
)

func TestEmptySchemaIsJSONText(t *testing.T) {
	for _, schema := range []string{"", "null", "true", "{}", " null\n"} {
		u := opens(t, schema, `{"id":9007199254740993}`)
		if !u.AsJSON() || u.SwitchJSON() == nil {
			t.Errorf("%q makes fields", schema)
		}
		u.sees("Input (JSON)").sends("{\n  \"id\": 9007199254740993\n}")
	}
	u := opens(t, "", "")
	u.types("", "[1,").isKept("the text ends where a value was expected")
	u = opens(t, "", "").presses("ctrl+s")
	if got, sent := u.Submitted(); !sent || got != nil {
		t.Errorf("an empty text sends %s", got)
	}
}

func TestUnusableSchema(t *testing.T) {
	for schema, says := range map[string]string{
		"false":     "the schema allows no input: it is false",
		"[]":        "the schema is a list but must be an object",
		`"x"`:       "the schema is text but must be an object",
		`{"type": `: "can't read the schema: not JSON at line 1, column 10: the text ends where a value was expected",
		`{"type": "strin"}`: `can't use the schema: type matches none of 2 alternatives; 1: must be ` +
			`one of "array", "boolean", "integer", "null", "number", 2 more; 2: is text but must be a list`,
		`{"properties": {"a": 5}}`:     "can't use the schema: properties.a is a number but must be yes or no or an object",
		`{"minimum": 1e999}`:           "a number in the schema has more than 400 digits, or an exponent beyond 400",
		`{"$ref": "#/definitions/No"}`: `can't use the schema: it refers to "#/definitions/No", which doesn't exist`,
		`{"a": ` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `}`: "can't read the schema: nested more than 100 levels deep",
		`{"a": "` + strings.Repeat("x", MaxSchema) + `"}`:                    "the schema is longer than 1024 KB",
	} {
		_, err := New(json.RawMessage(schema), nil)
		if err == nil || err.Error() != says {
			t.Errorf("%.60s: it says\n%v\nwant\n%s", schema, err, says)
		}
	}
}

func TestNothingIsFetched(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s is fetched", r.URL) }))
	defer server.Close()
	for _, schema := range []string{
		`{"$ref": "` + server.URL + `/x"}`, `{"$schema": "` + server.URL + `/meta"}`,
		`{"$id": "` + server.URL + `/", "$ref": "other"}`, `{"$ref": "file:///etc/hostname"}`,
		`{"properties": {"a": {"items": {"$ref": "` + server.URL + `/x#/y"}}}}`,
	} {
		if _, err := New(json.RawMessage(schema), nil); err == nil || !strings.Contains(err.Error(), "which is not fetched") {
			t.Errorf("%s: %v", schema, err)
		}
	}
}

func TestModel(t *testing.T) {
	all := `{"definitions": {"In~/ %": {"type": "object", "properties": {"a": {"$ref": "#/definitions/Other"}}}, "Other": ` +
		`{"type": "integer"}}}`
	model, err := Model(json.RawMessage(all), "In~/ %")
	if err != nil {
		t.Fatal(err)
	}
	opens(t, string(model), "").types("/a", "5").sends(`{"a":5}`)
	if _, err := Model(json.RawMessage(all), "Missing"); err == nil || err.Error() != `the schema doesn't define "Missing"` {
		t.Error(err)
	}
	none, err := Model(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	opens(t, string(none), "").sees("Nothing to fill in")
	if _, err := Model(json.RawMessage("null"), "In"); err == nil {
		t.Error("a model is found in nothing")
	}
}

func TestRecursiveSchemas(t *testing.T) {
	u := opens(t, `{"$ref": "#/definitions/T", "definitions": {"T": {"type": "object", "properties": {"name": {"type": `+
		`"string"}, "next": {"$ref": "#/definitions/T"}, "all": {"type": "array", "items": {"$ref": "#/definitions/T"}}}}}}`, "")
	u.types("/name", "x").pastes("/next", `{"next": {"name": 5}}`).isKept("next.name is a number but must be text")
	for _, schema := range []string{`{"$ref": "#"}`, `{"allOf": [{"$ref": "#"}]}`,
		`{"$ref": "#/definitions/A", "definitions": {"A": {"$ref": "#/definitions/B"}, "B": {"$ref": "#/definitions/A"}}}`} {
		u := opens(t, schema, `{"a": 1}`)
		if !u.AsJSON() || !strings.Contains(u.Notes(), "its schema is recursive") {
			t.Errorf("%s: %q", schema, u.Notes())
		}
		u.Check()
	}
}

// doubling returns a short schema whose validation never ends.
func doubling(levels int) string {
	var b strings.Builder
	for i := range levels {
		fmt.Fprintf(&b, `"L%d": {"allOf": [{"$ref": "#/definitions/L%d"}, {"$ref": "#/definitions/L%d"}]},`, i, i+1, i+1)
	}
	return fmt.Sprintf(`{"$ref": "#/definitions/L0", "definitions": {%s "L%d": {"type": "object", "properties": {"a": `+
		`{"type": "string"}}}}}`, b.String(), levels)
}

func TestExpensiveSchemaIsNotChecked(t *testing.T) {
	u := opens(t, doubling(40), `{"a": "x"}`).presses("ctrl+s")
	if _, sent := u.Submitted(); !sent {
		t.Errorf("it cannot be sent:\n%s", u.drawn())
	}
	if !strings.Contains(u.Notes(), "The input is not checked: checking it takes too long") {
		t.Errorf("shown is %q", u.Notes())
	}
}

// wide returns a schema with many properties.
func wide(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"key_%d": {"type": "string", "title": "Key number %d", "maxLength": 9}`, i, i)
	}
	return `{"type": "object", "properties": {` + b.String()[1:] + `}, "required": ["key_0", "key_9999"], "additionalProperties": false}`
}

func TestHugeSchemaShowsFirstFields(t *testing.T) {
	longtest.SkipInShort(t)
	u := opens(t, wide(10_000), "")
	if want := "Only 200 fields are shown: 9800 more keys are edited as JSON."; u.Notes() != want {
		t.Errorf("shown is %q", u.Notes())
	}
	u.types("/key_0", "first").types("/key_199", "last").isKept("key_9999 is required")
	u.pastes("/~", `{"key_9999": "far too long"}`).isKept("key_9999 has 12 characters, allows at most 9")
	if err := u.SetJSONText(`{"key_9999": "fine", "key_0": "a"}`); err != nil {
		t.Fatal(err)
	}
	u.sends(`{"key_0":"a","key_9999":"fine"}`)
	var schema strings.Builder
	for i := range 12_500 {
		fmt.Fprintf(&schema, `,"k%d": {}`, i)
	}
	u = opens(t, `{"properties": {`+schema.String()[1:]+`}}`, "")
	if !strings.Contains(u.Notes(), "its schema has too many parts; only the server") {
		t.Errorf("shown is %q", u.Notes())
	}
}

func TestDeepObjectsAreJSON(t *testing.T) {
	schema := `{"type": "string"}`
	for i := range 8 {
		schema = objectOf(fmt.Sprintf(`"l%d": %s`, 7-i, schema), fmt.Sprintf("l%d", 7-i))
	}
	u := opens(t, schema, "")
	if want := "l0.l1.l2.l3.l4 is edited as JSON: it is more than 4 objects deep."; u.Notes() != want {
		t.Errorf("shown is %q", u.Notes())
	}
	u.pastes("/l0/l1/l2/l3/l4", `{"l5": {"l6": {"l7": 1}}}`).isKept("l5.l6.l7 is a number but must be text")
}

// Each field needs almost the maximum time per key press. Together they must not exceed it.
func TestExpensiveFieldsShareTheirTime(t *testing.T) {
	var fields []string
	for i := range 50 {
		fields = append(fields, fmt.Sprintf(`"f%d": {"$ref": "#/definitions/L0"}`, i))
	}
	schema := strings.Replace(doubling(13), `{"type": "object", "properties": {"a": {"type": "string"}}}`, `{}`, 1) // anything: JSON
	schema = `{"type": "object", "properties": {` + strings.Join(fields, ",") + `}, ` + schema[strings.Index(schema, `"definitions"`):]
	input := `{"f0": {"a": "x"}`
	for i := range 49 {
		input += fmt.Sprintf(`, "f%d": {"a": "x"}`, i+1)
	}
	u := opens(t, schema, input+"}")
	u.checker.resetSteps()
	u.fields.Submit()
	if u.checker.steps <= maxSteps || u.checker.steps > maxSteps+50 {
		t.Errorf("%d steps were taken", u.checker.steps)
	}
}

func TestGrowingSchemaIsJSONText(t *testing.T) {
	var keys strings.Builder
	for i := range 2_000 {
		fmt.Fprintf(&keys, `,"k%d": {}`, i)
	}
	schema := `{"definitions": {"A": {"properties": {` + keys.String()[1:] + `}}}, "allOf": [{"$ref": "#/definitions/A"}` +
		strings.Repeat(`, {"anyOf": [{"$ref": "#/definitions/A"}, {"type": "null"}]}`, 30) + `]}`
	if u := opens(t, schema, `{"k1": 5}`); !u.AsJSON() || u.Notes() != "The input can't be shown as fields: its schema has too many parts." {
		t.Errorf("shown is %q", u.Notes())
	}
}

func TestHugeComparisonsAreSkipped(t *testing.T) {
	var allowed, given []string
	for i := range 2_500 {
		allowed, given = append(allowed, fmt.Sprintf("%d.5", i)), append(given, fmt.Sprint(i))
	}
	u := opens(t, objectOf(`"a": {"type": "array", "items": {"enum": [`+strings.Join(allowed, ",")+`]}}`),
		`{"a": [`+strings.Join(given, ",")+`]}`)
	u.Check()
	if !strings.Contains(u.Notes(), "checking it takes too long") {
		t.Errorf("shown is %q", u.Notes())
	}
}

func TestSlowPatternIsNotChecked(t *testing.T) {
	schema := objectOf(`"a": {"type": "string", "contentMediaType": "text/plain", "pattern": "^(?:[a-z]?){900}$"}`)
	opens(t, schema, "").types("/a", "1").isKept("match the pattern")
	opens(t, schema, "").pastes("/a", strings.Repeat("1", 30_000)).sends(`{"a":"` + strings.Repeat("1", 30_000) + `"}`)
}

func TestJavaScriptPatterns(t *testing.T) {
	u := opens(t, objectOf(`"a": {"type": "string", "pattern": "^(?!x)"}, "b": {"type": "string", "pattern": `+
		`"^[\\w.\\/-]+\\u0041$"}, "c": {"not": {"pattern": "(a)\\1"}, "type": "string"}`), "")
	want := `Only the server checks the pattern "(a)\\1": it is specific to JavaScript.` + "\n" +
		`Only the server checks the pattern "^(?!x)": it is specific to JavaScript.`
	if u.Notes() != want {
		t.Errorf("shown is\n%s", u.Notes())
	}
	u.types("/a", "xyz").types("/b", "n/oA").types("/c", "aa").sends(`{"a":"xyz","b":"n/oA","c":"aa"}`)
	u.types("/b", "B").isKept("match the pattern")
}

func TestPatternHasJavaScriptMeaning(t *testing.T) {
	for _, one := range []struct {
		pattern, fits, not string
	}{
		{`^\d{3}$`, "123", "12"}, {`^[[a]$`, "[", "b"}, {`^\u00e9$`, "é", "e"}, {`^\u{1F600}$`, "😀", "x"},
		{`^\p{Letter}+$`, "é", "1"}, {`^\p{Script=Greek}$`, "α", "a"},
		{`^\p{Lu}$`, "A", "a"}, {`^\P{L}$`, "1", "a"}, {`^a\/b\-c\$$`, "a/b-c$", "ab"}, {`^(?:a|b)+$`, "ab", "c"},
		{`^(?<year>\d+)$`, "2026", "x"}, {`\0`, "a\x00", "a"}, {`^\\u$`, `\u`, "u"}, {`^[\]]$`, "]", "a"}, {`^\p{L}{2,50}$`, "éa", "a"},
	} {
		re, _, err := compilePattern(one.pattern)
		if err != nil || !re.MatchString(one.fits) || re.MatchString(one.not) {
			t.Errorf("%s is read as %v, %v", one.pattern, re, err)
		}
	}
	for _, unknown := range []string{`(?=a)`, `(?!a)`, `(?<=a)b`, `(?<!a)b`, `(a)\1`, `[^]`, `[]`, `\k<a>`, `\cA`, `\A`, `\Q.\E`,
		`a\`, `\u12`, `(?P<a>b)`, `\p{No Such}`, `(`, strings.Repeat("a", maxPattern+1), `((abc){100}){100}`, strings.Repeat(`a{1000}`, 10)} {
		if re, _, err := compilePattern(unknown); err == nil {
			t.Errorf("%s is read as %s", unknown, re)
		}
	}
}

func TestSchemaDrafts(t *testing.T) {
	for _, schema := range []string{
		`{"$schema": "http://json-schema.org/draft-04/schema#", "type": "object", "properties": {"n": {"type": "integer", ` +
			`"minimum": 3, "exclusiveMinimum": true}}}`,
		`{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": {"n": {"type": "integer", ` +
			`"exclusiveMinimum": 3}}}`,
		`{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {"n": {"$ref": ` +
			`"#/$defs/n"}}, "$defs": {"n": {"type": "integer", "exclusiveMinimum": 3}}}`,
	} {
		opens(t, schema, "").types("/n", "3").isKept("must be more than 3")
		opens(t, schema, "").types("/n", "4").sends(`{"n":4}`)
	}
}

func TestAllOf(t *testing.T) {
	u := opens(t, `{"allOf": [{"$ref": "#/definitions/Base"}, {"type": "object", "properties": {"b": {"type": "integer"}, `+
		`"a": {"maxLength": 3}}, "required": ["b"]}], "definitions": {"Base": {"type": "object", "properties": {"a": {"type": `+
		`"string"}}, "required": ["a"]}}}`, "")
	u.sees("a (required)", "b (required)")
	u.types("/a", "long").types("/b", "1").isKept("has 4 characters, allows at most 3")
	u.goes("/a").presses("backspace").sends(`{"a":"lon","b":1}`)
}

func TestConditions(t *testing.T) {
	schema := `{"type": "object", "properties": {"kind": {"enum": ["a", "b"]}, "n": {"type": "integer"}}, "if": ` +
		`{"properties": {"kind": {"const": "a"}}, "required": ["kind"]}, "then": {"required": ["n"]}, "minProperties": 1}`
	opens(t, schema, "").isKept("The input has 0 keys, needs at least 1")
	opens(t, schema, "").goes("/kind").presses("down", "tab").isKept("is required").types("/n", "1").sends(`{"kind":"a","n":1}`)
}
