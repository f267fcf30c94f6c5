package ui

import (
	"slices"
	"strings"
)

// pen writes lines of cells into a buffer. Spaces are owed and only written when something follows, so no line ends in
// padding.
type pen struct {
	f     Frame
	buf   []byte
	width int // of the frame
	x     int // cells written on this line
	at    int // where the next cell begins
}

// newPen writes into buf, from its start.
func newPen(f Frame, buf []byte) pen { return pen{f: f, buf: buf[:0], width: f.Width} }

// newline ends a line.
func (p *pen) newline() {
	p.buf = append(p.buf, '\n')
	p.x, p.at = 0, 0
}

// to moves to the cell at; never back.
func (p *pen) to(at int) { p.at = max(at, p.x) }

// cell writes s at the pen in at most width cells, at their left or right end. The style is for the text, never for the
// space around it.
func (p *pen) cell(role Role, s string, width int, right bool) {
	p.styled(p.f.Theme.Style(role), s, width, right)
}

// styled is [pen.cell] for a look that is no role.
func (p *pen) styled(style Style, s string, width int, right bool) {
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
	p.buf = append(p.buf, spaces(p.at-p.x)...)
	p.buf = append(p.buf, style.on...)
	p.buf = append(p.buf, head...)
	if cut {
		p.buf = append(p.buf, ellipsis...)
	}
	p.buf = append(p.buf, style.off...)
	p.at += used
	p.x = p.at
}

// line writes the pieces of l side by side, as far as the frame is wide. What is left out is seen, also where the cut falls
// between two pieces.
func (p *pen) line(l Line) {
	for i, c := range l {
		s, room := c.Text.s, p.width-p.at
		if len(s) >= room && p.f.Cells(s) == room && said(l[i+1:]) {
			s += ellipsis
		}
		p.cell(c.Role, s, room, false)
	}
}

// said says whether there is more than space in the pieces.
func said(l Line) bool {
	return slices.ContainsFunc(l, func(c Cell) bool { return strings.TrimSpace(c.Text.s) != "" })
}
