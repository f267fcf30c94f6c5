//go:build unix

package e2e

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"
)

// Over a connection, an overlay sends little more than a byte for each cell that it covers. This test logs the figures
// with -v.
func TestOverlaysRepaintWhatTheyCover(t *testing.T) {
	for _, size := range []image.Point{size80x24(), size120x40()} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			t.Parallel()
			x := start(t, []string{"--demo"}, sshEnv(), size)
			x.see("1,000 · ", "· now")
			for _, overlay := range []struct{ key, last string }{{"D", "[ Cancel ]"}, {"?", "└ "}, {"ctrl+p", "└ "}, {":", "└ "}} {
				begun := len(x.output())
				x.press(overlay.key)
				x.see(overlay.last)
				opening := len(x.output()) - begun
				covered := coveredCells(x.screen())
				begun = len(x.output())
				x.press("esc")
				x.gone("└ ")
				x.see("All keys")
				closing := len(x.output()) - begun
				t.Logf("%s covers %d cells; opening takes %d bytes, closing %d", overlay.key, covered, opening, closing)
				if limit := covered * 12 / 10; opening > limit {
					t.Errorf("opening %s takes %d bytes, more than %d", overlay.key, opening, limit)
				}
				if limit := covered * 15 / 10; closing > limit { // a cell of a list has colors
					t.Errorf("closing %s takes %d bytes, more than %d", overlay.key, closing, limit)
				}
			}
			x.press("ctrl+c")
			x.exits(0)
		})
	}
}

// coveredCells returns the number of cells of the box on a screen, with its title.
func coveredCells(screen string) int {
	lines := strings.Split(screen, "\n")
	isSide := func(line string) bool { return strings.Count(line, "│") >= 2 }
	first := slices.IndexFunc(lines, isSide)
	height, width := 2, 0
	for _, line := range lines[first:] {
		if !isSide(line) {
			break
		}
		height++
		width = max(width, len([]rune(line[strings.Index(line, "│"):strings.LastIndex(line, "│")]))+1)
	}
	return height * width
}
