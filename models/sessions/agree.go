package sessions

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// minBody is how many lines the rest of a form gets before what its yes agrees to gives way.
const minBody = 4

// place names the profile, and says when it is production.
func place(w screen.ProfileState) string {
	if w.Production {
		return w.Name + ", PRODUCTION"
	}
	return w.Name
}

// agreement is what making a link agrees to, to stand above its form, where no message covers it: the form is the
// dialog. It begins with the profile, and what does not fit into a small terminal is cut behind that. A read-only
// profile agrees to nothing, and is told so before anything is filled in.
func agreement(f ui.Frame, w screen.ProfileState, goes []string) []string {
	role := ui.RoleStrong
	if w.Production {
		role = ui.RoleProduction
	}
	text := ui.Line{f.Styled(role, place(w))}
	if w.ReadOnly {
		text = append(text, ui.Styled(ui.RoleWarn, " is read-only: no link can be made with this profile."))
	} else {
		text = append(text, f.Styled(ui.RoleText, "  You agree to: "+strings.Join(goes, "; ")+"."))
	}
	var lines []string
	for _, part := range text.Wrap(max(f.Width, 1)) {
		lines = append(lines, part.View(f, f.Width))
	}
	if f.Height-len(lines)-1 < minBody {
		return []string{text.View(f, f.Width)}
	}
	return append(lines, "")
}

// below draws a body in what the lines above leave of f.
func below(f ui.Frame, above []string, body func(ui.Frame) string) string {
	if f.Height <= len(above) {
		return body(f)
	}
	return strings.Join(append(above, body(f.Sized(f.Width, f.Height-len(above)))), "\n")
}
