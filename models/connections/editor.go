package connections

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// editor is a form that changes a connection. What was typed stays after a no and after a refusal. It has no route:
// what is half filled in must not be part of a name.
type editor struct {
	screen.Base
	title string
	form  *ui.Form
	// sends is the operation that the form ends in.
	sends nango.Operation
	// submit proposes what was typed.
	submit func(t *screen.Turn, values ui.FormValues)
	// fields are the ids of the form's fields by the beginnings of the paths in the server's errors.
	fields map[string]string
}

// Title names the form.
func (e *editor) Title() string { return e.title }

// Open reads nothing: the form begins with what the page has.
func (e *editor) Open(*screen.Turn) {}

// Refresh leaves what was typed alone.
func (e *editor) Refresh(*screen.Turn) {}

// Typing says that keys are text.
func (e *editor) Typing() bool { return true }

// Update gives keys and pastes to the form.
func (e *editor) Update(t *screen.Turn, msg tea.Msg) {
	e.form.Update(msg)
	e.take(t)
}

// take proposes what was submitted, if it was.
func (e *editor) take(t *screen.Turn) {
	if values, ok := e.form.Submitted(); ok {
		e.submit(t, values)
	}
}

// Actions is sending the form; everything else is typed.
func (e *editor) Actions() []screen.Action {
	return []screen.Action{{ID: screen.Submit, Title: "Send", Sends: e.sends, WhileTyping: true, Do: func(t *screen.Turn) {
		e.form.Submit()
		e.take(t)
	}}}
}

// View draws the form, and the keys that it takes itself.
func (e *editor) View(f ui.Frame) string {
	if f.Height < 3 {
		return e.form.View(f)
	}
	body := strings.Split(e.form.View(f.Sized(f.Width, f.Height-1)), "\n")
	for len(body) < f.Height-1 {
		body = append(body, "")
	}
	foot := ui.Line{{Text: e.form.Foot(), Role: ui.RoleMuted}}
	return strings.Join(append(body, foot.View(f, f.Width)), "\n")
}

// ended is what becomes of the form when its request has an outcome.
func (e *editor) ended(t *screen.Turn, err error) {
	switch {
	case err == nil:
		t.Back()
	case !errors.Is(err, screen.ErrDeclined):
		e.refused(err)
	}
}

// refused puts what the server did not take to the field that it is about.
func (e *editor) refused(err error) {
	known, ok := nango.AsError(err)
	if !ok || len(known.Fields) == 0 {
		e.form.SetError("", err.Error())
		return
	}
	for _, fault := range known.Fields {
		e.form.SetError(e.fieldOf(fault.Path), fault.String())
	}
}

func (e *editor) fieldOf(path string) string {
	first, _, _ := strings.Cut(path, ".")
	return e.fields[first]
}

// unchanged says that there is nothing to send.
func (e *editor) unchanged() { e.form.SetError("", "Nothing is changed: there is nothing to send.") }
