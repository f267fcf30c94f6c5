package actions

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// joined is a body with lines at the lower edge of the frame, each cut to its width.
func joined(f ui.Frame, body string, foot []ui.Line) string {
	lines := strings.Split(body, "\n")
	for len(lines) < f.Height-len(foot) {
		lines = append(lines, "")
	}
	for _, line := range foot {
		lines = append(lines, line.View(f, f.Width))
	}
	return screen.FirstLines(strings.Join(lines, "\n"), f.Height)
}

// wrapped draws lines in the frame's width, a space before each.
func wrapped(f ui.Frame, all []ui.Line) []string {
	var lines []string
	for _, line := range all {
		for _, part := range line.Wrap(max(f.Width-1, 1)) {
			lines = append(lines, append(ui.Line{ui.Say(ui.RoleText, " ")}, part...).View(f, f.Width))
		}
	}
	return lines
}
