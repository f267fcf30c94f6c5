//go:build unix

package e2e

import (
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// This test logs the figures of the README with -v.
func TestCursorKeyTakesFewBytes(t *testing.T) {
	const keys, limit = 15, 100
	began := time.Now()
	x := startDemo(t, size80x24())
	t.Logf("the first rows after %s", time.Since(began).Round(time.Millisecond))
	x.see("1,000 · ", "· now") // everything is loaded, and nothing is drawn by itself
	var sizes []int
	for row := x.cursorRow() + 1; len(sizes) < keys; row++ {
		before := len(x.output())
		x.press("j")
		x.until("the cursor in the next row", func() bool { return x.cursorRow() == row })
		sizes = append(sizes, len(x.output())-before)
	}
	slices.Sort(sizes)
	t.Logf("a cursor key: %d bytes", sizes[keys/2])
	if sizes[keys/2] > limit {
		t.Errorf("a cursor key takes %d bytes, more than %d: %d", sizes[keys/2], limit, sizes)
	}
	x.press("ctrl+c")
	x.exits(0)
	if used, ok := x.cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		t.Logf("memory at the peak: %d MB", used.Maxrss>>10) // Linux counts KiB
	}
}

// cursorRow returns the line of the screen with the cursor of a list.
func (x *terminal) cursorRow() int {
	return slices.IndexFunc(strings.Split(x.screen(), "\n"), func(line string) bool { return strings.HasPrefix(line, "▌") })
}
