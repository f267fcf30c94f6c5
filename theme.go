package main

import (
	"cmp"
	"fmt"
	"slices"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"nango-tui/internal/config"
	"nango-tui/ui"
)

// The names of the themes. Auto is dark until the terminal reports a light background.
const (
	themeAuto  = "auto"
	themeDark  = "dark"
	themeLight = "light"
	themeHigh  = "high-contrast"
	themeFew   = "16-colors"
	themePlain = "plain"
)

func themeNames() []string {
	return []string{themeAuto, themeDark, themeLight, themeHigh, themeFew, themePlain}
}

func checkTheme(name string) error {
	if !slices.Contains(themeNames(), name) {
		return fmt.Errorf("no theme has the name %q: expected %s", name, config.OneOf(themeNames()))
	}
	return nil
}

// terminalColors is what the terminal reports about its colors. The zero value is a dark one with all of them.
type terminalColors struct {
	isLight bool
	// profile is the number of colors; zero until the terminal's is known.
	profile colorprofile.Profile
}

// themes has a theme for each name. Their values follow the terminal.
type themes map[string]*ui.Theme

func newThemes() themes {
	all := themes{}
	for _, name := range themeNames() {
		all[name] = &ui.Theme{}
	}
	all.adapt(terminalColors{})
	return all
}

// adapt changes the themes to those for a terminal.
func (all themes) adapt(t terminalColors) {
	for name, theme := range all {
		*theme = *t.theme(name)
	}
}

// theme returns the theme of that name for the terminal. With 16 colors or fewer, surfaces are reversed or underlined, because no
// pair of those 16 is readable in every terminal.
func (t terminalColors) theme(name string) *ui.Theme {
	switch t.profile {
	case colorprofile.NoTTY:
		return &ui.Theme{} // a bar marks the row under the cursor
	case colorprofile.ASCII:
		return plain()
	}
	few := name == themeFew || t.profile == colorprofile.ANSI
	isLight := name == themeLight || name != themeDark && t.isLight
	switch {
	case name == themeHigh:
		return highContrast()
	case name == themePlain:
		return plain()
	case few && isLight:
		return colored(fewLightPalette())
	case few:
		return colored(fewDarkPalette())
	case isLight:
		return colored(lightPalette())
	}
	return colored(darkPalette())
}

// palette has the colors of a theme: numbers from 16 to 255, which are the same everywhere, or from 0 to 15, which the
// terminal's user has chosen. Text on a background other than the terminal's own has a contrast of at least 4.5.
type palette struct {
	text, muted, accent, added, warn, bad, marked string
	key, str, number, literal, dimmed             string
	// header, input, selected and active are backgrounds. Without them, what is filled is reversed, and inputs are underlined.
	header, input, selected, active, onActive string
	// black is the text on alarm, notice and match, which are bright.
	black, alarm, notice string
}

func darkPalette() palette {
	return palette{
		text: "255", muted: "247", accent: "80", added: "114", warn: "221", bad: "203", marked: "213",
		key: "111", str: "114", number: "177", literal: "221", dimmed: "245",
		header: "235", input: "236", selected: "18", active: "25", onActive: "231",
		black: "16", alarm: "203", notice: "221",
	}
}

func lightPalette() palette {
	return palette{
		text: "16", muted: "240", accent: "24", added: "22", warn: "58", bad: "124", marked: "90",
		key: "25", str: "22", number: "90", literal: "58", dimmed: "242",
		header: "254", input: "253", selected: "189", active: "25", onActive: "231",
		black: "16", alarm: "203", notice: "221",
	}
}

// fewDarkPalette uses the brighter half of the 16 colors, fewLightPalette the darker one without yellow and cyan, which are too
// light on white.
func fewDarkPalette() palette {
	return palette{
		accent: "14", added: "10", warn: "11", bad: "9", marked: "13",
		key: "12", str: "10", number: "13", literal: "11",
		black: "0", alarm: "9", notice: "11",
	}
}

func fewLightPalette() palette {
	return palette{
		accent: "4", added: "2", warn: "5", bad: "1", marked: "5",
		key: "4", str: "2", number: "5", literal: "1",
		black: "0", alarm: "9", notice: "11",
	}
}

func colored(p palette) *ui.Theme {
	muted, bold := p.mutedStyle(), lipgloss.NewStyle().Bold(true)
	active := filled(bold, p.onActive, p.active)
	return &ui.Theme{
		Text: ink(""), Strong: look(bold), Muted: muted, Accent: ink(p.accent),
		Good: muted, Added: ink(p.added), Warn: ink(p.warn), Bad: ink(p.bad),
		Selected: filled(lipgloss.NewStyle(), p.text, p.selected), Marked: ink(p.marked),
		Match: filled(lipgloss.NewStyle().Underline(true), p.black, p.notice),
		Title: look(bold), Border: muted, Scrollbar: muted,
		Header: surface(p.text, p.header), Footer: surface(p.text, p.header), ActiveTab: active,
		Input:  p.inputStyle(),
		Dimmed: cmp.Or(ink(p.dimmed), muted),
		Button: active, Danger: filled(bold, p.black, p.alarm), DangerOff: cmp.Or(surface(p.muted, p.input), muted),
		DangerTitle: filled(bold, p.black, p.alarm), Error: ink(p.bad),
		Production: filled(bold, p.black, p.alarm), Armed: filled(bold, p.black, p.notice),
		Key: ink(p.key), String: ink(p.str), Number: ink(p.number), Literal: ink(p.literal),
		Forms: forms(lipgloss.NewStyle().Foreground(lipgloss.Color(p.accent)), p.muted),
	}
}

func (p palette) mutedStyle() ui.Style {
	if p.muted == "" {
		return faint()
	}
	return ink(p.muted)
}

func (p palette) inputStyle() ui.Style {
	if p.input == "" {
		return look(lipgloss.NewStyle().Underline(true))
	}
	return surface(p.text, p.input)
}

// forms returns the styles of forms; accent is the style of what can be activated, muted a color or "".
func forms(accent lipgloss.Style, muted string) ui.FormTheme {
	theme := ui.FormTheme{Muted: lipgloss.NewStyle().Faint(true), Accent: accent, Picked: accent.Bold(true)}
	if muted != "" {
		theme.Muted = lipgloss.NewStyle().Foreground(lipgloss.Color(muted))
	}
	return theme
}

// highContrast works on any background: important text is reversed or black on a bright color, and nothing is faint.
func highContrast() *ui.Theme {
	bold := look(lipgloss.NewStyle().Bold(true))
	t := plain()
	for _, visible := range []*ui.Style{&t.Muted, &t.Border, &t.Scrollbar, &t.Good, &t.Dimmed, &t.DangerOff} {
		*visible = ui.Style{}
	}
	t.Accent, t.Key, t.Added = look(lipgloss.NewStyle().Bold(true).Underline(true)), bold, bold
	alarm, notice := filled(lipgloss.NewStyle().Bold(true), "0", "9"), filled(lipgloss.NewStyle().Bold(true), "0", "11")
	t.Bad, t.Error, t.Danger, t.DangerTitle, t.Production = alarm, alarm, alarm, alarm, alarm
	t.Warn, t.Armed = notice, notice
	t.Forms.Muted = lipgloss.NewStyle()
	return t
}

// plain has no colors.
func plain() *ui.Theme {
	bold, underlined := look(lipgloss.NewStyle().Bold(true)), look(lipgloss.NewStyle().Underline(true))
	inverse := look(lipgloss.NewStyle().Bold(true).Reverse(true))
	return &ui.Theme{
		Strong: bold, Muted: faint(), Accent: bold,
		Good: faint(), Added: bold, Warn: bold, Bad: bold,
		Selected: look(lipgloss.NewStyle().Reverse(true)), Marked: underlined,
		Match: look(lipgloss.NewStyle().Reverse(true).Underline(true)),
		Title: bold, Border: faint(), Scrollbar: faint(),
		ActiveTab: inverse, Input: underlined, Dimmed: faint(),
		Button: inverse, Danger: inverse, DangerOff: faint(), DangerTitle: inverse, Error: bold,
		Production: inverse, Armed: inverse,
		Key:   bold,
		Forms: forms(lipgloss.NewStyle().Bold(true), ""),
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

// surface returns a style with a text and a background color; without one, the surface looks like what is around it.
func surface(text, background string) ui.Style {
	if background == "" {
		return ui.Style{}
	}
	return filled(lipgloss.NewStyle(), text, background)
}

// filled adds a text and a background color to a style, or reverses it without one.
func filled(s lipgloss.Style, text, background string) ui.Style {
	if background == "" {
		return look(s.Reverse(true))
	}
	return look(s.Foreground(lipgloss.Color(text)).Background(lipgloss.Color(background)))
}
