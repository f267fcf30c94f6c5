package table

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/uitest/frames"
)

// terminal measures how many bytes each frame costs with Bubble Tea's renderer.
type terminal struct {
	out  bytes.Buffer
	draw *uv.TerminalRenderer
	buf  uv.ScreenBuffer
}

func newTerminal(width, height int) *terminal {
	t := &terminal{buf: uv.NewScreenBuffer(width, height)}
	t.draw = uv.NewTerminalRenderer(&t.out, []string{"TERM=xterm-256color"})
	t.draw.SetColorProfile(colorprofile.TrueColor)
	t.draw.SetTabStops(-1)
	t.draw.SetScrollOptim(true)
	t.draw.SetFullscreen(true)
	t.draw.SetRelativeCursor(false)
	t.draw.EnterAltScreen()
	return t
}

func (t *terminal) show(tb testing.TB, view string) (sent int) {
	tb.Helper()
	t.out.Reset()
	t.buf.Clear()
	uv.NewStyledString(view).Draw(t.buf, t.buf.Bounds())
	t.draw.Render(t.buf.RenderBuffer)
	if err := t.draw.Flush(); err != nil {
		tb.Fatal(err)
	}
	return t.out.Len()
}

// synchronised is the length of the sequences that Bubble Tea puts around a frame on terminals that paint it at once.
const synchronised = len("\x1b[?2026h") + len("\x1b[?2026l")

func TestKeySendsFewBytes(t *testing.T) {
	table := fruitTable(fruits(10_000)...)
	table.Sort("size", true)
	table.Top()
	f := frames.Color(120, 40)
	screen := newTerminal(f.Width, f.Height)
	screen.show(t, table.View(f))
	for _, key := range []struct {
		name string
		move func()
	}{{"down", table.Down}, {"up", table.Up}} {
		for range f.Height { // to the edge, so that every fifth key scrolls
			key.move()
			screen.show(t, table.View(f))
		}
		sent := make([]int, 100)
		for i := range sent {
			key.move()
			sent[i] = screen.show(t, table.View(f)) + synchronised
		}
		slices.Sort(sent)
		t.Logf("%s: %d to %d bytes a key, %d in the middle", key.name, sent[0], sent[99], sent[50])
		if sent[0] == synchronised || sent[50] > 350 {
			t.Errorf("%s: %d bytes a key in the middle, %d at least", key.name, sent[50], sent[0])
		}
	}
}

func TestOnlyVisibleRowsAreDrawn(t *testing.T) {
	drawn := map[string]int{}
	table := New(func(r *fruit) string { return r.id },
		Column[fruit]{ID: "name", Title: "NAME", Min: 10, Cell: func(_ ui.Frame, r *fruit) ui.Cell {
			drawn[r.id]++
			return ui.Styled(ui.RoleText, r.name)
		}},
		Column[fruit]{ID: "gone", Title: "GONE", Min: 500, DropOrder: 1, Cell: func(ui.Frame, *fruit) ui.Cell {
			t.Error("a column that has given way is drawn")
			return ui.Cell{}
		}})
	table.SetRows(fruits(100_000))
	table.MoveTo(50_000)
	table.View(frames.Plain(80, 24))
	if len(drawn) != 23 {
		t.Errorf("%d rows are drawn for 23 lines", len(drawn))
	}
	for id, n := range drawn {
		if n != 1 {
			t.Errorf("%s is drawn %d times", id, n)
		}
	}
	clear(drawn)
	table.Append(fruits(10))
	table.Filter(func(r *fruit) bool { return strings.HasSuffix(r.id, "7") })
	table.MarkAll()
	if len(drawn) != 0 {
		t.Errorf("%d rows are drawn without a view", len(drawn))
	}
}

func TestAllocationsDoNotDependOnRows(t *testing.T) {
	f := frames.Color(120, 40)
	allocations := func(rows int) float64 {
		table := fruitTable(fruits(rows)...)
		table.Sort("size", false)
		table.MoveTo(50)
		table.View(f)
		return testing.AllocsPerRun(40, func() {
			table.Down()
			table.View(f)
		})
	}
	few, many := allocations(100), allocations(100_000)
	t.Logf("%v allocations", few)
	if many > few {
		t.Errorf("%v allocations for 100 rows, %v for 100,000", few, many)
	}
}

func BenchmarkTableKey(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			table := fruitTable(fruits(n)...)
			f := frames.Color(120, 40)
			b.ReportAllocs()
			for b.Loop() {
				if table.Down(); table.Position() == n-1 {
					table.Top()
				}
				table.View(f)
			}
		})
	}
}

func BenchmarkTableFilter(b *testing.B) {
	table := fruitTable(fruits(100_000)...)
	table.Sort("size", false)
	for _, word := range []string{"fruit", "9", "777"} {
		b.Run(word, func(b *testing.B) {
			keep := filter.Language[fruit]{Text: func(r *fruit) string { return r.hay }}.Matcher(filter.Parse(word), nil)
			b.ReportAllocs()
			for b.Loop() {
				table.Filter(keep)
			}
		})
	}
}

func BenchmarkTableSort(b *testing.B) {
	table := fruitTable(fruits(100_000)...)
	for b.Loop() {
		table.Sort("size", false)
		table.Sort("name", true)
	}
}

func BenchmarkTableAppendSortedPage(b *testing.B) {
	rows := fruits(100_000)
	for b.Loop() {
		b.StopTimer()
		table := fruitTable(slices.Clone(rows[:98_000])...)
		table.Sort("size", false)
		b.StartTimer()
		table.Append(rows[98_000:])
	}
}

func BenchmarkTableRefresh(b *testing.B) {
	rows := fruits(100_000)
	table := fruitTable(rows...)
	table.MoveTo(99_000)
	for b.Loop() {
		table.SetRows(rows)
	}
}

// One row of many is learned: on App's goroutine.
func BenchmarkTableUpdate(b *testing.B) {
	table := fruitTable(fruits(100_000)...)
	table.Sort("name", false)
	for i := 0; b.Loop(); i++ {
		table.Share()
		table.Update(fruit{id: "id-99999", name: fmt.Sprint(i % 9)})
	}
}

func BenchmarkTablePrepend(b *testing.B) {
	rows := fruits(100_000)
	for b.Loop() {
		b.StopTimer()
		table := fruitTable(slices.Clone(rows)...)
		table.Sort("name", false)
		b.StartTimer()
		table.Prepend(fruit{id: "new"})
	}
}
