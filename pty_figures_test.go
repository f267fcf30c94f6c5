//go:build unix

package main

import (
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What the README says of the program in a terminal; -v tells the figures.
func TestACursorKeyTakesFewBytes(t *testing.T) {
	const keys, most = 15, 100
	builtBinary(t)
	began := time.Now()
	x := demo(t, usual())
	t.Logf("the first rows after %s", time.Since(began).Round(time.Millisecond))
	x.see("1,000 · ", "· now") // all is read, and nothing more is drawn by itself
	var sizes []int
	for row := x.cursorRow() + 1; len(sizes) < keys; row++ {
		before := len(x.output())
		x.press("j")
		x.until("the cursor in the next row", func() bool { return x.cursorRow() == row })
		sizes = append(sizes, len(x.output())-before)
	}
	slices.Sort(sizes)
	t.Logf("a cursor key: %d bytes", sizes[keys/2])
	if sizes[keys/2] > most {
		t.Errorf("a cursor key takes %d bytes, more than %d: %d", sizes[keys/2], most, sizes)
	}
	x.press("ctrl+c")
	x.ends(0)
	if used, ok := x.cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		t.Logf("memory at the peak: %d MB", used.Maxrss>>10) // Linux counts KiB
	}
}

// cursorRow is the line of the screen that the cursor of a list stands in.
func (x *display) cursorRow() int {
	return slices.IndexFunc(strings.Split(x.screen(), "\n"), func(line string) bool { return strings.HasPrefix(line, "▌") })
}
