// Package form is a form widget: fields that are checked while the user types. It knows nothing of Nango and draws with
// package ui.
package form

import (
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// Limits of what can be typed or pasted into a field.
const (
	// MaxBytes is the maximum size of a value. A longer paste is cut, and the form says so.
	MaxBytes = 64 << 10
	// MaxLines is the maximum number of lines of a field. Drawing gets slower with each line.
	MaxLines = 400
)

// Kind is the kind of input of a field.
type Kind uint8

// The kinds of fields. A note is read-only text.
const (
	Text Kind = iota
	Secret
	Lines
	Pairs
	Choice
	Choices
	YesNo
	Note
)

// Field describes a field.
type Field struct {
	// ID identifies the value in [Values]. It is not drawn.
	ID   string
	Kind Kind
	// Title is the label, About explains in one or two lines what to enter.
	Title, About string
	// Value is the initial value. Choices have one value per line, Pairs one key=value per line; YesNo has "true" or
	// "".
	Value   string
	Options []Option
	// Check validates the value. It runs on every key.
	Check func(value string) error
	// Rows is the height of a text area or list; 0 means 6.
	Rows int
	// Indent is the number of indentation steps below the field that this one belongs to.
	Indent int
	// ShowIf decides from the other values whether the field is part of the form. Nil means always.
	ShowIf func(Values) bool
}

// Option is a value to choose from. The zero Title shows the value.
type Option struct{ Value, Title string }

// Parses returns a check that accepts what a function parses.
func Parses[T any](parse func(string) (T, error)) func(string) error {
	return func(value string) error {
		_, err := parse(value)
		return err
	}
}

// Form is a page of fields that are checked while the user types. Input is kept until the form is dropped, also after
// an error of the server. A form returns no commands and is used on one goroutine. It ignores esc and ctrl+c: they
// belong to its owner.
type Form struct {
	fields    []*fieldState
	focus     int
	formError string // concerns the form as a whole
	submitted bool
	theme     *formTheme
}

// fieldState is a field with its input.
type fieldState struct {
	Field
	input       inputWidget // nil for a note
	first       string      // initial value
	touched     bool
	serverError string // error reported by the server
	notice      string // about the last paste
	uneditable  string // why the initial value cannot be edited; empty if it can
}

// New returns a form with the focus on the first field.
func New(fields ...Field) *Form {
	form := &Form{theme: &formTheme{}}
	for _, field := range fields {
		f := &fieldState{Field: field}
		f.uneditable = uneditableReason(field)
		if f.editable() {
			field.Value, _ = typeableText(field.Value, field.Kind)
			field.Value, _ = f.limit(field.Value, 0, 0)
		}
		f.input = newInput(field, form.theme)
		if f.input != nil {
			f.first = f.input.value()
		}
		form.fields = append(form.fields, f)
	}
	form.focus = -1
	form.Next()
	return form
}

// uneditableReason says why an initial value would change when edited. Such a field blocks submitting, so that nothing
// is cut silently.
func uneditableReason(f Field) string {
	oneLine := f.Kind == Text && strings.Contains(f.Value, "\n")
	switch _, lost := typeableText(f.Value, f.Kind); {
	case len(f.Value) > MaxBytes || strings.Count(f.Value, "\n") >= MaxLines:
		return fmt.Sprintf(textTooLong, MaxBytes>>10, MaxLines)
	case (lost || oneLine) && f.Kind <= Pairs:
		return textUneditable
	}
	return ""
}

// Update handles keys and pasted text, and ignores other messages. The command is always nil.
func (m *Form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		m.Key(msg)
	case tea.PasteMsg:
		m.Paste(msg.Content)
	}
	return nil
}

// Submitted returns the values once after each successful submit.
func (m *Form) Submitted() (Values, bool) {
	if !m.submitted {
		return nil, false
	}
	m.submitted = false
	return m.Values(), true
}

// Submit commits the highlighted option of a list and validates all fields. If one is invalid, it gets the focus and
// Submit returns false.
func (m *Form) Submit() bool {
	if f := m.focused(); f != nil {
		f.input.commit()
	}
	m.formError = ""
	values := m.Values()
	wrong := -1
	for i, f := range m.fields {
		if f.input == nil || !f.isShown(values) {
			continue
		}
		f.touched, f.serverError = true, ""
		if wrong < 0 && f.problem() != "" {
			wrong = i
		}
	}
	if wrong >= 0 {
		m.focusOn(wrong)
		return false
	}
	m.submitted = true
	return true
}

// SetError shows a server error at a field until the field changes or the form is submitted again. An unknown or hidden
// field shows it above the form.
func (m *Form) SetError(id, text string) {
	values := m.Values()
	for i, f := range m.fields {
		if f.ID == id && f.input != nil && f.isShown(values) {
			f.serverError = text
			m.focusOn(i)
			return
		}
	}
	m.formError = text
}

// FieldError is an error of the field with that ID.
type FieldError struct {
	ID  string
	Err error
}

// Error returns the error without its field.
func (e FieldError) Error() string { return e.Err.Error() }

// ShowError shows an error, at its field if it is a [FieldError], and reports whether there is one.
func (m *Form) ShowError(err error) bool {
	at, _ := err.(FieldError)
	if err != nil {
		m.SetError(at.ID, err.Error())
	}
	return err != nil
}

// Changed reports whether a value differs from its initial value.
func (m *Form) Changed() bool {
	for _, f := range m.fields {
		if f.input != nil && f.input.value() != f.first {
			return true
		}
	}
	return false
}

// Focused returns the id of the focused field.
func (m *Form) Focused() string {
	if m.focus < 0 {
		return ""
	}
	return m.fields[m.focus].ID
}

// Focus moves the focus to a field. An unknown id is ignored.
func (m *Form) Focus(id string) {
	for i, f := range m.fields {
		if f.ID == id && f.input != nil {
			m.focusOn(i)
		}
	}
}

// Set replaces the value of a field, cut to the limits. An unknown id is ignored.
func (m *Form) Set(id, value string) {
	for _, f := range m.fields {
		if f.ID == id && f.input != nil {
			clean, _ := typeableText(value, f.Kind)
			clean, _ = f.limit(clean, 0, 0)
			f.input.setValue(clean)
			f.uneditable, f.serverError = "", ""
		}
	}
}

// SetOptions replaces the options of a field. The choice is kept if it is still among them.
func (m *Form) SetOptions(id string, options []Option) {
	for i, f := range m.fields {
		if f.ID != id || f.Kind != Choice && f.Kind != Choices {
			continue
		}
		f.Value, f.Options = f.input.value(), options
		f.input = newInput(f.Field, m.theme)
		if i == m.focus {
			f.input.focus()
		}
	}
}

func (f *fieldState) isShown(values Values) bool { return f.ShowIf == nil || f.ShowIf(values) }

// problem returns the error of the field, or "".
func (f *fieldState) problem() string {
	switch {
	case f.serverError != "":
		return f.serverError
	case f.uneditable != "":
		return f.uneditable
	}
	if err := f.check(); err != nil {
		return err.Error()
	}
	return ""
}

func (f *fieldState) check() error {
	value := f.input.value()
	if f.Kind == Pairs {
		if err := checkPairs(value); err != nil {
			return err
		}
	}
	if f.Check == nil {
		return nil
	}
	return f.Check(value)
}

func checkPairs(value string) error {
	seen := map[string]bool{}
	for n, line := range strings.Split(value, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, _, ok := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		switch {
		case !ok || key == "":
			return fmt.Errorf(textNoPair, n+1)
		case seen[key]:
			return fmt.Errorf(textDuplicateKey, n+1)
		}
		seen[key] = true
	}
	return nil
}

// limit cuts s to the space left after so many bytes and line breaks, and reports whether it cut.
func (f *fieldState) limit(s string, bytes, breaks int) (string, bool) {
	cut := false
	if room := max(MaxBytes-bytes, 0); len(s) > room {
		for room > 0 && !utf8.RuneStart(s[room]) {
			room--
		}
		s, cut = s[:room], true
	}
	for i, r := range s {
		if r != '\n' {
			continue
		}
		if breaks++; breaks >= MaxLines {
			return s[:i], true
		}
	}
	return s, cut
}
