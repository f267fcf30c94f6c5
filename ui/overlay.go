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

// InsideBox returns the frame for the content of a box drawn in f.
func InsideBox(f Frame) Frame { return f.Sized(f.Width-4, f.Height-2) }

// Box draws a border around body, which was drawn in [InsideBox]: as wide as f, as high as body, up to f.Height. The
// titles are in the upper edge, foot in the lower one. If space is short, title is cut before titleRight.
func Box(title, titleRight Line, body string, foot Line, f Frame) string {
	inside := InsideBox(f)
	m, side := f.method(), f.Theme.Style(RoleBorder).Paint(Text{"│"})
	lines := strings.Split(body, "\n")
	if f.Height > 2 {
		lines = lines[:min(len(lines), inside.Height)]
	}
	var b strings.Builder
	b.WriteString(edge(f, "┌", "┐", title, titleRight))
	for _, l := range lines {
		l = m.Truncate(l, inside.Width, "")
		b.WriteString("\n" + side + " " + l + Spaces(inside.Width-m.StringWidth(l)) + " " + side)
	}
	b.WriteString("\n" + edge(f, "└", "┘", foot, nil))
	return b.String()
}

func edge(f Frame, first, last string, left, right Line) string {
	p := NewPen(f.Sized(f.Width-1, 1), nil) // without the last corner
	p.Cell(RoleBorder, first, 1, false)
	end, room := p.width, right.Width()
	if room > 0 {
		room += 2 // the spaces around it
	}
	p.width -= min(room, max(end-2, 0))
	p.label(left)
	p.Cell(RoleBorder, strings.Repeat("─", max(0, p.width-p.at)), p.width, false)
	p.width = end
	p.label(right)
	p.width = f.Width
	p.Cell(RoleBorder, last, 1, false)
	return string(p.buf)
}

// label writes a label with a space on both sides, if there is room for more than the spaces.
func (p *Pen) label(l Line) {
	if l.Width() == 0 || p.width-p.at < 3 {
		return
	}
	p.Cell(RoleText, " ", 1, false)
	p.width--
	p.line(l)
	p.width++
	p.Cell(RoleText, " ", 1, false)
}
