package sessions

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// labelWidth is the width of the label column on a link's page in cells, including the space around it.
const labelWidth = 10

// line is a label and the text beside it, on as many lines as needed.
type line struct {
	label string
	rest  ui.Line
}

func labelled(label string, rest ...ui.Cell) line { return line{label, rest} }

// minHang is the minimum width for continuing a long line below its beginning instead of at the left.
const minHang = 40

// hang draws the whole line. A label that is only a space takes no column.
func (l line) hang(f ui.Frame) []string {
	if l.label == "" && len(l.rest) == 0 {
		return []string{""}
	}
	head := ui.Line{ui.Styled(ui.RoleMuted, " "+l.label)}
	indent := labelWidth
	switch {
	case l.label == " ":
		head, indent = nil, 1
	case f.Width < minHang:
		l.rest, head, indent = append(append(head, ui.Styled(ui.RoleText, " ")), l.rest...), nil, 0
	}
	var lines []string
	for _, part := range l.rest.Wrap(max(f.Width-indent, 1)) {
		gap := strings.Repeat(" ", max(indent-head.Width(), 0))
		lines = append(lines, head.View(f, indent)+gap+part.View(f, f.Width-indent))
		head = nil
	}
	return lines
}

// minBody is how many lines the rest of a form keeps before the text about its consequences is cut.
const minBody = 4

// consequencesAbove says what making a link approves. It is above the form, where no toast covers it, because the form is the
// dialog. It starts with the profile; what doesn't fit into a small terminal is cut after that. A read-only profile
// says so before anything is filled in.
func consequencesAbove(f ui.Frame, w screen.ProfileState, goes []string) []string {
	role, name := ui.RoleStrong, w.Name
	if w.Production {
		role, name = ui.RoleProduction, w.Name+", PRODUCTION"
	}
	text := ui.Line{f.Styled(role, name)}
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
