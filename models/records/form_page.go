package records

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// formPage is a page that is filled in, with something to be said above its fields.
type formPage struct {
	screen.Form
	// yes is what submitting does: "Ask", "Export".
	submitTitle string
	// leave closes the form where it is no screen of its own; nil goes back.
	leave func()
	// above is what stands over the fields.
	head func(f ui.Frame) []ui.Line
}

// IsDirty says that leaving asks nothing: a choice, a path or the name of a model is typed again at once, ids are pasted
// again, and a question whenever one looks what there is to ask for would be in the way.
func (m *formPage) IsDirty() bool { return false }

// Actions is submitting and leaving; everything else is typed.
func (m *formPage) Actions() []screen.Action {
	submit := m.Form.Actions()[0]
	submit.Title = m.submitTitle
	leave := screen.LeaveAction(m.Fields.Key)
	if m.leave != nil {
		leave.Do = func(*screen.Turn) {
			if !m.Fields.Key(tea.KeyPressMsg{Code: tea.KeyEscape}) {
				m.leave()
			}
		}
	}
	return []screen.Action{submit, leave}
}

// View draws what stands above, and the fields.
func (m *formPage) View(f ui.Frame) string {
	if m.head == nil {
		return m.Form.View(f)
	}
	return screen.DrawBelow(f, m.head(f), m.Fields)
}
