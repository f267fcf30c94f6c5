package sessions

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// minBody is how many lines the rest of a form gets before what its yes agrees to gives way.
const minBody = 4

// place names the profile, and says when it is production.
func place(w screen.Where) string {
	if w.Production {
		return w.Profile + ", PRODUCTION"
	}
	return w.Profile
}

// agreement is what making a link agrees to, to stand beneath its form, always in sight: the form is the dialog. The
// profile stands in the last line, which stays where there is no room for the rest.
func agreement(f ui.Frame, w screen.Where, goes []string, foot ui.Line) []string {
	inside := f.Sized(f.Width-1, f.Height)
	var lines []string
	say := func(l ui.Line) {
		lines = append(lines, strings.Repeat(" ", min(1, f.Width))+l.View(inside, inside.Width))
	}
	text := ui.Line{{Text: f.Text("You agree to: " + strings.Join(goes, "; ") + "."), Role: ui.RoleText}}
	for _, part := range text.Wrap(max(inside.Width-1, 1)) {
		say(part)
	}
	role := ui.RoleStrong
	if w.Production {
		role = ui.RoleProduction
	}
	say(append(ui.Line{{Text: f.Text(place(w)), Role: role}, ui.Say(ui.RoleText, "  ")}, foot...))
	if f.Height-len(lines)-1 < minBody {
		return lines[len(lines)-1:]
	}
	return append([]string{""}, lines...)
}

// above draws a body in what the lines beneath leave of f, and puts these at the lower edge.
func above(f ui.Frame, beneath []string, body func(ui.Frame) string) string {
	if f.Height <= len(beneath) {
		return body(f)
	}
	room := f.Height - len(beneath)
	lines := strings.Split(body(f.Sized(f.Width, room)), "\n")
	for len(lines) < room {
		lines = append(lines, "")
	}
	return strings.Join(append(lines[:room], beneath...), "\n")
}
