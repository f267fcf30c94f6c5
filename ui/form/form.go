// Package form is a form widget: fields that are checked while the user types. It knows nothing of Nango and draws with
// package ui.
package form

import (
	"fmt"
	"slices"
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
	// Check validates the value. It runs on every key. A field whose Check refuses an empty value is marked as required.
	Check func(value string) error
	// RequiredIf marks a field as required although its Check accepts an empty value. It may be nil.
	RequiredIf func(Values) bool
	// Warn returns what is doubtful about a value that may be submitted, else "". It runs on every draw, and may be nil.
	Warn func(value string) string
	// SecretValues hides the values of Pairs; their keys stay visible.
	SecretValues bool
	// Rows is the height of a text area or list; 0 means 6.
	Rows int
	// Indent is the number of indentation steps below the field that this one belongs to.
	Indent int
	// ShowIf decides from the other values whether the field is part of the form. Nil means always.
	ShowIf func(Values) bool
}

// Always is a [Field.RequiredIf] that doesn't depend on other values.
func Always(Values) bool { return true }

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
	started   bool // the user or the owner has chosen where the focus is
	theme     *formTheme
}

type fieldState struct {
	Field
	input       inputWidget // nil for a note
	first       string      // initial value
	touched     bool
	serverError string // error reported by the server
	notice      string // about the last paste
	uneditable  string // why the initial value cannot be edited; empty if it can
	needsValue  bool   // Check refuses an empty value
}

// New returns a form. The focus is on the first required field that is empty, else on the first field.
func New(fields ...Field) *Form {
	form := &Form{theme: &formTheme{}}
	for _, field := range fields {
		f := &fieldState{Field: field}
		f.uneditable = uneditableReason(field)
		f.needsValue = field.Check != nil && field.Kind != YesNo && field.Check("") != nil
		if f.editable() {
			field.Value, _ = typeableText(field.Value, field.Kind)
			field.Value, _ = limit(field.Value, 0, 0)
		}
		f.input = newInput(field, form.theme)
		if f.input != nil {
			f.first = f.input.value()
		}
		form.fields = append(form.fields, f)
	}
	form.focus = -1
	form.begin()
	return form
}

// begin moves the focus to where filling in begins, until the user or the owner has moved it.
func (m *Form) begin() {
	fields, values := m.focusable(), m.Values()
	if m.started || len(fields) == 0 {
		return
	}
	at := slices.IndexFunc(fields, func(i int) bool {
		f := m.fields[i]
		return f.isRequired(values) && strings.TrimSpace(f.input.value()) == ""
	})
	m.moveTo(fields[max(at, 0)])
}

func (f *fieldState) isRequired(values Values) bool {
	return f.needsValue || f.RequiredIf != nil && f.RequiredIf(values)
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

// Submit commits the highlighted option and validates all fields. It focuses the first invalid one and returns false.
func (m *Form) Submit() bool {
	m.Commit()
	m.formError = ""
	wrong := -1
	for _, i := range m.focusable() {
		f := m.fields[i]
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

// Commit takes the highlighted option of the focused field.
func (m *Form) Commit() {
	if f := m.focused(); f != nil {
		f.commit()
	}
}

// SetError shows a server error at a field until the field changes or the form is submitted again. An unknown or hidden
// field shows it above the form.
func (m *Form) SetError(id, text string) {
	for _, i := range m.focusable() {
		if f := m.fields[i]; f.ID == id {
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
	return slices.ContainsFunc(m.fields, func(f *fieldState) bool { return f.input != nil && f.input.value() != f.first })
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
	if i := m.field(id); i >= 0 {
		m.focusOn(i)
	}
}

// field returns the index of the field that has this id and takes keys, or -1.
func (m *Form) field(id string) int {
	return slices.IndexFunc(m.fields, func(f *fieldState) bool { return f.ID == id && f.input != nil })
}

// Set replaces the value of a field, cut to the limits. An unknown id is ignored. Until something is typed it is the initial
// value.
func (m *Form) Set(id, value string) {
	if i := m.field(id); i >= 0 {
		f := m.fields[i]
		clean, _ := typeableText(value, f.Kind)
		clean, _ = limit(clean, 0, 0)
		f.input.setValue(clean)
		f.uneditable, f.serverError = "", ""
		if !m.started {
			f.first = f.input.value()
			m.begin()
		}
	}
}

// SetOptions replaces the options of a field. The choice is kept if it is still among them.
func (m *Form) SetOptions(id string, options []Option) {
	i := m.field(id)
	if i < 0 || m.fields[i].Kind != Choice && m.fields[i].Kind != Choices {
		return
	}
	f := m.fields[i]
	f.Value, f.Options = f.input.value(), options
	f.input = newInput(f.Field, m.theme)
	if i == m.focus {
		f.input.focus()
	}
	m.begin()
}

func (f *fieldState) isShown(values Values) bool { return f.ShowIf == nil || f.ShowIf(values) }

func (f *fieldState) problem() string {
	switch {
	case f.serverError != "":
		return f.serverError
	case f.uneditable != "":
		return f.uneditable
	}
	var err error
	value := f.input.value()
	if f.Kind == Pairs {
		err = checkPairs(value)
	}
	if err == nil && f.Check != nil {
		err = f.Check(value)
	}
	if err != nil {
		return err.Error()
	}
	return ""
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
func limit(s string, bytes, breaks int) (string, bool) {
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

// Values are the values of a form by field id. Hidden fields have none.
type Values map[string]string

// Pair is a key=value line.
type Pair struct{ Key, Value string }

// Bool returns the value of a YesNo field.
func (v Values) Bool(id string) bool { return v[id] == "true" }

// List returns the values of a Choices field.
func (v Values) List(id string) []string {
	if v[id] == "" {
		return nil
	}
	return strings.Split(v[id], "\n")
}

// Pairs returns the key=value lines in order, with spaces trimmed.
func (v Values) Pairs(id string) []Pair {
	var pairs []Pair
	for _, line := range strings.Split(v[id], "\n") {
		if key, value, ok := strings.Cut(line, "="); ok {
			pairs = append(pairs, Pair{strings.TrimSpace(key), strings.TrimSpace(value)})
		}
	}
	return pairs
}

// Secrets returns the values of the secret fields and pairs.
func (m *Form) Secrets() []string {
	var all []string
	for _, f := range m.fields {
		switch {
		case f.Kind == Secret && f.input.value() != "":
			all = append(all, f.input.value())
		case f.Kind == Pairs && f.SecretValues:
			for _, pair := range (Values{"": f.input.value()}).Pairs("") {
				all = append(all, pair.Value)
			}
		}
	}
	return all
}

// Values returns the current values, submitted or not.
func (m *Form) Values() Values {
	all := Values{}
	for _, f := range m.fields {
		if f.input != nil {
			all[f.ID] = f.input.value()
		}
	}
	values := Values{}
	for _, f := range m.fields {
		if f.input != nil && f.isShown(all) {
			values[f.ID] = all[f.ID]
		}
	}
	return values
}
