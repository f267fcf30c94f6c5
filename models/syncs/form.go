package syncs

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// form is a form of one field. What was typed stays after a no and after a refusal. It has no route: what is half filled
// in must not be part of a name.
type form struct {
	screen.Base
	title string
	field string
	body  *ui.Form
	// sends is the operation that the form ends in.
	sends nango.Operation
	// says is what the typed text means; nil where there is nothing to say.
	says func(text string) string
	// submit proposes what was typed.
	submit func(t *screen.Turn, text string)
}

func newForm(title string, sends nango.Operation, field ui.FormField) *form {
	return &form{title: title, field: field.ID, body: ui.NewForm(field), sends: sends}
}

// Title names the form.
func (e *form) Title() string { return e.title }

// Open reads nothing: the form begins with what the list has.
func (e *form) Open(*screen.Turn) {}

// Refresh leaves what was typed alone.
func (e *form) Refresh(*screen.Turn) {}

// Typing says that keys are text.
func (e *form) Typing() bool { return true }

// Update gives keys and pastes to the form.
func (e *form) Update(t *screen.Turn, msg tea.Msg) {
	e.body.Update(msg)
	e.take(t)
}

// take proposes what was submitted, if it was.
func (e *form) take(t *screen.Turn) {
	if values, ok := e.body.Submitted(); ok {
		e.submit(t, strings.TrimSpace(values[e.field]))
	}
}

// Actions is sending the form; everything else is typed.
func (e *form) Actions() []screen.Action {
	return []screen.Action{{ID: screen.Submit, Title: "Send", Sends: e.sends, WhileTyping: true, Do: func(t *screen.Turn) {
		e.body.Submit()
		e.take(t)
	}}}
}

// View draws the form, what is typed in words, and the keys that the form takes itself.
func (e *form) View(f ui.Frame) string {
	foot := []ui.Line{{{Text: e.body.Foot(), Role: ui.RoleMuted}}}
	if e.says != nil {
		if text := e.says(strings.TrimSpace(e.body.Values()[e.field])); text != "" {
			foot = append([]ui.Line{{ui.Say(ui.RoleStrong, text)}, {}}, foot...)
		}
	}
	room := f.Height - len(foot)
	if room < 2 {
		return e.body.View(f)
	}
	body := strings.Split(e.body.View(f.Sized(f.Width, room)), "\n")
	for len(body) < room {
		body = append(body, "")
	}
	for _, line := range foot {
		body = append(body, line.View(f, f.Width))
	}
	return strings.Join(body, "\n")
}

// ended is what becomes of the form when its request has an outcome.
func (e *form) ended(t *screen.Turn, err error) {
	switch {
	case err == nil:
		t.Back()
	case !errors.Is(err, screen.ErrDeclined):
		e.body.SetError(e.field, err.Error())
	}
}
