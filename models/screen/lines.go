package screen

import (
	"bytes"
	"encoding/json"
	"strings"

	"nango-tui/ui"
)

// Wrap wraps lines to the frame's width, each indented by a number of spaces.
func Wrap(f ui.Frame, indent int, lines ...ui.Line) []ui.Line {
	var all []ui.Line
	for _, line := range lines {
		for _, part := range line.Wrap(max(f.Width-indent, 1)) {
			if indent > 0 {
				part = append(ui.Line{ui.Styled(ui.RoleText, strings.Repeat(" ", indent))}, part...)
			}
			all = append(all, part)
		}
	}
	return all
}

// DrawAbove draws a body, and lines at the lower edge of the frame, each cut to its width.
func DrawAbove(f ui.Frame, body string, foot ...ui.Line) string {
	lines := strings.Split(body, "\n")
	for len(lines) < f.Height-len(foot) {
		lines = append(lines, "")
	}
	return FirstLines(strings.Join(append(lines, DrawLines(f, foot...)...), "\n"), f.Height)
}

// DrawLines draws lines, each cut to the frame's width.
func DrawLines(f ui.Frame, lines ...ui.Line) []string {
	all := make([]string, len(lines))
	for i, line := range lines {
		all[i] = line.View(f, f.Width)
	}
	return all
}

// Indent formats JSON on several lines. Text that isn't JSON stays unchanged.
func Indent(raw []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, raw, "", "  ") != nil {
		return string(raw)
	}
	return out.String()
}
