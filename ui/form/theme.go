package form

import (
	"charm.land/bubbles/v2/textarea"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"nango-tui/ui"
)

// formTheme gives huh the theme of the frame that is drawn into. A field of huh keeps its first theme for good, so
// this one can be changed.
type formTheme struct {
	of     *ui.Theme
	styles *huh.Styles
}

// Theme is what huh asks for; whether the background is dark is settled in the theme already.
func (l *formTheme) Theme(bool) *huh.Styles {
	if l.styles == nil {
		l.styles = huhStyles(ui.FormTheme{})
	}
	return l.styles
}

// take changes to the theme of a frame.
func (l *formTheme) take(t *ui.Theme) {
	if l.of == t && l.styles != nil {
		return
	}
	l.of = t
	l.styles = huhStyles(ui.FormTheme{})
	if t != nil {
		l.styles = huhStyles(t.Forms)
	}
}

func huhStyles(t ui.FormTheme) *huh.Styles {
	plain := lipgloss.NewStyle()
	field := huh.FieldStyles{
		Base: plain, Title: t.Text, Description: t.Muted, Option: t.Text,
		SelectSelector: t.Accent.SetString("> "), MultiSelectSelector: t.Accent.SetString("> "),
		SelectedOption: t.Picked, UnselectedOption: t.Text,
		SelectedPrefix: t.Accent.SetString("[x] "), UnselectedPrefix: t.Muted.SetString("[ ] "),
		TextInput: huh.TextInputStyles{Placeholder: t.Muted, Prompt: t.Accent, Text: t.Text},
	}
	return &huh.Styles{Focused: field, Blurred: field, FieldSeparator: plain}
}

// area is the look of a field of several lines.
func (l *formTheme) area() textarea.StyleState {
	field := l.Theme(true).Focused
	return textarea.StyleState{Text: field.TextInput.Text, CursorLine: field.TextInput.Text, Placeholder: field.TextInput.Placeholder}
}
