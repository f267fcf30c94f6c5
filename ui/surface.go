package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// styleReset is what ends each style.
const styleReset = "\x1b[m"

// Fill draws a finished line on a surface, cut or filled to the width of f. It is for what a library draws; what is drawn here
// uses [Pen.Fill] or [Line.ViewOn].
func (f Frame) Fill(surface Role, line string) string {
	style := f.Theme.Style(surface)
	line = f.Truncate(line, f.Width)
	line += Spaces(f.Width - f.StringWidth(line))
	if style.on == "" {
		return line
	}
	line = strings.NewReplacer("\x1b[0m", styleReset+style.on, styleReset, styleReset+style.on).Replace(line)
	return style.on + line + style.off
}

// Dim draws finished lines in the style of what is behind a dialog, without their own styles.
func (f Frame) Dim(drawn string) string {
	style := f.Theme.Style(RoleDimmed)
	lines := strings.Split(ansi.Strip(drawn), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = style.on + line + style.off
		}
	}
	return strings.Join(lines, "\n")
}
