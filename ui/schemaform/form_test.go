package schemaform

import (
	"fmt"
	"strings"
	"testing"

	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

const contact = `{
  "definitions": {
    "CreateContactInput": {
      "type": "object",
      "title": "A contact in the CRM",
      "properties": {
        "email": {"type": "string", "format": "email", "description": "Where the contact is written to"},
        "name": {"type": "string", "minLength": 2, "maxLength": 80},
        "notes": {"type": "string", "contentMediaType": "text/markdown"},
        "stage": {"type": "string", "enum": ["lead", "customer", "lost"], "default": "lead"},
        "score": {"type": ["number", "null"], "minimum": 0, "maximum": 100},
        "subscribed": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string", "minLength": 2}},
        "channels": {"type": "array", "items": {"enum": ["mail", "phone", "post"]}},
        "address": {"$ref": "#/definitions/Address"},
        "owner": {"type": "object", "properties": {"id": {"type": "integer"}, "team": {"type": "string"}}, "required": ["id"]},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"text": {"type": "string"}, "amount": ` +
	`{"type": "number"}}, "required": ["text"]}},
        "manager": {"$ref": "#/definitions/CreateContactInput"},
        "fields": {"type": "object", "additionalProperties": {"type": "string"}}
      },
      "required": ["email", "stage", "owner"],
      "additionalProperties": false
    },
    "Address": {"type": "object", "description": "Where it lives", "properties": {"street": {"type": "string"}, ` +
	`"country": {"type": "string", "default": "DE"}}, "required": ["street"]}
  }
}`

// newContact returns the form of a contact, empty except for defaults.
func newContact(t *testing.T) user {
	t.Helper()
	schema, err := Model([]byte(contact), "CreateContactInput")
	if err != nil {
		t.Fatal(err)
	}
	return opens(t, string(schema), "")
}

func TestFillInAndSubmit(t *testing.T) {
	u := newContact(t)
	u.types("/email", "jo@acme.com").types("/score", "9007199254740993.10").types("/tags", "new\n\nbig deal")
	u.types("/owner/id", "9007199254740993")
	u.goes("/subscribed").presses("down", "down", "tab")
	u.goes("/channels").presses("space", "down", "down", "space")
	u.isKept("must be at most 100")
	u.goes("/score").presses(strings.Split(strings.Repeat("backspace ", 19)+"tab", " ")...)
	u.types("/score", "7.50")
	u.sends(`{"email":"jo@acme.com","stage":"lead","score":7.50,"subscribed":false,"tags":["new","big deal"],` +
		`"channels":["mail","post"],"owner":{"id":9007199254740993}}`)
	raw, _ := u.Value()
	if changes := fmt.Sprint(RoundedNumbers(raw)); changes != "[owner.id has too many digits: the server reads it as 9007199254740992]" {
		t.Error(changes)
	}
}

func TestFormView(t *testing.T) {
	for _, size := range [][2]int{{80, 19}, {120, 35}} {
		name := fmt.Sprintf("contact/%dx%d", size[0], size[1])
		u := newContact(t)
		uitest.Golden(t, name, shown(u.View(frames.Plain(size[0], size[1]))))
		for _, at := range []string{"/stage", "/score", "/tags", "/owner/id", "/lines"} {
			u.goes(at)
			uitest.Golden(t, name+"-"+strings.ReplaceAll(at[1:], "/", "-"), shown(u.View(frames.Plain(size[0], size[1]))))
		}
		u.goes("/address").presses("space")
		u.types("/address/street", "Main St")
		uitest.Golden(t, name+"-address", shown(u.View(frames.Plain(size[0], size[1]))))
		if err := u.SwitchJSON(); err != nil {
			t.Fatal(err)
		}
		uitest.Golden(t, name+"-json", shown(u.View(frames.Plain(size[0], size[1]))))
	}
}
