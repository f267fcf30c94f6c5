package connections

import (
	"strings"

	"nango-tui/ui"
)

// drawBeside draws lines to the right of a view, starting at a column, with a border between them.
func drawBeside(f ui.Frame, left string, column int, right []string) string {
	border := " " + f.Theme.Border.Paint(ui.Clean("│")) + " "
	var b strings.Builder
	b.Grow(len(left) + f.Height*(column/2+len(border)))
	for n, line := range strings.Split(left, "\n") {
		if n > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
		b.WriteString(strings.Repeat(" ", max(column-cells(f, line), 0)))
		b.WriteString(border)
		if n < len(right) {
			b.WriteString(right[n])
		}
	}
	return b.String()
}

// cells is the width of a drawn line. Nearly all lines are ASCII except for a few signs; measuring them with a
// library would take as long as drawing the list.
func cells(f ui.Frame, line string) int {
	width := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\x1b':
			end := strings.IndexByte(line[i:], 'm')
			if end < 0 {
				return f.StringWidth(line)
			}
			i += end
		case c >= 0x80:
			sign, ok := narrowSign(line[i:])
			if !ok {
				return f.StringWidth(line)
			}
			i += len(sign) - 1
			width++
		default:
			width++
		}
	}
	return width
}

// narrowSign returns the sign of this list that s starts with. Each takes one cell.
func narrowSign(s string) (sign string, ok bool) {
	for _, sign := range [...]string{"✓", "✗", "▌", "·", "…", "●"} {
		if strings.HasPrefix(s, sign) {
			return sign, true
		}
	}
	return "", false
}
