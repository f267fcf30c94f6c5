package form

import (
	"charm.land/bubbles/v2/textarea"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"nango-tui/ui"
)

// formTheme gives huh the theme of the current frame. huh fields keep their first theme, so this one is mutable.
type formTheme struct {
	theme  *ui.Theme
	styles *huh.Styles
}

// Theme implements [huh.Theme]. The background doesn't matter: the ui theme already fits it.
func (l *formTheme) Theme(bool) *huh.Styles {
	if l.styles != nil {
		return l.styles
	}
	var t ui.FormTheme
	if l.theme != nil {
		t = l.theme.Forms
	}
	plain := lipgloss.NewStyle()
	field := huh.FieldStyles{
		Base: plain, Title: t.Text, Description: t.Muted, Option: t.Text,
		SelectSelector: t.Accent.SetString("> "), MultiSelectSelector: t.Accent.SetString("> "),
		SelectedOption: t.Picked, UnselectedOption: t.Text,
		SelectedPrefix: t.Accent.SetString("[x] "), UnselectedPrefix: t.Muted.SetString("[ ] "),
		TextInput: huh.TextInputStyles{Placeholder: t.Muted, Prompt: t.Accent, Text: t.Text},
	}
	l.styles = &huh.Styles{Focused: field, Blurred: field, FieldSeparator: plain}
	return l.styles
}

// use switches to the theme of a frame.
func (l *formTheme) use(t *ui.Theme) {
	if l.theme != t {
		l.theme, l.styles = t, nil
	}
}

func (l *formTheme) area() textarea.StyleState {
	field := l.Theme(true).Focused
	return textarea.StyleState{Text: field.TextInput.Text, CursorLine: field.TextInput.Text, Placeholder: field.TextInput.Placeholder}
}
