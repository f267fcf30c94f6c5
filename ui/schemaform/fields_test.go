package schemaform

import (
	"fmt"
	"strings"
	"testing"

	"nango-tui/ui/uitest/frames"
)

func TestTextIsSentAsTyped(t *testing.T) {
	schema := objectOf(`"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": ["string", "null"]}`)
	opens(t, schema, "").types("/a", ` "quoted" \ <b> `).sends(`{"a":" \"quoted\" \\ <b> "}`)
	opens(t, schema, "").goes("/a").sees(`Empty: not sent; "" sends empty text.`)
	opens(t, schema, "").types("/a", `""`).types("/b", "null").types("/c", "null").sends(`{"a":"","b":"null","c":null}`)
	opens(t, schema, "").sends(`{}`)
}

func TestEmptyTextIsNotOfferedIfInvalid(t *testing.T) {
	u := opens(t, objectOf(`"a": {"type": "string", "minLength": 1}`), "").goes("/a").seesNo("sends empty text")
	u.types("/a", `""`).isKept("has 0 characters, needs at least 1")
}

func TestRequiredFields(t *testing.T) {
	u := opens(t, objectOf(`"a": {"type": "string"}, "b": {"type": "integer"}, "c": {"type": "boolean"}, "d": {"enum": `+
		`["x", "y"]}`, "b", "c", "d"), "")
	u.sees("b (required)", "c (required)", "d (required)").seesNo("a (required)")
	u.isKept("✗ is required")
	if u.Focused() != "/b" {
		t.Errorf("the focus is on %s", u.Focused())
	}
	u.types("/b", "3").goes("/c").presses("down", "tab").goes("/d").presses("down", "down", "tab")
	u.sends(`{"b":3,"c":true,"d":"y"}`)
}

func TestNumbersAreSentAsTyped(t *testing.T) {
	schema := objectOf(`"n": {"type": "number"}, "i": {"type": "integer", "minimum": -5}`)
	opens(t, schema, "").types("/n", "1.50").types("/i", "12345678901234567890123").sends(`{"n":1.50,"i":12345678901234567890123}`)
	opens(t, schema, "").types("/n", " 1e-3 ").types("/i", "4.0").sends(`{"n":1e-3,"i":4.0}`)
	for _, typed := range []string{"1,5", "+1", "01", ".5", "0x10", "NaN", "12 000", "1e", "--1"} {
		opens(t, schema, "").types("/n", typed).isKept("is not a JSON number")
	}
	opens(t, schema, "").types("/i", "1.5").isKept("is a number but must be a whole number")
	opens(t, schema, "").types("/i", "-6").isKept("must be at least -5")
	opens(t, schema, "").types("/n", "1e999").isKept("an exponent beyond 400")
}

func TestOptionalBooleanHasThreeStates(t *testing.T) {
	schema := objectOf(`"a": {"type": "boolean"}, "b": {"type": ["boolean", "null"]}`)
	opens(t, schema, "").sends(`{}`)
	opens(t, schema, "").goes("/a").presses("down", "tab").sends(`{"a":true}`)
	opens(t, schema, "").goes("/a").presses("down", "down", "tab").goes("/b").presses("down", "down", "down",
		"tab").sends(`{"a":false,"b":null}`)
}

func TestChoiceOfAnyType(t *testing.T) {
	schema := objectOf(`"a": {"enum": ["x", 1, 1.50, null, true, {"k": [1]}, "1", ""]}`)
	for downs, want := range []string{`{}`, `{"a":"x"}`, `{"a":1}`, `{"a":1.50}`, `{"a":null}`, `{"a":true}`, `{"a":{"k":[1]}}`,
		`{"a":"1"}`, `{"a":""}`} {
		u := opens(t, schema, "").goes("/a")
		for range downs {
			u.presses("down")
		}
		u.presses("tab").sends(want)
	}
}

func TestConstantIsFilledIn(t *testing.T) {
	opens(t, objectOf(`"kind": {"const": "person"}, "maybe": {"const": 7}`, "kind"), "").sends(`{"kind":"person"}`)
}

func TestChoicesFromAlternatives(t *testing.T) {
	schema := objectOf(`"a": {"oneOf": [{"const": 1, "title": "Small"}, {"const": 2, "title": "Large"}, {"type": "null"}]},` +
		` "b": {"anyOf": [{"type": "string", "format": "email"}, {"type": "null"}]}`)
	u := opens(t, schema, "").goes("/a").sees("Small", "Large", "null")
	u.presses("down", "down", "tab").types("/b", "jo@acme.com").sends(`{"a":2,"b":"jo@acme.com"}`)
}

func TestListHasLinePerElement(t *testing.T) {
	schema := objectOf(`"tags": {"type": "array", "items": {"type": "string", "maxLength": 5}, "minItems": 1}, "ids": `+
		`{"type": "array", "items": {"type": "integer"}}`, "tags")
	opens(t, schema, "").types("/tags", "a\n\nb c").types("/ids",
		"9007199254740993\n2").sends(`{"tags":["a","b c"],"ids":[9007199254740993,2]}`)
	opens(t, schema, "").types("/tags", "fine\ntoo long").isKept("element 2 has 8 characters, allows at most 5")
	opens(t, schema, "").types("/tags", "a").types("/ids", "1\nx").isKept("element 2 is not a JSON number")
	opens(t, schema, "").types("/tags", "[]").isKept("has 0 elements, needs at least 1")
	opens(t, schema, "").types("/tags", "a").types("/ids", "[]").sends(`{"tags":["a"],"ids":[]}`)
}

func TestOptionalObjectIsSentIfSwitchedOn(t *testing.T) {
	schema := objectOf(`"address": {"type": "object", "properties": {"street": {"type": "string"}, "country": {"type": ` +
		`"string", "default": "DE"}}, "required": ["street"]},
		"owner": {"type": ["object", "null"], "properties": {"id": {"type": "integer"}}}`)
	u := opens(t, schema, "").seesNo("street", "country")
	u.sends(`{}`)
	u.goes("/address").presses("space").sees("street (required)", "> DE")
	u.isKept("is required")
	u.types("/address/street", "Main St").sends(`{"address":{"street":"Main St","country":"DE"}}`)
	u.goes("/owner").presses("down", "tab").sends(`{"address":{"street":"Main St","country":"DE"},"owner":null}`)
	u.goes("/owner").presses("down", "tab").types("/owner/id", "7").sends(`{"address":{"street":"Main St","country":"DE"},"owner":{"id":7}}`)
	u.goes("/address").presses("space").sends(`{"owner":{"id":7}}`)
}

func TestUnsupportedSchemasAreJSON(t *testing.T) {
	u := opens(t, objectOf(`"lines": {"type": "array", "items": {"type": "object", "properties": {"amount": {"type": `+
		`"number"}}, "required": ["amount"]}},
		"any": {}, "several": {"type": ["string", "number"]}, "pair": {"type": "array", "items": [{"type": "string"}, {"type": "number"}]},
		"map": {"type": "object", "additionalProperties": {"type": "integer"}}, "self": {"$ref": "#"},
		"form": {"oneOf": [{"type": "object", "properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}, "required": `+
		`["kind", "n"]}, {"type": "object", "properties": {"kind": {"const": "b"}}, "required": ["kind"]}]}`), "")
	want := "lines is edited as JSON: its elements are not all text or numbers.\nany is edited as JSON: it may be " +
		"anything.\nseveral is edited as JSON: it may be of several types.\n" +
		"pair is edited as JSON: each element has its own schema.\nmap is edited as JSON: it allows " +
		"any keys.\nself is edited as JSON: its schema is recursive.\nform is edited as JSON: it has several alternatives."
	if u.Notes() != want {
		t.Errorf("shown is\n%s\nwant\n%s", u.Notes(), want)
	}
	u.pastes("/lines", `[{"amount": 1.50}, {"amount": "2"}]`).isKept("[1].amount is text but must be a number")
	u.pastes("/form", `{"kind": "a"}`).isKept("n is required")
	u.pastes("/map", `{"x": `).isKept("the text ends where a value was expected")
}

func TestOtherKeysAreJSON(t *testing.T) {
	schema := `{"type": "object", "properties": {"q": {"type": "string"}}, "additionalProperties": {"type": "number"}}`
	u := opens(t, schema, `{"z": 9007199254740993, "q": "x"}`).sees("Other keys")
	u.sends(`{"q":"x","z":9007199254740993}`)
	u.pastes("/~", "x").isKept("is not JSON at line 1, column 1")
	u = opens(t, schema, "").pastes("/~", `{"q": 1}`)
	u.isKept(`has the key "q", which has its own field`)
	u = opens(t, schema, "").pastes("/~", `{"z": "text"}`)
	u.isKept("z is text but must be a number")
}

func TestSecretIsNotDrawn(t *testing.T) {
	hides := SecretFields(func(keys []string) bool { return strings.HasPrefix(keys[len(keys)-1], "api_") })
	u := opens(t, objectOf(`"password": {"type": "string", "format": "password"}, "api_key": {"type": "string"}, "name": `+
		`{"type": "string"}`), "", hides)
	u.types("/password", "hunter2").types("/api_key", "k-123").types("/name", "jo").seesNo("hunter2", "k-123")
	if err := u.SwitchJSON(); err == nil || !strings.Contains(err.Error(), "would show the secret password: clear it first") || u.AsJSON() {
		t.Errorf("a secret becomes text that can be read: %v", err)
	}
	if secrets := fmt.Sprint(u.Secrets()); secrets != "[hunter2 k-123]" {
		t.Errorf("the secrets are %s", secrets)
	}
	u.sends(`{"password":"hunter2","api_key":"k-123","name":"jo"}`)
}

func TestMultilineText(t *testing.T) {
	schema := objectOf(`"a": {"type": "string", "contentMediaType": "text/plain"}, "b": {"type": "string"}`)
	opens(t, schema, "").types("/a", "one\n\n two").sends(`{"a":"one\n\n two"}`)
	opens(t, schema, `{"b": "one\ntwo"}`).sends(`{"b":"one\ntwo"}`)
}

func TestDefaultsApplyWithoutInitialValue(t *testing.T) {
	schema := objectOf(`"a": {"type": "string", "default": "x"}, "b": {"type": "integer", "default": 0}, "c": {"type": ` +
		`"array", "items": {"type": "string"}, "default": ["p", "q"]}`)
	opens(t, schema, "").sends(`{"a":"x","b":0,"c":["p","q"]}`)
	opens(t, schema, `{"b": 1}`).sends(`{"b":1}`)
	opens(t, `{"type": "object", "default": {"a": 5}, "properties": {"a": {"type": "integer"}}}`, "").sends(`{"a":5}`)
}

func TestInputThatIsNoObject(t *testing.T) {
	opens(t, `{"type": "string", "minLength": 2}`, "").types("", "abc").sends(`"abc"`)
	opens(t, `{"type": "integer"}`, "7").sends(`7`)
	opens(t, `{"type": "array", "items": {"type": "string"}}`, "").types("", "a\nb").sends(`["a","b"]`)
	u := opens(t, `{"type": "null"}`, "").sees("Nothing to fill in")
	u.presses("enter")
	if got, sent := u.Submitted(); !sent || got != nil {
		t.Errorf("sent %v: %s", sent, got)
	}
	opens(t, `{"type": "object", "properties": {}, "additionalProperties": false}`, "").sees("Nothing to fill in").sends(`{}`)
}

func TestWordsOfSchemaAreSanitized(t *testing.T) {
	u := opens(t, objectOf(`"a\u001b]0;x\u0007": {"type": "string", "title": "T\u202e", "description": "D\u001b[2J\nmore", `+
		`"enum": ["\u001b[31m", "b\nc"], "default": "b\nc"}`), "")
	for range 2 {
		checkView(t, u.Form, frames.Plain(80, 19))
		u.presses("tab")
	}
}

func TestFormatsAreChecked(t *testing.T) {
	for _, one := range []struct{ format, good, bad, says string }{
		{"email", "jo.o'b+x@mail.acme.co", "jo@acme", "is not an e-mail address"},
		{"date-time", "2026-03-01T12:00:00+01:00", "2026-03-01 12:00", "is not a date and time, such as 2026-03-01T12:00:00Z"},
		{"date", "2028-02-29", "2027-02-29", "is not a date, such as 2026-03-01"},
		{"uri", "https://acme.com/a?b#c", "acme.com", "is not a URL, such as https://example.com"},
		{"uuid", "00000000-0000-4000-8000-000000000000", "0000", "is not a UUID"},
		{"ipv4", "10.0.0.1", "10.0.0.256", "is not an IPv4 address"},
	} {
		u := opens(t, objectOf(`"a": {"type": "string", "format": "`+one.format+`"}`), "")
		u.types("/a", one.bad).isKept(one.says)
		u = opens(t, objectOf(`"a": {"type": "string", "format": "`+one.format+`"}`), "")
		u.types("/a", one.good).sends(`{"a":"` + one.good + `"}`)
	}
	opens(t, objectOf(`"a": {"type": "string", "format": "our own"}`), "").goes("/a").sees(`Of the format "our own".`).types("/a",
		"x").sends(`{"a":"x"}`)
}
