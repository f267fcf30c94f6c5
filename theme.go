package main

import (
	"fmt"
	"image/color"
	"slices"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"nango-tui/ui"
)

// The themes, by the names under which a user may ask for them. Auto is dark until the terminal says that its
// background is light.
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
		return fmt.Errorf("no theme has the name %q: expected %s", name, oneOf(themeNames()))
	}
	return nil
}

// themeOf is the theme of that name; auto is dark to begin with.
func themeOf(name string) *ui.Theme {
	switch name {
	case themeLight:
		return coloured(lightPalette())
	case themeHigh:
		return highContrast()
	case themePlain:
		return plain()
	}
	return coloured(darkPalette())
}

// themeOn is what auto becomes on a background.
func themeOn(background color.Color) *ui.Theme {
	if (tea.BackgroundColorMsg{Color: background}).IsDark() {
		return themeOf(themeDark)
	}
	return themeOf(themeLight)
}

// palette is the colours of a theme. Numbers from 0 to 15 are the terminal's own sixteen, which its user has chosen to
// be readable.
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

// lightPalette takes the darker half of the sixteen; its yellow is too light on white, so an own brown stands for it.
func lightPalette() palette {
	return palette{
		accent: "6", good: "2", warn: "#875f00", bad: "1", marked: "5",
		key: "4", text: "2", number: "5", literal: "#875f00",
		production: "1", onProduction: "15", armed: "11", onArmed: "0",
	}
}

func coloured(p palette) *ui.Theme {
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

// forms is the looks of form fields, with what can be acted on in the given style.
func forms(accent lipgloss.Style) ui.FormTheme {
	return ui.FormTheme{Muted: lipgloss.NewStyle().Faint(true), Accent: accent, Picked: accent.Bold(true)}
}

// highContrast relies on neither background: what matters is inverted or stands on a colour of its own, and nothing
// is faint.
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

// plain has no colour at all.
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

// ink is a colour for text; empty is the terminal's own.
func ink(colour string) ui.Style {
	if colour == "" {
		return ui.Style{}
	}
	return look(lipgloss.NewStyle().Foreground(lipgloss.Color(colour)))
}

// faint steps back on every background. A terminal that knows no faint text shows it as it is, while the grey of the
// sixteen colours is the background itself in some of them.
func faint() ui.Style { return look(lipgloss.NewStyle().Faint(true)) }

func badge(text, background string) ui.Style {
	return look(lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Color(text)).Background(lipgloss.Color(background)))
}
