package ui

import (
	"strconv"
	"strings"
	"testing"
	"time"

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
