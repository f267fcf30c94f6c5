package ui

import (
	"cmp"
	"slices"
	"strings"
)

const (
	// CursorBar stands before the row under the cursor in a theme that doesn't fill it, and at the edge of a focused field.
	CursorBar = "▌"
	// ColumnGap is the number of cells between two columns.
	ColumnGap = 2
)

// Pen writes lines of cells into a buffer. Spaces are written only when something follows, so no line ends in padding.
type Pen struct {
	f     Frame
	buf   []byte
	width int // of the frame
	x     int // cells written on the current line
	at    int // where the next cell begins
	// surface is what the rest of the line is drawn on, to its end.
	surface Style
	// last is the style of the last cell on the line.
	last Style
}

// maxJoined is the maximum number of spaces that are written in the style of the cells around them. Renderers skip or erase more of
// them at once, if they have no style.
const maxJoined = 24

// NewPen returns a pen that writes into buf from its start; nil allocates a buffer.
func NewPen(f Frame, buf []byte) Pen { return Pen{f: f, buf: buf[:0], width: f.Width} }

// Bytes returns what was written. The buffer can be given to the next [NewPen].
func (p *Pen) Bytes() []byte {
	p.endLine()
	return p.buf
}

// Fill draws the rest of the line on a surface, to the edge of the frame. Cells keep their roles on it.
func (p *Pen) Fill(surface Role) {
	p.gap()
	p.surface, p.last = p.f.Theme.Style(surface), Style{}
}

// Select draws the rest of the line as the row under the cursor.
func (p *Pen) Select() {
	if p.Fill(RoleSelected); p.surface == (Style{}) {
		p.Cell(RoleAccent, CursorBar, 1, false)
	}
}

// gap writes the space before the next cell.
func (p *Pen) gap() {
	if p.at <= p.x {
		return
	}
	p.buf = append(p.buf, p.surface.on...)
	p.buf = append(p.buf, Spaces(p.at-p.x)...)
	p.buf = append(p.buf, p.surface.off...)
	p.x, p.last = p.at, Style{}
}

// endLine fills the rest of a line with a surface.
func (p *Pen) endLine() {
	if p.surface.on != "" {
		p.To(p.width)
		p.gap()
	}
	p.surface = Style{}
}

// Position returns the cell at which the next text begins.
func (p *Pen) Position() int { return p.at }

// Newline ends the line and its surface.
func (p *Pen) Newline() {
	p.endLine()
	p.buf = append(p.buf, '\n')
	p.x, p.at, p.last = 0, 0, Style{}
}

// To moves to the cell at, never back.
func (p *Pen) To(at int) { p.at = max(at, p.x) }

// Cell writes s in at most width cells, aligned to the left or right. The style doesn't apply to the space around it.
func (p *Pen) Cell(role Role, s string, width int, right bool) {
	style := p.f.Theme.Style(role)
	width = min(width, p.width-p.at)
	head, used, cut := fit(s, width, p.f.method())
	if width <= 0 || used == 0 && !cut {
		return
	}
	if cut {
		used++
	}
	if right {
		p.at += width - used
	}
	off := cmp.Or(style.off, p.surface.off)
	if gap := p.at - p.x; gap <= maxJoined && p.x > 0 && style == p.last && style.isInvisibleOnSpaces {
		p.buf = append(p.buf[:len(p.buf)-len(off)], Spaces(gap)...)
	} else {
		p.gap()
		p.buf = append(p.buf, p.surface.on...)
		p.buf = append(p.buf, style.onSurface(p.surface)...)
	}
	p.buf = append(p.buf, head...)
	if cut {
		p.buf = append(p.buf, ellipsis...)
	}
	p.buf = append(p.buf, off...)
	p.last = style
	p.at += used
	p.x = p.at
}

// line writes the cells of l, as far as they fit. An ellipsis marks the cut, also between two cells.
func (p *Pen) line(l Line) {
	for i, c := range l {
		s, room := c.Text.s, p.width-p.at
		isText := func(c Cell) bool { return strings.TrimSpace(c.Text.s) != "" }
		if len(s) >= room && p.f.StringWidth(s) == room && slices.ContainsFunc(l[i+1:], isText) {
			s += ellipsis
		}
		p.Cell(c.Role, s, room, false)
	}
}
