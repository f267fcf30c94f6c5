package table

import "slices"

// ColumnName is a column without what it draws.
type ColumnName struct {
	ID, Title string
	Sortable  bool
}

// Columns returns all columns, and how many of them are shown: those come first, in their order.
func (t *Table[R, K]) Columns() (all []ColumnName, shown int) {
	for _, columns := range [][]Column[R]{t.columns, t.all} {
		for _, c := range columns {
			if !slices.ContainsFunc(all, func(n ColumnName) bool { return n.ID == c.ID }) {
				all = append(all, ColumnName{c.ID, c.Title, c.Compare != nil})
			}
		}
	}
	return all, len(t.columns)
}

// ShowColumns shows these columns in this order; unknown ones are ignored, and none means all. Without its column, a sort ends.
func (t *Table[R, K]) ShowColumns(ids ...string) {
	var columns []Column[R]
	for _, id := range ids {
		if i := indexOf(t.all, id); i >= 0 && indexOf(columns, id) < 0 {
			columns = append(columns, t.all[i])
		}
	}
	if len(columns) == 0 {
		columns = t.all
	}
	if slices.EqualFunc(columns, t.columns, func(a, b Column[R]) bool { return a.ID == b.ID }) {
		return
	}
	moved := func(column int) int {
		if column < 0 {
			return -1
		}
		return indexOf(columns, t.columns[column].ID)
	}
	sortBy, next := moved(t.sortBy), moved(t.next.column)
	t.generation++
	t.columns, t.widths, t.next.column = columns, nil, next
	if sortBy < 0 && t.sortBy >= 0 {
		t.show(target{column: -1}, nil)
	}
	t.sortBy = sortBy
}

func indexOf[R any](columns []Column[R], id string) int {
	return slices.IndexFunc(columns, func(c Column[R]) bool { return c.ID == id })
}
