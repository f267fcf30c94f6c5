//go:build unix

package e2e

import (
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// cursorKeyLimit is the maximum of bytes that a cursor key sends in a list at 120 columns, without a preview, in the middle of some
// keys. A key that scrolls sends more.
const cursorKeyLimit = 350

// previewKeyLimit is the same with a preview, which follows the cursor.
const previewKeyLimit = 700

// pageDownLimit is the maximum of bytes that page down sends in a list with a preview at 120×40, in the middle of some keys.
const pageDownLimit = 2500

func TestPageDownTakesFewBytes(t *testing.T) {
	x := start(t, []string{"--demo"}, nil, size120x40())
	x.see("1,000 · ", "· now")
	var sizes []int
	for page := 1; len(sizes) < 9; page++ {
		before := len(x.output())
		x.press("pgdown")
		x.see(fmt.Sprintf("%d of 1,000", 1+page*33))
		sizes = append(sizes, len(x.output())-before)
	}
	slices.Sort(sizes)
	t.Logf("page down: %d bytes", sizes)
	if sizes[4] > pageDownLimit {
		t.Errorf("page down takes %d bytes, more than %d", sizes[4], pageDownLimit)
	}
	x.press("ctrl+c")
	x.exits(0)
}

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
	began := time.Now()
	x := start(t, []string{"--demo", "--theme", theme}, nil, size120x40())
	t.Logf("the first rows after %s", time.Since(began).Round(time.Millisecond))
	x.see("1,000 · ", "· now") // everything is loaded, and nothing is drawn by itself
	x.limitCursorKey(previewKeyLimit)
	x.press("V")
	x.gone("created")
	x.limitCursorKey(cursorKeyLimit)
	x.press("ctrl+c")
	x.exits(0)
	if used, ok := x.cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		t.Logf("memory at the peak: %d MB", used.Maxrss>>10) // Linux counts KiB
	}
}

// limitCursorKey presses some cursor keys and checks what the median sends.
func (x *terminal) limitCursorKey(limit int) {
	const keys = 15
	x.t.Helper()
	var sizes []int
	for row := x.cursorRow() + 1; len(sizes) < keys; row++ {
		before := len(x.output())
		x.press("j")
		x.until("the cursor in the next row", func() bool { return x.cursorRow() == row })
		sizes = append(sizes, len(x.output())-before)
	}
	slices.Sort(sizes)
	x.t.Logf("a cursor key: %d bytes", sizes)
	if sizes[keys/2] > limit {
		x.t.Errorf("a cursor key takes %d bytes, more than %d: %d", sizes[keys/2], limit, sizes)
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
