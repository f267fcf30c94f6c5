package ui

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui/uitest"
)

func TestErrorsStayAndOtherToastsExpire(t *testing.T) {
	var v Toasts
	f := testFrame(60, 10)
	v.Add(Toast{Text: Clean("connections list: 403 forbidden"), Error: true, Until: f.Now})
	v.Add(Toast{Text: Clean("sent to the clipboard"), Until: f.Now.Add(4 * time.Second)})
	if got, want := v.View(f), " ✗ connections list: 403 forbidden\n · sent to the clipboard"; got != want {
		t.Errorf("drawn\n%s\nwant\n%s", got, want)
	}
	later := f
	later.Now = f.Now.Add(4 * time.Second)
	if got, want := v.View(later), " ✗ connections list: 403 forbidden"; got != want {
		t.Errorf("drawn\n%s\nwant\n%s", got, want)
	}
	if !v.Expire(later.Now) || v.Expire(later.Now) {
		t.Error("one toast expires, once")
	}
	if e, ok := v.LastError(); !ok || e.Text.String() != "connections list: 403 forbidden" {
		t.Errorf("last error %+v", e)
	}
	if v.DismissErrors(); v.HasErrors() || v.View(f) != "" {
		t.Error("the error is still there")
	}
}

func TestToastReplacesOlderWithSameID(t *testing.T) {
	var v Toasts
	v.Add(Toast{ID: "list", Text: Clean("failed"), Error: true})
	v.Add(Toast{ID: "list", Text: Clean("failed again"), Error: true})
	if got := v.View(testFrame(40, 5)); got != " ✗ failed again" {
		t.Errorf("drawn %q", got)
	}
	if v.Remove("list"); v.HasErrors() {
		t.Error("it works again, and the error is still there")
	}
}

func TestToastsAreLimited(t *testing.T) {
	var v Toasts
	v.Add(Toast{Text: Clean("first error"), Error: true})
	for i := range 100 {
		v.Add(Toast{Text: Clean("note " + strconv.Itoa(i))})
	}
	if len(v.list) != maxToasts || !v.HasErrors() {
		t.Errorf("%d toasts, errors %v", len(v.list), v.HasErrors())
	}
	view := v.View(testFrame(30, 4))
	if want := "   17 more\n · note 97\n · note 98\n · note 99"; view != want {
		t.Errorf("drawn\n%s\nwant\n%s", view, want)
	}
	v.Clear()
	v.Add(Toast{Text: Clean(strings.Repeat("株式会社 ", 100)), Error: true})
	for _, width := range []int{0, 1, 3, 5, 20, 80} {
		view := v.View(testFrame(width, 6))
		uitest.CheckView(t, view, width, maxToastLines)
		if width == 20 && !strings.HasSuffix(view, ellipsis) {
			t.Errorf("what is cut does not say so:\n%s", view)
		}
	}
}

func TestToastKeepsItsHint(t *testing.T) {
	f := testFrame(40, 5)
	for _, text := range []string{"short", strings.Repeat("long ", 7), strings.Repeat("longer ", 60)} {
		v := Toasts{Hint: func() Text { return Clean("x dismisses") }}
		v.Add(Toast{Text: Clean(text), Error: true})
		if view := v.View(f); !strings.Contains(view, "x dismisses") {
			t.Errorf("%q lost its hint:\n%s", text, view)
		}
	}
}

func TestExpireAt(t *testing.T) {
	f := testFrame(40, 5)
	var v Toasts
	v.Add(Toast{Text: Clean("it has arrived")})
	v.Expire(f.Now.Add(time.Hour))
	if v.View(f) == "" {
		t.Fatal("it went by itself")
	}
	v.ExpireAt(f.Now.Add(time.Second))
	v.Expire(f.Now.Add(2 * time.Second))
	if v.View(f) != "" {
		t.Error("it stays after a key")
	}
}

func TestEqualToastsAreShownOnce(t *testing.T) {
	var v Toasts
	v.Add(Toast{Text: Clean("there is no filter")})
	v.Add(Toast{Text: Clean("something else")})
	v.Add(Toast{Text: Clean("there is no filter")})
	if view := v.View(testFrame(40, 6)); view != " · something else\n · there is no filter" {
		t.Errorf("drawn\n%s", view)
	}
	v.Add(Toast{Text: Clean("there is no filter"), Error: true})
	if !v.HasErrors() || len(v.list) != 3 {
		t.Error("an error is more than a word of the same text")
	}
}

// What is selected, and what follows below the screen, stays visible.
func TestToastsCoverNoSelectedRow(t *testing.T) {
	f := testFrame(60, 8)
	filled := f
	filled.Theme = &Theme{Selected: NewStyle(lipgloss.NewStyle().Reverse(true)), Header: NewStyle(lipgloss.NewStyle().Faint(true))}
	for cursor := range f.Height {
		for name, c := range map[string]struct {
			frame    Frame
			selected string
		}{
			"a bar":          {f, CursorBar + "  Globex"},
			"a field's edge": {f, "  " + CursorBar + " Name"},
			"a filled row":   {filled, Line{Styled(RoleText, "Globex")}.ViewOn(filled.Sized(60, 1), RoleSelected)},
		} {
			lines := slices.Repeat([]string{strings.Repeat("row ", 15)}, f.Height)
			lines[cursor] = c.selected
			v := Toasts{Hint: func() Text { return Clean("E shows details") }}
			v.Add(Toast{Text: Clean(strings.Repeat("failed ", 40)), Error: true})
			v.DrawOver(c.frame, lines)
			if lines[cursor] != c.selected {
				t.Errorf("%s in line %d is covered: %q", name, cursor, lines[cursor])
			}
			view := ansi.Strip(strings.Join(lines, "\n"))
			uitest.CheckView(t, view, f.Width, f.Height)
			if n := strings.Count(view, "│"); n != maxToastLines || !strings.Contains(view, "E shows details") {
				t.Errorf("%s in line %d: a toast of %d lines:\n%s", name, cursor, n, view)
			}
			if bottom := ansi.Strip(lines[f.Height-1]); cursor < f.Height-2 && !strings.Contains(bottom, "│") {
				t.Errorf("%s in line %d: the toast isn't at the bottom: %q", name, cursor, bottom)
			}
		}
	}
	lines := slices.Repeat([]string{strings.Repeat("row ", 15)}, 2)
	var v Toasts
	v.Add(Toast{Text: Clean("copied")})
	v.DrawOver(f.Sized(60, 2), lines)
	if left, _, _ := strings.Cut(lines[1], "│"); !strings.HasPrefix(left, "row row row row row row row row row row row") {
		t.Errorf("a short toast covers more than the right: %q", lines[1])
	}
	v.DrawOver(f.Sized(60, 0), nil)
}

func TestACutToastSaysHowToReadIt(t *testing.T) {
	v := Toasts{CutHint: func() Text { return Clean("E shows all") }}
	f := testFrame(40, 5)
	v.Add(Toast{Text: Clean(strings.Repeat("longer ", 60))})
	if view := v.View(f); !strings.Contains(view, "E shows all") {
		t.Errorf("drawn\n%s", view)
	}
	if cut, ok := v.LastCut(f.Now); !ok || cut.Text.Width() < 400 {
		t.Errorf("the whole text is lost: %+v", cut)
	}
	v.Clear()
	v.Add(Toast{Text: Clean("short")})
	if view := v.View(f); strings.Contains(view, "E shows all") {
		t.Errorf("drawn\n%s", view)
	}
	if _, ok := v.LastCut(f.Now); ok {
		t.Error("nothing was cut")
	}
}
