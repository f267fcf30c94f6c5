package table

import (
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"nango-tui/ui"
	"nango-tui/ui/uitest/frames"
)

// The row under the cursor is filled from edge to edge, also behind the scrollbar, and no other is. There is no bar then.
func TestSelectedRowIsFilledFromEdgeToEdge(t *testing.T) {
	f := frames.Color(60, 8)
	table := fruitTable(fruits(50)...)
	table.MoveTo(2)
	view := table.View(f)
	if strings.Contains(view, ui.CursorBar) || !strings.Contains(frames.Color(60, 8).Theme.Selected.On(), "48;5;18") {
		t.Error("a filled row has a bar")
	}
	screen := uv.NewScreenBuffer(f.Width, f.Height)
	uv.NewStyledString(view).Draw(screen, screen.Bounds())
	for y := range f.Height {
		for x := range f.Width {
			if filled := screen.CellAt(x, y).Style.Bg != nil; filled != (y == 3) {
				t.Fatalf("cell %d of line %d is filled: %v", x, y, filled)
			}
		}
	}
	id := strings.Index(strings.Split(frames.Plain(60, 8).Truncate(fruitTable(fruits(1)...).View(frames.Plain(60, 8)), 60), "\n")[0], "ID")
	if on, below := screen.CellAt(id, 3).Style.Fg, screen.CellAt(id, 4).Style.Fg; on != below || below == nil {
		t.Errorf("the id has the color %v on the selected row, %v below", on, below)
	}
}
