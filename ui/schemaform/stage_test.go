package schemaform

import (
	"encoding/json"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

// user fills in a form.
type user struct {
	*Form
	t *testing.T
}

// opens makes the form for a schema, with an initial value unless it is empty.
func opens(t *testing.T, schema, initial string, options ...Option) user {
	t.Helper()
	f, err := New(json.RawMessage(schema), json.RawMessage(initial), options...)
	if err != nil {
		t.Fatal(err)
	}
	return user{f, t}
}

// objectOf returns the schema of an object with these properties, some of them required.
func objectOf(properties string, required ...string) string {
	names, _ := json.Marshal(append([]string{}, required...))
	return `{"type": "object", "properties": {` + properties + `}, "required": ` + string(names) + `, "additionalProperties": false}`
}

func (u user) types(at, text string) user {
	u.t.Helper()
	u.goes(at)
	for _, r := range text {
		if r == '\n' {
			u.presses("enter")
			continue
		}
		u.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return u
}

// goes moves the focus to a field.
func (u user) goes(at string) user {
	u.t.Helper()
	u.Focus(at)
	if u.Focused() != at {
		u.t.Fatalf("there is no field %s:\n%s", at, u.drawn())
	}
	return u
}

func (u user) presses(keys ...string) user {
	for _, key := range keys {
		u.Update(uitest.Press(key))
	}
	return u
}

func (u user) pastes(at, text string) user {
	u.t.Helper()
	u.goes(at).Update(tea.PasteMsg{Content: text})
	return u
}

// drawn returns the view without the text cursor.
func (u user) drawn() string { return noLooks.Replace(u.View(frames.Plain(80, 200))) }

// noLooks removes the style sequences of the text cursor.
var noLooks = strings.NewReplacer("\x1b[7m", "", "\x1b[m", "", "\x1b[0m", "")

// words returns the view without line breaks and the focus bar.
func words(drawn string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(drawn, "▌", "")), " ")
}

func (u user) sees(texts ...string) user {
	u.t.Helper()
	drawn := words(u.drawn())
	for _, text := range texts {
		if !strings.Contains(drawn, text) {
			u.t.Errorf("%q is not to be seen:\n%s", text, u.drawn())
		}
	}
	return u
}

func (u user) seesNo(texts ...string) user {
	u.t.Helper()
	for _, text := range texts {
		if drawn := words(u.drawn()); strings.Contains(drawn, text) {
			u.t.Errorf("%q is to be seen:\n%s", text, u.drawn())
		}
	}
	return u
}

// sends submits the form and compares the result.
func (u user) sends(want string) user {
	u.t.Helper()
	u.presses("ctrl+s")
	got, sent := u.Submitted()
	if !sent {
		u.t.Fatalf("it is not sent:\n%s", u.drawn())
	}
	if string(got) != want {
		u.t.Errorf("sent is\n%s\nwant\n%s", got, want)
	}
	return u
}

// isKept submits the form, which must be rejected.
func (u user) isKept(because ...string) user {
	u.t.Helper()
	u.presses("ctrl+s")
	if got, sent := u.Submitted(); sent {
		u.t.Fatalf("sent is %s", got)
	}
	return u.sees(because...)
}

// shown replaces the text cursor, which is drawn in reverse, by brackets.
func shown(s string) string {
	return strings.NewReplacer("\x1b[7m", "⟦", "\x1b[m", "⟧", "\x1b[0m", "⟧").Replace(s)
}

// checkView fails if the view exceeds its size or contains control characters.
func checkView(t *testing.T, form *Form, f ui.Frame) {
	t.Helper()
	uitest.CheckView(t, noLooks.Replace(form.View(f)), f.Width, f.Height)
}
