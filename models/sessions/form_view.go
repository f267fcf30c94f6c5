package sessions

import (
	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the fields, and beneath them what making the link agrees to.
func (l *LinkForm) View(f ui.Frame) string {
	if l.busy() != "" {
		return screen.Waiting(f, "making the link")
	}
	foot := ui.Line{{Text: l.form.Foot(), Role: ui.RoleMuted}}
	return above(f, agreement(f, l.where, linkGoes(), foot), l.form.View)
}

// linkGoes is what a yes agrees to, for the form and for a dialog.
func linkGoes() []string {
	return []string{
		"a link to connect by that lives for 30 minutes",
		"revoking it when the connection has arrived",
	}
}
