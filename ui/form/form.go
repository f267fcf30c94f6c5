// Package form is a widget to fill in: fields that are checked while the user types. It knows nothing of Nango and draws with package ui.
package form

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// Bounds of what is typed or pasted into one field of a form.
const (
	// MaxBytes is how long a field may become. What is pasted beyond is cut, and said to be.
	MaxBytes = 64 << 10
	// MaxLines is how many lines a field of several lines may have; drawing slows down with each of them.
	MaxLines = 400
)

// Kind is how a field is filled in.
type Kind uint8

// The kinds of fields. A note is read only.
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

// Field declares a field.
type Field struct {
	// ID is what its value is asked for by; it is not drawn.
	ID   string
	Kind Kind
	// Title names it, About says in a line or two what belongs there.
	Title, About string
	// Value is what stands there at first: of Choices the values, of Pairs lines of key=value, of YesNo
	// "true" or nothing.
	Value   string
	Options []Option
	// Check says what is wrong with a value, nil where nothing is. It is asked for every key.
	Check func(value string) error
	// Rows is the height of a field of several lines or of a list; 6 where it is 0.
	Rows int
	// Indent is by how many steps the field stands further to the right, as part of what stands above it.
	Indent int
	// ShowIf says whether the field is there at all, given the others; nil for always.
	ShowIf func(Values) bool
}

// Option is one of the values to choose from.
type Option struct{ Value, Title string }

// Form is a page of fields that are checked as one types. What was typed stays until the form is thrown away, whatever
// the server says to it. It sends no command, so nothing in it blinks, and it is used on one goroutine.
//
// esc and ctrl+c are the caller's: the form has no opinion on being left.
type Form struct {
	fields    []*fieldState
	focus     int
	fault     string // of the form as a whole
	submitted bool
	theme     *formTheme
}

// fieldState is a field with what was typed into it.
type fieldState struct {
	Field
	input   inputWidget // nil for a note
	first   string      // the value that it began with
	touched bool
	refused string // by the server
	notice  string // what was cut from a paste
	broken  string // why the first value cannot be edited here
}

// New makes a form; the first field has the focus.
func New(fields ...Field) *Form {
	form := &Form{theme: &formTheme{}}
	for _, field := range fields {
		f := &fieldState{Field: field}
		f.broken = unfit(field)
		if f.editable() {
			field.Value, _ = typeableText(field.Value, field.Kind)
			field.Value, _ = f.bounded(field.Value, 0, 0)
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

// unfit says why a first value would not come back as it is. Such a field is not sent: nothing is cut in silence.
func unfit(f Field) string {
	oneLine := f.Kind == Text && strings.Contains(f.Value, "\n")
	switch _, lost := typeableText(f.Value, f.Kind); {
	case len(f.Value) > MaxBytes || strings.Count(f.Value, "\n") >= MaxLines:
		return fmt.Sprintf("too long to be edited here: more than %d KB or %d lines", MaxBytes>>10, MaxLines)
	case (lost || oneLine) && f.Kind <= Pairs:
		return "holds characters that cannot be edited here"
	}
	return ""
}

// Update takes keys and pasted text, and drops the rest: a message for a blinking cursor would be one. The command
// is always nil.
func (m *Form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		m.Key(msg)
	case tea.PasteMsg:
		m.Paste(msg.Content)
	}
	return nil
}

// Submitted gives the values once after each time that the form was sent and nothing was wrong with it.
func (m *Form) Submitted() (Values, bool) {
	if !m.submitted {
		return nil, false
	}
	m.submitted = false
	return m.Values(), true
}

// Submit takes over what is under the cursor of a list, and checks everything. Where something is wrong it is said, the
// focus goes there, and it is false.
func (m *Form) Submit() bool {
	if f := m.focused(); f != nil {
		f.input.settle()
	}
	m.fault = ""
	values := m.Values()
	wrong := -1
	for i, f := range m.fields {
		if f.input == nil || !f.there(values) {
			continue
		}
		f.touched, f.refused = true, ""
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

// SetError puts an error of the server to a field, until that is changed or the form is sent again; with the id of no field
// that is there, to the form. Nothing of what was typed is lost.
func (m *Form) SetError(id, text string) {
	values := m.Values()
	for i, f := range m.fields {
		if f.ID == id && f.input != nil && f.there(values) {
			f.refused = text
			m.focusOn(i)
			return
		}
	}
	m.fault = text
}

// Changed says whether anything is other than it was at first.
func (m *Form) Changed() bool {
	for _, f := range m.fields {
		if f.input != nil && f.input.value() != f.first {
			return true
		}
	}
	return false
}

// Focused is the id of the field that takes the keys.
func (m *Form) Focused() string {
	if m.focus < 0 {
		return ""
	}
	return m.fields[m.focus].ID
}

// Focus moves the focus to a field; an unknown id changes nothing.
func (m *Form) Focus(id string) {
	for i, f := range m.fields {
		if f.ID == id && f.input != nil {
			m.focusOn(i)
		}
	}
}

// Set replaces what stands in a field, as far as it fits; an unknown id changes nothing.
func (m *Form) Set(id, value string) {
	for _, f := range m.fields {
		if f.ID == id && f.input != nil {
			clean, _ := typeableText(value, f.Kind)
			clean, _ = f.bounded(clean, 0, 0)
			f.input.setValue(clean)
			f.broken, f.refused = "", ""
		}
	}
}

// SetOptions replaces what can be chosen in a field; the choice stays where it is still among them.
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

// there says whether the field is part of the form now.
func (f *fieldState) there(values Values) bool { return f.ShowIf == nil || f.ShowIf(values) }

// problem is what is wrong with the field, empty where nothing is.
func (f *fieldState) problem() string {
	switch {
	case f.refused != "":
		return f.refused
	case f.broken != "":
		return f.broken
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

var errNoKey = errors.New("a line begins with the key: key=value")

func checkPairs(value string) error {
	seen := map[string]bool{}
	for n, line := range strings.Split(value, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, _, ok := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		switch {
		case !ok:
			return fmt.Errorf("line %d: write it as key=value", n+1)
		case key == "":
			return fmt.Errorf("line %d: %w", n+1, errNoKey)
		case seen[key]:
			return fmt.Errorf("line %d: this key stands there twice", n+1)
		}
		seen[key] = true
	}
	return nil
}

// bounded cuts s to what there is room for behind so many bytes and line breaks, and says whether it had to.
func (f *fieldState) bounded(s string, bytes, breaks int) (string, bool) {
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
