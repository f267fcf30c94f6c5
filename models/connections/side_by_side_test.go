package connections

import (
	"strings"
	"testing"

	"nango-tui/ui"
)

// A terminal that counts what is seen as one character gives a Devanagari name fewer cells than one that counts code
// points; the border stands in its column on both.
func TestTheBorderStandsWhereTheTerminalCounts(t *testing.T) {
	for _, clusters := range []bool{false, true} {
		f := ui.Frame{Width: 40, Height: 2, Theme: &ui.Theme{}, Clusters: clusters}
		for _, line := range strings.Split(ui.Beside(f, "plain\nराहुल गुप्ता", 20, ""), "\n") {
			before, _, _ := strings.Cut(line, "│")
			if got := f.StringWidth(before); got != 21 {
				t.Errorf("clusters %v: the border of %q stands behind %d cells, want 21", clusters, line, got)
			}
		}
	}
}
