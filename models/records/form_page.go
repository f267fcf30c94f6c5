package records

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// formPage is a form with lines above its fields.
type formPage struct {
	screen.Form
	// submitTitle is the title of the submit action.
	submitTitle string
	// leave closes a form that is not a screen of its own; nil goes back.
	leave func()
	// head returns the lines above the fields.
	head func(f ui.Frame) []ui.Line
}

// IsDirty is false: the input is quickly entered again, so leaving doesn't ask.
func (m *formPage) IsDirty() bool { return false }

// Actions are submitting and leaving.
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

// View draws the head and the fields.
func (m *formPage) View(f ui.Frame) string {
	if m.head == nil {
		return m.Form.View(f)
	}
	return screen.DrawBelow(f, m.head(f), m.Fields)
}
