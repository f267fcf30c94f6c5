package proxy

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Fields of the choice of a connection.
const (
	fieldIntegration = "integration"
	fieldID          = "id"
)

// choiceRows is how many integrations are seen at once.
const choiceRows = 8

// Choice lets one choose the connection that a request is for: by its name, or in the list of connections.
type Choice struct {
	screen.Base
	integration string
	recent      *Recent
	// kept is what the form is filled in with; nil for nothing.
	kept *Kept
	all  screen.Load[[]nango.Integration]
	form *ui.Form // nil while there is nothing to choose from
}

// Title names the screen.
func (s *Choice) Title() string { return "Proxy" }

// Open lists the integrations.
func (s *Choice) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh lists them again.
func (s *Choice) Refresh(t *screen.Turn) { s.all.Fetch(t, nango.ListIntegrations(), s.listed) }

func (s *Choice) listed(*screen.Turn) {
	if s.all.Failed() || len(s.all.Value) == 0 || s.form != nil {
		return
	}
	keys := make([]string, 0, len(s.all.Value))
	options := make([]ui.FormOption, 0, len(s.all.Value))
	for _, i := range s.all.Value {
		keys = append(keys, i.Key)
		options = append(options, ui.FormOption{Value: i.Key})
	}
	first := keys[0]
	if slices.Contains(keys, s.integration) {
		first = s.integration
	}
	s.form = ui.NewForm(
		ui.FormField{ID: fieldIntegration, Kind: ui.FormChoice, Title: "Integration", Rows: choiceRows, Options: options, Value: first},
		ui.FormField{ID: fieldID, Title: "Connection id", Check: nango.CheckConnectionID, About: "Whose credentials the request is sent with."},
	)
}

// Typing says that keys are text: one can search the list.
func (s *Choice) Typing() bool { return s.form != nil }

// Update gives keys to the form.
func (s *Choice) Update(t *screen.Turn, msg tea.Msg) {
	if s.form != nil {
		s.form.Update(msg)
		s.take(t)
	}
}

// take opens the form of the connection that was chosen.
func (s *Choice) take(t *screen.Turn) {
	v, ok := s.form.Submitted()
	switch ref := (nango.ConnectionRef{Integration: v[fieldIntegration], ID: v[fieldID]}); {
	case !ok:
	case s.kept != nil:
		t.ShowInstead(filledForm(s.kept.onto(ref), s.recent))
	default:
		t.Replace(screen.To(Route, ref.Integration, ref.ID))
	}
}

// Actions is choosing.
func (s *Choice) Actions() []screen.Action {
	if s.form == nil {
		return []screen.Action{screen.Again(s)}
	}
	return []screen.Action{
		{ID: screen.Submit, Title: "Choose", WhileTyping: true, Do: func(t *screen.Turn) {
			s.form.Submit()
			s.take(t)
		}},
		{ID: ChooseInList, Title: "In the list of its connections", WhileTyping: true, Do: func(t *screen.Turn) {
			s.form.Key(tea.KeyPressMsg{Code: tea.KeyTab}) // what is under the cursor is taken over
			t.Open(screen.To(connectionsRoute).With(queryIntegration, s.form.Values()[fieldIntegration]))
		}},
		screen.Leaving(s.form.Key),
	}
}

// head says what is chosen for.
func (s *Choice) head(f ui.Frame) []ui.Line {
	if s.kept == nil {
		return nil
	}
	return []ui.Line{{ui.Say(ui.RoleMuted, "For the kept request "), f.Say(ui.RoleStrong, s.kept.Name)}, s.inList(f)}
}

// inList says how a kept request gets to a connection that is found in the list.
func (s *Choice) inList(f ui.Frame) ui.Line {
	return ui.Line{f.Say(ui.RoleMuted, "Found in the list instead: its form takes kept requests with "+screen.Key(f, TakeKept)+".")}
}

// View draws the choice, or why there is none.
func (s *Choice) View(f ui.Frame) string {
	switch {
	case s.form != nil:
		return screen.DrawBelow(f, s.head(f), s.form)
	case s.all.Failed():
		return screen.Failure(f, "The integrations cannot be listed", s.all.Err)
	case !s.all.Loaded():
		return screen.Waiting(f, "Reading the integrations")
	}
	return screen.Empty(f, "There are no integrations in this environment.", "A request is sent with the credentials of a connection.")
}
