package table

import (
	"cmp"
	"slices"
)

// Sort sorts by a column; equal rows keep the order of loading. The cursor goes to the first row, or stays on the one that the
// user moved it to. It returns false for an unknown column or one that cannot be sorted by.
func (t *Table[R, K]) Sort(columnID string, descending bool) bool {
	i := slices.IndexFunc(t.columns, func(c Column[R]) bool { return c.ID == columnID && c.Compare != nil })
	if i < 0 {
		return false
	}
	t.sortTo(i, descending)
	return true
}

// SortNext sorts ascending by the next sortable column. After the last one, the table is unsorted.
func (t *Table[R, K]) SortNext() {
	for i := t.sortBy + 1; i < len(t.columns); i++ {
		if t.columns[i].Compare != nil {
			t.sortTo(i, false)
			return
		}
	}
	t.sortTo(-1, false)
}

// SortReverse reverses the sort order.
func (t *Table[R, K]) SortReverse() {
	if t.sortBy >= 0 {
		t.sortTo(t.sortBy, !t.descending)
	}
}

// Sorted returns the column that the table is sorted by, or "".
func (t *Table[R, K]) Sorted() (columnID string, descending bool) {
	if t.sortBy < 0 {
		return "", false
	}
	return t.columns[t.sortBy].ID, t.descending
}

func (t *Table[R, K]) sortTo(column int, descending bool) {
	t.rearrange(func() {
		t.sortBy, t.descending = column, descending
		t.sortRows()
		t.updateShown()
	})
}

// compare is a total order: equal rows keep the order of loading in both directions.
func (t *Table[R, K]) compare(a, b int32) int {
	c := t.columns[t.sortBy].Compare(&t.rows[a], &t.rows[b])
	if t.descending {
		c = -c
	}
	return cmp.Or(c, int(a)-int(b))
}

func (t *Table[R, K]) sortRows() {
	if t.sortBy < 0 {
		t.order = nil
		return
	}
	t.order = appendIndexes(t.order[:0], 0, len(t.rows))
	slices.SortFunc(t.order, t.compare)
}

func appendIndexes(to []int32, from, end int) []int32 {
	to = slices.Grow(to, end-from)
	for i := from; i < end; i++ {
		to = append(to, int32(i))
	}
	return to
}

// mergeOrder sorts added rows and merges them into the order.
func (t *Table[R, K]) mergeOrder(added []int32) {
	if t.sortBy < 0 {
		return
	}
	slices.SortFunc(added, t.compare)
	old := len(t.order)
	t.order = append(t.order, added...)
	// From the back, so that nothing is overwritten before it has moved.
	i, j := old-1, len(added)-1
	for k := len(t.order) - 1; j >= 0; k-- {
		if i >= 0 && t.compare(t.order[i], added[j]) > 0 {
			t.order[k] = t.order[i]
			i--
			continue
		}
		t.order[k] = added[j]
		j--
	}
}
