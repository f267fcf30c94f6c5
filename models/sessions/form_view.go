package sessions

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the consequences, and below them the fields with a hint about their keys.
func (l *LinkForm) View(f ui.Frame) string {
	if l.busy() != "" {
		return screen.Loading(f, "Creating link")
	}
	return drawBelow(f, consequencesAbove(f, l.where, linkConsequences(l.exposed)), l.fieldsWithHint)
}

// fieldsWithHint draws the fields, and the hint on the last line if there is room for both.
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

// linkConsequences are the consequences of a link, for the form and for a dialog.
func linkConsequences(exposed []string) []string {
	goes := []string{
		textCreatesConnectLinkValid,
		textRevokesWhenConnectionArrives,
	}
	if len(exposed) > 0 {
		goes = append(goes, textLetsAnyoneWhoRead+strings.Join(exposed, ", "))
	}
	return goes
}
