package actions

import (
	"cmp"
	"context"
	"encoding/json"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/schemaform"
)

// Form is what an action is run by: its input, made from its schema, and, behind a key, the connection and the way in which
// it runs. What was typed stays until the form is left, whatever comes of the runs.
type Form struct {
	screen.Base
	history *History
	name    string
	source  source

	how *howForm
	// onHow says that the connection and the way take the keys, and not the input.
	onHow bool
	// fields makes the input, which is nil until it is known what the action needs.
	fields screen.Task[*schemaform.Form]
	input  *schemaform.Form
	// reason is why there are no fields; empty where there are.
	reason string
	// given is what the input begins with; nil for nothing.
	given json.RawMessage
	// problems are what the schema says against warned, the input that was to be sent; once they were shown, the same
	// input is sent all the same.
	problems []schemaform.Problem
	warned   string
	// ran is the input that was proposed last.
	ran string
	// otherwise is what the function will see otherwise than it is typed.
	otherwise []string
}

// NewForm is the screen of the route "run/<integration>/<action>"; connection=ID names the one to run on.
func NewForm(r screen.Route, h *History) (*Form, error) {
	integration, connection, err := target(r, 2)
	if err != nil {
		return nil, err
	}
	of := nango.ConnectionRef{Integration: integration, ID: connection}
	return newFormFor(h, order{input: nango.ActionInput{Connection: of, Name: r.Arg(1)}}), nil
}

// newFormFor is the form filled in with an order.
func newFormFor(h *History, o order) *Form {
	return &Form{
		history: h, name: o.input.Name, source: source{integration: o.input.Connection.Integration}, given: o.input.Input,
		how: newHow(o), onHow: o.input.Connection.ID == "",
	}
}

// Title names the action.
func (s *Form) Title() string { return "Run " + s.name }

// Open reads what the action needs, and on what it can be run.
func (s *Form) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads what is not there yet. What was typed stays.
func (s *Form) Refresh(t *screen.Turn) {
	if s.input == nil {
		s.source.read(t, s.name, s.arrived)
	}
	s.how.on.Load(t, s.source.integration, s.how.form, nil)
}

// arrived makes the fields of what the action needs, off App's goroutine: a schema of a thousand parts takes its time. Where
// there can be none, the input is JSON text, and it is said why.
func (s *Form) arrived(t *screen.Turn) {
	f, found := s.source.action(s.name)
	switch {
	case s.source.err != nil:
		s.begin(nil, "What it needs cannot be read: "+s.source.err.Error())
	case !found:
		s.begin(nil, "Nango lists no such action.")
	case f.Schema == nil && f.Input == "":
		s.begin(nil, "Nango knows nothing of its input. An empty text sends none.")
	default:
		given := s.given
		s.fields.Start(t, func(context.Context, screen.Tools) (*schemaform.Form, error) { return fieldsOf(f, given) }, s.made)
	}
}

func fieldsOf(f nango.Function, given json.RawMessage) (*schemaform.Form, error) {
	model, err := schemaform.Model(f.Schema, f.Input)
	if err != nil {
		return nil, err
	}
	return schemaform.New(model, given, schemaform.Hiding(isSecret))
}

func (s *Form) made(*screen.Turn) {
	if err := s.fields.Err; err != nil {
		s.begin(nil, "No fields, and nothing is checked: "+err.Error())
		return
	}
	s.begin(s.fields.Value, "")
}

// begin has the input typed into the fields, or as JSON text where there are none.
func (s *Form) begin(fields *schemaform.Form, reason string) {
	s.input, s.reason = fields, reason
	if fields == nil {
		s.input = schemaform.NewJSON(s.given)
	}
	s.typed()
}

// isSecret says that a text is drawn as a secret wherever such keys lead to it.
func isSecret(keys []string) bool {
	var shapes *nango.Secrets // which has seen nothing
	return shapes.MaskAt(keys, "text") == nango.Masked
}

// Typing says that keys are text.
func (s *Form) Typing() bool { return true }

// Update gives keys and pastes to the part that has the focus.
func (s *Form) Update(t *screen.Turn, msg tea.Msg) {
	switch {
	case s.onHow:
		s.onHow = !s.how.take(msg)
	case s.input != nil:
		s.input.Update(msg)
		s.typed()
		if _, sent := s.input.Submitted(); sent {
			s.submit(t)
		}
	}
}

// typed looks at an input that may have changed.
func (s *Form) typed() {
	raw, err := s.input.Value()
	if s.otherwise = nil; err == nil {
		s.otherwise = otherwise(raw)
	}
	if len(s.problems) > 0 && s.input.JSONText() != s.warned {
		s.problems = nil
	}
}

// Concerns says whether the function changed.
func (s *Form) Concerns(nango.Call) bool { return false }

// Actions is what can be done while one types.
func (s *Form) Actions() []screen.Action {
	asJSON, how := "As JSON", "Where and how"
	if s.input != nil && s.input.AsJSON() {
		asJSON = "As fields"
	}
	if s.onHow {
		how = "To the input"
	}
	return []screen.Action{
		{ID: screen.Submit, Title: "Run", Operation: s.how.operation(), Disabled: s.unread(), WhileTyping: true, Do: s.submit},
		{ID: ChooseHow, Title: how, WhileTyping: true, Do: s.turnOver},
		{ID: WriteJSON, Title: asJSON, Disabled: cmp.Or(s.unread(), s.elsewhere(), s.fieldless()), WhileTyping: true, Do: s.switchJSON},
		{ID: EditInput, Title: "In the editor", Disabled: cmp.Or(s.unread(), s.elsewhere()), WhileTyping: true, Do: s.edit},
		screen.LeaveAction(s.key),
	}
}

// unread is why nothing can be done before it is known what the action needs.
func (s *Form) unread() string {
	if s.input == nil {
		return "what it needs is still being read"
	}
	return ""
}

// elsewhere is why something cannot be done with the input.
func (s *Form) elsewhere() string {
	if s.onHow {
		return "go back to the input first"
	}
	return ""
}

// fieldless is why there is nothing but JSON.
func (s *Form) fieldless() string {
	if s.reason != "" {
		return "it has no fields"
	}
	return ""
}

func (s *Form) turnOver(*screen.Turn) {
	s.how.settle()
	s.onHow = !s.onHow
}

func (s *Form) switchJSON(t *screen.Turn) {
	if err := s.input.SwitchJSON(); err != nil {
		t.Toast(sentenceCase(err.Error()))
	}
}

// IsDirty says that something was typed with which nothing was run yet.
func (s *Form) IsDirty() bool {
	return s.input != nil && s.input.Changed() && s.input.JSONText() != s.ran
}

// edit has the input edited in the user's editor.
func (s *Form) edit(t *screen.Turn) {
	if err := s.input.Readable(); err != nil {
		t.Toast(sentenceCase(err.Error()))
		return
	}
	t.Edit("input.json", s.input.JSONText(), func(_ *screen.Turn, text string, err error) {
		if err != nil {
			return // App says why
		}
		if err := s.input.SetJSONText(text); err != nil {
			s.input.SetError("", err.Error())
		}
		s.typed()
	})
}

// key gives a key to the part that has the focus, and says whether it was used.
func (s *Form) key(k tea.KeyPressMsg) bool {
	if s.onHow {
		return s.how.form.Key(k)
	}
	return s.input != nil && s.input.Key(k)
}

// submit proposes the run. What the schema says against its input is shown first; the schema may be wrong, so the same input
// goes at the second time.
func (s *Form) submit(t *screen.Turn) {
	if !s.how.complete() {
		s.onHow = true
		return
	}
	s.onHow = false
	raw, err := s.input.Value()
	problems := s.input.Check()
	if err != nil {
		return // it stands at its field
	}
	text := s.input.JSONText()
	if len(problems) > 0 && (len(s.problems) == 0 || s.warned != text) {
		s.problems, s.warned = problems, text
		return
	}
	s.problems, s.ran = problems, text
	t.AddSecrets(s.input.Secrets()...)
	s.history.propose(t, proposal{
		order: s.order(raw), warnings: s.warnings(raw), answered: s.answered,
		show: func(t *screen.Turn, page *Page) { t.Show(page) },
	})
}

func (s *Form) order(raw json.RawMessage) order {
	id := s.how.connection()
	async, retries := s.how.way()
	o := order{async: async, retries: retries}
	o.input = nango.ActionInput{Connection: nango.ConnectionRef{Integration: s.source.integration, ID: id}, Name: s.name, Input: raw}
	o.customer = s.how.customer(id)
	return o
}

// warnings are what is known against the run.
func (s *Form) warnings(raw json.RawMessage) []string {
	var all []string
	if s.isOff() {
		all = append(all, switchedOff)
	}
	if f, found := s.source.action(s.name); found && f.Input != "" && len(raw) == 0 {
		all = append(all, "No input is sent, and the action takes "+f.Input+".")
	}
	if len(s.problems) > 0 {
		all = append(all, "It does not fit the schema of the action:")
	}
	return append(all, named(s.problems)...)
}

const switchedOff = "Nango has this action switched off, and will refuse it."

// isOff says that the action is switched off, as far as is known.
func (s *Form) isOff() bool {
	f, found := s.source.action(s.name)
	return found && !f.Enabled
}

// answered puts what Nango says of the input at its fields, for the next time.
func (s *Form) answered(err error) {
	if e, ok := nango.AsError(err); ok {
		for pointer, message := range refusedFields(e) {
			s.input.SetError(pointer, message)
		}
	}
}
