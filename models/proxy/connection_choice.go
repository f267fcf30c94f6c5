package proxy

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// Choice lets one choose the connection that a request is for: by its name, or in the list of connections.
type ConnectionChoice struct{ screen.IntegrationChoice }

// newChoice begins with an integration, empty for none. The request that is kept fills in the form of the connection; nil
// leaves it empty.
func newConnectionChoice(integration string, recent *Recent, kept *SavedRequest) *ConnectionChoice {
	s := &ConnectionChoice{screen.IntegrationChoice{
		Name: "Proxy", Initial: integration, EmptyText: "A request is sent with the credentials of a connection.",
		ExtraFields: []form.Field{{ID: screen.FieldConnectionID, Title: "Connection id", Check: nango.CheckConnectionID, About: "Whose credentials the request is sent with."}},
		OnSelect: func(t *screen.Turn, v form.Values) {
			ref := nango.ConnectionRef{Integration: v[screen.FieldIntegration], ID: v[screen.FieldConnectionID]}
			if kept != nil {
				t.ReplaceWith(filledForm(kept.requestFor(ref), recent))
			} else {
				t.Replace(screen.To(Route, ref.Integration, ref.ID))
			}
		},
	}}
	if kept != nil {
		s.Head = kept.choiceHead
	}
	return s
}

// Actions is choosing, here or in the list of connections.
func (s *ConnectionChoice) Actions() []screen.Action {
	all := s.IntegrationChoice.Actions()
	if s.Fields == nil {
		return all
	}
	return append(all, screen.Action{ID: PickFromList, Title: "In the list of its connections", WhileTyping: true, Do: func(t *screen.Turn) {
		s.Fields.Key(tea.KeyPressMsg{Code: tea.KeyTab}) // what is under the cursor is taken over
		t.Open(screen.To(connectionsRoute).With(queryIntegration, s.Fields.Values()[screen.FieldIntegration]))
	}})
}

// chosenFor says which request a connection is chosen for, and how it gets to one that is found in the list.
func (k *SavedRequest) choiceHead(f ui.Frame) []ui.Line {
	return []ui.Line{{ui.Styled(ui.RoleMuted, "For the kept request "), f.Styled(ui.RoleStrong, k.Name)},
		{f.Styled(ui.RoleMuted, "Found in the list instead: its form takes kept requests with "+screen.Key(f, UseSaved)+".")}}
}
