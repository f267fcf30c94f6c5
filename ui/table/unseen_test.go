package table

import (
	"fmt"
	"testing"

	"nango-tui/ui/uitest/frames"
)

// FuzzUnseenTable changes a table between its drawings, as keys, clicks, resizes and pages do that arrive in one go. No state
// may wait for a drawing to become valid.
func FuzzUnseenTable(f *testing.F) {
	f.Add([]byte{0, 99, 1, 20, 2, 0, 3, 0, 4, 0, 5, 4})                  // sorted in reverse at the end, then clicked
	f.Add([]byte{0, 60, 1, 30, 3, 0, 8, 200, 5, 9, 6, 1, 5, 3, 9, 0, 5}) // pages, a filter, no rows
	f.Add([]byte{0, 30, 3, 0, 11, 25, 5, 2, 1, 5, 7, 0, 7, 0, 5, 4})
	f.Fuzz(func(t *testing.T, steps []byte) {
		table := fruitTable()
		next := 0
		for i := 0; i+1 < min(len(steps), 200); i += 2 {
			unseenStep(table, steps[i], int(steps[i+1]), &next)
			if last := max(0, len(table.shown)-1); table.top < 0 || table.top > last || table.cursor < 0 || table.cursor > last {
				t.Fatalf("step %d: first row %d and cursor %d of %d rows", i/2, table.top, table.cursor, len(table.shown))
			}
			for y := -1; y < 60; y++ {
				table.RowAt(y)
				table.ColumnAt(y)
			}
			table.ToggleMark()
			table.CursorKey()
		}
		view := frames.Plain(60, 12)
		table.View(view)
		if key, ok := table.CursorKey(); ok {
			visible := false
			for y := range 12 {
				at, _ := table.RowAt(y)
				visible = visible || at == key
			}
			if !visible {
				t.Errorf("the cursor on %q is not visible", key)
			}
		}
	})
}

// unseenStep does one thing to the table. Only one of them draws it.
func unseenStep(table *Table[fruit, string], what byte, n int, next *int) {
	switch what % 13 {
	case 0:
		var page []fruit
		for range n {
			page = append(page, fruit{id: fmt.Sprint(*next), name: fmt.Sprint(*next * 7 % 10), size: *next % 5})
			*next++
		}
		table.Append(page)
	case 1:
		table.View(frames.Plain(80, n%50))
	case 2:
		table.SortNext()
	case 3:
		table.Bottom()
	case 4:
		table.SortReverse()
	case 5:
		if key, ok := table.RowAt(n); ok {
			table.SetCursor(key)
		}
	case 6:
		table.Filter(func(r *fruit) bool { return r.size == n%6 })
	case 7:
		table.PageUp()
	case 8:
		table.PageDown()
	case 9:
		table.Filter(nil)
	case 10:
		var rows []fruit
		for i := range n {
			rows = append(rows, fruit{id: fmt.Sprint(i * 3), size: i % 7})
		}
		table.SetRows(rows)
	case 11:
		for i := range n {
			table.Remove(fmt.Sprint(i))
		}
	case 12:
		table.Update(fruit{id: fmt.Sprint(n), name: "z", size: n % 5})
	}
}
