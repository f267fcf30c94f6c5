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
// titles are in the upper edge, a filled bar if the theme has one, and foot in the lower one. If space is short, title is cut
// before titleRight. The border has no style: each change of style costs more bytes than what it is drawn around.
func Box(title, titleRight Line, body string, foot Line, f Frame) string {
	inside := InsideBox(f)
	m := f.method()
	lines := strings.Split(body, "\n")
	if f.Height > 2 {
		lines = lines[:min(len(lines), inside.Height)]
	}
	var b strings.Builder
	b.WriteString(titleBar(f, title, titleRight))
	for _, l := range lines {
		l = m.Truncate(l, inside.Width, "")
		b.WriteString("\n│ " + l + Spaces(inside.Width-m.StringWidth(l)) + " │")
	}
	b.WriteString("\n" + edge(f, "└", "┘", foot, nil))
	return b.String()
}

// titleBar draws the upper edge. The title of what destroys has a bar of its own.
func titleBar(f Frame, title, right Line) string {
	surface := RoleActiveTab
	if len(title) > 0 && title[0].Role == RoleDangerTitle {
		surface = RoleDangerTitle
	}
	if f.Theme.Style(surface).on == "" {
		return edge(f, "┌", "┐", title, right)
	}
	p := NewPen(f.Sized(f.Width, 1), nil)
	p.Fill(surface)
	p.width -= right.Width() + 2
	p.To(2)
	p.line(title.onBar())
	p.width = f.Width
	p.To(max(p.at+1, f.Width-2-right.Width()))
	p.line(right.onBar())
	return string(p.Bytes())
}

// onBar returns the line in the style of the bar around it, except for badges, which have a background of their own.
func (l Line) onBar() Line {
	out := make(Line, len(l))
	for i, c := range l {
		if out[i] = c; c.Role != RoleProduction && c.Role != RoleArmed {
			out[i].Role = RoleText
		}
	}
	return out
}

func edge(f Frame, first, last string, left, right Line) string {
	p := NewPen(f.Sized(f.Width-1, 1), nil) // without the last corner
	p.Cell(RoleText, first, 1, false)
	end, room := p.width, right.Width()
	if room > 0 {
		room += 2 // the spaces around it
	}
	p.width -= min(room, max(end-2, 0))
	p.label(left)
	p.Cell(RoleText, strings.Repeat("─", max(0, p.width-p.at)), p.width, false)
	p.width = end
	p.label(right)
	p.width = f.Width
	p.Cell(RoleText, last, 1, false)
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
