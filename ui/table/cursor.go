package table

import "slices"

const (
	// scrollJump is by how many rows the list scrolls at its edge. By one, every key would redraw every line.
	scrollJump = 5
	// neighborLimit is the maximum distance from the cursor to the rows that can replace a removed row after a refresh.
	neighborLimit = 64
)

// Cursor returns the row under the cursor, or nil. It is valid until the rows change.
func (t *Table[R, K]) Cursor() *R {
	if i := t.cursorRow(); i >= 0 {
		return &t.rows[i]
	}
	return nil
}

// CursorKey returns the key of the row under the cursor.
func (t *Table[R, K]) CursorKey() (key K, ok bool) {
	if i := t.cursorRow(); i >= 0 {
		return t.key(&t.rows[i]), true
	}
	return key, false
}

// Position returns the index of the cursor in the shown rows.
func (t *Table[R, K]) Position() int { return t.cursor }

// SetCursor moves the cursor to the row with key k, if it is shown.
func (t *Table[R, K]) SetCursor(k K) bool {
	for n, i := range t.shown {
		if t.key(&t.rows[i]) == k {
			t.MoveTo(n)
			return true
		}
	}
	return false
}

// MoveTo moves the cursor to the n-th shown row, or to the nearest one. The cursor stays on that row, as the user's choice, when
// the table is sorted, or filtered by anything but typing.
func (t *Table[R, K]) MoveTo(n int) {
	t.setCursor(n)
	t.SetAnchor()
}

// SetAnchor makes the row under the cursor the user's choice.
func (t *Table[R, K]) SetAnchor() { t.anchor = anchor{row: t.cursorRow()} }

// setCursor moves the cursor without changing the anchor.
func (t *Table[R, K]) setCursor(n int) { t.cursor = max(0, min(n, len(t.shown)-1)) }

// anchor is the row that the user moved the cursor to, -1 if none, and its line on the screen.
type anchor struct {
	row, line int
	lineKnown bool // line is known: set before the first change of what is shown
}

// noAnchor is the anchor of a cursor that the user hasn't moved.
func noAnchor() anchor { return anchor{row: -1} }

// DropAnchor forgets the user's choice of a row, as when a filter is typed: then the cursor goes to the first row.
func (t *Table[R, K]) DropAnchor() { t.anchor = noAnchor() }

// rearrange changes what is shown, or in which order. Afterwards the cursor is on the row that the user moved it to, on its line
// of the screen; if there is none or it isn't shown, on the first row.
func (t *Table[R, K]) rearrange(change func()) {
	if !t.anchor.lineKnown { // it is only known after drawing
		t.anchor.line, t.anchor.lineKnown = t.cursor-t.top, true
	}
	change()
	t.cursor, t.top = 0, 0
	if n := t.positionOf(t.anchor.row); n < len(t.shown) && int(t.shown[n]) == t.anchor.row {
		t.cursor = n
		t.setTop(n - t.anchor.line)
	}
}

// Up, Down, Top and Bottom move the cursor. PageUp and PageDown move cursor and rows by the height of the last drawing.
func (t *Table[R, K]) Up()     { t.MoveTo(t.cursor - 1) }
func (t *Table[R, K]) Down()   { t.MoveTo(t.cursor + 1) }
func (t *Table[R, K]) Top()    { t.MoveTo(0) }
func (t *Table[R, K]) Bottom() { t.MoveTo(len(t.shown) - 1) }

func (t *Table[R, K]) PageUp()   { t.page(-max(1, t.height-1)) }
func (t *Table[R, K]) PageDown() { t.page(max(1, t.height-1)) }

// HalfUp and HalfDown move by half of that.
func (t *Table[R, K]) HalfUp()   { t.page(-max(1, t.height/2)) }
func (t *Table[R, K]) HalfDown() { t.page(max(1, t.height/2)) }

func (t *Table[R, K]) page(by int) {
	t.setTop(t.top + by)
	t.MoveTo(t.cursor + by)
}

// cursorRow returns the index of the row under the cursor, or -1.
func (t *Table[R, K]) cursorRow() int {
	if t.cursor >= len(t.shown) {
		return -1
	}
	return int(t.shown[t.cursor])
}

// follow moves the cursor to the row with index on, or to the nearest shown row, and keeps its line on the screen.
func (t *Table[R, K]) follow(on int) {
	line := t.cursor - t.top
	t.setCursor(t.positionOf(on))
	t.setTop(t.cursor - line)
}

// positionOf returns the position in shown of row i, or of the first row after it.
func (t *Table[R, K]) positionOf(i int) int {
	if i < 0 {
		return 0
	}
	order := t.current()
	n, _ := slices.BinarySearchFunc(t.shown, int32(i), func(a, b int32) int {
		return order.compare(a, b)
	})
	return n
}

// cursorSnapshot is the cursor before the rows change: its key, those of its neighbors, nearest first, and its line.
type cursorSnapshot[K comparable] struct {
	keys     []K
	line     int
	anchored bool // the user moved the cursor to its row
}

func (t *Table[R, K]) snapshot() cursorSnapshot[K] {
	h := cursorSnapshot[K]{line: t.cursor - t.top, anchored: t.anchor.row >= 0 && t.anchor.row == t.cursorRow()}
	for d := 0; d <= neighborLimit; d++ {
		for _, n := range [2]int{t.cursor + d, t.cursor - d} {
			if n >= 0 && n < len(t.shown) && (d > 0 || len(h.keys) == 0) {
				h.keys = append(h.keys, t.key(&t.rows[t.shown[n]]))
			}
		}
	}
	return h
}

// restore moves the cursor to the first key of the snapshot that is still shown. If none is, it keeps its position.
func (t *Table[R, K]) restore(h cursorSnapshot[K]) {
	rank := make(map[K]int, len(h.keys))
	for n, k := range h.keys {
		rank[k] = n
	}
	best, found := len(h.keys), t.cursor
	for n, i := range t.shown {
		if best == 0 {
			break
		}
		if r, ok := rank[t.key(&t.rows[i])]; ok && r < best {
			best, found = r, n
		}
	}
	t.setCursor(found)
	t.setTop(t.cursor - h.line)
	t.DropAnchor()
	if h.anchored && best == 0 {
		t.anchor.row = t.cursorRow()
	}
}

// scroll makes the cursor visible among height rows: by a few rows at the edge, and never beyond the end.
func (t *Table[R, K]) scroll(height int) {
	t.height = height
	jump := min(scrollJump, max(1, height/2))
	switch {
	case t.cursor < t.top:
		t.top = t.cursor - jump + 1
	case t.cursor >= t.top+height:
		t.top = t.cursor - height + jump
	}
	t.setTop(t.top)
}

// setTop scrolls so that the n-th shown row is the first one, or the nearest one that leaves no empty lines; a table that was
// never drawn stays at its top. Whoever changes the rows calls it: a click can come before the next drawing.
func (t *Table[R, K]) setTop(n int) {
	if t.height == 0 {
		n = 0
	}
	t.top = max(0, min(n, len(t.shown)-t.height))
}
