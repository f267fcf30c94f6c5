package connections

import (
	"strings"

	"nango-tui/ui"
)

// beside draws lines at the right of a view, from a column on, with a border between.
func beside(f ui.Frame, left string, column int, right []string) string {
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

// cells is the width of a drawn line. Nearly all of them are ASCII but for a few signs, and need no library for that, which would
// take as long as drawing the list.
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
			sign, ok := narrow(line[i:])
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

// narrow is the sign of the list's own that s begins with; each takes one cell.
func narrow(s string) (sign string, ok bool) {
	for _, sign := range [...]string{"✓", "✗", "▌", "·", "…", "●"} {
		if strings.HasPrefix(s, sign) {
			return sign, true
		}
	}
	return "", false
}
