package ui

import (
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

// drawnAs compares what is drawn with a golden file of the test that has this name.
func drawnAs(t *testing.T, name, got string) {
	t.Helper()
	t.Run(name, func(t *testing.T) { golden.RequireEqual(t, got) })
}

// testFrame is a frame without colours, as under NO_COLOR.
func testFrame(width, height int) Frame {
	return Frame{Width: width, Height: height, Theme: &Theme{}, Now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
}

// colourFrame is a frame with a look for each meaning.
func colourFrame(width, height int) Frame {
	f := testFrame(width, height)
	colour := func(c string) Style { return NewStyle(lipgloss.NewStyle().Foreground(lipgloss.Color(c))) }
	f.Theme = &Theme{
		Strong: NewStyle(lipgloss.NewStyle().Bold(true)), Muted: colour("8"), Accent: colour("6"), Bad: colour("1"),
		Selected: NewStyle(lipgloss.NewStyle().Bold(true)), Match: NewStyle(lipgloss.NewStyle().Reverse(true)),
		Key: colour("4"), String: colour("2"), Number: colour("5"), Literal: colour("3"), Title: NewStyle(lipgloss.NewStyle().Bold(true)),
	}
	return f
}

// press is the key of that name, as a terminal sends it.
func press(name string) tea.KeyPressMsg {
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

// keyed is a widget that takes what is typed.
type keyed interface{ Key(tea.KeyPressMsg) bool }

// typeText presses the keys of a text.
func typeText(w keyed, text string) {
	for _, r := range text {
		w.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// plainView fails where a text drawn in a [testFrame], which has no looks, goes over its size or holds what a terminal
// would act upon.
func plainView(t *testing.T, drawn string, width, height int) {
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
