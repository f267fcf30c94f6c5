package screen

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// Form is a screen of fields that ends in a request. What was typed stays after the user declines or the request fails. It has
// no route, because a half-filled form must not be part of one.
type Form struct {
	Base
	// Name is the title.
	Name string
	// Fields is nil until what they depend on is loaded.
	Fields *form.Form
	// Operation is the operation that the form proposes.
	Operation nango.Operation
	// SubmitTitle is the title of the action that submits; by default "Send".
	SubmitTitle string
	// Submit proposes the request for what was typed.
	Submit func(t *Turn, values form.Values)
	// Busy returns why nothing can be typed or submitted now, or ""; nil stands for never.
	Busy func() string
	// Head returns the lines above the fields; nil stands for none.
	Head func(f ui.Frame) []ui.Line
	// Disposable means that what was typed is quickly typed again: leaving doesn't ask.
	Disposable bool
	// Paths maps the first segments of paths in the server's errors to ids of fields. FieldOf does so for other paths.
	Paths   map[string]string
	FieldOf func(path string) string
}

// Title returns the name.
func (s *Form) Title() string { return s.Name }

// Typing reports that keys are text, once there are fields.
func (s *Form) Typing() bool { return s.Fields != nil }

// IsFormDialog implements [FormDialog].
func (s *Form) IsFormDialog() bool { return s.Operation.FormIsDialog() }

// IsDirty reports whether something was typed that is worth a question.
func (s *Form) IsDirty() bool { return s.Fields != nil && !s.Disposable && s.Fields.Changed() }

// busy is why nothing can be typed or submitted now, or "".
func (s *Form) busy() string {
	if s.Busy == nil {
		return ""
	}
	return s.Busy()
}

// Update passes keys and pastes to the form.
func (s *Form) Update(t *Turn, msg tea.Msg) {
	if s.Fields != nil && s.busy() == "" {
		s.Fields.Update(msg)
		s.take(t)
	}
}

func (s *Form) take(t *Turn) {
	if values, ok := s.Fields.Submitted(); ok {
		t.AddSecrets(s.Fields.Secrets()...)
		s.Submit(t, values)
	}
}

// Actions sends the form or leaves it; all other keys are typed.
func (s *Form) Actions() []Action {
	submit := func(t *Turn) {
		s.Fields.Submit()
		s.take(t)
	}
	title := cmp.Or(s.SubmitTitle, "Send")
	return []Action{
		{ID: Submit, Title: title, Operation: s.Operation, Disabled: s.busy(), WhileTyping: true, Do: submit}, LeaveAction(s.Fields.Key),
	}
}

// LeaveAction returns the action that goes back from a form: it ends a search in a list of choices, or else leaves the form,
// after a question if something was typed. Key is the form's handler of keys.
func LeaveAction(key func(tea.KeyPressMsg) bool) Action {
	return Action{ID: LeaveForm, Title: "Leave", HideInFooter: true, WhileTyping: true, Do: func(t *Turn) {
		if !key(tea.KeyPressMsg{Code: tea.KeyEscape}) {
			t.Leave()
		}
	}}
}

// View draws the head, the form and its own keys.
func (s *Form) View(f ui.Frame) string {
	if s.Head == nil {
		return DrawForm(f, s.Fields)
	}
	return DrawBelow(f, s.Head(f), s.Fields)
}

// FormView is what is drawn of a form: of known fields, or of those of a schema.
type FormView interface {
	View(f ui.Frame) string
	// KeyHint names the form's own keys.
	KeyHint() ui.Text
}

// DrawForm draws a form, with its own keys on the last line if there is room for both.
func DrawForm(f ui.Frame, form FormView) string {
	if f.Height < 3 {
		return form.View(f)
	}
	return DrawAbove(f, form.View(f.Sized(f.Width, f.Height-1)), ui.Line{{Text: form.KeyHint(), Role: ui.RoleMuted}})
}

// leastForm is the minimum height of a form below a head, in lines.
const leastForm = 6

// DrawBelow draws a form below a head, as far as there is room for both.
func DrawBelow(f ui.Frame, head []ui.Line, form FormView) string {
	var lines []string
	if len(head) > 0 {
		lines = append(DrawLines(f, Wrap(f, 0, head...)...), "")
	}
	lines = lines[:max(0, min(len(lines), f.Height-leastForm))]
	return strings.Join(append(lines, DrawForm(f.Sized(f.Width, f.Height-len(lines)), form)), "\n")
}

// HandleResult closes the form if its request succeeded, and shows the errors if it failed.
func (s *Form) HandleResult(t *Turn, err error) {
	switch {
	case err == nil:
		t.Back()
	case !errors.Is(err, ErrDeclined):
		s.ShowErrors(err)
	}
}

// ShowErrors shows what the server rejected at the fields it is about.
func (s *Form) ShowErrors(err error) {
	known, ok := nango.AsError(err)
	if !ok || len(known.Fields) == 0 {
		s.Fields.SetError("", err.Error())
		return
	}
	for _, fault := range slices.Backward(known.Fields) { // the first error comes last, so that it gets the focus
		first, _, _ := strings.Cut(fault.Path, ".")
		field := s.Paths[first]
		if s.FieldOf != nil {
			field = s.FieldOf(fault.Path)
		}
		s.Fields.SetError(field, fault.String())
	}
}

// ShowUnchanged shows that there is nothing to send.
func (s *Form) ShowUnchanged() { s.Fields.SetError("", textNothingChanged) }
