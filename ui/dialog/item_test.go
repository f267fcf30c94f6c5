package dialog

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"nango-tui/ui"
	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

func fruits() []Item {
	var items []Item
	for i := range 40 {
		name := fmt.Sprintf("fruit %d", i)
		items = append(items, Item{ID: name, Title: ui.Clean(name), Detail: ui.Clean("sweet"), Keys: "f"})
	}
	return items
}

// pickers are the dialogs with a selected item. Each has 40.
func pickers() map[string]unseenDialog {
	return map[string]unseenDialog{
		"palette": NewPalette(fruits()),
		"menu":    NewMenu(ui.Clean("Fruits"), fruits()),
		"go to":   NewGoTo(func(string) Completion { return Completion{Items: fruits()} }, nil),
	}
}

// filledLines are the lines of a drawing that have a background from edge to edge. No other cell may have one.
func filledLines(t *testing.T, drawn string, f ui.Frame) (lines []int) {
	t.Helper()
	cells := uv.NewScreenBuffer(f.Width, f.Height)
	uv.NewStyledString(drawn).Draw(cells, cells.Bounds())
	for y := range f.Height {
		filled := 0
		for x := range f.Width {
			if cells.CellAt(x, y).Style.Bg != nil {
				filled++
			}
		}
		switch filled {
		case 0:
		case f.Width:
			lines = append(lines, y)
		default:
			t.Errorf("line %d is filled in %d of %d cells:\n%s", y, filled, f.Width, drawn)
		}
	}
	return lines
}

// The selected item looks like the selected row of a list: filled from edge to edge, also behind the scrollbar.
func TestTheSelectedItemIsFilled(t *testing.T) {
	for name, picker := range pickers() {
		f := frames.Color(60, 12)
		picker.Key(uitest.Press("down"))
		if name == "go to" {
			picker.Key(uitest.Press("down"))
		}
		if drawn := picker.View(f); !slices.Equal(filledLines(t, drawn, f), []int{2}) || strings.Contains(drawn, ui.CursorBar) {
			t.Errorf("%s: the second item is not what is filled:\n%s", name, drawn)
		}
		plain := strings.Split(picker.View(frames.Plain(60, 12)), "\n")
		if !strings.HasPrefix(plain[2], "▌ fruit 1") || !strings.HasSuffix(plain[2], " f▐") {
			t.Errorf("%s without colors: %q", name, plain[2])
		}
	}
}

// A picker says where it is, and its items stay where they are while the cursor moves among those that are visible.
func TestAPickerScrollsLikeAList(t *testing.T) {
	for name, picker := range pickers() {
		f := frames.Plain(60, 12)
		first := func() string { return strings.TrimLeft(strings.Split(picker.View(f), "\n")[1], "▌ ") }
		before := first()
		down := 9
		if name == "go to" {
			down++
		}
		for range down {
			picker.Key(uitest.Press("down"))
			if after := first(); after != before {
				t.Fatalf("%s scrolls from %q to %q though the cursor is among what is visible", name, before, after)
			}
		}
		picker.Key(uitest.Press("down"))
		if after := first(); after == before || !strings.Contains(after, "fruit 3 ") {
			t.Errorf("%s: after the last visible item, the first one is %q", name, after)
		}
		f.Position = &ui.Position{}
		if picker.View(f); *f.Position != (ui.Position{At: 11, Of: 40}) {
			t.Errorf("%s says that the cursor is at %+v", name, *f.Position)
		}
	}
}

// What scrolls without a cursor has a scrollbar instead of a line, and says up to which line it is visible.
func TestScrolledTextHasAScrollbar(t *testing.T) {
	f := frames.Plain(40, 10)
	for name, d := range map[string]unseenDialog{
		"help":   NewHelp([]HelpGroup{{Title: ui.Clean("Here"), Items: fruits()}}),
		"notice": &Notice{Lines: slices.Repeat([]ui.Line{ui.Muted(strings.Repeat("long ", 30))}, 9)},
	} {
		f.Position = &ui.Position{}
		drawn := d.View(f)
		if !strings.Contains(drawn, "▐") || strings.Contains(drawn, "more below") || f.Position.Of <= f.Height {
			t.Errorf("%s at %+v:\n%s", name, *f.Position, drawn)
		}
		*f.Position = ui.Position{}
		d.Key(uitest.Press("end"))
		if drawn := d.View(f); f.Position.At != f.Position.Of || !strings.HasSuffix(drawn, "▐") {
			t.Errorf("%s at its end is at %+v:\n%s", name, *f.Position, drawn)
		}
	}
}

// What is cut of the selected option's detail is below the options.
func TestAMenuShowsTheWholeDetail(t *testing.T) {
	long := "stops a run, discards the checkpoint, keeps records"
	m := NewMenu(ui.Clean("Run"), []Item{{ID: "now", Title: ui.Clean("Run now"), Detail: ui.Clean("continues")},
		{ID: "reset", Title: ui.Clean("Reset and run"), Detail: ui.Clean(long)}})
	f := frames.Plain(60, m.Height(frames.Plain(60, 20)))
	if drawn := m.View(f); strings.Contains(drawn, long) {
		t.Errorf("another option's detail is shown:\n%s", drawn)
	}
	m.Select(1)
	if drawn := m.View(f); !strings.Contains(drawn, long) {
		t.Errorf("the detail is cut:\n%s", drawn)
	}
	if drawn := m.View(frames.Plain(90, f.Height)); strings.Count(drawn, long) != 1 {
		t.Errorf("the detail is shown twice:\n%s", drawn)
	}
}

func TestAMenuBeginsOnTheChosenItem(t *testing.T) {
	m := NewMenu(ui.Clean("Fruits"), fruits())
	for n, want := range map[int]string{-1: "fruit 0", 3: "fruit 3", 99: "fruit 39"} {
		m.Select(n)
		if item, _ := m.Current(); item.ID != want {
			t.Errorf("item %d is %s", n, item.ID)
		}
	}
}
