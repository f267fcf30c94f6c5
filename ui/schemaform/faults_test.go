package schemaform

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"nango-tui/ui/uitest/frames"
)

func TestFaultMessages(t *testing.T) {
	for _, one := range []struct{ schema, input, says string }{
		{`{"type": ["integer", "null"]}`, `1.5`, "the input is a number but must be a whole number or null"},
		{`{"type": "boolean"}`, `"x"`, "the input is text but must be yes or no"},
		{`{"enum": ["a", 1, null, [1], {"k": 1}, 2, 3]}`, `5`, `the input must be one of "a", 1, null, a list, an object, 2 more`},
		{`{"const": "x"}`, `"y"`, `the input must be "x"`},
		{`{"minLength": 3}`, `"é"`, "the input has 1 character, needs at least 3"},
		{`{"maxLength": 1}`, `"ab"`, "the input has 2 characters, allows at most 1"},
		{`{"minItems": 2}`, `[1]`, "the input has 1 element, needs at least 2"},
		{`{"maxItems": 1}`, `[1, 2]`, "the input has 2 elements, allows at most 1"},
		{`{"uniqueItems": true}`, `[1, 2, 1.0]`, "the input has equal elements 1 and 3"},
		{`{"contains": {"type": "string"}}`, `[1]`, "[0] is a number but must be text"},
		{`{"items": [{}], "additionalItems": false}`, `[1, 2, 3]`, "the input has 2 elements too many"},
		{`{"minProperties": 1}`, `{}`, "the input has 0 keys, needs at least 1"},
		{`{"maxProperties": 1}`, `{"a": 1, "b": 2}`, "the input has 2 keys, allows at most 1"},
		{`{"minimum": 9007199254740993}`, `9007199254740992`, "the input must be at least 9007199254740993"},
		{`{"maximum": 1.25}`, `2`, "the input must be at most 1.25"},
		{`{"exclusiveMinimum": 0}`, `0`, "the input must be more than 0"},
		{`{"exclusiveMaximum": 1}`, `1`, "the input must be less than 1"},
		{`{"multipleOf": 0.1}`, `0.25`, "the input must be a multiple of 0.1"},
		{`{"multipleOf": 0.1}`, `0.3`, ""},
		{`{"pattern": "^a\n$"}`, `"b"`, `the input doesn't match the pattern "^a\n$"`},
		{`{"not": {"type": "string"}}`, `"x"`, "the input matches an excluded schema"},
		{`{"properties": {"a": false}}`, `{"a": 1}`, "a is not allowed"},
		{`{"propertyNames": {"maxLength": 1}}`, `{"ab": 1}`, `the input the key "ab" is not allowed`},
		{`{"dependencies": {"a": ["b"]}}`, `{"a": 1}`, `the input has "a", so it also needs "b"`},
		{`{"$schema": "https://json-schema.org/draft/2019-09/schema", "dependentRequired": {"a": ["b", "c"]}}`, `{"a": 1}`,
			`the input has "a", so it also needs "b", "c"`},
		{`{"$schema": "https://json-schema.org/draft/2020-12/schema", "contains": {"type": "string"}, "minContains": 2}`, `["x"]`,
			"the input needs at least 2 elements that match, has 1"},
		{`{"$schema": "https://json-schema.org/draft/2020-12/schema", "contains": {"type": "string"}, "maxContains": 1}`,
			`["x", "y"]`, "the input allows at most 1 element that match, has 2"},
		{`{"oneOf": [{"type": "number"}, {"minimum": 1}]}`, `2`, "the input matches more than one of the alternatives"},
		{`{"anyOf": [{"type": "object", "required": ["a"]}, {"type": "null"}]}`, `{}`, "a is required"},
		{`{"anyOf": [{"type": "string"}, {"type": "null"}]}`, `5`,
			"the input matches none of 2 alternatives; 1: is a number but must be text; 2: is a number but must be null"},
		{`{"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}`, `{}`,
			"the input matches none of 2 alternatives; 1: a is required; 2: b is required"},
		{`{"oneOf": [{"properties": {"kind": {"const": "a"}}, "required": ["n"]}, {"properties": {"kind": {"const": "b"}}}]}`,
			`{"kind": "a"}`, "n is required"},
		{`{"format": "ipv6"}`, `"x"`, "the input is not an IPv6 address"},
		{`{"format": "duration"}`, `"x"`, "the input is not a duration, such as P1DT12H"},
		{`{"format": "semver"}`, `"x"`, `the input is not of the format "semver"`},
		{`{"format": "regex"}`, `"("`, ""}, // JavaScript's syntax is not checked here
		{`{"properties": {"a.b": {"properties": {"0": {"type": "string"}}}}}`, `{"a.b": {"0": 1}}`, `["a.b"][0] is a number but must be text`},
	} {
		f, err := New(json.RawMessage(one.schema), nil)
		if err != nil {
			t.Fatalf("%s: %v", one.schema, err)
		}
		f.write(one.input)
		if got := strings.Trim(fmt.Sprint(f.Check()), "[]"); got != strings.Trim(one.says, "[]") {
			t.Errorf("%s of %s: it says\n%s\nwant\n%s", one.input, one.schema, got, one.says)
		}
	}
}

func TestFaultsAreLimited(t *testing.T) {
	u := opens(t, `{"type": "array", "items": {"type": "object"}}`, "")
	u.pastes("", "["+strings.Repeat("1,", 200)+"1]")
	if got := len(u.Check()); got > maxFaults || got < maxFaults/2 {
		t.Errorf("%d are shown", got)
	}
	u.sees("[0] is a number but must be an object", "more")
}

func TestFieldDescribesItsLimits(t *testing.T) {
	u := opens(t, objectOf(`"n": {"type": "number", "title": "The amount", "description": "In euros", "minimum": 0, `+
		`"exclusiveMaximum": 10, "multipleOf": 0.5, "examples": [2.50]},
		"s": {"type": "string", "minLength": 2, "pattern": "^a", "description": "`+strings.Repeat("long ", 200)+`"}, "or": `+
		`{"anyOf": [{"type": "string", "format": "email"}, {"enum": ["a", "b"]}]}, "num": {"oneOf": [{"type": "integer"}, {"type": "number"}]},
		"picked": {"type": "array", "items": {"enum": ["x", "y"]}, "default": ["x", "y"]}, "many": {"type": "array", "items": `+
		`{"enum": ["x", "y"]}, "default": ["y", "x"]}`), "")
	u.goes("/n").sees("The amount. In euros. At least 0. Less than 10. A multiple of 0.5. Example: 2.50. Empty: not sent.")
	u.goes("/s").sees("long…", `At least 2 characters. Must match "^a". Empty: not sent.`)
	u.goes("/many").sees("JSON: a field can't hold the value.")
	u.types("/or", "a").types("/num", "1.5").sends(`{"or":"a","num":1.5,"picked":["x","y"],"many":["y","x"]}`)
	if h := u.Height(frames.Plain(80, 19)); h < 20 || u.KeyHint().Empty() {
		t.Errorf("it is %d lines high", h)
	}
}
