package table

// Filter shows only the rows for which keep is true; nil shows all. The cursor stays on the row that it was moved to last,
// or goes to the nearest that is shown until that row is shown again. The function is kept for rows that arrive later.
func (t *Table[R, K]) Filter(keep func(*R) bool) {
	t.leave()
	t.keep = keep
	for i := range t.rows {
		if keep == nil || keep(&t.rows[i]) {
			t.state[i] |= rowKept
		} else {
			t.state[i] &^= rowKept
		}
	}
	t.show()
	t.comeBack()
}

// Narrow is [Table.Filter] for a keep that is true for none of the rows that are not shown now, as when one types on:
// only the shown ones are asked.
func (t *Table[R, K]) Narrow(keep func(*R) bool) {
	if keep == nil {
		t.Filter(nil)
		return
	}
	t.leave()
	t.keep = keep
	for i := range t.rows {
		if t.state[i]&rowKept != 0 && !keep(&t.rows[i]) {
			t.state[i] &^= rowKept
		}
	}
	t.show()
	t.comeBack()
}
