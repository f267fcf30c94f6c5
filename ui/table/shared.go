package table

import "slices"

// Share returns the rows for others to keep. They and the table must not change them: the table copies them before its next change.
func (t *Table[R, K]) Share() []R {
	t.rows, t.shared = slices.Clip(t.rows), true
	return t.rows
}

// ShareRows is [Table.SetRows] for rows that others keep.
func (t *Table[R, K]) ShareRows(rows []R) {
	t.SetRows(slices.Clip(rows))
	t.shared = true
}

// own copies rows that are shared before a change in place.
func (t *Table[R, K]) own() {
	if t.shared {
		t.rows, t.shared = slices.Clone(t.rows), false
	}
}
