package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui/uitest"
)

func TestOverlayIsCentered(t *testing.T) {
	base := "0123456789\n株株株株株\n\x1b[1mbold text!\x1b[m\nab"
	got := Overlay(base, "[--]\n[-]", testFrame(10, 5))
	want := "0123456789\n株 [--] 株\nbol[-] xt!\nab\n"
	if ansi.Strip(got) != want {
		t.Errorf("got\n%q\nwant\n%q", ansi.Strip(got), want)
	}
	if lines := strings.Split(got, "\n"); strings.Count(lines[2], "\x1b[1m") != 2 {
		t.Errorf("what is left of the line lost its looks: %q", lines[2])
	}
}

func TestOverlayStaysInFrame(t *testing.T) {
	box := strings.Repeat(strings.Repeat("株", 30)+"\n", 20)
	for _, size := range [][2]int{{0, 0}, {1, 1}, {7, 3}, {20, 5}, {60, 15}} {
		f := testFrame(size[0], size[1])
		got := Overlay(strings.Repeat("x", size[0]), box, f)
		uitest.CheckView(t, ansi.Strip(got), f.Width, max(f.Height, 1))
	}
}

func TestBox(t *testing.T) {
	f := testFrame(44, 24)
	got := Box(Line{Styled(RoleTitle, "Delete connection")}, Line{Styled(RoleProduction, "acme-prod PRODUCTION")},
		"Globex · salesforce\n\n株式会社サンプル", Line{Styled(RoleMuted, "ctrl+y copies")}, f)
	want := strings.Join([]string{
		"┌ Delete connection ─ acme-prod PRODUCTION ┐",
		"│ Globex · salesforce                      │",
		"│                                          │",
		"│ 株式会社サンプル                         │",
		"└ ctrl+y copies ───────────────────────────┘",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, width := range []int{0, 1, 2, 3, 5, 10, 80} {
		drawn := Box(Line{Styled(RoleTitle, "Delete")}, Line{Styled(RoleBad, "PRODUCTION")}, strings.Repeat("body 株\n", 30), nil,
			testFrame(width, 8))
		uitest.CheckView(t, drawn, max(width, 4), 8)
	}
}

func TestTooSmall(t *testing.T) {
	if got, want := TooSmall(testFrame(20, 5), 40, 10), "Terminal too small:\n20×5 cells, needs\n40×10."; got != want {
		t.Errorf("got\n%s", got)
	}
	for _, size := range [][2]int{{0, 0}, {1, 1}, {5, 2}} {
		uitest.CheckView(t, TooSmall(testFrame(size[0], size[1]), 40, 10), size[0], max(1, size[1]))
	}
}

func BenchmarkOverlay(b *testing.B) {
	f := colorFrame(120, 40)
	base := strings.Repeat(Line{Styled(RoleAccent, "▌ "), Styled(RoleText, strings.Repeat("Globex 株式会社 ", 6))}.View(f, 118)+"\n", 40)
	for b.Loop() {
		box := Box(Line{Styled(RoleTitle, "Delete connection")}, nil, strings.Repeat("Goes for good: its credentials\n", 12), nil,
			f.Sized(80, 20))
		Overlay(base, box, f)
	}
}
