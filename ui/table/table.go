// Package table is a list of rows with a cursor, marks, sorting and filtering. It draws only the rows on the screen, so its cost doesn't
// depend on their number. It knows nothing of Nango and draws with package ui.
package table

import (
	"iter"

	"nango-tui/ui"
)

// Column is one column of a [Table], as data.
type Column[R any] struct {
	// ID names the column in [Table.Sort]; Title heads it.
	ID, Title string
	// Min and Max bound its width in cells; a Max of 0 is no bound. What is left of the width goes to the columns by
	// Weight.
	Min, Max, Weight int
	// DropOrder is the order in which columns vanish when the width does not suffice: 1 goes first, 0 never.
	DropOrder int
	// Right aligns at the right, as numbers want it.
	Right bool
	// Cell draws the column of a row. It is called for rows that are on the screen and for no other, each time they are
	// drawn; so it must be cheap, and change nothing.
	Cell func(f ui.Frame, r *R) ui.Cell
	// Compare orders two rows; nil means that one cannot sort by this column.
	Compare func(a, b *R) int
}

// Table shows rows of which only those on the screen are drawn: 100,000 cost as much as ten. The cursor and the
// marks are on keys, not on lines: they stay where they are when rows arrive, go, or change their order.
// A Table is used on one goroutine. It is drawn and moved in the height that it was drawn with last.
type Table[R any, K comparable] struct {
	columns []Column[R]
	key     func(*R) K

	rows   []R
	state  []rowState // of each row
	order  []int32    // all rows as sorted; nil when they stand as they came
	shown  []int32    // the rows that pass the filter, in order
	marks  map[K]struct{}
	marked int // marked rows
	hidden int // marked rows that the filter leaves out

	keep       func(*R) bool
	sortBy     int // index of a column, -1 for none
	descending bool

	cursor, top int // index into shown; the first line drawn
	stand       stand
	height      int // lines for rows, when last drawn
	widths      []int
	width       int // for which widths was computed
	buf         []byte
}

// rowState is what the table knows about a row, as bits.
type rowState uint8

const (
	rowKept   rowState = 1 << iota // passes the filter
	rowMarked                      // its key is marked
)

// New is an empty table. The key says which row it is, before and after a refresh; no two rows may share it.
func New[R any, K comparable](key func(*R) K, columns ...Column[R]) *Table[R, K] {
	return &Table[R, K]{columns: columns, key: key, marks: map[K]struct{}{}, sortBy: -1, height: 1}
}

// Len is the number of rows, Shown that of the rows which pass the filter.
func (t *Table[R, K]) Len() int   { return len(t.rows) }
func (t *Table[R, K]) Shown() int { return len(t.shown) }

// Each goes over all rows as they came. They must not be changed.
func (t *Table[R, K]) Each() iter.Seq[*R] {
	return func(yield func(*R) bool) {
		for i := range t.rows {
			if !yield(&t.rows[i]) {
				return
			}
		}
	}
}

// EachShown goes over the rows that pass the filter, in their order. They must not be changed.
func (t *Table[R, K]) EachShown() iter.Seq[*R] {
	return func(yield func(*R) bool) {
		for _, i := range t.shown {
			if !yield(&t.rows[i]) {
				return
			}
		}
	}
}

// find is the index of the row with the key k, -1 when there is none. It looks at every row.
func (t *Table[R, K]) find(k K) int {
	for i := range t.rows {
		if t.key(&t.rows[i]) == k {
			return i
		}
	}
	return -1
}
