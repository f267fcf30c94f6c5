package ui

import "strings"

// SplitBeside returns the frames of two panes beside each other, with a line between them.
func SplitBeside(f Frame) (left, right Frame) {
	width := (f.Width - sideGap) / 2
	return f.Sized(width, f.Height), f.Sized(f.Width-sideGap-width, f.Height)
}

// Beside draws a view to the right of another one, from a column on, with a line between them.
func Beside(f Frame, left string, column int, right string) string {
	border := " " + Divider(f) + " "
	lines, others := strings.Split(left, "\n"), strings.Split(right, "\n")
	var b strings.Builder
	b.Grow(len(left) + len(right) + f.Height*(column/2+len(border)))
	for n := range max(len(lines), f.Height) {
		line := ""
		if n > 0 {
			b.WriteByte('\n')
		}
		if n < len(lines) {
			line = lines[n]
		}
		b.WriteString(line)
		b.WriteString(Spaces(column - drawnWidth(f, line)))
		b.WriteString(border)
		if n < len(others) {
			b.WriteString(others[n])
		}
	}
	return b.String()
}

// drawnWidth is [Frame.StringWidth]. Nearly all lines are ASCII except for a few signs; measuring them with a library would take
// as long as drawing a list.
func drawnWidth(f Frame, line string) int {
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

// narrowSign returns the sign of lists that s starts with. Each takes one cell.
func narrowSign(s string) (sign string, ok bool) {
	for _, sign := range [...]string{"✓", "✗", "▌", "·", "…", "●"} {
		if strings.HasPrefix(s, sign) {
			return sign, true
		}
	}
	return "", false
}
