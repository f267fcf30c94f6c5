package table

import (
	"hash/maphash"
	"iter"
	"slices"
)

// ToggleMark marks or unmarks the row under the cursor.
func (t *Table[R, K]) ToggleMark() {
	i := t.cursorRow()
	if i < 0 {
		return
	}
	if t.state[i]&rowMarked != 0 {
		delete(t.marks, t.hash(t.key(&t.rows[i])))
		t.state[i] &^= rowMarked
		t.marked--
		return
	}
	t.mark(i)
}

// MarkAll marks all shown rows.
func (t *Table[R, K]) MarkAll() {
	if len(t.marks) == 0 {
		t.marks = make(map[uint64]struct{}, len(t.shown))
	}
	for _, i := range t.shown {
		t.mark(int(i))
	}
}

// hash is what marks keep of a key: 64 bits take a tenth of the time that two strings take.
func (t *Table[R, K]) hash(key K) uint64 { return maphash.Comparable(t.seed, key) }

func (t *Table[R, K]) mark(i int) {
	if t.state[i]&rowMarked != 0 {
		return
	}
	t.marks[t.hash(t.key(&t.rows[i]))] = struct{}{}
	t.state[i] |= rowMarked
	t.marked++
}

// ClearMarks removes all marks, also those of keys without a row.
func (t *Table[R, K]) ClearMarks() {
	clear(t.marks)
	for i := range t.state {
		t.state[i] &^= rowMarked
	}
	t.marked, t.hiddenMarks = 0, 0
}

// Marked returns the keys of the marked rows, shown or not, in the order of loading.
func (t *Table[R, K]) Marked() []K {
	keys := make([]K, 0, t.marked)
	for i, s := range t.state {
		if s&rowMarked != 0 {
			keys = append(keys, t.key(&t.rows[i]))
		}
	}
	return keys
}

// MarkedCount returns the number of marked rows and of those the filter hides, which actions on them must mention.
func (t *Table[R, K]) MarkedCount() (marked, hidden int) { return t.marked, t.hiddenMarks }

// Chosen returns the marked rows in the order of loading, shown or not, or without marks the shown ones in their order. They can be
// iterated on another goroutine, and don't change with the table.
func (t *Table[R, K]) Chosen() iter.Seq[*R] {
	rows, chosen := t.Share(), slices.Clone(t.shown)
	if t.marked > 0 {
		chosen = make([]int32, 0, t.marked)
		for i, s := range t.state {
			if s&rowMarked != 0 {
				chosen = append(chosen, int32(i))
			}
		}
	}
	return func(yield func(*R) bool) {
		for _, i := range chosen {
			if !yield(&rows[i]) {
				return
			}
		}
	}
}
