package schemaform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/form"
)

// Form is an input to fill in, as fields or as JSON text. Like [form.Form] it returns no commands, is used on one
// goroutine, and ignores esc and ctrl+c.
type Form struct {
	schema      *value   // nil without a schema
	checker     *checker // nil if nothing is checked
	isSecretKey func([]string) bool
	nodes       []*node    // of the fields, the root first; or that of the JSON text
	asJSON      bool       // the input is JSON text
	fields      *form.Form // the fields, or the JSON text
	longJSON    string     // JSON text that is too long for a field
	notes       []string   // what the fields don't show
	check       string     // why nothing is checked
	first       string     // initial input
	focusBefore string     // focused field before switching to JSON text
	sent        bool
}

// Option configures a form.
type Option func(*Form)

// SecretFields makes the fields secret whose keys isSecret accepts, in addition to those that the schema marks.
func SecretFields(isSecret func(keys []string) bool) Option {
	return func(f *Form) { f.isSecretKey = isSecret }
}

// New returns a form for a JSON schema, filled with initial, or with the defaults of the schema if that is nil. Without
// a schema (absent, null, true or {}) or with an initial value that fields can't hold, it is JSON text. The error says
// why the schema can't be used; use [NewJSON] then.
func New(schema, initial json.RawMessage, options ...Option) (*Form, error) {
	f := &Form{}
	for _, option := range options {
		option(f)
	}
	switch string(bytes.TrimSpace(schema)) {
	case "", "null", "true", "{}":
		f.write(indentJSON(initial))
	default:
		if err := f.readSchema(schema); err != nil {
			return nil, err
		}
		if err := f.show(initial, len(initial) == 0); err != nil {
			f.notes = append(f.notes, capital(err.Error())+".")
			f.write(indentJSON(initial))
		}
	}
	f.first = f.JSONText()
	return f, nil
}

// NewJSON returns a form of JSON text without checks.
func NewJSON(initial json.RawMessage) *Form {
	f := &Form{}
	f.write(indentJSON(initial))
	f.first = f.JSONText()
	return f
}

func (f *Form) readSchema(schema json.RawMessage) error {
	doc, err := parseSchema(schema)
	if err != nil {
		return err
	}
	fixReferences(&doc)
	f.schema = &doc
	f.checker, err = newChecker(doc)
	if errors.Is(err, errTooMany) {
		f.checker, f.check = nil, err.Error()
		return nil
	}
	if err != nil {
		return fmt.Errorf(textBadSchema, schemaFault(err))
	}
	return nil
}

// indentJSON indents JSON and returns other text unchanged.
func indentJSON(raw json.RawMessage) string {
	v, err := parse(raw)
	if err != nil || len(raw) == 0 {
		return string(raw)
	}
	if s, ok := typeableJSON(v); ok {
		return s
	}
	return v.compact()
}

var errNoFields = errors.New(textNoFields)

// show creates the fields of an input. The error says why that is impossible; nothing is changed then.
func (f *Form) show(raw json.RawMessage, fresh bool) error {
	if f.schema == nil {
		return errNoFields
	}
	var initial *value
	if len(strings.TrimSpace(string(raw))) > 0 {
		v, err := parse(raw)
		if err != nil {
			return fmt.Errorf(textNotFields, err)
		}
		initial = &v
	}
	b := &builder{resolver: resolver{doc: f.schema}, check: f.checker, isSecretKey: f.isSecretKey}
	root := b.root(initial, fresh)
	switch {
	case root.why != "":
		return fmt.Errorf(textNotFields, errors.New(root.why))
	case b.tooLong != "":
		return fmt.Errorf(textLongerThanField, b.tooLong, form.MaxBytes>>10)
	}
	var fields []form.Field
	for _, n := range b.nodes {
		if n.control != nil {
			fields = append(fields, n.field())
		} else if note, said := n.heading(); said {
			fields = append(fields, note)
		}
	}
	if !slices.ContainsFunc(fields, func(field form.Field) bool { return field.Kind != form.Note }) {
		fields = append(fields, form.Field{Kind: form.Note, Title: textNothingToFill})
	}
	f.nodes, f.asJSON, f.notes, f.longJSON, f.fields = b.nodes, false, b.notes, "", form.New(fields...)
	return nil
}

// jsonFieldID is the id of the JSON text field.
const jsonFieldID = ""

// write shows a JSON text. A text that no field can hold is kept for an editor.
func (f *Form) write(text string) {
	f.nodes, f.asJSON, f.longJSON = []*node{{control: jsonControl(nil, false)}}, true, ""
	field := form.Field{ID: jsonFieldID, Kind: form.Lines, Title: titleJSON, Value: text, Rows: form.MaxLines, Check: checkSyntax}
	if !canType(form.Lines, text) {
		if v, err := parse([]byte(text)); err == nil {
			field.Value, _ = typeableJSON(v)
		}
		if field.Value == "" || field.Value == text {
			f.longJSON = text
			field = form.Field{Kind: form.Note, Title: titleJSON,
				About: fmt.Sprintf(textOnlyInEditor, len(text))}
		}
	}
	f.fields = form.New(field)
}

func checkSyntax(text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	_, err := parse([]byte(text))
	return err
}

// AsJSON reports whether the input is shown as JSON text.
func (f *Form) AsJSON() bool { return f.asJSON }

// SwitchJSON switches between fields and JSON text, and keeps the input. The error says why that is impossible.
func (f *Form) SwitchJSON() error {
	if f.asJSON {
		if err := f.show(json.RawMessage(f.JSONText()), false); err != nil {
			return err
		}
		f.fields.Focus(f.focusBefore)
		return nil
	}
	if err := f.CanShowJSON(); err != nil {
		return err
	}
	f.focusBefore = f.Focused()
	f.write(f.JSONText())
	return nil
}

// CanShowJSON returns an error if the JSON text would show a secret.
func (f *Form) CanShowJSON() error {
	values := f.values()
	for _, n := range f.nodes {
		if n.control != nil && n.control.kind == form.Secret && values[n.id()] != "" {
			return fmt.Errorf(textSecretInJSON, n.path())
		}
	}
	return nil
}

// Secrets returns the secrets in the input.
func (f *Form) Secrets() []string { return f.fields.Secrets() }

// JSONText returns the input as JSON text with its secrets, valid or not. Invalid fields are strings.
func (f *Form) JSONText() string {
	values := f.values()
	if f.asJSON {
		return values[jsonFieldID]
	}
	v, err := f.nodes[0].value(values, true)
	if v == nil || err != nil { // a draft has no errors
		return ""
	}
	return v.indented()
}

func (f *Form) values() form.Values {
	values := f.fields.Values()
	if f.longJSON != "" {
		values[jsonFieldID] = f.longJSON
	}
	return values
}

// SetJSONText replaces the input, such as from an editor, and keeps the mode if possible. The error says why it is
// shown as text. The text is kept in any case.
func (f *Form) SetJSONText(text string) error {
	if f.asJSON {
		f.write(text)
		return checkSyntax(text)
	}
	err := f.show(json.RawMessage(text), false)
	if err != nil {
		f.write(text)
	}
	return err
}

// Value returns the input, numbers as typed, keys as in the schema; nil if nothing is sent. An error names its field.
func (f *Form) Value() (json.RawMessage, error) {
	values := f.values()
	v, err := f.nodes[0].value(values, false)
	switch {
	case err != nil || v == nil:
		return nil, err
	case f.asJSON:
		return json.RawMessage(strings.TrimSpace(values[jsonFieldID])), nil
	}
	return json.RawMessage(v.compact()), nil
}

// Notes lists what the fields don't show and what is not checked, one per line, or "". It contains untrusted names.
func (f *Form) Notes() string {
	lines := slices.Clone(f.notes)
	if f.check != "" {
		lines = append(lines, fmt.Sprintf(textNotChecked, f.check))
	}
	if f.checker != nil {
		for _, pattern := range slices.Sorted(slices.Values(f.checker.patterns.unknown)) {
			lines = append(lines, fmt.Sprintf(textPatternNotChecked, quote(pattern)))
		}
	}
	return strings.Join(lines, "\n")
}

// Changed reports whether the input differs from the initial one.
func (f *Form) Changed() bool { return f.JSONText() != f.first }

// Update handles keys and pasted text, and ignores other messages. The command is always nil.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		f.Key(msg)
	case tea.PasteMsg:
		f.fields.Paste(msg.Content)
	}
	return nil
}

// Key handles a key and reports whether it was used, like [form.Form.Key].
func (f *Form) Key(k tea.KeyPressMsg) bool {
	if hasNone := len(f.fields.Values()) == 0; hasNone && (k.String() == "enter" || k.String() == "ctrl+s") {
		f.Submit()
		return true
	}
	f.checker.resetSteps()
	used := f.fields.Key(k)
	if _, done := f.fields.Submitted(); done {
		f.sent = len(f.Check()) == 0
	}
	return used
}

// Submit validates the input. Errors are shown at their fields.
func (f *Form) Submit() bool {
	f.checker.resetSteps()
	f.sent = f.fields.Submit() && len(f.Check()) == 0
	f.fields.Submitted()
	return f.sent
}

// Submitted returns the value once after each successful submit.
func (f *Form) Submitted() (json.RawMessage, bool) {
	if !f.sent {
		return nil, false
	}
	f.sent = false
	raw, err := f.Value()
	return raw, err == nil
}

// Focused returns the JSON pointer of the focused field.
func (f *Form) Focused() string { return f.fields.Focused() }

// Focus moves the focus to the field of a JSON pointer, if there is one.
func (f *Form) Focus(pointer string) { f.fields.Focus(pointer) }

// KeyHint is the hint about keys for the lower edge of the frame.
func (f *Form) KeyHint() ui.Text { return f.fields.KeyHint() }

// Height returns the number of lines of the whole form at the width of fr.
func (f *Form) Height(fr ui.Frame) int {
	f.checker.resetSteps()
	return f.fields.Height(fr)
}

// View draws the form in fr. It scrolls with the focus.
func (f *Form) View(fr ui.Frame) string {
	f.checker.resetSteps()
	return f.fields.View(fr)
}
