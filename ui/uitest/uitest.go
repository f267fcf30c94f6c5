// Package uitest has helpers for the tests of widgets: key presses, golden files and checks of views.
package uitest

import (
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

// Golden compares got with the golden file of the test with this name.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	t.Run(name, func(t *testing.T) { golden.RequireEqual(t, got) })
}

// Size is the size of a terminal.
type Size struct {
	Name          string
	Width, Height int
}

// Sizes are the terminal sizes of golden files.
func Sizes() []Size { return []Size{{"120x40", 120, 40}, {"80x24", 80, 24}, {"60x15", 60, 15}} }

// Press returns the message of a key.
func Press(name string) tea.KeyPressMsg {
	k := tea.KeyPressMsg{}
	for {
		mod, rest, ok := strings.Cut(name, "+")
		if !ok || rest == "" {
			break
		}
		k.Mod |= map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "shift": tea.ModShift, "alt": tea.ModAlt}[mod]
		name = rest
	}
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "up": tea.KeyUp,
		"down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"home": tea.KeyHome, "end": tea.KeyEnd, "space": tea.KeySpace, "delete": tea.KeyDelete,
	}
	if code, ok := codes[name]; ok {
		k.Code = code
		if name == "space" {
			k.Text = " "
		}
		return k
	}
	k.Code = []rune(name)[0]
	if k.Mod == 0 {
		k.Text = name
	}
	return k
}

type keyed interface{ Key(tea.KeyPressMsg) bool }

// Type presses the keys of a text.
func Type(w keyed, text string) {
	for _, r := range text {
		w.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// CheckView fails if a view without colors exceeds its size or contains control characters.
func CheckView(t *testing.T, drawn string, width, height int) {
	t.Helper()
	lines := strings.Split(drawn, "\n")
	if len(lines) > height {
		t.Fatalf("%d lines are drawn in %d:\n%s", len(lines), height, drawn)
	}
	for _, line := range lines {
		if w := ansi.StringWidthWc(line); w > width {
			t.Fatalf("a line takes %d cells of %d: %q", w, width, line)
		}
		for _, r := range line {
			if unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				t.Fatalf("%U is drawn: %q", r, line)
			}
		}
	}
}
