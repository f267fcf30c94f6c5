package main

import (
	"fmt"
	"image/color"
	"slices"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"nango-tui/internal/config"
	"nango-tui/ui"
)

// The names of the themes. Auto is dark until the terminal reports a light background.
const (
	themeAuto  = "auto"
	themeDark  = "dark"
	themeLight = "light"
	themeHigh  = "high-contrast"
	themePlain = "plain"
)

func themeNames() []string { return []string{themeAuto, themeDark, themeLight, themeHigh, themePlain} }

func checkTheme(name string) error {
	if !slices.Contains(themeNames(), name) {
		return fmt.Errorf("no theme has the name %q: expected %s", name, config.OneOf(themeNames()))
	}
	return nil
}

// themeOf returns the theme of that name. Auto is dark at first.
func themeOf(name string) *ui.Theme {
	switch name {
	case themeLight:
		return colored(lightPalette())
	case themeHigh:
		return highContrast()
	case themePlain:
		return plain()
	}
	return colored(darkPalette())
}

// themeOn returns the theme that auto becomes on a background.
func themeOn(background color.Color) *ui.Theme {
	if (tea.BackgroundColorMsg{Color: background}).IsDark() {
		return themeOf(themeDark)
	}
	return themeOf(themeLight)
}

// palette has the colors of a theme. Numbers from 0 to 15 are the terminal's own colors, which its user has chosen.
type palette struct {
	accent, good, warn, bad, marked string
	key, text, number, literal      string
	production, onProduction        string
	armed, onArmed                  string
}

func darkPalette() palette {
	return palette{
		accent: "14", good: "10", warn: "11", bad: "9", marked: "13",
		key: "12", text: "10", number: "13", literal: "11",
		production: "1", onProduction: "15", armed: "11", onArmed: "0",
	}
}

// lightPalette uses the darker eight of the sixteen colors, except yellow, which is too light on white.
func lightPalette() palette {
	return palette{
		accent: "6", good: "2", warn: "#875f00", bad: "1", marked: "5",
		key: "4", text: "2", number: "5", literal: "#875f00",
		production: "1", onProduction: "15", armed: "11", onArmed: "0",
	}
}

func colored(p palette) *ui.Theme {
	return &ui.Theme{
		Text:       ink(""),
		Strong:     look(lipgloss.NewStyle().Bold(true)),
		Muted:      faint(),
		Accent:     ink(p.accent),
		Good:       ink(p.good),
		Warn:       ink(p.warn),
		Bad:        ink(p.bad),
		Selected:   look(lipgloss.NewStyle().Bold(true)),
		Marked:     ink(p.marked),
		Match:      look(lipgloss.NewStyle().Underline(true)),
		Title:      look(lipgloss.NewStyle().Bold(true)),
		Border:     faint(),
		Production: badge(p.onProduction, p.production),
		Armed:      badge(p.onArmed, p.armed),
		Key:        ink(p.key),
		String:     ink(p.text),
		Number:     ink(p.number),
		Literal:    ink(p.literal),
		Forms:      forms(lipgloss.NewStyle().Foreground(lipgloss.Color(p.accent))),
	}
}

// forms returns the styles of forms; accent is the style of what can be activated.
func forms(accent lipgloss.Style) ui.FormTheme {
	return ui.FormTheme{Muted: lipgloss.NewStyle().Faint(true), Accent: accent, Picked: accent.Bold(true)}
}

// highContrast works on any background: important text is reversed or has its own background, and nothing is faint.
func highContrast() *ui.Theme {
	bold := look(lipgloss.NewStyle().Bold(true))
	inverse := look(lipgloss.NewStyle().Bold(true).Reverse(true))
	t := plain()
	t.Muted, t.Border = ink(""), ink("")
	t.Accent = look(lipgloss.NewStyle().Bold(true).Underline(true))
	t.Selected, t.Match, t.Good = inverse, inverse, bold
	t.Warn, t.Bad = badge("0", "11"), badge("15", "1")
	t.Production, t.Armed = badge("15", "1"), badge("0", "11")
	t.Key = bold
	t.Forms.Muted = lipgloss.NewStyle()
	return t
}

// plain has no colors.
func plain() *ui.Theme {
	bold := look(lipgloss.NewStyle().Bold(true))
	inverse := look(lipgloss.NewStyle().Bold(true).Reverse(true))
	return &ui.Theme{
		Strong: bold, Muted: faint(), Accent: bold,
		Warn: bold, Bad: bold,
		Selected: bold, Marked: look(lipgloss.NewStyle().Underline(true)), Match: look(lipgloss.NewStyle().Reverse(true)),
		Title: bold, Border: faint(),
		Production: inverse, Armed: inverse,
		Key:   bold,
		Forms: forms(lipgloss.NewStyle().Bold(true)),
	}
}

func look(s lipgloss.Style) ui.Style { return ui.NewStyle(s) }

// ink returns a style with a text color; "" is the terminal's default.
func ink(color string) ui.Style {
	if color == "" {
		return ui.Style{}
	}
	return look(lipgloss.NewStyle().Foreground(lipgloss.Color(color)))
}

// faint is less visible on any background. The gray of the sixteen colors is not: some terminals use it as background.
func faint() ui.Style { return look(lipgloss.NewStyle().Faint(true)) }

func badge(text, background string) ui.Style {
	return look(lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Color(text)).Background(lipgloss.Color(background)))
}
