package ui

import (
	"strings"
	"testing"
	"time"

	"nango-tui/ui/uitest"
)

// connection returns the content of a detail screen.
func connection() []Section {
	text := func(s string) []Line { return []Line{{Styled(RoleText, s)}} }
	return []Section{
		{Title: "CAUSE", Note: Line{Styled(RoleBad, "✗ auth")}, Rows: []Row{
			{Lines: []Line{{Styled(RoleBad, "The token could not be refreshed: "), Styled(RoleStrong, "invalid_grant")},
				{Styled(RoleText, "14 times in 24 h, latest 2 min ago; salesforce answered 400 \"expired access/refresh token\"")}}},
		}},
		{Title: "WHO", Rows: []Row{
			{ID: "customer", Label: "Customer", Lines: text("株式会社サンプル · ops@globex.io")},
			{ID: "id", Label: "Connection id", Lines: text("9f1c2e44-3a5d-4c1b-9d7e-77e2d1c0b9a8")},
			{Label: "Since", Lines: text("41 d")},
		}},
		{Title: "CREDENTIALS", Note: Line{Styled(RoleMuted, "masked")}, Rows: []Row{
			{ID: "access_token", Label: "access_token", Lines: text("gho_secret_one"), Secret: true},
			{ID: "refresh_token", Label: "refresh_token", Lines: text("gho_secret_two"), Secret: true},
		}},
		{Title: "TAGS", Rows: []Row{
			{ID: "tag:end_user_id", Label: "end_user_id", Lines: text("usr_812")},
			{ID: "tag:long", Label: "a_rather_long_tag_name_that_is_cut", Lines: text(strings.Repeat("0123456789abcdef", 12))},
			{ID: "tag:empty", Label: "empty"},
		}},
	}
}

func TestFieldsView(t *testing.T) {
	for _, s := range uitest.Sizes() {
		var v Fields
		v.SetSections(connection())
		f := testFrame(s.Width, s.Height)
		v.Reveal("refresh_token", f.Now.Add(time.Second))
		v.View(f)
		v.Down()
		view := v.View(f)
		uitest.CheckView(t, view, s.Width, s.Height)
		uitest.Golden(t, "fields/"+s.Name, view+"\n")
	}
}

func TestRevealShowsOneSecretForAWhile(t *testing.T) {
	var v Fields
	v.SetSections(connection())
	f := testFrame(80, 40)
	shows := func(f Frame) (one, two bool) {
		view := v.View(f)
		return strings.Contains(view, "secret_one"), strings.Contains(view, "secret_two")
	}
	if one, two := shows(f); one || two {
		t.Fatal("a secret is shown unasked")
	}
	v.Reveal("access_token", f.Now.Add(10*time.Second))
	v.Reveal("refresh_token", f.Now.Add(10*time.Second))
	if one, two := shows(f); one || !two {
		t.Errorf("shown: %v %v, want the second alone", one, two)
	}
	v.SetSections(connection())
	if _, two := shows(f); !two {
		t.Error("a refresh hides what was revealed")
	}
	later := f
	later.Now = f.Now.Add(10 * time.Second)
	if _, two := shows(later); two {
		t.Error("still shown when its time is over")
	}
	v.Reveal("access_token", later.Now.Add(time.Hour))
	v.Hide()
	if one, _ := shows(later); one {
		t.Error("shown after it was concealed")
	}
}

// Rows without an ID can be secret, too.
func TestSecretRowWithoutIDStaysHidden(t *testing.T) {
	var v Fields
	v.SetSections([]Section{{Rows: []Row{{Label: "token", Secret: true, Lines: []Line{{Styled(RoleText, "gho_secret")}}}}}})
	f := testFrame(40, 3)
	v.Reveal("", f.Now.Add(time.Minute))
	if view := v.View(f); strings.Contains(view, "gho_secret") {
		t.Errorf("drawn in clear:\n%s", view)
	}
}

func TestCursorStopsAtRowsWithID(t *testing.T) {
	var v Fields
	v.SetSections(connection())
	v.View(testFrame(80, 40))
	var seen []string
	for range 9 {
		seen = append(seen, v.Selected())
		v.Down()
	}
	want := "customer id access_token refresh_token tag:end_user_id tag:long tag:empty tag:empty tag:empty"
	if got := strings.Join(seen, " "); got != want {
		t.Errorf("went over %s, want %s", got, want)
	}
	v.Select("id")
	v.SetSections(connection()[1:])
	if v.Selected() != "id" || v.Select("unknown") || v.Select("") {
		t.Errorf("the cursor is on %q", v.Selected())
	}
	v.SetSections(connection()[2:])
	if v.Selected() != "access_token" {
		t.Errorf("the cursor is on %q", v.Selected())
	}
	v.SetSections(nil)
	if v.Down(); v.Selected() != "" {
		t.Errorf("the cursor is on %q of nothing", v.Selected())
	}
}

// All lines are reachable by moving in one direction, whatever is above, between or below the rows with an ID.
func TestScrollingReachesEveryLine(t *testing.T) {
	text := func(from, to int) (rows []Row) {
		for i := from; i < to; i++ {
			rows = append(rows, Row{Lines: []Line{{Styled(RoleText, "line "+count(i)+".")}}})
		}
		return rows
	}
	rows := append(text(0, 30), Row{ID: "a", Lines: []Line{{Styled(RoleText, "line 30.")}}})
	rows = append(append(rows, text(31, 60)...), Row{ID: "b", Lines: []Line{{Styled(RoleText, "line 60.")}}})
	rows = append(rows, text(61, 90)...)
	for name, step := range map[string]func(*Fields, int){
		"down":      func(v *Fields, _ int) { v.Down() },
		"up":        func(v *Fields, _ int) { v.Up() },
		"page down": func(v *Fields, _ int) { v.PageDown() },
		"page up":   func(v *Fields, _ int) { v.PageUp() },
	} {
		var v Fields
		v.SetSections([]Section{{Rows: rows}})
		f := testFrame(40, 10)
		v.View(f)
		if strings.HasSuffix(name, "up") {
			v.Bottom()
		}
		seen := map[string]bool{}
		for n := range 150 {
			for _, word := range strings.Split(v.View(f), "\n") {
				seen[strings.Trim(word, " ▌▐")] = true
			}
			step(&v, n)
		}
		for i := range 90 {
			if !seen["line "+count(i)+"."] {
				t.Errorf("%s: line %d is never on the screen", name, i)
			}
		}
	}
}

func TestFieldsRowAt(t *testing.T) {
	var v Fields
	v.SetSections(connection())
	f := testFrame(80, 12)
	for range 3 {
		for y, line := range strings.Split(v.View(f), "\n") {
			id := v.RowAt(5, y)
			if strings.Contains(line, "Connection id") && id != "id" || strings.Contains(line, "CAUSE") && id != "" {
				t.Errorf("line %d, %q: %q", y, line, id)
			}
		}
		v.PageDown()
	}
	if v.RowAt(0, -1) != "" || v.RowAt(0, 12) != "" {
		t.Error("a row outside the view")
	}
}

func TestFieldsStayInTheirFrame(t *testing.T) {
	var v Fields
	v.SetSections(connection())
	for width := range 90 {
		for _, height := range []int{0, 1, 2, 7} {
			uitest.CheckView(t, v.View(testFrame(width, height)), width, max(height, 1))
			v.Down()
		}
	}
}
