package connections

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// choiceRows is how many integrations are seen at once.
const choiceRows = 12

// ImportChoice lets one choose the integration that a connection is imported into.
type ImportChoice struct {
	screen.Base
	id   string
	all  screen.Load[[]nango.Integration]
	form *ui.Form // nil while there is nothing to choose from
}

// Title names the screen.
func (s *ImportChoice) Title() string { return "Import a connection" }

// Open lists the integrations.
func (s *ImportChoice) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh lists them again.
func (s *ImportChoice) Refresh(t *screen.Turn) {
	s.all.Fetch(t, nango.ListIntegrations(), s.listed)
}

func (s *ImportChoice) listed(*screen.Turn) {
	if s.all.Failed() || len(s.all.Value) == 0 {
		return
	}
	options := make([]ui.FormOption, 0, len(s.all.Value))
	for _, i := range s.all.Value {
		title := i.Key
		if i.DisplayName != "" && !strings.EqualFold(i.DisplayName, i.Key) {
			title += " · " + i.DisplayName
		}
		options = append(options, ui.FormOption{Value: i.Key, Title: title})
	}
	s.form = ui.NewForm(ui.FormField{
		ID: queryIntegration, Kind: ui.FormChoice, Title: "Integration", Rows: choiceRows, Options: options, Value: options[0].Value,
		About: "Which integration the connection belongs to: its provider decides which credentials are asked for.",
	})
}

// Typing says that keys are text: one can search the list.
func (s *ImportChoice) Typing() bool { return s.form != nil }

// Update gives keys to the list.
func (s *ImportChoice) Update(t *screen.Turn, msg tea.Msg) {
	if s.form != nil {
		s.form.Update(msg)
		s.take(t)
	}
}

// take opens the form of the integration that was chosen.
func (s *ImportChoice) take(t *screen.Turn) {
	values, ok := s.form.Submitted()
	if !ok {
		return
	}
	r := importRoute(values[queryIntegration])
	if s.id != "" {
		r = r.With(queryID, s.id)
	}
	t.Replace(r)
}

// Actions is choosing.
func (s *ImportChoice) Actions() []screen.Action {
	if s.form == nil {
		return []screen.Action{screen.Again(s)}
	}
	return []screen.Action{
		{ID: screen.Submit, Title: "Choose", WhileTyping: true, Do: func(t *screen.Turn) {
			s.form.Submit()
			s.take(t)
		}},
		screen.Leaving(s.form.Key),
	}
}

// Concerns says whether a call changed what can be chosen from.
func (s *ImportChoice) Concerns(c nango.Call) bool {
	switch c.Operation {
	case nango.OpIntegrationCreate, nango.OpIntegrationQuickstart, nango.OpIntegrationUpdate, nango.OpIntegrationDelete:
		return true
	}
	return false
}

// View draws the list, or why there is none.
func (s *ImportChoice) View(f ui.Frame) string {
	switch {
	case s.form != nil:
		e := screen.Form{Fields: s.form}
		return e.View(f)
	case s.all.Failed():
		return screen.Failure(f, "The integrations cannot be listed", s.all.Err)
	case !s.all.Loaded():
		return screen.Waiting(f, "Reading the integrations")
	}
	return screen.Empty(f, "There are no integrations in this environment.", "A connection belongs to one.")
}
