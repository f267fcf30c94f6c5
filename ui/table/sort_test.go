package table

import (
	"slices"
	"strings"
	"testing"
)

// SortNext and SortReverse are what the keys of a list do.
func (t *Table[R, K]) SortNext() {
	for _, c := range t.columns[t.next.column+1:] {
		if t.Sort(c.ID, false) {
			return
		}
	}
	t.Sort("", false)
}

func (t *Table[R, K]) SortReverse() {
	column, descending := t.Sorted()
	t.Sort(column, !descending)
}

func firstIDs(t *Table[fruit, string], n int) string {
	var ids []string
	for r := range t.EachShown() {
		if len(ids) < n {
			ids = append(ids, strings.TrimPrefix(r.id, "id-"))
		}
	}
	return strings.Join(ids, " ")
}

func TestRowsWithoutAValueComeLastInBothDirections(t *testing.T) {
	table := fruitTable(fruit{id: "1", name: "b"}, fruit{id: "2"}, fruit{id: "3", name: "a"}, fruit{id: "4"}, fruit{id: "5", name: "c"})
	table.Sort("name", false)
	if got := firstIDs(table, 9); got != "3 1 5 2 4" {
		t.Errorf("ascending %s", got)
	}
	table.Sort("name", true)
	if got := firstIDs(table, 9); got != "5 1 3 2 4" {
		t.Errorf("descending %s", got)
	}
	table.Append([]fruit{{id: "6"}, {id: "7", name: "bb"}})
	if got := firstIDs(table, 9); got != "5 7 1 3 2 4 6" {
		t.Errorf("appended %s", got)
	}
}

// Many rows are sorted elsewhere. Until that is done the old order stays, and what happens meanwhile is not lost.
func TestManyRowsAreSortedInTheBackground(t *testing.T) {
	rows := fruits(quickSort + 100)
	table := fruitTable(slices.Clone(rows[:quickSort])...)
	if work := table.BeginSort("size", false); work != nil {
		t.Fatal("few rows are not sorted at once")
	}
	table = fruitTable(slices.Clone(rows[:quickSort+50])...)
	work := table.BeginSort("size", true)
	if by, descending := table.Sorted(); by != "size" || !descending || firstIDs(table, 3) != "0 1 2" {
		t.Errorf("while it is sorted: by %s, %s", by, firstIDs(table, 3))
	}
	show := work()
	table.Append(slices.Clone(rows[quickSort+50:]))
	table.Filter(func(r *fruit) bool { return r.size%2 == 0 })
	if !show() {
		t.Error("appended rows make the sort void")
	}
	want := slices.Clone(rows)
	slices.SortStableFunc(want, func(a, b fruit) int { return b.size - a.size })
	want = slices.DeleteFunc(want, func(r fruit) bool { return r.size%2 != 0 })
	i := 0
	for r := range table.EachShown() {
		if r.id != want[i].id {
			t.Fatalf("row %d is %s, not %s", i, r.id, want[i].id)
		}
		i++
	}
	for name, change := range map[string]func(){
		"update": func() { table.Update(fruit{id: "id-7"}) }, "remove": func() { table.Remove("id-8") },
		"refresh": func() { table.SetRows(slices.Clone(rows)) }, "columns": func() { table.ShowColumns("size", "name") },
	} {
		show := table.BeginSort("name", true)()
		if change(); show() {
			t.Errorf("%s: an old order is shown", name)
		}
	}
}

// Many rows that replace others are sorted elsewhere, too. The old ones stay until then, and the cursor on its row.
func TestManyReloadedRowsAreSortedInTheBackground(t *testing.T) {
	table := fruitTable(fruits(quickSort + 100)...)
	table.Sort("size", true)
	table.SetCursor("id-7")
	before := firstIDs(table, 3)
	rows := append(fruits(quickSort+100), fruit{id: "new", size: 1 << 30})
	work := table.BeginRows(rows)
	if got := firstIDs(table, 3); work == nil || got != before {
		t.Fatalf("the new rows are shown before they are sorted: %s", got)
	}
	if on, _ := table.CursorKey(); !work()() || firstIDs(table, 1) != "new" || on != "id-7" || table.Len() != len(rows) {
		t.Errorf("%s is first of %d, the cursor on %s", firstIDs(table, 1), table.Len(), on)
	}
	for name, change := range map[string]func(){
		"direction": func() { table.Sort("size", false) }, "column": func() { table.Sort("name", true) }, "none": func() { table.Sort("", true) },
	} {
		table.Sort("size", true)
		show := table.BeginRows(slices.Clone(rows))()
		if change(); show() {
			t.Errorf("%s: shown in an old order", name)
		}
	}
	if table.Sort("", false); table.BeginRows(slices.Clone(rows)) != nil || firstIDs(table, 1) != "0" {
		t.Error("rows without an order have to wait")
	}
}

func TestColumnsAreChosenAndOrdered(t *testing.T) {
	table := fruitTable(fruits(3)...)
	names := func() string {
		all, shown := table.Columns()
		var ids []string
		for i, c := range all {
			if i == shown {
				ids = append(ids, "|")
			}
			ids = append(ids, c.ID)
		}
		return strings.Join(ids, " ")
	}
	table.Sort("size", true)
	for _, c := range []struct {
		ids        []string
		want, sort string
	}{
		{[]string{"id", "size", "unknown", "id"}, "id size | name state", "size"}, {[]string{"name", "size"}, "name size | state id", "size"},
		{[]string{"name"}, "name | state size id", ""}, {nil, "name state size id", ""}, {[]string{"unknown"}, "name state size id", ""},
	} {
		table.ShowColumns(c.ids...)
		if by, _ := table.Sorted(); names() != c.want || by != c.sort {
			t.Errorf("%v: %s, sorted by %q", c.ids, names(), by)
		}
	}
	if got := firstIDs(table, 3); got != "0 1 2" {
		t.Errorf("sorted by a column that is gone: %s", got)
	}
}

func BenchmarkTableMarkAll(b *testing.B) {
	table := fruitTable(fruits(100_000)...)
	for range b.N {
		table.ClearMarks()
		table.marks = nil
		table.MarkAll()
	}
}
