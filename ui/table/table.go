// Package table is a list of rows with a cursor, marks, sorting and filtering. It draws only the visible rows, so
// drawing costs the same for any number of rows. It knows nothing of Nango and draws with package ui.
package table

import (
	"hash/maphash"
	"iter"

	"nango-tui/ui"
	"nango-tui/ui/filter"
)

// Column describes a column.
type Column[R any] struct {
	// ID identifies the column in [Table.Sort]. Title is its heading.
	ID, Title string
	// Min and Max limit the width in cells; a Max of 0 means no limit. Remaining width is shared by Weight.
	Min, Max, Weight int
	// DropOrder is the order in which columns are dropped if the width is too small: 1 is dropped first, 0 never.
	DropOrder int
	// Ideal is the width that the column gets before columns that are Extra; 0 means Min.
	Ideal int
	// Extra columns are dropped while another column is below its Ideal.
	Extra bool
	// Right aligns to the right, for numbers.
	Right bool
	// Cell returns the content for a row. It is called on every drawing, so it must be cheap and change nothing.
	Cell func(f ui.Frame, r *R) ui.Cell
	// Blank reports whether a row has no value: it is then sorted last. By default a row has none if its cell is empty.
	Blank func(r *R) bool
	// Compare orders two rows. Nil means that the column cannot be sorted by. With many rows it is called on another goroutine,
	// as is Blank: both may read only the rows.
	Compare func(a, b *R) int
}

// Table shows rows. Cursor and marks belong to keys, not to lines: they stay on their rows when rows are added, removed
// or sorted. A Table is used on one goroutine. Paging uses the height of the last drawing.
type Table[R any, K comparable] struct {
	all     []Column[R]
	columns []Column[R] // those that are shown, in order
	key     func(*R) K

	rows        []R
	shared      bool                // others keep rows, which must not be changed in place
	state       []rowState          // per row
	order       []int32             // indexes of all rows as sorted; nil if unsorted
	shown       []int32             // indexes of the rows that match the filter, in display order
	marks       map[uint64]struct{} // hashes of keys, see hash
	seed        maphash.Seed
	marked      int // number of marked rows
	hiddenMarks int // number of marked rows that the filter hides

	matches    func(*R) bool
	words      []filter.Atom // highlighted in the cells
	sortBy     int           // index of a column, -1 if unsorted
	descending bool
	next       target // what it is sorted by, or will be when the sort in progress is done
	generation int    // how often rows were replaced

	cursor, top int // index into shown; index of the first visible row
	anchor      anchor
	height      int // number of visible rows in the last drawing; 0 before the first
	widths      []int
	width       int // that widths were computed for
	buf         []byte
}

type rowState uint8

const (
	rowMatches rowState = 1 << iota // matches the filter
	rowMarked
)

// New returns an empty table. key identifies a row across refreshes; keys must be unique.
func New[R any, K comparable](key func(*R) K, columns ...Column[R]) *Table[R, K] {
	return &Table[R, K]{
		all: columns, columns: columns, key: key, marks: map[uint64]struct{}{}, seed: maphash.MakeSeed(),
		sortBy: -1, next: target{column: -1}, anchor: noAnchor(),
	}
}

// Len returns the number of rows, Shown the number of those that match the filter.
func (t *Table[R, K]) Len() int   { return len(t.rows) }
func (t *Table[R, K]) Shown() int { return len(t.shown) }

// Each iterates over all rows in the order of loading. They must not be changed.
func (t *Table[R, K]) Each() iter.Seq[*R] {
	return func(yield func(*R) bool) {
		for i := range t.rows {
			if !yield(&t.rows[i]) {
				return
			}
		}
	}
}

// EachShown iterates over the rows that match the filter, in display order. They must not be changed.
func (t *Table[R, K]) EachShown() iter.Seq[*R] {
	return func(yield func(*R) bool) {
		for _, i := range t.shown {
			if !yield(&t.rows[i]) {
				return
			}
		}
	}
}
