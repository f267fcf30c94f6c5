package ui

import (
	"strings"
	"testing"

	"nango-tui/ui/uitest"
)

// placed is the content of a detail screen with its data at the side.
func placed() []Section {
	all := connection()
	At(Side, all[1:]...)
	return append(all, Section{Title: "OUTPUT", Place: Below, Rows: []Row{
		{ID: "output", Lines: []Line{{Styled(RoleText, strings.Repeat("a log line ", 9)+"ends")}}}}})
}

// find returns where a text begins in a view.
func find(t *testing.T, view, text string) (x, y int) {
	t.Helper()
	for y, line := range strings.Split(view, "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			return testFrame(0, 0).StringWidth(before), y
		}
	}
	t.Fatalf("%q is not in\n%s", text, view)
	return 0, 0
}

func TestWideFieldsHaveColumns(t *testing.T) {
	for width, columns := range map[int]map[string]int{
		109: {"CAUSE": 0, "WHO": 0, "CREDENTIALS": 0, "OUTPUT": 0},
		110: {"CAUSE": 0, "WHO": 56, "CREDENTIALS": 56, "OUTPUT": 0},
		160: {"CAUSE": 0, "WHO": 54, "TAGS": 108, "OUTPUT": 0},
	} {
		var v Fields
		v.SetSections(placed())
		view := v.View(testFrame(width, 40))
		uitest.CheckView(t, view, width, 40)
		for title, want := range columns {
			if x, _ := find(t, view, title); x != want {
				t.Errorf("%d columns: %s begins at %d, want %d\n%s", width, title, x, want, view)
			}
		}
		_, output := find(t, view, "OUTPUT")
		if _, y := find(t, view, "empty"); y > output {
			t.Errorf("%d columns: OUTPUT is not below the rest\n%s", width, view)
		}
		if width > 109 && !strings.Contains(view, "a log line ends") {
			t.Errorf("%d columns: the log line is not drawn over the whole width\n%s", width, view)
		}
	}
}

// A view without a section at the side has no columns, whatever its width.
func TestFieldsWithoutSideHaveOneColumn(t *testing.T) {
	var v Fields
	v.SetSections(connection())
	if x, _ := find(t, v.View(testFrame(200, 40)), "WHO"); x != 0 {
		t.Errorf("WHO begins at %d", x)
	}
}

// Whatever is at the side, nothing is hidden below while there is room in another column.
func TestColumnsAreLeveled(t *testing.T) {
	rows := func(n int) (all []Row) {
		for i := range n {
			all = append(all, Row{ID: "row " + count(i) + " of " + count(n), Lines: []Line{{Styled(RoleText, "a row")}}})
		}
		return all
	}
	for name, places := range map[string][]Place{"side": {Main, Side, Side, Side}, "main": {Main, Main, Main, Side},
		"no main": {Side, Side, Side, Side}} {
		var sections []Section
		for i, place := range places {
			sections = append(sections, Section{Title: "TITLE", Rows: rows(6 + i), Place: place})
		}
		var v Fields
		v.SetSections(sections)
		if view := v.View(testFrame(120, 20)); strings.Contains(view, "▐") {
			t.Errorf("%s: lines are hidden below:\n%s", name, view)
		}
		v.View(testFrame(120, 10))
		v.View(testFrame(80, 10))
		if view := v.View(testFrame(120, 10)); !strings.Contains(view, "▐") {
			t.Errorf("%s: it doesn't say that lines are hidden below:\n%s", name, view)
		}
	}
}

// The cursor goes down one column, then down the next, whatever fits on the screen, and back; a click selects in its column.
func TestCursorGoesThroughColumns(t *testing.T) {
	for _, height := range []int{3, 8, 40} {
		var v Fields
		v.SetSections(append(placed(), Section{Title: "MORE", Rows: []Row{{ID: "main", Lines: []Line{{Styled(RoleText, "x")}}}}}))
		f := testFrame(120, height)
		v.View(f)
		walk := func(step func()) string {
			var seen []string
			for range 200 {
				if id := v.Selected(); len(seen) == 0 || seen[len(seen)-1] != id {
					seen = append(seen, id)
				}
				step()
				uitest.CheckView(t, v.View(f), 120, height)
			}
			return strings.Join(seen, " ")
		}
		v.Select("main")
		down, up := walk(v.Down), walk(v.Up)
		if n := len(strings.Fields(down)); n < 8 || !strings.HasPrefix(down, "main ") || !strings.HasSuffix(up, " main") {
			t.Errorf("height %d: down %s; up %s", height, down, up)
		}
	}
	var v Fields
	v.SetSections(placed())
	view := v.View(testFrame(120, 40))
	x, y := find(t, view, "Connection id")
	if v.RowAt(x, y) != "id" || v.RowAt(2, y) == "id" {
		t.Errorf("a click on Connection id selects %q, beside it %q", v.RowAt(x, y), v.RowAt(2, y))
	}
}

// Every line can be scrolled into a small wide view.
func TestScrollingReachesEveryColumn(t *testing.T) {
	var v Fields
	v.SetSections(placed())
	seen := ""
	for range 80 {
		seen += v.View(testFrame(120, 4)) + "\n"
		v.Down()
	}
	for _, want := range []string{"CAUSE", "expired access", "Since", "refresh_token", "empty", "a log line ends"} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q is never on the screen", want)
		}
	}
	v.Bottom()
	if view := v.View(testFrame(120, 4)); !strings.Contains(view, "a log line ends") || v.Selected() != "output" {
		t.Errorf("the end is not the last line: %s\n%s", v.Selected(), view)
	}
}
