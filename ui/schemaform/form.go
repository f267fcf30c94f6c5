package schemaform

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/form"
)

// Form is an input being filled in, as fields or as one JSON text. Like [ui.Form] it sends no command, is used on one
// goroutine, and leaves esc and ctrl+c to its owner.
type Form struct {
	schema  *value   // nil where there is none
	checker *checker // nil where nothing is checked
	hides   func([]string) bool
	root    *node      // nil while the input is one JSON text
	fields  *form.Form // as fields, or the JSON text
	aside   string     // the JSON text where it is too long for a field
	notes   []string   // what the fields do not show
	check   string     // why nothing is checked
	first   string     // the input as it began
	left    string     // the field that had the focus before the JSON text
	sent    bool
}

// Option changes how a form is made.
type Option func(*Form)

// Hiding draws as a secret what is typed where hides says yes, of the keys that lead there, besides what the schema itself calls
// secret.
func Hiding(hides func(keys []string) bool) Option { return func(f *Form) { f.hides = hides } }

// New makes a form for a JSON schema, filled with initial, or, where that is nil, with the defaults of the schema. A schema
// that is absent, null, true or {} makes a form of one JSON text, and so does an initial value that fields cannot hold. An
// error says why the schema cannot be used; [NewJSON] is what is left then.
func New(schema, initial json.RawMessage, options ...Option) (*Form, error) {
	f := &Form{}
	for _, option := range options {
		option(f)
	}
	if err := f.learn(schema); err != nil {
		return nil, err
	}
	f.begin(initial)
	f.first = f.JSONText()
	return f, nil
}

// NewJSON makes a form of one JSON text, with nothing to check it by.
func NewJSON(initial json.RawMessage) *Form {
	f := &Form{}
	f.write(readable(initial))
	f.first = f.JSONText()
	return f
}

// learn reads the schema.
func (f *Form) learn(schema json.RawMessage) error {
	if saysNothing(schema) {
		return nil
	}
	doc, err := parseSchema(schema)
	if err != nil {
		return err
	}
	f.schema = &doc
	f.checker, err = newChecker(doc)
	if errors.Is(err, errTooMany) {
		f.checker, f.check = nil, err.Error()
		return nil
	}
	if err != nil {
		return fmt.Errorf("the schema cannot be used: %w", schemaFault(err))
	}
	return nil
}

// begin shows initial, as fields if that can be.
func (f *Form) begin(initial json.RawMessage) {
	if len(initial) == 0 {
		initial = nil
	}
	if f.schema == nil {
		f.write(readable(initial))
		return
	}
	if err := f.show(initial, initial == nil); err != nil {
		f.notes = append(f.notes, capital(err.Error())+".")
		f.write(readable(initial))
	}
}

// readable is JSON as one reads it, and anything else as it is.
func readable(raw json.RawMessage) string {
	v, err := parse(raw)
	if err != nil || len(raw) == 0 {
		return string(raw)
	}
	if s, ok := (jsonControl{}).write(v); ok {
		return s
	}
	return v.compact()
}

var errNoFields = errors.New("there are no fields: the schema says nothing of the input")

// show makes fields of an input; an error says why that cannot be, and changes nothing.
func (f *Form) show(raw json.RawMessage, fresh bool) error {
	if f.schema == nil {
		return errNoFields
	}
	var initial *value
	if len(strings.TrimSpace(string(raw))) > 0 {
		v, err := parse(raw)
		if err != nil {
			return fmt.Errorf("it cannot be shown as fields: %w", err)
		}
		initial = &v
	}
	b := &builder{resolver: resolver{doc: f.schema}, check: f.checker, hides: f.hides}
	root := b.root(initial, fresh)
	switch {
	case root.why != "":
		return fmt.Errorf("it cannot be shown as fields: %s", root.why)
	case b.tooLong != "":
		return fmt.Errorf("it cannot be shown as fields: %s is longer than a field, %d KB", b.tooLong, form.MaxBytes>>10)
	}
	fields := root.fields()
	if !slices.ContainsFunc(fields, func(field form.Field) bool { return field.Kind != form.Note }) {
		fields = append(fields, form.Field{Kind: form.Note, Title: "There is nothing to fill in"})
	}
	f.root, f.notes, f.aside, f.fields = root, b.notes, "", form.New(fields...)
	return nil
}

// wholeID is the id of the field of the JSON text.
const wholeID = ""

// write shows a JSON text. One that no field holds is kept aside: an editor can change it.
func (f *Form) write(text string) {
	f.root, f.aside = nil, ""
	field := form.Field{ID: wholeID, Kind: form.Lines, Title: "Input (JSON)", Value: text, Rows: form.MaxLines, Check: checkSyntax}
	if !typed(form.Lines, text) {
		if v, err := parse([]byte(text)); err == nil {
			field.Value, _ = jsonControl{}.write(v)
		}
		if field.Value == "" || field.Value == text {
			f.aside = text
			field = form.Field{Kind: form.Note, Title: "Input (JSON)",
				About: fmt.Sprintf("%d bytes: longer than a field, or with characters that cannot be drawn. An editor can change it.", len(text))}
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

// AsJSON says that the whole is shown as JSON text.
func (f *Form) AsJSON() bool { return f.root == nil }

// SwitchJSON changes between fields and JSON text, with what was filled in kept. An error says why the text cannot be shown
// as fields, or why the fields are not shown as text.
func (f *Form) SwitchJSON() error {
	if f.root == nil {
		if err := f.show(json.RawMessage(f.JSONText()), false); err != nil {
			return err
		}
		f.fields.Focus(f.left)
		return nil
	}
	if err := f.Readable(); err != nil {
		return err
	}
	f.left = f.Focused()
	f.write(f.JSONText())
	return nil
}

// Readable is why the input is not to be shown as JSON text: a secret is filled in.
func (f *Form) Readable() error {
	if f.root == nil {
		return nil // it is shown
	}
	if path := f.filledSecret(f.root); path != "" {
		return fmt.Errorf("the secret %s could be read in the JSON text: it has to be empty first", path)
	}
	return nil
}

// Secrets are the secrets that are filled in.
func (f *Form) Secrets() []string { return f.fields.Secrets() }

// filledSecret is the path of a secret that is filled in, empty where there is none.
func (f *Form) filledSecret(n *node) string {
	if c, is := n.control.(textControl); is && c.secret && f.fields.Values()[n.id()] != "" {
		return n.path()
	}
	for _, child := range n.children {
		if path := f.filledSecret(child); path != "" {
			return path
		}
	}
	return ""
}

// JSONText is the input as JSON text, valid or not, secrets included. Of fields whose text is no value yet it has the text as a string.
func (f *Form) JSONText() string {
	if f.root == nil {
		return f.wholeText()
	}
	v, err := f.root.value(f.fields.Values(), true)
	if v == nil || err != nil { // of a draft there is no error
		return ""
	}
	return v.indented()
}

func (f *Form) wholeText() string {
	if f.aside != "" {
		return f.aside
	}
	return f.fields.Values()[wholeID]
}

// SetJSONText replaces the input, as from an editor. It is shown as it was shown before, if that can be; the error says why
// it is shown as text. The text is kept in any case.
func (f *Form) SetJSONText(text string) error {
	if f.root != nil {
		err := f.show(json.RawMessage(text), false)
		if err != nil {
			f.write(text)
		}
		return err
	}
	f.write(text)
	return checkSyntax(text)
}

// Value is the JSON as it is filled in: numbers as typed, keys in the order of the schema. It is nil where nothing is to be
// sent. An error names the field that it stands in.
func (f *Form) Value() (json.RawMessage, error) {
	v, err := f.value()
	switch {
	case err != nil || v == nil:
		return nil, err
	case f.root == nil:
		return json.RawMessage(strings.TrimSpace(f.wholeText())), nil
	}
	return json.RawMessage(v.compact()), nil
}

func (f *Form) value() (*value, error) {
	if f.root != nil {
		return f.root.value(f.fields.Values(), false)
	}
	text := f.wholeText()
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	v, err := parse([]byte(text))
	if err != nil {
		return nil, &unreadable{err: fmt.Errorf("is %w", err)}
	}
	return &v, nil
}

// Shown says what of the schema the fields do not show and what is not checked, line by line; empty where nothing is left
// out. It has names of the schema in it, to be made plain by the frame.
func (f *Form) Shown() string {
	lines := slices.Clone(f.notes)
	if f.check != "" {
		lines = append(lines, "The input is not checked: "+f.check+".")
	}
	if f.checker != nil {
		for _, pattern := range slices.Sorted(slices.Values(f.checker.patterns.unknown)) {
			lines = append(lines, "The pattern "+quote(pattern)+" is not checked: it is JavaScript's, and left to the server.")
		}
	}
	return strings.Join(lines, "\n")
}

// Changed says whether anything is other than it was at first.
func (f *Form) Changed() bool { return f.JSONText() != f.first }

// Update takes keys and pasted text, and drops the rest. The command is always nil.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		f.Key(msg)
	case tea.PasteMsg:
		f.fields.Paste(msg.Content)
	}
	return nil
}

// Key takes a key and says whether it was used, as [ui.Form.Key].
func (f *Form) Key(k tea.KeyPressMsg) bool {
	if !f.hasFields() && (k.String() == "enter" || k.String() == "ctrl+s") {
		f.Submit()
		return true
	}
	f.checker.begin()
	used := f.fields.Key(k)
	if _, done := f.fields.Submitted(); done {
		f.sent = len(f.Check()) == 0
	}
	return used
}

// hasFields says that there is a field to type into.
func (f *Form) hasFields() bool { return len(f.fields.Values()) > 0 }

// Submit checks everything. Where something is wrong it is said at its field, and it is false.
func (f *Form) Submit() bool {
	f.checker.begin()
	f.sent = f.fields.Submit() && len(f.Check()) == 0
	f.fields.Submitted()
	return f.sent
}

// Submitted gives the value once after each time that the form was sent and nothing was wrong with it.
func (f *Form) Submitted() (json.RawMessage, bool) {
	if !f.sent {
		return nil, false
	}
	f.sent = false
	raw, err := f.Value()
	return raw, err == nil
}

// Focused is the JSON pointer of the field that takes the keys.
func (f *Form) Focused() string { return f.fields.Focused() }

// Focus moves the focus to the field of a JSON pointer; one without a field changes nothing.
func (f *Form) Focus(pointer string) { f.fields.Focus(pointer) }

// KeyHint is the hint for the lower edge of the frame, as [ui.Form.KeyHint].
func (f *Form) KeyHint() ui.Text { return f.fields.KeyHint() }

// Height is how many lines all of it takes in a frame as wide as fr.
func (f *Form) Height(fr ui.Frame) int {
	f.checker.begin()
	return f.fields.Height(fr)
}

// View draws the form in fr. What does not fit scrolls with the focus.
func (f *Form) View(fr ui.Frame) string {
	f.checker.begin()
	return f.fields.View(fr)
}
