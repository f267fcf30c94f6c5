package actions

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/schemaform"
)

// Form runs an action: it has the input, made from the action's schema, and, behind a key, the connection and the
// mode. It keeps what was typed until it is left.
type Form struct {
	screen.Base
	history   *History
	name      string
	functions screen.FunctionLoader[nango.Function]

	options *optionsForm
	// onOptions is whether the options take the keys, and not the input.
	onOptions bool
	// fields makes input, which is nil until the schema is loaded.
	fields screen.Task[*schemaform.Form]
	input  *schemaform.Form
	// noFieldsReason is why there are no fields; empty if there are.
	noFieldsReason string
	// initial is the initial input; nil if empty.
	initial json.RawMessage
	// problems are the schema's objections to warnedText, the input to be sent. Submitting the same input again sends
	// it anyway.
	problems   []schemaform.Problem
	warnedText string
	proposed   string
	// changes says what Nango changes in the input before the function gets it.
	changes []string
}

// NewForm creates the screen of the route "run/<integration>/<action>"; connection=ID names the connection to run on.
func NewForm(r screen.Route, h *History) (*Form, error) {
	integration, connection, err := parseRoute(r, 2, textFormRouteUsage)
	if err != nil {
		return nil, err
	}
	of := nango.ConnectionRef{Integration: integration, ID: connection}
	return newFormFor(h, runRequest{input: nango.ActionInput{Connection: of, Name: r.Arg(1)}}), nil
}

func newFormFor(h *History, o runRequest) *Form {
	return &Form{
		history: h, name: o.input.Name, functions: newFunctionLoader(o.input.Connection.Integration), initial: o.input.Input,
		options: newOptions(o), onOptions: o.input.Connection.ID == "",
	}
}

// Title names the action.
func (s *Form) Title() string { return "Run " + s.name }

// Refresh loads the connections, and the schema if it is missing. Typed values stay.
func (s *Form) Refresh(t *screen.Turn) {
	if s.input == nil {
		s.functions.LoadOne(t, s.name, s.handleFunction)
	}
	s.options.connections.Load(t, s.functions.Integration, s.options.form, nil)
}

// handleFunction makes the fields from the schema, off App's goroutine because a large schema takes time. If there is
// no usable schema, the input is JSON text and the form says why.
func (s *Form) handleFunction(t *screen.Turn) {
	f, found := s.action()
	switch {
	case s.functions.Err != nil:
		s.setInput(nil, textCouldntLoadAction+s.functions.Err.Error())
	case !found:
		s.setInput(nil, textNotListed)
	case f.Schema == nil && f.Input == "":
		s.setInput(nil, textNoSchema)
	default:
		given := s.initial
		s.fields.Start(t, func(context.Context, screen.Tools) (*schemaform.Form, error) {
			model, err := schemaform.Model(f.Schema, f.Input)
			if err != nil {
				return nil, err
			}
			return schemaform.New(model, given, schemaform.SecretFields(isSecret))
		}, func(*screen.Turn) {
			if err := s.fields.Err; err != nil {
				s.setInput(nil, textNotChecked+err.Error())
				return
			}
			s.setInput(s.fields.Value, "")
		})
	}
}

func (s *Form) action() (nango.Function, bool) {
	i := slices.IndexFunc(s.functions.All, func(f nango.Function) bool { return f.Name == s.name })
	if i < 0 {
		return nango.Function{}, false
	}
	return s.functions.All[i], true
}

// setInput uses the fields for the input, or JSON text if there are none.
func (s *Form) setInput(fields *schemaform.Form, reason string) {
	s.input, s.noFieldsReason = fields, reason
	if fields == nil {
		s.input = schemaform.NewJSON(s.initial)
	}
	s.handleInput()
}

// isSecret reports whether a text under these keys is masked.
func isSecret(keys []string) bool {
	var shapes *nango.Secrets // without known secrets
	return shapes.MaskAt(keys, "text") == nango.Masked
}

// Typing is always true: keys are text.
func (s *Form) Typing() bool { return true }

// Update passes keys and pastes to the focused part.
func (s *Form) Update(t *screen.Turn, msg tea.Msg) {
	switch {
	case s.onOptions:
		s.onOptions = !s.options.update(msg)
	case s.input != nil:
		s.input.Update(msg)
		s.handleInput()
		if _, sent := s.input.Submitted(); sent {
			s.submit(t)
		}
	}
}

func (s *Form) handleInput() {
	raw, err := s.input.Value()
	if s.changes = nil; err == nil {
		s.changes = inputChanges(raw)
	}
	if len(s.problems) > 0 && s.input.JSONText() != s.warnedText {
		s.problems = nil
	}
}

// Actions returns the actions on the form.
func (s *Form) Actions() []screen.Action {
	notLoaded := screen.DisabledIf(s.input == nil, textLoadingAction)
	notOnInput := cmp.Or(notLoaded, screen.DisabledIf(s.onOptions, textGoBackToInput))
	noFields := cmp.Or(notOnInput, screen.DisabledIf(s.noFieldsReason != "", textNoFields))
	asJSON, how := "Edit as JSON", "Choose connection"
	if s.input != nil && s.input.AsJSON() {
		asJSON = "Edit as fields"
	}
	if s.onOptions {
		how = "Edit input"
	}
	return []screen.Action{
		{ID: screen.Submit, Title: "Run", Operation: s.options.operation(), Disabled: notLoaded, WhileTyping: true, Do: s.submit},
		{ID: ToggleOptions, Title: how, WhileTyping: true, Do: s.toggleOptions},
		{ID: ToggleJSON, Title: asJSON, Disabled: noFields, WhileTyping: true, Do: s.switchJSON},
		{ID: EditInput, Title: "Edit in editor", Disabled: notOnInput, WhileTyping: true, Do: s.edit},
		screen.LeaveAction(s.key),
	}
}

func (s *Form) toggleOptions(*screen.Turn) {
	s.options.form.Commit()
	s.onOptions = !s.onOptions
}

func (s *Form) switchJSON(t *screen.Turn) {
	if err := s.input.SwitchJSON(); err != nil {
		t.Toast(sentenceCase(err.Error()))
	}
}

// IsDirty reports whether the form has input that was not run.
func (s *Form) IsDirty() bool {
	return s.input != nil && s.input.Changed() && s.input.JSONText() != s.proposed
}

func (s *Form) edit(t *screen.Turn) {
	if err := s.input.CanShowJSON(); err != nil {
		t.Toast(sentenceCase(err.Error()))
		return
	}
	t.Edit("input.json", s.input.JSONText(), func(_ *screen.Turn, text string, err error) {
		if err != nil {
			return // App shows the error
		}
		if err := s.input.SetJSONText(text); err != nil {
			s.input.SetError("", err.Error())
		}
		s.handleInput()
	})
}

// key passes a key to the focused part, and reports whether it was used.
func (s *Form) key(k tea.KeyPressMsg) bool {
	if s.onOptions {
		return s.options.form.Key(k)
	}
	return s.input != nil && s.input.Key(k)
}

// submit proposes the run. It first shows the schema's objections to the input; the schema may be wrong, so
// submitting the same input again sends it.
func (s *Form) submit(t *screen.Turn) {
	if !s.options.validate() {
		s.onOptions = true
		return
	}
	s.onOptions = false
	raw, err := s.input.Value()
	problems := s.input.Check()
	if err != nil {
		return // content at its field
	}
	text := s.input.JSONText()
	if len(problems) > 0 && (len(s.problems) == 0 || s.warnedText != text) {
		s.problems, s.warnedText = problems, text
		return
	}
	s.problems, s.proposed = problems, text
	t.AddSecrets(s.input.Secrets()...)
	s.history.propose(t, proposal{
		runRequest: s.request(raw), warnings: s.warnings(raw), then: s.showInputErrors,
		show: func(t *screen.Turn, page *Page) { t.Show(page) },
	})
}

func (s *Form) request(raw json.RawMessage) runRequest {
	on := nango.ConnectionRef{Integration: s.functions.Integration, ID: s.options.connection()}
	async, retries := s.options.mode()
	input := nango.ActionInput{Connection: on, Name: s.name, Input: raw}
	return runRequest{input: input, customer: s.options.customer(on.ID), async: async, retries: retries}
}

func (s *Form) warnings(raw json.RawMessage) []string {
	var all []string
	if s.isDisabled() {
		all = append(all, textDisabled)
	}
	if f, found := s.action(); found && f.Input != "" && len(raw) == 0 {
		all = append(all, textNoInputSent+f.Input+".")
	}
	if len(s.problems) > 0 {
		all = append(all, textMismatch)
	}
	return append(all, problemTexts(s.problems)...)
}

func (s *Form) isDisabled() bool {
	f, found := s.action()
	return found && !f.Enabled
}

// showInputErrors shows Nango's objections to the input at its fields.
func (s *Form) showInputErrors(err error) {
	if e, ok := nango.AsError(err); ok {
		for pointer, message := range inputErrors(e) {
			s.input.SetError(pointer, message)
		}
	}
}
