package table

import (
	"cmp"
	"fmt"
	"testing"

	"nango-tui/ui"
)

// counted is a sorted table that counts how often rows are compared, tested and asked for their keys.
func counted(n int) (t *Table[fruit, string], compared, tested, keys *int) {
	compared, tested, keys = new(int), new(int), new(int)
	t = New(func(r *fruit) string { *keys++; return r.id }, Column[fruit]{ID: "size", Min: 5, Blank: func(*fruit) bool { return false },
		Cell:    func(_ ui.Frame, r *fruit) ui.Cell { return ui.Cell{Text: ui.Count(r.size), Role: ui.RoleText} },
		Compare: func(a, b *fruit) int { *compared++; return cmp.Compare(a.size, b.size) }})
	t.SetRows(fruits(n))
	t.Sort("size", false)
	t.Filter(func(r *fruit) bool { *tested++; return r.size%2 == 0 })
	t.MoveTo(n / 4)
	*compared, *tested, *keys = 0, 0, 0
	return t, compared, tested, keys
}

// What is learned about one row of many is shown without sorting or testing the others again.
func TestOneChangedRowLeavesTheOthersAlone(t *testing.T) {
	const n = 10_000
	table, compared, tested, keys := counted(n)
	table.Share()
	on, _ := table.CursorKey()
	*keys = 0
	changed := table.rows[n-1]
	changed.size = 6
	if !table.Update(changed) || *compared > 100 || *tested != 1 || *keys > n+10 {
		t.Errorf("an update compares %d, tests %d and asks for the keys of %d rows", *compared, *tested, *keys)
	}
	*compared, *tested, *keys = 0, 0, 0
	table.Prepend(fruit{id: "new", size: 8}, fruit{id: "other", size: 7})
	if *compared > 200 || *tested != 2 || *keys > 10 || table.Len() != n+2 {
		t.Errorf("two new rows compare %d, test %d and ask for the keys of %d rows", *compared, *tested, *keys)
	}
	if now, _ := table.CursorKey(); now != on {
		t.Errorf("the cursor moved from %s to %s", on, now)
	}
	shown := table.Shown()
	for i := range table.shown[1:] {
		if a, b := table.rows[table.shown[i]], table.rows[table.shown[i+1]]; a.size > b.size || a.size%2 != 0 {
			t.Fatalf("%v is before %v", a, b)
		}
	}
	table.Update(fruit{id: "other", size: 10})
	if table.Shown() != shown+1 {
		t.Errorf("a row that matches now isn't shown")
	}
}

func TestRemovedRowsLeaveTheOthersInOrder(t *testing.T) {
	table, compared, tested, _ := counted(1000)
	table.ToggleMark()
	table.MoveTo(100)
	on, _ := table.CursorKey()
	marked, shared := table.Marked()[0], table.Share()
	*compared, *tested = 0, 0
	if n := table.Remove(shared[0].id, shared[501].id, shared[999].id, "unknown"); n != 3 || *compared > 100 || *tested != 0 {
		t.Errorf("%d rows are removed, %d compared, %d tested", n, *compared, *tested)
	}
	if now, _ := table.CursorKey(); now != on || table.Len() != 997 || shared[999].id != "id-999" {
		t.Errorf("the cursor is on %s, not %s; %d rows are left", now, on, table.Len())
	}
	if got := table.Marked(); len(got) != 1 || got[0] != marked {
		t.Errorf("%v are marked, not %s", got, marked)
	}
	for i := range table.shown[1:] {
		if a, b := table.rows[table.shown[i]], table.rows[table.shown[i+1]]; a.size > b.size || a.size%2 != 0 {
			t.Fatalf("%v is before %v", a, b)
		}
	}
}

func TestNewRowsComeFirstAndMarksStay(t *testing.T) {
	table := fruitTable(fruits(3)...)
	table.MoveTo(1)
	table.ToggleMark()
	table.Prepend(fruit{id: "id-8"}, fruit{id: "id-9"})
	if got := fmt.Sprint(table.Marked()); got != "[id-1]" {
		t.Errorf("%s is marked", got)
	}
	wantScreen(t, table, 6, "8 9 0 [1] 2")
	table.Sort("size", true)
	if key, _ := table.CursorKey(); key != "id-1" {
		t.Errorf("after sorting the cursor is on %s", key)
	}
	empty := fruitTable()
	empty.Prepend(fruit{id: "id-8"})
	wantScreen(t, empty, 3, "[8]")
}

func TestTheCursorStaysWhereItsRowWasHidden(t *testing.T) {
	table := fruitTable(fruits(20)...)
	table.Sort("size", false)
	table.Filter(func(r *fruit) bool { return r.name != "gone" })
	table.MoveTo(5)
	at := *table.Cursor()
	at.name, at.size = "gone", 1000
	if table.Update(at); table.Position() != 5 || table.Shown() != 19 {
		t.Errorf("the cursor is on line %d of %d", table.Position(), table.Shown())
	}
}
