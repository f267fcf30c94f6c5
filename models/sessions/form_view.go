package sessions

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws what making the link agrees to, and below it the fields with a hint of their keys.
func (l *LinkForm) View(f ui.Frame) string {
	if l.busy() != "" {
		return screen.Loading(f, "making the link")
	}
	return below(f, agreement(f, l.where, linkGoes(l.exposed)), l.fieldsWithHint)
}

// fieldsWithHint draws the fields with the hint at the lower edge, where there is room for both.
func (l *LinkForm) fieldsWithHint(f ui.Frame) string {
	if f.Height <= minBody {
		return l.form.View(f)
	}
	lines := strings.Split(l.form.View(f.Sized(f.Width, f.Height-1)), "\n")
	for len(lines) < f.Height-1 {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, ui.Line{{Text: l.form.KeyHint(), Role: ui.RoleMuted}}.View(f, f.Width)), "\n")
}

// linkGoes is what a yes agrees to, for the form and for a dialog.
func linkGoes(exposed []string) []string {
	goes := []string{
		"a link to connect by that lives for 30 minutes",
		"revoking it when the connection has arrived",
	}
	if len(exposed) > 0 {
		goes = append(goes, "letting whoever holds it read "+strings.Join(exposed, ", "))
	}
	return goes
}
