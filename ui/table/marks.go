package table

// ToggleMark marks the row under the cursor, or takes the mark away.
func (t *Table[R, K]) ToggleMark() {
	i := t.cursorRow()
	if i < 0 {
		return
	}
	if t.state[i]&rowMarked != 0 {
		delete(t.marks, t.key(&t.rows[i]))
		t.state[i] &^= rowMarked
		t.marked--
		return
	}
	t.mark(i)
}

// MarkAll marks every row that is shown.
func (t *Table[R, K]) MarkAll() {
	for _, i := range t.shown {
		t.mark(int(i))
	}
}

func (t *Table[R, K]) mark(i int) {
	if t.state[i]&rowMarked != 0 {
		return
	}
	t.marks[t.key(&t.rows[i])] = struct{}{}
	t.state[i] |= rowMarked
	t.marked++
}

// ClearMarks takes all marks away, also of rows that are not shown or not there.
func (t *Table[R, K]) ClearMarks() {
	clear(t.marks)
	for i := range t.state {
		t.state[i] &^= rowMarked
	}
	t.marked, t.hidden = 0, 0
}

// Marked is the keys of the marked rows that are there, as the rows came, shown or not.
func (t *Table[R, K]) Marked() []K {
	keys := make([]K, 0, t.marked)
	for i, s := range t.state {
		if s&rowMarked != 0 {
			keys = append(keys, t.key(&t.rows[i]))
		}
	}
	return keys
}

// MarkedCount is how many rows are marked; hidden is how many of them the filter leaves out: whoever acts on marks has
// to say so.
func (t *Table[R, K]) MarkedCount() (marked, hidden int) { return t.marked, t.hidden }
