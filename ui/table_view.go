package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const (
	// cursorBar stands before the row under the cursor, markSign beside it before a marked one.
	cursorBar = "▌"
	markSign  = "●"
	// gutter is the cells before the first column, columnGap those between two.
	gutter    = 3
	columnGap = 2

	sortedUp   = "↑"
	sortedDown = "↓"
)

// View draws the head and as many rows as f is high: always f.Height lines, none wider than f.Width, none padded
// at the right.
func (t *Table[R, K]) View(f Frame) string {
	if f.Height <= 0 || f.Width <= 0 {
		return ""
	}
	t.settle(max(1, f.Height-1))
	t.layout(f.Width)
	p := newPen(f, t.buf)
	t.drawHead(&p)
	for line := range f.Height - 1 {
		p.newline()
		if n := t.top + line; n < len(t.shown) {
			t.drawRow(&p, n)
		}
	}
	t.buf = p.buf
	return string(p.buf)
}

// layout finds the widths of the columns for a width of the frame.
func (t *Table[R, K]) layout(width int) {
	if t.widths != nil && t.width == width {
		return
	}
	tracks := make([]track, len(t.columns))
	for i, c := range t.columns {
		tracks[i] = track{c.Min, c.Max, c.Weight, c.GiveWay}
	}
	t.width, t.widths = width, spread(tracks, width-gutter, columnGap)
}

func (t *Table[R, K]) drawHead(p *pen) {
	at := gutter
	for i, c := range t.columns {
		if t.widths[i] == 0 {
			continue
		}
		role, sign, room := RoleMuted, "", t.widths[i]
		if i == t.sortBy {
			role, sign = RoleStrong, t.sortSign()
			if len(c.Title)+2 > room {
				room++ // a cell of the gap
			}
		}
		p.to(at)
		p.cell(role, title(c.Title, room, sign), room, c.Right)
		at += t.widths[i] + columnGap
	}
}

func (t *Table[R, K]) sortSign() string {
	if t.descending {
		return sortedDown
	}
	return sortedUp
}

// title is what heads a column, in room cells; the sign of the sorting is not what is cut off.
func title(name string, room int, sign string) string {
	text := Clean(name)
	switch {
	case sign == "":
		return text.s
	case text.Width()+2 <= room:
		return text.s + " " + sign
	}
	return text.Truncate(room-1).s + sign
}

func (t *Table[R, K]) drawRow(p *pen, n int) {
	i := t.shown[n]
	marked := t.state[i]&rowMarked != 0
	t.drawGutter(p, n == t.cursor, marked)
	at, first := gutter, true
	for c := range t.columns {
		if t.widths[c] == 0 {
			continue
		}
		cell := t.columns[c].Cell(p.f, &t.rows[i])
		if first && marked {
			cell.Role = RoleMarked
		}
		p.to(at)
		if first && n == t.cursor {
			p.underCursor(cell, t.widths[c])
		} else {
			p.cell(cell.Role, cell.Text.s, t.widths[c], t.columns[c].Right)
		}
		at, first = at+t.widths[c]+columnGap, false
	}
}

// maxLead is how many bytes of a row stand out under the cursor, beside its bar: each of them is sent twice for a key, once
// for the row that the cursor leaves.
const maxLead = 12

// underCursor draws the first cell of the row under the cursor: its first word stands out.
func (p *pen) underCursor(cell Cell, width int) {
	end, first := p.at+width, lead(cell.Text.s)
	p.cell(RoleSelected, cell.Text.s[:first], width, false)
	p.cell(cell.Role, cell.Text.s[first:], end-p.at, false)
}

// lead is how many bytes the first word has, maxLead at most.
func lead(s string) int {
	n := 0
	for n < len(s) {
		cluster, _ := ansi.FirstGraphemeCluster(s[n:], ansi.WcWidth)
		if n+len(cluster) > maxLead || n > 0 && strings.Contains(" @.", cluster) {
			break
		}
		n += len(cluster)
	}
	return n
}

func (t *Table[R, K]) drawGutter(p *pen, cursor, marked bool) {
	if cursor {
		p.cell(RoleAccent, cursorBar, 1, false)
	}
	if marked {
		p.to(1)
		p.cell(RoleMarked, markSign, 1, false)
	}
}

// RowAt is the key of the row that is drawn at line y of the view, the head being line 0.
func (t *Table[R, K]) RowAt(y int) (key K, ok bool) {
	n := t.top + y - 1
	if y < 1 || y > t.height || n >= len(t.shown) {
		return key, false
	}
	return t.key(&t.rows[t.shown[n]]), true
}

// ColumnAt is the id of the column that is drawn at cell x of the view, for a click on its head.
func (t *Table[R, K]) ColumnAt(x int) (columnID string, ok bool) {
	at := gutter
	for i, w := range t.widths {
		if w == 0 {
			continue
		}
		if x >= at && x < at+w {
			return t.columns[i].ID, true
		}
		at += w + columnGap
	}
	return "", false
}
