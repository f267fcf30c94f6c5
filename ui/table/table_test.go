package table

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nango-tui/ui"
	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

type fruit struct {
	id, name, state string
	size            int
	hay             string
}

func fruits(n int) []fruit {
	rows := make([]fruit, n)
	for i := range rows {
		name := fmt.Sprintf("Fruit %06d", i)
		rows[i] = fruit{fmt.Sprintf("id-%d", i), name, []string{"✓ fine", "✗ auth"}[i%2], (i * 7919) % n, strings.ToLower(name)}
	}
	return rows
}

func fruitTable(rows ...fruit) *Table[fruit, string] {
	t := New(func(r *fruit) string { return r.id },
		Column[fruit]{ID: "name", Title: "NAME", Min: 12, Weight: 2,
			Cell:    func(f ui.Frame, r *fruit) ui.Cell { return f.Styled(ui.RoleText, r.name) },
			Compare: func(a, b *fruit) int { return cmp.Compare(a.name, b.name) }},
		Column[fruit]{ID: "state", Title: "STATE", Min: 7, Max: 9, Weight: 1, DropOrder: 3,
			Cell: func(_ ui.Frame, r *fruit) ui.Cell { return ui.Styled(ui.RoleGood, r.state) }},
		Column[fruit]{ID: "size", Title: "SIZE", Min: 6, DropOrder: 2, Right: true,
			Cell:    func(_ ui.Frame, r *fruit) ui.Cell { return ui.Cell{Text: ui.Count(r.size), Role: ui.RoleText} },
			Compare: func(a, b *fruit) int { return cmp.Compare(a.size, b.size) }},
		Column[fruit]{ID: "id", Title: "ID", Min: 8, Weight: 1, DropOrder: 1,
			Cell: func(f ui.Frame, r *fruit) ui.Cell { return f.Styled(ui.RoleMuted, r.id) }},
	)
	t.SetRows(rows)
	return t
}

// screenOf returns the ids of the visible rows, the one under the cursor in brackets.
func screenOf(t *Table[fruit, string], height int) string {
	t.View(frames.Plain(80, height))
	var ids []string
	for y := 1; y < height; y++ {
		id, ok := t.RowAt(y)
		if !ok {
			break
		}
		id = strings.TrimPrefix(id, "id-")
		if key, _ := t.CursorKey(); key == "id-"+id {
			id = "[" + id + "]"
		}
		ids = append(ids, id)
	}
	return strings.Join(ids, " ")
}

func wantScreen(t *testing.T, table *Table[fruit, string], height int, want string) {
	t.Helper()
	if got := screenOf(table, height); got != want {
		t.Errorf("on the screen %s, want %s", got, want)
	}
}

func TestView(t *testing.T) {
	view := fruitTable(fruits(3)...).View(ui.Frame{Width: 60, Height: 5})
	want := strings.Join([]string{
		"   NAME                    STATE        SIZE  ID",
		"▌  Fruit 000000            ✓ fine          0  id-0",
		"   Fruit 000001            ✗ auth          2  id-1",
		"   Fruit 000002            ✓ fine          1  id-2",
		"",
	}, "\n")
	if view != want {
		t.Errorf("got\n%s\nwant\n%s", view, want)
	}
}

func TestColumnsAreDroppedInOrder(t *testing.T) {
	table := fruitTable(fruits(1)...)
	for width, want := range map[int]string{60: "NAME STATE SIZE ID", 40: "NAME STATE SIZE", 30: "NAME STATE", 20: "NAME", 8: "NAME"} {
		head, _, _ := strings.Cut(table.View(frames.Plain(width, 3)), "\n")
		if got := strings.Join(strings.Fields(head), " "); got != want {
			t.Errorf("%d cells: %s, want %s", width, got, want)
		}
	}
}

func TestCursorAtTheEdgeScrollsByFive(t *testing.T) {
	table := fruitTable(fruits(40)...)
	wantScreen(t, table, 11, "[0] 1 2 3 4 5 6 7 8 9")
	for range 10 {
		table.Down()
	}
	wantScreen(t, table, 11, "5 6 7 8 9 [10] 11 12 13 14")
	for range 6 {
		table.Up()
	}
	wantScreen(t, table, 11, "0 1 2 3 [4] 5 6 7 8 9")
	table.Bottom()
	wantScreen(t, table, 11, "30 31 32 33 34 35 36 37 38 [39]")
	table.PageUp()
	wantScreen(t, table, 11, "21 22 23 24 25 26 27 28 29 [30]")
	table.PageDown()
	table.PageDown()
	wantScreen(t, table, 11, "30 31 32 33 34 35 36 37 38 [39]")
	table.HalfUp()
	wantScreen(t, table, 11, "25 26 27 28 29 30 31 32 33 [34]")
	table.HalfDown()
	wantScreen(t, table, 11, "30 31 32 33 34 35 36 37 38 [39]")
	table.Top()
	wantScreen(t, table, 11, "[0] 1 2 3 4 5 6 7 8 9")
}

func TestRefreshKeepsCursorRowAndLine(t *testing.T) {
	table := fruitTable(fruits(40)...)
	table.View(frames.Plain(80, 6))
	table.SetCursor("id-20")
	wantScreen(t, table, 6, "17 18 19 [20] 21")
	table.SetRows(slices.DeleteFunc(fruits(40), func(r fruit) bool { return r.size%3 == 0 && r.id != "id-20" }))
	if key, _ := table.CursorKey(); key != "id-20" {
		t.Errorf("the cursor is on %s", key)
	}
	if got := strings.Fields(screenOf(table, 6)); got[3] != "[20]" {
		t.Errorf("the row under the cursor has moved: %v", got)
	}
}

func TestCursorMovesToNearestIfRowIsRemoved(t *testing.T) {
	table := fruitTable(fruits(40)...)
	table.SetCursor("id-20")
	table.SetRows(slices.Delete(fruits(40), 20, 22)) // 20 and 21 are removed, 22 and 19 remain
	if key, _ := table.CursorKey(); key != "id-19" {
		t.Errorf("the cursor is on %s, not on the row before", key)
	}
	table.SetRows(fruits(5))
	if table.SetRows(nil); table.Cursor() != nil || table.Shown() != 0 {
		t.Error("there is a row under the cursor of an empty table")
	}
	if table.SetRows(fruits(2)); table.Position() != 0 {
		t.Errorf("the cursor is on row %d", table.Position())
	}
}

func TestAppendKeepsSortOrder(t *testing.T) {
	rows := fruits(300)
	table := fruitTable(slices.Clone(rows[:100])...)
	table.Sort("size", true)
	table.View(frames.Plain(80, 11))
	table.MoveTo(30)
	key, _ := table.CursorKey()
	line := strings.Fields(screenOf(table, 11))
	table.Append(rows[100:200])
	table.Append(rows[200:])
	if now, _ := table.CursorKey(); now != key {
		t.Errorf("the cursor went from %s to %s", key, now)
	}
	now := strings.Fields(screenOf(table, 11))
	cursor := func(s string) bool { return strings.HasPrefix(s, "[") }
	if slices.IndexFunc(now, cursor) != slices.IndexFunc(line, cursor) {
		t.Errorf("the cursor's line moved: %v, before %v", now, line)
	}
	size := 299
	for r := range table.EachShown() {
		if r.size != size {
			t.Fatalf("%d stands where %d should", r.size, size)
		}
		size--
	}
}

func TestSortIsStableAndCycles(t *testing.T) {
	rows := []fruit{{id: "id-0", size: 2, name: "b"}, {id: "id-1", size: 1, name: "c"}, {id: "id-2", size: 2, name: "a"},
		{id: "id-3", size: 1, name: "d"}}
	table := fruitTable(rows...)
	table.SortNext()
	wantScreen(t, table, 6, "[2] 0 1 3")
	table.SortNext()
	wantScreen(t, table, 6, "[1] 3 0 2")
	table.SortReverse()
	wantScreen(t, table, 6, "[0] 2 1 3")
	if head, _, _ := strings.Cut(table.View(frames.Plain(80, 6)), "\n"); !strings.Contains(head, "SIZE ↓") {
		t.Errorf("the head does not say how it is sorted: %s", head)
	}
	table.SortNext()
	wantScreen(t, table, 6, "[0] 1 2 3")
	if table.Sort("state", false) || table.Sort("unknown", false) {
		t.Error("sorted by a column that cannot be sorted by")
	}
}

// After a sort or a filter the cursor is on the first row, unless the user has moved it to a row that is still shown.
func TestSortAndFilterKeepOnlyTheRowThatTheUserMovedTo(t *testing.T) {
	size := func(n int) func(*fruit) bool { return func(r *fruit) bool { return r.size%n == 0 } }
	for name, c := range map[string]struct {
		do             func(*Table[fruit, string])
		unmoved, moved string
	}{
		"sort":                   {func(t *Table[fruit, string]) { t.Sort("size", true) }, "id-1", "id-20"}, // 7919 mod 40 is 39
		"reverse":                {func(t *Table[fruit, string]) { t.Sort("name", false); t.SortReverse() }, "id-39", "id-20"},
		"filter":                 {func(t *Table[fruit, string]) { t.Filter(size(20)) }, "id-0", "id-20"},
		"filter that hides it":   {func(t *Table[fruit, string]) { t.Filter(func(r *fruit) bool { return r.size > 30 }) }, "id-1", "id-1"},
		"typed filter":           {func(t *Table[fruit, string]) { t.DropAnchor(); t.Narrow(size(20)) }, "id-0", "id-0"},
		"filter there and back":  {func(t *Table[fruit, string]) { t.Filter(size(7)); t.Filter(nil) }, "id-0", "id-20"},
		"sort after a refresh":   {func(t *Table[fruit, string]) { t.SetRows(fruits(40)); t.Sort("name", true) }, "id-39", "id-20"},
		"sort after its removal": {func(t *Table[fruit, string]) { t.Remove("id-20"); t.Sort("name", true) }, "id-39", "id-39"},
	} {
		for _, moved := range []bool{false, true} {
			table, want := fruitTable(fruits(40)...), c.unmoved
			if moved {
				table.SetCursor("id-20")
				want = c.moved
			}
			c.do(table)
			if key, _ := table.CursorKey(); key != want {
				t.Errorf("%s, moved %v: the cursor is on %s, not on %s", name, moved, key, want)
			}
		}
	}
}

func TestFilteredRowsKeepTheirOrder(t *testing.T) {
	table := fruitTable(fruits(40)...)
	table.SetCursor("id-20")
	table.Filter(func(r *fruit) bool { return r.state == "✓ fine" })
	if key, _ := table.CursorKey(); key != "id-20" || table.Shown() != 20 || table.Len() != 40 {
		t.Errorf("cursor on %s, %d of %d shown", key, table.Shown(), table.Len())
	}
	table.Narrow(func(r *fruit) bool { return strings.HasSuffix(r.id, "2") || r.state == "✗ auth" })
	wantScreen(t, table, 6, "[2] 12 22 32")
	table.Append([]fruit{{id: "id-102", state: "✗ auth"}, {id: "id-103"}})
	wantScreen(t, table, 6, "[2] 12 22 32 102")
	table.Down()
	table.Filter(nil)
	if key, _ := table.CursorKey(); key != "id-12" || table.Shown() != 42 {
		t.Errorf("cursor on %s, %d shown", key, table.Shown())
	}
}

// The rows above the one that the user moved to stay visible as far as there is room, however often the filter changes.
func TestFilterKeepsLineOfSelectedRow(t *testing.T) {
	table := fruitTable(fruits(40)...)
	wantScreen(t, table, 6, "[0] 1 2 3 4")
	table.MoveTo(3)
	for _, step := range []struct {
		leavesOut int // the number of hidden rows before this one; the first is shown if it is beyond the cursor
		want      string
	}{
		{2, "2 [3] 4 5 6"}, {3, "[3] 4 5 6 7"}, {10, "[0] 10 11 12 13"},
	} {
		table.Filter(func(r *fruit) bool {
			n, _ := strconv.Atoi(strings.TrimPrefix(r.id, "id-"))
			return n >= step.leavesOut || n == 0 && step.leavesOut > 3
		})
		wantScreen(t, table, 6, step.want)
	}
	table.Filter(nil)
	wantScreen(t, table, 6, "0 1 2 [3] 4")
}

func TestMarksBelongToKeys(t *testing.T) {
	table := fruitTable(fruits(10)...)
	table.SetCursor("id-3")
	table.ToggleMark()
	table.Filter(func(r *fruit) bool { return r.state == "✓ fine" })
	table.MarkAll()
	if n, hidden := table.MarkedCount(); n != 6 || hidden != 1 {
		t.Errorf("%d marked, %d of them not shown", n, hidden)
	}
	table.SetRows(fruits(4))
	if got := strings.Join(table.Marked(), " "); got != "id-0 id-2 id-3" {
		t.Errorf("after a refresh: %s", got)
	}
	table.Append(fruits(10)[4:])
	if got := strings.Join(table.Marked(), " "); got != "id-0 id-2 id-3 id-4 id-6 id-8" {
		t.Errorf("when the rest has arrived: %s", got)
	}
	table.Remove("id-2", "id-3", "unknown")
	table.Filter(nil)
	if n, hidden := table.MarkedCount(); n != 4 || hidden != 0 || table.Len() != 8 {
		t.Errorf("%d marked, %d hidden, %d rows", n, hidden, table.Len())
	}
	view := table.View(frames.Plain(60, 4))
	if !strings.Contains(view, "\n ● Fruit 000000") && !strings.Contains(view, "\n▌● Fruit 000000") {
		t.Errorf("a mark is not seen:\n%s", view)
	}
	table.ClearMarks()
	if n, _ := table.MarkedCount(); n != 0 || len(table.Marked()) != 0 {
		t.Errorf("%d marked", n)
	}
}

func TestRowAtAndColumnAt(t *testing.T) {
	table := fruitTable(fruits(40)...)
	table.MoveTo(20)
	view := strings.Split(table.View(frames.Plain(60, 11)), "\n")
	for y := 1; y < 11; y++ {
		if id, ok := table.RowAt(y); !ok || !strings.HasSuffix(strings.TrimRight(view[y], " ▐"), id) {
			t.Errorf("line %d: %s, drawn is %s", y, id, view[y])
		}
	}
	for _, y := range []int{-1, 0, 11, 99} {
		if id, ok := table.RowAt(y); ok {
			t.Errorf("line %d: %s", y, id)
		}
	}
	for _, title := range []string{"NAME", "STATE", "SIZE", "ID"} {
		if id, _ := table.ColumnAt(strings.Index(view[0], title)); !strings.EqualFold(id, title) {
			t.Errorf("%s: %q", title, id)
		}
	}
}

func TestViewStaysInFrame(t *testing.T) {
	rows := []fruit{
		{id: "株式会社サンプル株式会社サンプル", name: "株式会社サンプル株式会社サンプル", state: "👨‍👩‍👧👍🏽"},
		{id: "\x1b[2J\u202e", name: "one\ntwo\x1b[31m", state: "مرحبا بالعالم"},
		{id: strings.Repeat("x", 5000), name: "e\u0301e\u0301\u0301", state: "हिन्दी"},
	}
	table := fruitTable(rows...)
	for width := range 90 {
		for _, height := range []int{0, 1, 2, 4} {
			uitest.CheckView(t, table.View(frames.Plain(width, height)), width, max(height, 1))
		}
	}
}
