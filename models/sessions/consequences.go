package sessions

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// minBody is how many lines the rest of a form keeps before the text about its consequences is cut.
const minBody = 4

func profileName(w screen.ProfileState) string {
	if w.Production {
		return w.Name + ", PRODUCTION"
	}
	return w.Name
}

// consequencesAbove says what making a link approves. It is above the form, where no toast covers it, because the form is the
// dialog. It starts with the profile; what doesn't fit into a small terminal is cut after that. A read-only profile
// says so before anything is filled in.
func consequencesAbove(f ui.Frame, w screen.ProfileState, goes []string) []string {
	role := ui.RoleStrong
	if w.Production {
		role = ui.RoleProduction
	}
	text := ui.Line{f.Styled(role, profileName(w))}
	if w.ReadOnly {
		text = append(text, ui.Styled(ui.RoleWarn, textReadOnlyCantCreate))
	} else {
		text = append(text, f.Styled(ui.RoleText, "  "+strings.Join(goes, ". ")+"."))
	}
	lines := text.ViewWrapped(f)
	if f.Height-len(lines)-1 < minBody {
		return []string{text.View(f, f.Width)}
	}
	return append(lines, "")
}

func drawBelow(f ui.Frame, above []string, body func(ui.Frame) string) string {
	if f.Height <= len(above) {
		return body(f)
	}
	return strings.Join(append(above, body(f.Sized(f.Width, f.Height-len(above)))), "\n")
}
