//go:build unix

package e2e

import (
	"slices"
	"syscall"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// cursorKeyLimit is the maximum of bytes that a cursor key sends in a list at 120 columns, without a preview, in the middle of some
// keys. A key that scrolls sends more.
const cursorKeyLimit = 350

// This test logs the figures of the README with -v.
func TestCursorKeyTakesFewBytes(t *testing.T) {
	for _, theme := range []string{"dark", "light", "high-contrast", "16-colors", "plain"} {
		t.Run(theme, func(t *testing.T) {
			t.Parallel()
			measureCursorKey(t, theme)
		})
	}
}

func measureCursorKey(t *testing.T, theme string) {
	const keys = 15
	began := time.Now()
	x := start(t, []string{"--demo", "--theme", theme}, nil, size120x40())
	t.Logf("the first rows after %s", time.Since(began).Round(time.Millisecond))
	x.see("1,000 · ", "· now") // everything is loaded, and nothing is drawn by itself
	x.press("v")
	x.gone("created")
	var sizes []int
	for row := x.cursorRow() + 1; len(sizes) < keys; row++ {
		before := len(x.output())
		x.press("j")
		x.until("the cursor in the next row", func() bool { return x.cursorRow() == row })
		sizes = append(sizes, len(x.output())-before)
	}
	slices.Sort(sizes)
	t.Logf("a cursor key: %d bytes", sizes)
	if sizes[keys/2] > cursorKeyLimit {
		t.Errorf("a cursor key takes %d bytes, more than %d: %d", sizes[keys/2], cursorKeyLimit, sizes)
	}
	x.press("ctrl+c")
	x.exits(0)
	if used, ok := x.cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		t.Logf("memory at the peak: %d MB", used.Maxrss>>10) // Linux counts KiB
	}
}

// cursorRow returns the line of the screen that is filled, which has the cursor of a list.
func (x *terminal) cursorRow() int {
	cells := x.cells()
	filled := func(y int) bool {
		for column := range 3 {
			if s := cells.CellAt(column, y).Style; s.Bg == nil && s.Attrs&uv.AttrReverse == 0 {
				return false
			}
		}
		return true
	}
	for y := 3; y < cells.Bounds().Dy()-2; y++ { // between header and footer
		if filled(y) {
			return y
		}
	}
	return -1
}
