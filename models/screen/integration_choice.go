package screen

import (
	"strings"

	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// FieldIntegration is the id of the field that chooses an integration.
const FieldIntegration = "integration"

const integrationRows = 8

// IntegrationChoice is a form that asks for an integration, for which another screen is then opened. It has fields once there is
// something to choose from.
type IntegrationChoice struct {
	Form
	// Initial is the integration that is chosen at first, if it is among them. An only one is chosen, too.
	Initial string
	// About says what the integration is for, EmptyText what to do if there is none.
	About, EmptyText string
	// ExtraFields are further fields below.
	ExtraFields []form.Field
	all         Load[[]nango.Integration]
}

// Refresh loads the integrations. What was typed stays.
func (s *IntegrationChoice) Refresh(t *Turn) { s.all.FetchKnown(t, nango.ListIntegrations(), s.listed) }

func (s *IntegrationChoice) listed(*Turn) {
	if s.all.HasFailed() || len(s.all.Value) == 0 {
		return
	}
	options, initial := IntegrationOptions(s.all.Value), ""
	if s.Fields != nil {
		s.Fields.SetOptions(FieldIntegration, options)
		return
	}
	if len(options) == 1 {
		initial = options[0].Value
	}
	if Find(s.all.Value, func(i nango.Integration) bool { return i.Key == s.Initial }) != nil {
		initial = s.Initial
	}
	s.Fields = form.New(append([]form.Field{{
		ID: FieldIntegration, Kind: form.Choice, Title: "Integration", About: s.About, Rows: integrationRows, Options: options, Value: initial,
		RequiredIf: form.Always,
	}}, s.ExtraFields...)...)
	s.SubmitTitle, s.Disposable = "Choose", true
}

// IntegrationOptions returns the integrations to choose from.
func IntegrationOptions(all []nango.Integration) []form.Option {
	options := make([]form.Option, 0, len(all))
	for _, i := range all {
		title := i.Key
		if i.DisplayName != "" && !strings.EqualFold(i.DisplayName, i.Key) {
			title += " · " + i.DisplayName
		}
		options = append(options, form.Option{Value: i.Key, Title: title})
	}
	return options
}

// Actions chooses, or leaves.
func (s *IntegrationChoice) Actions() []Action {
	if s.Fields == nil {
		return []Action{RefreshAction(s)}
	}
	return s.Form.Actions()
}

// Concerns reports whether a call changed the integrations.
func (s *IntegrationChoice) Concerns(c nango.Call) bool { return ChangesIntegrations(c) }

// View draws the choice below its head, or why there is no choice.
func (s *IntegrationChoice) View(f ui.Frame) string {
	switch {
	case s.Fields != nil:
		return s.Form.View(f)
	case s.all.HasFailed():
		return Failure(f, "Couldn't load integrations", s.all.Err)
	case !s.all.IsLoaded():
		return Loading(f, "Loading integrations")
	}
	return Empty(f, TextNoIntegrations, s.EmptyText)
}
