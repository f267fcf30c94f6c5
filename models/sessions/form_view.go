package sessions

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the fields, and beneath them what making the link agrees to.
func (l *LinkForm) View(f ui.Frame) string {
	if l.busy() != "" {
		return screen.Waiting(f, "making the link")
	}
	foot := ui.Line{{Text: l.form.Foot(), Role: ui.RoleMuted}}
	return above(f, agreement(f, l.where, linkGoes(l.exposed), foot), l.form.View)
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
