package proxy

import (
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// ConnectionChoice picks the connection for a request: by integration and id, or from the list of connections.
type ConnectionChoice struct{ screen.IntegrationChoice }

// newConnectionChoice preselects an integration; empty selects none. A saved request, if not nil, fills in the form of the
// chosen connection.
func newConnectionChoice(integration string, recent *Recent, saved *SavedRequest) *ConnectionChoice {
	choose := func(t *screen.Turn, v form.Values) {
		ref := nango.ConnectionRef{Integration: v[screen.FieldIntegration], ID: v[screen.FieldConnectionID]}
		if saved != nil {
			t.ReplaceWith(filledForm(saved.requestFor(ref), recent))
		} else {
			t.Replace(screen.To(Route, ref.Integration, ref.ID))
		}
	}
	s := &ConnectionChoice{screen.IntegrationChoice{
		Form: screen.Form{Name: screen.TextProxy, Submit: choose}, Initial: integration, EmptyText: textChoiceEmpty,
		ExtraFields: []form.Field{{
			ID: screen.FieldConnectionID, Title: textConnectionID, Check: nango.CheckConnectionID, About: textConnectionIDAbout,
		}},
	}}
	if saved != nil {
		s.Head = func(f ui.Frame) []ui.Line {
			return []ui.Line{{ui.Styled(ui.RoleMuted, textChoiceFor), f.Styled(ui.RoleStrong, saved.Name)},
				{f.Styled(ui.RoleMuted, fmt.Sprintf(textChoiceHint, screen.Key(f, UseSaved)))}}
		}
	}
	return s
}

// Actions adds picking from the list of connections.
func (s *ConnectionChoice) Actions() []screen.Action {
	all := s.IntegrationChoice.Actions()
	if s.Fields == nil {
		return all
	}
	return append(all, screen.Action{ID: PickFromList, Title: textPickFromList, WhileTyping: true, Do: func(t *screen.Turn) {
		s.Fields.Commit()
		t.Open(screen.To(connectionsRoute).With(queryIntegration, s.Fields.Values()[screen.FieldIntegration]))
	}})
}
