package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Inside is the frame for what is drawn inside a box that is drawn in f.
func Inside(f Frame) Frame { return f.Sized(f.Width-4, f.Height-2) }

// Box frames body, which was drawn in [Inside] of f: as wide as f, and as high as body is, up to f.Height. The titles stand in the
// upper edge, foot in the lower one; the right title, which names what is at stake, is not what is cut first.
func Box(title, titleRight Line, body string, foot Line, f Frame) string {
	inside := Inside(f)
	border := f.Theme.Style(RoleBorder)
	side := border.Paint(Text{"│"})
	lines := strings.Split(body, "\n")
	if f.Height > 2 {
		lines = lines[:min(len(lines), inside.Height)]
	}
	var b strings.Builder
	b.WriteString(edge(f, "┌", "┐", title, titleRight))
	for _, l := range lines {
		l = ansi.TruncateWc(l, inside.Width, "")
		b.WriteString("\n" + side + " " + l + spaces(inside.Width-ansi.StringWidthWc(l)) + " " + side)
	}
	b.WriteString("\n" + edge(f, "└", "┘", foot, nil))
	return b.String()
}

// edge is the upper or lower edge of a box, with words in it.
func edge(f Frame, first, last string, left, right Line) string {
	border := f.Theme.Style(RoleBorder)
	p := pen{width: max(f.Width-1, 0)}
	p.cell(border, first, 1, false)
	rightEnd := p.width - min(labelWidth(right), max(p.width-2, 0))
	p.width = rightEnd
	p.label(f, left)
	p.width = max(f.Width-1, 0)
	p.cell(border, strings.Repeat("─", max(0, rightEnd-p.at)), p.width, false)
	p.label(f, right)
	p.width = max(f.Width, 0)
	p.cell(border, last, 1, false)
	return string(p.buf)
}

// labelWidth is what [pen.label] takes.
func labelWidth(l Line) int {
	if w := l.Width(); w > 0 {
		return w + 2
	}
	return 0
}

// label writes words with a space before and behind them, where there is room for more than the spaces.
func (p *pen) label(f Frame, l Line) {
	if l.Width() == 0 || p.width-p.at < 3 {
		return
	}
	space := Line{{Text{" "}, RoleText}}
	p.line(f, space)
	p.width--
	p.line(f, l)
	p.width++
	p.line(f, space)
}
