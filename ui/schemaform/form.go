package schemaform

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// Form is an input being filled in, as fields or as one JSON text. Like [ui.Form] it sends no command, is used on one
// goroutine, and leaves esc and ctrl+c to its owner.
type Form struct {
	checker *checker // nil where nothing is checked
	notes   []string // what cannot be shown or checked
	asJSON  bool
	text    *ui.Form // the JSON text
	aside   string   // the JSON text where it is too long for a field
	sent    bool
}

// Option changes how a form is made.
type Option func(*Form)

// Problem is one thing that is wrong with the input.
type Problem struct {
	// Pointer is the JSON pointer of the place, empty for the whole; Path is the same as one reads it.
	Pointer, Path string
	// Message reads on from the path: "has to be filled in".
	Message string
}

// New makes a form for a JSON schema, filled with initial, or, where that is nil, with the defaults of the schema. A schema
// that is absent, null, true or {} makes a form of one JSON text. An error says why the schema cannot be used;
// [NewJSON] is what is left then.
func New(schema, initial json.RawMessage, options ...Option) (*Form, error) {
	f := &Form{asJSON: true}
	for _, option := range options {
		option(f)
	}
	if !saysNothing(schema) {
		doc, err := parseSchema(schema)
		if err != nil {
			return nil, err
		}
		f.checker, err = newChecker(doc)
		switch {
		case errors.Is(err, errTooMany):
			f.checker, f.notes = nil, append(f.notes, "The input is not checked: "+err.Error()+".")
		case err != nil:
			return nil, fmt.Errorf("the schema cannot be used: %w", err)
		}
	}
	f.write(string(initial))
	return f, nil
}

// NewJSON makes a form of one JSON text, with nothing to check it by.
func NewJSON(initial json.RawMessage) *Form {
	f := &Form{asJSON: true}
	f.write(string(initial))
	return f
}

// write makes the JSON text anew.
func (f *Form) write(text string) {
	f.text = ui.NewForm(ui.FormField{ID: wholeID, Kind: ui.FormLines, Title: "Input (JSON)", Value: text, Rows: ui.FormLineCount, Check: checkSyntax})
}

// wholeID is the id of the field of the JSON text.
const wholeID = ""

func checkSyntax(text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	_, err := parse([]byte(text))
	return err
}

// Value is the JSON as it is filled in: numbers as typed, keys in the order of the schema. It is nil where nothing is to be
// sent. An error names the field that it stands in.
func (f *Form) Value() (json.RawMessage, error) {
	text := strings.TrimSpace(f.JSONText())
	if text == "" {
		return nil, nil
	}
	if _, err := parse([]byte(text)); err != nil {
		return nil, err
	}
	return json.RawMessage(text), nil
}

// Check checks the input by the schema, puts what is wrong at its fields, and gives it back.
func (f *Form) Check() []Problem {
	raw, err := f.Value()
	if err != nil {
		return f.put([]Problem{{Message: err.Error()}})
	}
	if raw == nil || f.checker == nil {
		return nil
	}
	v, err := parse(raw)
	if err != nil {
		return f.put([]Problem{{Message: err.Error()}})
	}
	found, err := f.checker.judge(v, "")
	if err != nil {
		f.notes = append(f.notes, "The input is not checked: "+err.Error()+".")
		return nil
	}
	var all []Problem
	for _, fault := range found {
		all = append(all, Problem{Pointer: pointer(fault.at), Path: path(fault.at), Message: fault.says})
	}
	return f.put(all)
}

func (f *Form) put(all []Problem) []Problem {
	for i := len(all) - 1; i >= 0; i-- {
		f.SetError(all[i].Pointer, strings.TrimSpace(all[i].Path+" "+all[i].Message))
	}
	return all
}

// pointer is keys as a JSON pointer.
func pointer(keys []string) string {
	var b strings.Builder
	for _, key := range keys {
		b.WriteString("/" + escaped(key))
	}
	return b.String()
}

// SetError puts an error at the field of a JSON pointer, or at the one that it is part of, until it is changed.
func (f *Form) SetError(_, text string) { f.text.SetError(wholeID, text) }

// AsJSON says that the whole is shown as JSON text.
func (f *Form) AsJSON() bool { return f.asJSON }

// SwitchJSON changes between fields and JSON text, with what was filled in kept. An error says why the text cannot be shown
// as fields.
func (f *Form) SwitchJSON() error { return errors.New("there are no fields: the schema says nothing of the input") }

// JSONText is the input as JSON text, as far as it is filled in, whether it is valid or not.
func (f *Form) JSONText() string {
	if f.aside != "" {
		return f.aside
	}
	return f.text.Values()[wholeID]
}

// SetJSONText replaces the input, as from an editor. The text is kept whatever it is; the error says what is wrong with it.
func (f *Form) SetJSONText(text string) error {
	f.write(text)
	return checkSyntax(text)
}

// Update takes keys and pasted text. The command is always nil.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		f.Key(msg)
	case tea.PasteMsg:
		f.text.Paste(msg.Content)
	}
	return nil
}

// Key takes a key and says whether it was used.
func (f *Form) Key(k tea.KeyPressMsg) bool {
	used := f.text.Key(k)
	if _, done := f.text.Submitted(); done {
		f.sent = len(f.Check()) == 0
	}
	return used
}

// Submit checks everything. Where something is wrong it is said at its field, and it is false.
func (f *Form) Submit() bool {
	f.sent = f.text.Submit() && len(f.Check()) == 0
	f.text.Submitted()
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

// Changed says whether anything is other than it was at first.
func (f *Form) Changed() bool { return f.text.Changed() }

// Focused is the JSON pointer of the field that takes the keys.
func (f *Form) Focused() string { return f.text.Focused() }

// Foot is the hint for the lower edge of the frame, as [ui.Form.Foot].
func (f *Form) Foot() ui.Text { return f.text.Foot() }

// Height is how many lines all of it takes in a frame as wide as fr.
func (f *Form) Height(fr ui.Frame) int { return f.text.Height(fr) }

// View draws the form in fr. What does not fit scrolls with the focus.
func (f *Form) View(fr ui.Frame) string { return f.text.View(fr) }

// Shown says what of the schema the fields do not show and what is not checked, line by line; empty where nothing is left out.
func (f *Form) Shown() string { return strings.Join(f.notes, "\n") }
