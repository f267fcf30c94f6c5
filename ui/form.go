package ui

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// Bounds of what is typed or pasted into one field of a form.
const (
	// FormBytes is how long a field may become. What is pasted beyond is cut, and said to be.
	FormBytes = 64 << 10
	// FormLineCount is how many lines a field of several lines may have; drawing slows down with each of them.
	FormLineCount = 400
)

// FormKind is how a field is filled in.
type FormKind uint8

// The kinds of fields. A note is read only.
const (
	FormText FormKind = iota
	FormSecret
	FormLines
	FormPairs
	FormChoice
	FormChoices
	FormYesNo
	FormNote
)

// FormField declares a field.
type FormField struct {
	// ID is what its value is asked for by; it is not drawn.
	ID   string
	Kind FormKind
	// Title names it, About says in a line or two what belongs there.
	Title, About string
	// Value is what stands there at first: of FormChoices the values, of FormPairs lines of key=value, of FormYesNo
	// "true" or nothing.
	Value   string
	Options []FormOption
	// Check says what is wrong with a value, nil where nothing is. It is asked for every key.
	Check func(value string) error
	// Rows is the height of a field of several lines or of a list; 6 where it is 0.
	Rows int
	// Indent is by how many steps the field stands further to the right, as part of what stands above it.
	Indent int
	// When says whether the field is there at all, given the others; nil for always.
	When func(FormValues) bool
}

// FormOption is one of the values to choose from.
type FormOption struct{ Value, Title string }

// Form is a page of fields that are checked as one types. What was typed stays until the form is thrown away, whatever
// the server says to it. It sends no command, so nothing in it blinks, and it is used on one goroutine.
//
// esc and ctrl+c are the caller's: the form has no opinion on being left.
type Form struct {
	fields    []*formField
	focus     int
	fault     string // of the form as a whole
	submitted bool
	theme     *formLook
}

// formField is a field with what was typed into it.
type formField struct {
	FormField
	input   formInput // nil for a note
	first   string    // the value that it began with
	touched bool
	refused string // by the server
	notice  string // what was cut from a paste
	broken  string // why the first value cannot be edited here
}

// NewForm makes a form; the first field has the focus.
func NewForm(fields ...FormField) *Form {
	form := &Form{theme: &formLook{}}
	for _, field := range fields {
		f := &formField{FormField: field}
		f.broken = unfit(field)
		if f.editable() {
			field.Value, _ = typeableText(field.Value, field.Kind)
			field.Value, _ = f.bounded(field.Value, 0, 0)
		}
		f.input = newFormInput(field, form.theme)
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
func unfit(f FormField) string {
	oneLine := f.Kind == FormText && strings.Contains(f.Value, "\n")
	switch _, lost := typeableText(f.Value, f.Kind); {
	case len(f.Value) > FormBytes || strings.Count(f.Value, "\n") >= FormLineCount:
		return fmt.Sprintf("too long to be edited here: more than %d KB or %d lines", FormBytes>>10, FormLineCount)
	case (lost || oneLine) && f.Kind <= FormPairs:
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
func (m *Form) Submitted() (FormValues, bool) {
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
func (m *Form) SetOptions(id string, options []FormOption) {
	for i, f := range m.fields {
		if f.ID != id || f.Kind != FormChoice && f.Kind != FormChoices {
			continue
		}
		f.Value, f.Options = f.input.value(), options
		f.input = newFormInput(f.FormField, m.theme)
		if i == m.focus {
			f.input.focus()
		}
	}
}

// there says whether the field is part of the form now.
func (f *formField) there(values FormValues) bool { return f.When == nil || f.When(values) }

// problem is what is wrong with the field, empty where nothing is.
func (f *formField) problem() string {
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

func (f *formField) check() error {
	value := f.input.value()
	if f.Kind == FormPairs {
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
func (f *formField) bounded(s string, bytes, breaks int) (string, bool) {
	cut := false
	if room := max(FormBytes-bytes, 0); len(s) > room {
		for room > 0 && !utf8.RuneStart(s[room]) {
			room--
		}
		s, cut = s[:room], true
	}
	for i, r := range s {
		if r != '\n' {
			continue
		}
		if breaks++; breaks >= FormLineCount {
			return s[:i], true
		}
	}
	return s, cut
}
