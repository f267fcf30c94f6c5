package ui

import "strings"

// Cell is a piece of text and what it means.
type Cell struct {
	Text Text
	Role Role
}

// Styled is a cell of s, cleaned.
func Styled(role Role, s string) Cell { return Cell{Clean(s), role} }

// Line is pieces of text side by side. It brings its own spaces.
type Line []Cell

// Muted is a line that steps back.
func Muted(s string) Line { return Line{Styled(RoleMuted, s)} }

// Width is the number of cells that l takes.
func (l Line) Width() int {
	n := 0
	for _, c := range l {
		n += c.Text.Width()
	}
	return n
}

// View draws l, cut where it is wider than cells cells and not padded.
func (l Line) View(f Frame, cells int) string {
	p := NewPen(f.Sized(cells, 1), nil)
	p.line(l)
	return string(p.buf)
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

// CollapseSpaces is l with [Text.CollapseSpaces] applied to each cell.
func (l Line) CollapseSpaces() Line {
	out := make(Line, len(l))
	for i, c := range l {
		out[i] = Cell{c.Text.CollapseSpaces(), c.Role}
	}
	return out
}

// Text is what l says, without its looks.
func (l Line) Text() Text {
	var b strings.Builder
	for _, c := range l {
		b.WriteString(c.Text.s)
	}
	return Text{b.String()}
}

// Wrap breaks l into lines of at most cells cells, as [Text.Wrap] does; each piece keeps its role.
func (l Line) Wrap(cells int) []Line {
	if cells < 2 || l.Width() <= cells {
		return []Line{l}
	}
	var lines []Line
	for rest := l.Text().s; rest != ""; {
		part := firstLine(rest, cells)
		rest = rest[len(part):]
		var line Line
		line, l = l.split(len(part))
		lines = append(lines, line)
	}
	return lines
}

// split takes the first n bytes off l, and leaves out the spaces that they end with.
func (l Line) split(n int) (head, rest Line) {
	for i, c := range l {
		if n < len(c.Text.s) {
			head = append(head, Cell{Text{c.Text.s[:n]}, c.Role})
			rest = append(Line{{Text{c.Text.s[n:]}, c.Role}}, l[i+1:]...)
			return head.trimRight(), rest
		}
		head = append(head, c)
		n -= len(c.Text.s)
	}
	return head.trimRight(), nil
}

// trimRight is l without the spaces that it ends with.
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

// between is the lines that say something, one behind the other, with sep between.
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

// sides draws left at the left, a cell in, and right at the right end of the line, a cell in. Where both do not fit,
// right is cut.
func sides(f Frame, left, right Line) string {
	p := NewPen(f, nil)
	p.To(1)
	p.line(left)
	p.To(max(p.at+1, f.Width-1-right.Width()))
	p.line(right)
	return string(p.buf)
}
