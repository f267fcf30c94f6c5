package screen

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// Form is a screen of fields that ends in a request. What was typed stays after a no and after a refusal. It has no route:
// what is half filled in must not be part of a name.
type Form struct {
	Base
	// Name is the form's title.
	Name   string
	Fields *form.Form
	// Operation is the operation that the form ends in.
	Operation nango.Operation
	// Submit proposes what was typed.
	Submit func(t *Turn, values form.Values)
	// Paths are the ids of the fields by the beginnings of the paths in the server's errors.
	Paths map[string]string
}

// Title names the form.
func (s *Form) Title() string { return s.Name }

// Typing says that keys are text.
func (s *Form) Typing() bool { return true }

// IsDirty says that something was typed.
func (s *Form) IsDirty() bool { return s.Fields.Changed() }

// Update gives keys and pastes to the form.
func (s *Form) Update(t *Turn, msg tea.Msg) {
	s.Fields.Update(msg)
	s.take(t)
}

// take proposes what was submitted, if it was.
func (s *Form) take(t *Turn) {
	if values, ok := s.Fields.Submitted(); ok {
		t.AddSecrets(s.Fields.Secrets()...)
		s.Submit(t, values)
	}
}

// Actions is sending the form, and leaving it; everything else is typed.
func (s *Form) Actions() []Action {
	return []Action{{ID: Submit, Title: "Send", Operation: s.Operation, WhileTyping: true, Do: func(t *Turn) {
		s.Fields.Submit()
		s.take(t)
	}}, LeaveAction(s.Fields.Key)}
}

// LeaveAction is the key that goes back, where a form is open: it ends a search in a list of choices, or else leaves the form,
// after a question where something was typed. Key is where the keys of the form go.
func LeaveAction(key func(tea.KeyPressMsg) bool) Action {
	return Action{ID: LeaveForm, Title: "Leave", HideInFooter: true, WhileTyping: true, Do: func(t *Turn) {
		if !key(tea.KeyPressMsg{Code: tea.KeyEscape}) {
			t.Leave()
		}
	}}
}

// View draws the form, and the keys that it takes itself.
func (s *Form) View(f ui.Frame) string { return DrawForm(f, s.Fields) }

// FormView is a form as far as it is drawn: of fields that a program knows, or of those that a schema says.
type FormView interface {
	View(f ui.Frame) string
	// KeyHint is the keys that the form takes itself.
	KeyHint() ui.Text
}

// DrawForm draws a form, and the keys that it takes itself at the lower edge where there is room for both.
func DrawForm(f ui.Frame, form FormView) string {
	if f.Height < 3 {
		return form.View(f)
	}
	return DrawAbove(f, form.View(f.Sized(f.Width, f.Height-1)), ui.Line{{Text: form.KeyHint(), Role: ui.RoleMuted}})
}

// leastForm is the height that a form keeps, in lines, whatever stands above it.
const leastForm = 6

// DrawBelow draws a form below what a head says, as far as there is room for both.
func DrawBelow(f ui.Frame, head []ui.Line, form FormView) string {
	var lines []string
	if len(head) > 0 {
		lines = append(DrawLines(f, Wrap(f, 0, head...)...), "")
	}
	lines = lines[:max(0, min(len(lines), f.Height-leastForm))]
	return strings.Join(append(lines, DrawForm(f.Sized(f.Width, f.Height-len(lines)), form)), "\n")
}

// HandleResult is what becomes of the form when its request has an outcome.
func (s *Form) HandleResult(t *Turn, err error) {
	switch {
	case err == nil:
		t.Back()
	case !errors.Is(err, ErrDeclined):
		s.ShowErrors(err)
	}
}

// ShowErrors puts what the server did not take to the field that it is about.
func (s *Form) ShowErrors(err error) {
	known, ok := nango.AsError(err)
	if !ok || len(known.Fields) == 0 {
		s.Fields.SetError("", err.Error())
		return
	}
	for _, fault := range known.Fields {
		s.Fields.SetError(s.fieldOf(fault.Path), fault.String())
	}
}

func (s *Form) fieldOf(path string) string {
	first, _, _ := strings.Cut(path, ".")
	return s.Paths[first]
}

// ShowUnchanged says that there is nothing to send.
func (s *Form) ShowUnchanged() {
	s.Fields.SetError("", "Nothing is changed: there is nothing to send.")
}
