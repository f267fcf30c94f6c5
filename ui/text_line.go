package ui

import (
	"slices"
	"strings"
)

// Cell is a piece of text and its role.
type Cell struct {
	Text Text
	Role Role
}

// Styled returns a cell of s, sanitized.
func Styled(role Role, s string) Cell { return Cell{Clean(s), role} }

// Line is a row of cells. Spaces between them are part of the cells.
type Line []Cell

// Muted returns a line in the muted style.
func Muted(s string) Line { return Line{Styled(RoleMuted, s)} }

// Width returns the number of cells on the screen.
func (l Line) Width() int {
	n := 0
	for _, c := range l {
		n += c.Text.Width()
	}
	return n
}

// View draws l, cut to at most cells cells and not padded.
func (l Line) View(f Frame, cells int) string {
	p := NewPen(f.Sized(cells, 1), nil)
	p.line(l)
	return string(p.buf)
}

// ViewOn draws l on a surface, as wide as f.
func (l Line) ViewOn(f Frame, surface Role) string {
	p := NewPen(f, nil)
	p.Fill(surface)
	p.line(l)
	return string(p.Bytes())
}

// ViewWrapped draws l, wrapped at the width of f.
func (l Line) ViewWrapped(f Frame) []string {
	parts := l.Wrap(f.Width)
	lines := make([]string, len(parts))
	for i, p := range parts {
		lines[i] = p.View(f, f.Width)
	}
	return lines
}

// ViewCut is [Line.ViewWrapped] with at most n lines. If that is not all, the last one ends in an ellipsis.
func (l Line) ViewCut(f Frame, n int) []string {
	lines := l.ViewWrapped(f)
	if len(lines) <= n {
		return lines
	}
	last := l.Wrap(f.Width)[n-1]
	lines[n-1] = append(slices.Clone(last), Cell{Text{" " + ellipsis}, last[len(last)-1].Role}).View(f, f.Width)
	return lines[:n]
}

// CollapseSpaces applies [Text.CollapseSpaces] to each cell.
func (l Line) CollapseSpaces() Line {
	out := make(Line, len(l))
	for i, c := range l {
		out[i] = Cell{c.Text.CollapseSpaces(), c.Role}
	}
	return out
}

// Text returns the text of all cells.
func (l Line) Text() Text {
	var b strings.Builder
	for _, c := range l {
		b.WriteString(c.Text.s)
	}
	return Text{b.String()}
}

// Wrap is [Text.Wrap] for a line. Each piece keeps its role.
func (l Line) Wrap(cells int) []Line {
	if cells < 2 || l.Width() <= cells {
		return []Line{l}
	}
	var lines []Line
	l = slices.Clone(l)
	for rest := l.Text().s; rest != ""; {
		part := firstLine(rest, cells)
		rest = rest[len(part):]
		var line Line
		line, l = l.moveTo(nil, len(part))
		lines = append(lines, line.trimRight())
	}
	return lines
}

// moveTo moves the first n bytes of l to the end of line, and returns both. It changes l.
func (l Line) moveTo(line Line, n int) (longer, rest Line) {
	for i, c := range l {
		if n < len(c.Text.s) {
			if n > 0 {
				line = append(line, Cell{Text{c.Text.s[:n]}, c.Role})
				l[i].Text.s = c.Text.s[n:]
			}
			return line, l[i:]
		}
		line = append(line, c)
		n -= len(c.Text.s)
	}
	return line, nil
}

func (l Line) trimRight() Line {
	for n := len(l) - 1; n >= 0; n-- {
		l[n].Text.s = strings.TrimRight(l[n].Text.s, " ")
		if !l[n].Text.Empty() {
			break
		}
		l = l[:n]
	}
	return l
}

// between joins the lines that are not empty with sep.
func between(sep string, lines ...Line) Line {
	var all Line
	for _, l := range lines {
		if l.Width() == 0 {
			continue
		}
		if len(all) > 0 {
			all = append(all, Cell{Text{sep}, RoleMuted})
		}
		all = append(all, l...)
	}
	return all
}

// sides draws left at the left and right at the right of a surface, each one cell from the edge. If both don't fit, right is cut.
func sides(f Frame, surface Role, left, right Line) string {
	p := NewPen(f, nil)
	p.Fill(surface)
	p.To(1)
	p.line(left)
	p.To(max(p.at+1, f.Width-1-right.Width()))
	p.line(right)
	return string(p.Bytes())
}
