package table

import (
	"cmp"
	"slices"

	"nango-tui/ui"
)

// quickSort is the largest number of rows that are sorted at once. More would freeze the screen.
const quickSort = 5000

// target is a column to sort by, -1 for none, and the direction.
type target struct {
	column     int
	descending bool
}

// Sort sorts by a column; equal rows keep the order of loading, and rows without a value come last in both directions. The cursor
// goes to the first row, or stays on the one that the user moved it to. It returns false for an unknown column or one that cannot be
// sorted by; no column is "".
func (t *Table[R, K]) Sort(columnID string, descending bool) bool {
	to, ok := t.targetOf(columnID, descending)
	if ok {
		t.next = to
		t.show(to, t.orderOf(to).sorted())
	}
	return ok
}

// BeginSort is [Table.Sort] for any number of rows. Few are sorted at once, and it returns nil. For many it returns the work, to be
// done on another goroutine, which in turn returns how to show its outcome: that returns false if the rows were replaced meanwhile.
func (t *Table[R, K]) BeginSort(columnID string, descending bool) (work func() (show func() bool)) {
	to, ok := t.targetOf(columnID, descending)
	switch {
	case !ok:
		return nil
	case len(t.rows) <= quickSort || to.column < 0:
		t.Sort(columnID, descending)
		return nil
	}
	t.next = to
	o, generation := t.orderOf(to), t.generation
	o.rows = slices.Clone(o.rows)
	return func() func() bool {
		sorted := o.sorted()
		return func() bool {
			if t.generation != generation {
				return false
			}
			if grown := len(t.rows) - len(sorted); grown > 0 {
				sorted = t.orderOf(to).merge(sorted, appendIndexes(nil, len(sorted), len(sorted)+grown))
			}
			t.show(to, sorted)
			return true
		}
	}
}

func (t *Table[R, K]) targetOf(columnID string, descending bool) (to target, ok bool) {
	if columnID == "" {
		return target{column: -1}, true
	}
	i := slices.IndexFunc(t.columns, func(c Column[R]) bool { return c.ID == columnID && c.Compare != nil })
	return target{i, descending}, i >= 0
}

// show shows the rows in an order.
func (t *Table[R, K]) show(by target, order []int32) {
	t.rearrange(func() {
		t.sortBy, t.descending, t.order = by.column, by.descending, order
		t.updateShown()
	})
}

// Sorted returns the column that the table is sorted by or will be soon, or "".
func (t *Table[R, K]) Sorted() (columnID string, descending bool) {
	if t.next.column < 0 {
		return "", false
	}
	return t.columns[t.next.column].ID, t.next.descending
}

// order compares rows by a column; without one, as they were loaded.
type order[R any] struct {
	rows       []R
	column     *Column[R]
	descending bool
}

func (t *Table[R, K]) orderOf(by target) order[R] {
	o := order[R]{rows: t.rows, descending: by.descending}
	if by.column >= 0 {
		o.column = &t.columns[by.column]
	}
	return o
}

// current is the order that rows are shown in.
func (t *Table[R, K]) current() order[R] { return t.orderOf(target{t.sortBy, t.descending}) }

// isBlank reports whether a row has no value in the column: these come last in both directions.
func (o order[R]) isBlank(i int32) bool {
	if o.column.Blank != nil {
		return o.column.Blank(&o.rows[i])
	}
	return o.column.Cell(ui.Frame{}, &o.rows[i]).Text.Empty()
}

// compare is a total order: equal rows keep the order of loading in both directions.
func (o order[R]) compare(a, b int32) int {
	if o.column == nil {
		return int(a) - int(b)
	}
	if blankA, blankB := o.isBlank(a), o.isBlank(b); blankA || blankB {
		switch {
		case !blankB:
			return 1
		case !blankA:
			return -1
		}
		return int(a) - int(b)
	}
	return o.compareValues(a, b)
}

func (o order[R]) compareValues(a, b int32) int {
	c := o.column.Compare(&o.rows[a], &o.rows[b])
	if o.descending {
		c = -c
	}
	return cmp.Or(c, int(a)-int(b))
}

// sorted returns the indexes of all rows in order; nil if there is none.
func (o order[R]) sorted() []int32 {
	if o.column == nil {
		return nil
	}
	all := make([]int32, 0, len(o.rows))
	var blank []int32
	for i := range o.rows {
		if o.isBlank(int32(i)) {
			blank = append(blank, int32(i))
		} else {
			all = append(all, int32(i))
		}
	}
	slices.SortFunc(all, o.compareValues)
	return append(all, blank...)
}

// merge adds rows to those in order.
func (o order[R]) merge(sorted, added []int32) []int32 {
	slices.SortFunc(added, o.compare)
	end := len(sorted)
	sorted = append(sorted, added...)
	// From the back, so that nothing is overwritten before it has moved.
	for n := len(added) - 1; n >= 0; n-- {
		at, _ := slices.BinarySearchFunc(sorted[:end], added[n], o.compare)
		copy(sorted[at+n+1:], sorted[at:end])
		sorted[at+n] = added[n]
		end = at
	}
	return sorted
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
	if t.sortBy >= 0 {
		t.order = t.current().merge(t.order, added)
	}
}
