package table

import (
	"slices"

	"nango-tui/ui/filter"
)

// SetRows replaces all rows, as after a refresh, and takes ownership of the slice. The cursor stays on its key, or
// moves to the nearest remaining row, on the same line of the screen if possible. Marks stay with their keys, even if a
// key is missing for a while.
func (t *Table[R, K]) SetRows(rows []R) {
	at := t.snapshot()
	t.rows, t.shared = rows, false
	t.rebuild(at)
}

// BeginRows is [Table.SetRows] for any number of rows, which must not change any more. If many have to be sorted, it returns that work,
// to be done on another goroutine, which in turn returns how to show the rows: that returns false if the order was changed meanwhile.
func (t *Table[R, K]) BeginRows(rows []R) (work func() (show func() bool)) {
	if len(rows) <= quickSort || t.sortBy < 0 {
		t.SetRows(rows)
		return nil
	}
	o := t.current()
	o.rows = rows
	return func() func() bool {
		sorted := o.sorted()
		return func() bool {
			if t.sortBy < 0 || t.columns[t.sortBy].ID != o.column.ID || t.descending != o.descending {
				return false
			}
			at := t.snapshot()
			t.rows, t.shared = rows, false
			t.rebuildIn(sorted, at)
			return true
		}
	}
}

// rebuild computes everything that depends on the rows, and restores the cursor.
func (t *Table[R, K]) rebuild(at cursorSnapshot[K]) { t.rebuildIn(t.current().sorted(), at) }

// rebuildIn is rebuild with the rows in that order.
func (t *Table[R, K]) rebuildIn(order []int32, at cursorSnapshot[K]) {
	t.generation++
	t.state = t.state[:0]
	t.updateStates(0)
	t.order = order
	t.updateShown()
	t.restore(at)
}

// Append adds rows, such as the next page, at their place in the sort order. The cursor stays on its row and line.
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
	t.rows, t.shared = append(t.rows, rows...), false // shared rows have no room to grow in place
	t.updateStates(from)
	t.mergeOrder(appendIndexes(nil, from, len(t.rows)))
	t.updateShown()
	t.follow(on)
}

// Prepend adds rows before all others in the order of loading, at their place in the sort order. Nothing else is sorted or tested
// again. The cursor stays on its row and line.
func (t *Table[R, K]) Prepend(rows ...R) {
	n := len(rows)
	if len(t.rows) == 0 {
		t.SetRows(rows)
		return
	}
	on := t.cursorRow()
	t.generation++
	t.rows, t.shared = slices.Concat(rows, t.rows), false
	t.state = slices.Concat(make([]rowState, n), t.state)
	for i := range rows {
		t.updateState(i)
	}
	for i := range t.order {
		t.order[i] += int32(n)
	}
	t.mergeOrder(appendIndexes(nil, 0, n))
	t.updateShown()
	if t.anchor.row >= 0 {
		t.anchor.row += n
	}
	if on >= 0 {
		t.follow(on + n)
	}
}

// Update replaces the row with the key of r, and reports whether it existed. The cursor stays on its row and line, or moves to the
// next row that is shown.
func (t *Table[R, K]) Update(r R) bool {
	i, key := 0, t.key(&r)
	for i < len(t.rows) && t.key(&t.rows[i]) != key {
		i++
	}
	if i == len(t.rows) {
		return false
	}
	on, isAnchored := t.cursorRow(), t.anchor.row >= 0 && t.anchor.row == t.cursorRow()
	t.generation++
	t.order = slices.DeleteFunc(t.order, func(other int32) bool { return int(other) == i })
	t.own()
	t.rows[i] = r
	t.mergeOrder([]int32{int32(i)})
	t.updateState(i)
	t.updateShown()
	if on == i && t.state[i]&rowMatches == 0 { // its new place in the order says nothing
		line := t.cursor - t.top
		t.setCursor(t.cursor)
		t.setTop(t.cursor - line)
	} else {
		t.follow(on)
	}
	if !isAnchored || t.cursorRow() != on {
		t.DropAnchor()
	}
	return true
}

// Remove removes rows and their marks, and returns how many existed. The cursor moves to the nearest remaining row. Those that are
// left are not sorted or tested again.
func (t *Table[R, K]) Remove(keys ...K) int {
	gone := make(map[K]struct{}, len(keys))
	for _, k := range keys {
		gone[k] = struct{}{}
		delete(t.marks, t.hash(k))
	}
	removed := 0
	place := make([]int32, len(t.rows)) // of each row afterwards; -1 if it is removed
	for i := range t.rows {
		place[i] = int32(i - removed)
		if _, out := gone[t.key(&t.rows[i])]; out {
			place[i] = -1
			removed++
		}
	}
	if removed == 0 {
		return 0
	}
	at := t.snapshot()
	t.generation++
	t.own()
	left := t.rows[:0]
	for i, to := range place {
		if to >= 0 {
			left = append(left, t.rows[i])
			t.state[to] = t.state[i]
		}
	}
	clear(t.rows[len(left):])
	t.rows, t.state = left, t.state[:len(left)]
	if t.order != nil {
		t.order = slices.DeleteFunc(t.order, func(i int32) bool { return place[i] < 0 })
		for n, i := range t.order {
			t.order[n] = place[i]
		}
	}
	t.updateShown()
	t.restore(at)
	return removed
}

func (t *Table[R, K]) updateStates(from int) {
	t.state = slices.Grow(t.state, len(t.rows)-from)[:len(t.rows)]
	for i := from; i < len(t.rows); i++ {
		t.updateState(i)
	}
}

func (t *Table[R, K]) updateState(i int) {
	t.state[i] = 0
	if t.matches == nil || t.matches(&t.rows[i]) {
		t.state[i] |= rowMatches
	}
	if len(t.marks) == 0 {
		return
	}
	if _, ok := t.marks[t.hash(t.key(&t.rows[i]))]; ok {
		t.state[i] |= rowMarked
	}
}

// updateShown rebuilds the list of shown rows and counts the marks.
func (t *Table[R, K]) updateShown() {
	t.shown = t.shown[:0]
	t.marked, t.hiddenMarks = 0, 0
	if t.order == nil {
		for i := range t.rows {
			t.appendShown(int32(i))
		}
		return
	}
	for _, i := range t.order {
		t.appendShown(i)
	}
}

func (t *Table[R, K]) appendShown(i int32) {
	s := t.state[i]
	if s&rowMatches != 0 {
		t.shown = append(t.shown, i)
	}
	if s&rowMarked == 0 {
		return
	}
	t.marked++
	if s&rowMatches == 0 {
		t.hiddenMarks++
	}
}

// Filter shows only the rows that match; nil shows all. It applies to rows added later, too. The cursor goes to
// the first row, or stays on the one that the user moved it to, if that is shown.
func (t *Table[R, K]) Filter(matches func(*R) bool) {
	t.Refine(filter.Refinement[R]{Matches: matches, Still: matches})
}

// Narrow is [Table.Filter] for a condition that no hidden row meets, such as a longer query; it checks only shown rows.
func (t *Table[R, K]) Narrow(matches func(*R) bool) {
	t.Refine(filter.Refinement[R]{Matches: matches, Still: matches, Narrows: matches != nil})
}

// Refine is [Table.Filter] from the last filter to the next one.
func (t *Table[R, K]) Refine(by filter.Refinement[R]) {
	t.rearrange(func() {
		t.matches = by.Matches
		for i := range t.rows {
			test := by.Matches
			if t.state[i]&rowMatches != 0 {
				test = by.Still
			} else if by.Narrows {
				continue
			}
			if test == nil || test(&t.rows[i]) {
				t.state[i] |= rowMatches
			} else {
				t.state[i] &^= rowMatches
			}
		}
		t.updateShown()
	})
}
