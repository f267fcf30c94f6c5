package schemaform

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const order = `{"type": "object", "properties": {"id": {"type": "integer"}, "note": {"type": "string"}, "tags": ` +
	`{"type": "array", "items": {"type": "string"}}, "to": {"type": "object", "properties": {"city": {"type": "string"}}}},` +
	` "required": ["id"]}`

func (u user) switches() user {
	u.t.Helper()
	if err := u.SwitchJSON(); err != nil {
		u.t.Fatal(err)
	}
	return u
}

func TestSwitchToJSONAndBack(t *testing.T) {
	u := opens(t, order, "").types("/id", "9007199254740993").types("/tags", "a\nb").goes("/to").presses("space").types("/to/city", "Ulm")
	u.switches().sees(`"id": 9007199254740993,`, `"city": "Ulm"`)
	if !u.AsJSON() {
		t.Error("it is not text")
	}
	u.switches().sees("> 9007199254740993", "> Ulm")
	if u.Focused() != "/to/city" {
		t.Errorf("the focus is on %s", u.Focused())
	}
	u.sends(`{"id":9007199254740993,"tags":["a","b"],"to":{"city":"Ulm"}}`)
}

func TestJSONTextFillsFields(t *testing.T) {
	u := opens(t, order, `{"id": 1}`).switches()
	if err := u.SetJSONText(`{"extra": [1.50], "tags": ["one", ""], "id": 2, "note": "\u202e"}`); err != nil {
		t.Fatal(err)
	}
	u.switches().goes("/note").sees("JSON: a field can't hold the value.", `"\u202e"`).goes("/tags").sees(`"one",`)
	u.sends(`{"id":2,"note":"\u202e","tags":["one",""],"extra":[1.50]}`)
}

func TestInvalidFieldIsKeptAsText(t *testing.T) {
	u := opens(t, order, "").types("/id", "12a").switches().sees(`"id": "12a"`)
	u.isKept("id is text but must be a whole number")
	u.switches().sees(`"12a"`).isKept("is text but must be a whole number")
}

func TestUnsupportedTextStaysText(t *testing.T) {
	for text, says := range map[string]string{
		`[1]`:         "the input can't be shown as fields: it is not an object",
		`{"id": `:     "the input can't be shown as fields: not JSON at line 1, column 8: the text ends where a value was expected",
		`{"id": 1} x`: "the input can't be shown as fields: not JSON at line 1, column 11: unexpected text after the value",
	} {
		u := opens(t, order, "").switches()
		u.SetJSONText(text)
		if err := u.SwitchJSON(); err == nil || err.Error() != says {
			t.Errorf("%s: it says %v", text, err)
		}
		if u.JSONText() != text || !u.AsJSON() {
			t.Errorf("%s has become %s", text, u.JSONText())
		}
		u = opens(t, order, "")
		if err := u.SetJSONText(text); err == nil || err.Error() != says || u.JSONText() != text {
			t.Errorf("from the editor: it says %v and has %s", err, u.JSONText())
		}
	}
}

func TestEditorFillsFields(t *testing.T) {
	u := opens(t, order, "").types("/id", "1")
	if u.JSONText() != "{\n  \"id\": 1\n}" {
		t.Errorf("the editor is given %q", u.JSONText())
	}
	if err := u.SetJSONText("{\"note\": \"a\\tb\",\n\t\"id\": 5}"); err != nil {
		t.Fatal(err)
	}
	u.goes("/note").sends(`{"id":5,"note":"a\tb"}`)
	if err := u.SetJSONText(""); err != nil {
		t.Fatal(err)
	}
	u.isKept("is required")
}

func TestUnsuitableInitialValueStaysText(t *testing.T) {
	u := opens(t, order, `[1, 2]`)
	if !u.AsJSON() || u.Notes() != "The input can't be shown as fields: it is not an object." {
		t.Errorf("shown is %q", u.Notes())
	}
	u.isKept("is a list but must be an object")
	u = opens(t, order, `{"id": "x", "to": "Ulm"}`).goes("/to").sees(`"Ulm"`, "JSON: the value is text.")
	u.isKept("is text but must be a whole number", "is text but must be an object")
}

func TestLongInputIsKeptAside(t *testing.T) {
	long := `{"id": 1, "note": "` + strings.Repeat("long ", 20_000) + `"}`
	u := opens(t, order, long)
	if !u.AsJSON() || u.Notes() != "The input can't be shown as fields: note is longer than a field, 64 KB." {
		t.Errorf("shown is %q", u.Notes())
	}
	u.sees("100018 bytes: too long for a field").presses("ctrl+s")
	if got, sent := u.Submitted(); !sent || string(got) != string(mustParse(t, long).compact()) {
		t.Errorf("sent is %v, %.60s", sent, got)
	}
	if err := u.SetJSONText(`{"id": 2}`); err != nil {
		t.Fatal(err)
	}
	u.switches().sends(`{"id":2}`)
	if err := u.SetJSONText(`"` + strings.Repeat("x", MaxInput) + `"`); err == nil || !strings.Contains(err.Error(), "longer than 2 MB") {
		t.Error(err)
	}
}

func mustParse(t *testing.T, text string) value {
	t.Helper()
	v, err := parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLongListIsOneLineOfJSON(t *testing.T) {
	var elems []string
	for i := range 600 {
		elems = append(elems, fmt.Sprint(i))
	}
	initial := `{"ids":[` + strings.Join(elems, ",") + `]}`
	opens(t, objectOf(`"ids": {"type": "array", "items": {"type": "integer"}}`),
		initial).goes("/ids").sees("JSON: a field can't hold the value.").sends(initial)
}

func TestServerErrorIsShownAtItsField(t *testing.T) {
	u := opens(t, order, `{"id": 1, "to": {"city": "Ulm"}}`)
	u.SetError("/to/city", "no such city\x1b[2J")
	u.sees("✗ no such city")
	if u.Focused() != "/to/city" {
		t.Errorf("the focus is on %s", u.Focused())
	}
	u.SetError("/tags/3", "too many")
	u.SetError("/nowhere", "what is that")
	u.sees("✗ too many", "✗ what is that")
	u.switches()
	u.SetError("/id", "is taken")
	u.sees("✗ is taken")
}

func TestChanged(t *testing.T) {
	u := opens(t, order, `{"note": "x", "id": 1}`)
	if u.switches().switches(); u.Changed() {
		t.Error("looking changes it")
	}
	if u.types("/note", "y"); !u.Changed() {
		t.Error("typing does not change it")
	}
}

func TestChanges(t *testing.T) {
	raw := json.RawMessage(`{"a": 9007199254740993, "b": [0.1, 1.50, 1e3, 9007199254740992, 1e-7], "c": {"d": ` +
		`0.12345678901234567890, "e": 1e999}, "f": "9007199254740993"}`)
	want := "[a has too many digits: the server reads it as 9007199254740992 c.d has too many digits: the " +
		"server reads it as 0.12345678901234568 " +
		"c.e has too many digits: the server reads it as null]"
	if got := fmt.Sprint(RoundedNumbers(raw)); got != want {
		t.Error(got)
	}
}

func TestProblemNamesItsPlace(t *testing.T) {
	f, err := New(json.RawMessage(contact[:len(contact)-1]+`, "$ref": "#/definitions/CreateContactInput"}`),
		json.RawMessage(`{"email": "x", "stage": "lead", "owner": {}, "lines": [{"text": "a"}, {"amount": 1}], "address": `+
			`{"street": 5}, "odd key": 1}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range f.Check() {
		got = append(got, p.Pointer+" | "+p.String())
	}
	want := []string{
		` | the input unknown key "odd key"`,
		`/address/street | address.street is a number but must be text`, `/email | email is not an e-mail address`,
		`/lines/1/text | lines[1].text is required`, `/owner/id | owner.id is required`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("it says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
