package ui

import "strings"

// SplitBeside returns the frames of two panes beside each other, with a line between them.
func SplitBeside(f Frame) (left, right Frame) {
	width := (f.Width - sideGap) / 2
	return f.Sized(width, f.Height), f.Sized(f.Width-sideGap-width, f.Height)
}

// Beside draws two panes of [SplitBeside].
func Beside(f Frame, left, right string) string {
	pane, _ := SplitBeside(f)
	border := " " + f.Theme.Border.Paint(Text{"│"}) + " "
	lines, others := strings.Split(left, "\n"), strings.Split(right, "\n")
	drawn := make([]string, f.Height)
	for i := range drawn {
		if i < len(lines) {
			drawn[i] = lines[i]
		}
		drawn[i] += Spaces(pane.Width-f.StringWidth(drawn[i])) + border
		if i < len(others) {
			drawn[i] += others[i]
		}
	}
	return strings.Join(drawn, "\n")
}
