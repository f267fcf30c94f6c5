package ui

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Overlay draws box over the middle of base, which has the size of f. A larger box is cut.
func Overlay(base, box string, f Frame) string {
	lines := strings.Split(base, "\n")
	for len(lines) < f.Height {
		lines = append(lines, "")
	}
	boxed := strings.Split(box, "\n")
	boxed = boxed[:min(len(boxed), f.Height)]
	width := 0
	for _, l := range boxed {
		width = max(width, f.method().StringWidth(l))
	}
	width = min(width, f.Width)
	x, y := (f.Width-width)/2, (f.Height-len(boxed))/2
	for i, l := range boxed {
		lines[y+i] = lay(f.method(), lines[y+i], l, x, width)
	}
	return strings.Join(lines, "\n")
}

// lay draws over on the line under, from cell x and width cells wide.
func lay(m ansi.Method, under, over string, x, width int) string {
	const plain = "\x1b[m"
	var b strings.Builder
	left := m.Truncate(under, x, "")
	b.WriteString(left + plain + Spaces(x-m.StringWidth(left)))
	over = m.Truncate(over, width, "")
	b.WriteString(over + plain + Spaces(width-m.StringWidth(over)))
	if beyond := m.StringWidth(under) - x - width; beyond > 0 {
		right := m.TruncateLeft(under, x+width, "")
		if m.StringWidth(right) > beyond { // the box covers half of a wide character
			right = m.TruncateLeft(under, x+width+1, "")
		}
		b.WriteString(Spaces(beyond-m.StringWidth(right)) + right)
	}
	return b.String()
}

// TooSmall is the view for a frame below the minimum size.
func TooSmall(f Frame, width, height int) string {
	message := Text{fmt.Sprintf(textTerminalTooSmall, size(f.Width, f.Height), size(width, height))}
	lines := message.Wrap(f.Width)
	drawn := make([]string, min(len(lines), f.Height))
	for i := range drawn {
		drawn[i] = lines[i].Truncate(f.Width).s
	}
	return strings.Join(drawn, "\n")
}

func size(width, height int) string { return strconv.Itoa(width) + "×" + strconv.Itoa(height) }
