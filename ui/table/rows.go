package table

import "slices"

// SetRows replaces all rows, as after a refresh; the slice belongs to the table from now on. The cursor stays on its
// key, or goes to the nearest row that is still there, and its line on the screen stays the same where that can be.
// Marks stay with their keys, also while those have not arrived again.
func (t *Table[R, K]) SetRows(rows []R) {
	at := t.hold()
	t.rows = rows
	t.state = t.state[:0]
	t.judge(0)
	t.sortRows()
	t.show()
	t.release(at)
}

// Append adds rows behind those that are there, as pages arrive; where the table is sorted, they are merged in. The
// cursor stays on its row, and that on its line.
func (t *Table[R, K]) Append(rows []R) {
	if len(rows) == 0 {
		return
	}
	if len(t.rows) == 0 {
		t.SetRows(rows)
		return
	}
	on := t.cursorRow()
	from := len(t.rows)
	t.rows = append(t.rows, rows...)
	t.judge(from)
	t.mergeOrder(from)
	t.show()
	t.follow(on)
}

// Update replaces the row that has the key of r, and puts it in its place. It says whether there was one.
func (t *Table[R, K]) Update(r R) bool {
	i := t.find(t.key(&r))
	if i < 0 {
		return false
	}
	at := t.hold()
	t.takeOut(i)
	t.rows[i] = r
	t.putIn(i)
	t.judgeRow(i)
	t.show()
	t.release(at)
	return true
}

// Remove takes the rows with these keys away and their marks with them, and says how many there were. The cursor goes to
// the nearest row that is left.
func (t *Table[R, K]) Remove(keys ...K) int {
	gone := make(map[K]struct{}, len(keys))
	for _, k := range keys {
		gone[k] = struct{}{}
		delete(t.marks, k)
	}
	at := t.hold()
	before := len(t.rows)
	t.rows = slices.DeleteFunc(t.rows, func(r R) bool {
		_, out := gone[t.key(&r)]
		return out
	})
	if len(t.rows) == before {
		return 0
	}
	t.state = t.state[:0]
	t.judge(0)
	t.sortRows()
	t.show()
	t.release(at)
	return before - len(t.rows)
}

// judge finds the state of the rows from the one with index from.
func (t *Table[R, K]) judge(from int) {
	t.state = slices.Grow(t.state, len(t.rows)-from)[:len(t.rows)]
	for i := from; i < len(t.rows); i++ {
		t.judgeRow(i)
	}
}

func (t *Table[R, K]) judgeRow(i int) {
	t.state[i] = 0
	if t.keep == nil || t.keep(&t.rows[i]) {
		t.state[i] |= rowKept
	}
	if len(t.marks) == 0 {
		return
	}
	if _, ok := t.marks[t.key(&t.rows[i])]; ok {
		t.state[i] |= rowMarked
	}
}

// show lists the rows to be shown, in order, and counts the marks.
func (t *Table[R, K]) show() {
	t.shown = t.shown[:0]
	t.marked, t.hidden = 0, 0
	if t.order == nil {
		for i := range t.rows {
			t.showRow(int32(i))
		}
		return
	}
	for _, i := range t.order {
		t.showRow(i)
	}
}

func (t *Table[R, K]) showRow(i int32) {
	s := t.state[i]
	if s&rowKept != 0 {
		t.shown = append(t.shown, i)
	}
	if s&rowMarked == 0 {
		return
	}
	t.marked++
	if s&rowKept == 0 {
		t.hidden++
	}
}
