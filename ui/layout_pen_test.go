package ui

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestCutLineHasEllipsis(t *testing.T) {
	line := Line{Styled(RoleText, "value: "), Styled(RoleStrong, "12"), Styled(RoleText, "  "), Styled(RoleMuted, "34")}
	for cells, want := range map[int]string{14: "value: 12  34", 13: "value: 12  34", 12: "value: 12  …", 11: "value: 12 …",
		9: "value: 1…", 8: "value: …", 7: "value:…", 1: "…"} {
		if got := ansi.Strip(line.View(testFrame(80, 24), cells)); got != want {
			t.Errorf("in %d cells: %q, want %q", cells, got, want)
		}
	}
	if got := ansi.Strip(line[:3].View(testFrame(80, 24), 9)); got != "value: 12" {
		t.Errorf("without more to say: %q", got)
	}
}
