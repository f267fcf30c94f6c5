package table

import "nango-tui/ui"

const (
	// markSign stands before a marked row, next to the cursor bar.
	markSign = "●"
	gutter   = 3
	// scrollbar is the width of the last column, which is free if nothing scrolls.
	scrollbar = 1
)

// View draws the head and as many rows as fit: exactly f.Height lines, at most f.Width wide, without trailing spaces.
func (t *Table[R, K]) View(f ui.Frame) string {
	if f.Height <= 0 || f.Width <= 0 {
		return ""
	}
	t.scroll(max(1, f.Height-1))
	t.layout(f.Width)
	p, scroll := ui.NewPen(f, t.buf), ui.Scroll{Top: t.top, Visible: f.Height - 1, Total: len(t.shown)}
	t.drawHead(&p)
	for line := range f.Height - 1 {
		p.Newline()
		if n := t.top + line; n < len(t.shown) {
			t.drawRow(&p, f, n)
			p.Scrollbar(scroll, line)
		}
	}
	if len(t.shown) > 0 {
		f.ShowPosition(t.cursor+1, len(t.shown))
	}
	t.buf = p.Bytes()
	return string(t.buf)
}

func (t *Table[R, K]) layout(width int) {
	if t.widths != nil && t.width == width {
		return
	}
	tracks := make([]track, len(t.columns))
	for i, c := range t.columns {
		tracks[i] = track{c.Min, c.Max, c.Ideal, c.Weight, c.DropOrder, c.Extra}
	}
	t.width, t.widths = width, spread(tracks, width-gutter-scrollbar, ui.ColumnGap)
}

func (t *Table[R, K]) drawHead(p *ui.Pen) {
	at := gutter
	for i, c := range t.columns {
		if t.widths[i] == 0 {
			continue
		}
		role, sign, room, from := ui.RoleMuted, "", t.widths[i], at
		if i == t.sortBy {
			role, sign = ui.RoleStrong, "↑"
			if t.descending {
				sign = "↓"
			}
			if missing := ui.Clean(c.Title).Width() + 2 - room; missing > 0 { // part of the gaps
				room++
				if missing > 1 && c.Right && at > gutter {
					from, room = from-1, room+1
				}
			}
		}
		p.To(from)
		p.Cell(role, heading(c.Title, room, sign), room, c.Right)
		at += t.widths[i] + ui.ColumnGap
	}
}

// heading returns the title of a column in room cells. The sort sign is never cut.
func heading(name string, room int, sign string) string {
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
	if n == t.cursor {
		p.Select()
	}
	if marked {
		p.To(1)
		p.Cell(ui.RoleMarked, markSign, 1, false)
	}
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
		t.drawCell(p, cell, c)
		at, first = at+t.widths[c]+ui.ColumnGap, false
	}
}

// RowAt returns the key of the row drawn at line y of the view; the head is line 0.
func (t *Table[R, K]) RowAt(y int) (key K, ok bool) {
	n := t.top + y - 1
	if y < 1 || y > t.height || n >= len(t.shown) {
		return key, false
	}
	return t.key(&t.rows[t.shown[n]]), true
}

// ColumnAt returns the id of the column drawn at cell x of the view, for a click on its heading.
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
