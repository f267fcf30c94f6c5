package table

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
)

const (
	// markSign stands before a marked row, beside the bar of the cursor.
	markSign = "●"
	// gutter is the number of cells before the first column.
	gutter = 3

	sortedUp   = "↑"
	sortedDown = "↓"
)

// View draws the head and as many rows as f is high: always f.Height lines, none wider than f.Width, none padded
// at the right.
func (t *Table[R, K]) View(f ui.Frame) string {
	if f.Height <= 0 || f.Width <= 0 {
		return ""
	}
	t.settle(max(1, f.Height-1))
	t.layout(f.Width)
	p := ui.NewPen(f, t.buf)
	t.drawHead(&p)
	for line := range f.Height - 1 {
		p.Newline()
		if n := t.top + line; n < len(t.shown) {
			t.drawRow(&p, f, n)
		}
	}
	t.buf = p.Bytes()
	return string(t.buf)
}

// layout finds the widths of the columns for a width of the frame.
func (t *Table[R, K]) layout(width int) {
	if t.widths != nil && t.width == width {
		return
	}
	tracks := make([]track, len(t.columns))
	for i, c := range t.columns {
		tracks[i] = track{c.Min, c.Max, c.Weight, c.DropOrder}
	}
	t.width, t.widths = width, spread(tracks, width-gutter, ui.ColumnGap)
}

func (t *Table[R, K]) drawHead(p *ui.Pen) {
	at := gutter
	for i, c := range t.columns {
		if t.widths[i] == 0 {
			continue
		}
		role, sign, room := ui.RoleMuted, "", t.widths[i]
		if i == t.sortBy {
			role, sign = ui.RoleStrong, t.sortSign()
			if len(c.Title)+2 > room {
				room++ // a cell of the gap
			}
		}
		p.To(at)
		p.Cell(role, title(c.Title, room, sign), room, c.Right)
		at += t.widths[i] + ui.ColumnGap
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
	text := ui.Clean(name)
	switch {
	case sign == "":
		return text.String()
	case text.Width()+2 <= room:
		return text.String() + " " + sign
	}
	return text.Truncate(room-1).String() + sign
}

func (t *Table[R, K]) drawRow(p *ui.Pen, f ui.Frame, n int) {
	i := t.shown[n]
	marked := t.state[i]&rowMarked != 0
	t.drawGutter(p, n == t.cursor, marked)
	at, first := gutter, true
	for c := range t.columns {
		if t.widths[c] == 0 {
			continue
		}
		cell := t.columns[c].Cell(f, &t.rows[i])
		if first && marked {
			cell.Role = ui.RoleMarked
		}
		p.To(at)
		if first && n == t.cursor {
			drawSelected(p, cell, t.widths[c])
		} else {
			p.Cell(cell.Role, cell.Text.String(), t.widths[c], t.columns[c].Right)
		}
		at, first = at+t.widths[c]+ui.ColumnGap, false
	}
}

// maxLead is how many bytes of a row stand out under the cursor, beside its bar: each of them is sent twice for a key, once
// for the row that the cursor leaves.
const maxLead = 12

// drawSelected draws the first cell of the row under the cursor: its first word stands out.
func drawSelected(p *ui.Pen, cell ui.Cell, width int) {
	text := cell.Text.String()
	end, first := p.Position()+width, lead(text)
	p.Cell(ui.RoleSelected, text[:first], width, false)
	p.Cell(cell.Role, text[first:], end-p.Position(), false)
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

func (t *Table[R, K]) drawGutter(p *ui.Pen, cursor, marked bool) {
	if cursor {
		p.Cell(ui.RoleAccent, ui.CursorBar, 1, false)
	}
	if marked {
		p.To(1)
		p.Cell(ui.RoleMarked, markSign, 1, false)
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
		at += w + ui.ColumnGap
	}
	return "", false
}
