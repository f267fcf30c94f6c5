package table

import "slices"

const (
	// scrollJump is by how many rows the list moves when the cursor passes its edge. Moving by one would send
	// every line on every key; so four keys of five send only what the cursor changes.
	scrollJump = 5
	// holdReach is how far from the cursor a row is looked for that is still there after a refresh.
	holdReach = 64
)

// Cursor is the row under the cursor, nil when no row is shown. It is valid until the rows change.
func (t *Table[R, K]) Cursor() *R {
	if i := t.cursorRow(); i >= 0 {
		return &t.rows[i]
	}
	return nil
}

// CursorKey is the key of the row under the cursor; false when no row is shown.
func (t *Table[R, K]) CursorKey() (key K, ok bool) {
	if i := t.cursorRow(); i >= 0 {
		return t.key(&t.rows[i]), true
	}
	return key, false
}

// Position is the number of the row under the cursor among those shown, from 0.
func (t *Table[R, K]) Position() int { return t.cursor }

// SetCursor puts the cursor on the row with the key k, if it is shown.
func (t *Table[R, K]) SetCursor(k K) bool {
	for n, i := range t.shown {
		if t.key(&t.rows[i]) == k {
			t.MoveTo(n)
			return true
		}
	}
	return false
}

// MoveTo puts the cursor on the n-th shown row, from 0, or on the nearest there is.
func (t *Table[R, K]) MoveTo(n int) {
	t.put(n)
	t.Stay()
}

// put is MoveTo where nobody has chosen the row.
func (t *Table[R, K]) put(n int) { t.cursor = max(0, min(n, len(t.shown)-1)) }

// stand is the row that was chosen last, and its line on the screen. A filter may carry the cursor away from it, and
// brings it back when the row is shown again: what was typed on the way to a filter leaves no trace.
type stand struct {
	row, line int
	left      bool // the line is known: the first filter since has taken it
}

// Stay makes the row under the cursor the one that a filter comes back to, as if one had moved there.
func (t *Table[R, K]) Stay() { t.stand = stand{row: t.cursorRow()} }

// Up, Down, Top and Bottom move the cursor; PageUp and PageDown by the height that was drawn last.
func (t *Table[R, K]) Up()     { t.MoveTo(t.cursor - 1) }
func (t *Table[R, K]) Down()   { t.MoveTo(t.cursor + 1) }
func (t *Table[R, K]) Top()    { t.MoveTo(0) }
func (t *Table[R, K]) Bottom() { t.MoveTo(len(t.shown) - 1) }

// PageUp moves the cursor up by a screen, and the rows with it.
func (t *Table[R, K]) PageUp() { t.page(-max(1, t.height-1)) }

// PageDown moves the cursor down by a screen, and the rows with it.
func (t *Table[R, K]) PageDown() { t.page(max(1, t.height-1)) }

func (t *Table[R, K]) page(by int) {
	t.top += by
	t.MoveTo(t.cursor + by)
}

// cursorRow is the index of the row under the cursor, -1 for none.
func (t *Table[R, K]) cursorRow() int {
	if t.cursor >= len(t.shown) {
		return -1
	}
	return int(t.shown[t.cursor])
}

// follow puts the cursor on the row with index on, or on the nearest behind or before it that is shown, and keeps its
// line on the screen.
func (t *Table[R, K]) follow(on int) {
	line := t.cursor - t.top
	t.put(t.place(on))
	t.top = t.cursor - line
}

// comeBack puts the cursor where one stood before the filter, or on the nearest that is shown.
func (t *Table[R, K]) comeBack() {
	t.put(t.place(t.stand.row))
	t.top = t.cursor - t.stand.line
}

// leave remembers the line of the row that one stands on: moving alone does not know it before it is drawn, and
// filters after the first find it changed.
func (t *Table[R, K]) leave() {
	if !t.stand.left {
		t.stand.line, t.stand.left = t.cursor-t.top, true
	}
}

// place is where in shown the row i stands, or the first that would stand behind it.
func (t *Table[R, K]) place(i int) int {
	if i < 0 {
		return 0
	}
	n, _ := slices.BinarySearchFunc(t.shown, int32(i), func(a, b int32) int {
		if t.sortBy < 0 {
			return int(a) - int(b)
		}
		return t.compare(a, b)
	})
	return n
}

// held is where the cursor was before rows changed: the keys around it, the nearest first, and its line.
type held[K comparable] struct {
	keys []K
	line int
}

func (t *Table[R, K]) hold() held[K] {
	h := held[K]{line: t.cursor - t.top}
	for d := 0; d <= holdReach; d++ {
		for _, n := range [2]int{t.cursor + d, t.cursor - d} {
			if n >= 0 && n < len(t.shown) && (d > 0 || len(h.keys) == 0) {
				h.keys = append(h.keys, t.key(&t.rows[t.shown[n]]))
			}
		}
	}
	return h
}

// release puts the cursor on the first of the held keys that is still shown; where none is, it stays on its place.
func (t *Table[R, K]) release(h held[K]) {
	t.MoveTo(t.nearest(h.keys))
	t.top = t.cursor - h.line
}

func (t *Table[R, K]) nearest(keys []K) int {
	if len(keys) == 0 {
		return 0
	}
	rank := make(map[K]int, len(keys))
	for n, k := range keys {
		rank[k] = n
	}
	best, found := len(keys), t.cursor
	for n, i := range t.shown {
		if r, ok := rank[t.key(&t.rows[i])]; ok && r < best {
			best, found = r, n
			if r == 0 {
				break
			}
		}
	}
	return found
}

// settle moves the rows so that the cursor is among the height lines that are drawn: by a few at the edge, and never
// beyond the end.
func (t *Table[R, K]) settle(height int) {
	t.height = height
	jump := min(scrollJump, max(1, height/2))
	switch {
	case t.cursor < t.top:
		t.top = t.cursor - jump + 1
	case t.cursor >= t.top+height:
		t.top = t.cursor - height + jump
	}
	t.top = max(0, min(t.top, len(t.shown)-height))
}
