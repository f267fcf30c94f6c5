package main

import (
	"image/color"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
)

// eachTheme calls check with every theme, on a dark and a light terminal, with all colors, 16 and none.
func eachTheme(t *testing.T, check func(t *testing.T, theme *ui.Theme, isLight bool)) {
	t.Helper()
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII} {
		for _, isLight := range []bool{false, true} {
			for _, name := range themeNames() {
				t.Run(profile.String()+"/"+map[bool]string{false: "dark/", true: "light/"}[isLight]+name, func(t *testing.T) {
					light := name == themeLight || name != themeDark && isLight
					check(t, terminalColors{isLight, profile}.theme(name), light)
				})
			}
		}
	}
}

// pen is what a style sequence sets.
type pen struct {
	text, background    int // number of a color, or terminalOwn
	reversed, isFaint   bool
	isBold, isUnderline bool
}

const terminalOwn = -1

func readPen(t *testing.T, sequence string) pen {
	t.Helper()
	p := pen{text: terminalOwn, background: terminalOwn}
	parameters := strings.FieldsFunc(sequence, func(r rune) bool { return r < '0' || r > '9' })
	for i := 0; i < len(parameters); i++ {
		n, _ := strconv.Atoi(parameters[i])
		switch {
		case n == 38 || n == 48:
			number, _ := strconv.Atoi(parameters[i+2])
			if parameters[i+1] != "5" || number < 16 {
				t.Errorf("%q: a color that differs between terminals", sequence)
			}
			if i += 2; n == 38 {
				p.text = number
			} else {
				p.background = number
			}
		case n >= 30 && n < 38:
			p.text = n - 30
		case n >= 40 && n < 48:
			p.background = n - 40
		case n >= 90 && n < 98:
			p.text = n - 90 + 8
		case n >= 100 && n < 108:
			p.background = n - 100 + 8
		}
		p.reversed, p.isFaint = p.reversed || n == 7, p.isFaint || n == 2
		p.isBold, p.isUnderline = p.isBold || n == 1, p.isUnderline || n == 4
	}
	return p
}

// luminance is that of WCAG 2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

// ownBackgrounds are backgrounds that terminals have: those on which the themes must be readable.
var ownBackgrounds = map[bool][]string{false: {"#000000", "#1e1e1e"}, true: {"#ffffff", "#fdf6e3"}}

// tones are the luminances that a color can have: one, or those of all terminals. Of the 16 colors, black is dark and white and
// the brighter ones are light; the other ones can be both.
func tones(n int, isLight bool) (values []float64, canBeDark, canBeLight bool) {
	switch {
	case n == terminalOwn:
		for _, own := range ownBackgrounds[isLight] {
			values = append(values, luminance(lipgloss.Color(own)))
		}
		return values, !isLight, isLight
	case n >= 16:
		l := luminance(ansi.IndexedColor(n))
		return []float64{l}, l < 0.18, l >= 0.18
	}
	return nil, n <= 6 || n == 8, n >= 1
}

// problem says why text may not be readable on its background; empty if it is.
func (p pen) problem(isLight bool) string {
	text, background := p.text, p.background
	if text == terminalOwn && background == terminalOwn {
		return ""
	}
	if p.isFaint {
		return "faint text of a color"
	}
	if text == terminalOwn || p.reversed {
		return "the terminal's own text color on a color"
	}
	texts, darkText, lightText := tones(text, isLight)
	behind, darkBehind, lightBehind := tones(background, isLight)
	for _, a := range texts {
		for _, b := range behind {
			if c := contrast(a, b); c < 4.5 {
				return strconv.FormatFloat(c, 'f', 2, 64)
			}
		}
	}
	switch {
	case background == terminalOwn && text < 16: // its user has chosen both
		if isLight != (text < 8) {
			return "the half of the 16 colors that isn't made for this background"
		}
	case len(texts) == 0 || len(behind) == 0:
		if darkText && darkBehind || lightText && lightBehind {
			return "both can be dark, or both can be light"
		}
	}
	return ""
}

// drawnOn are the roles of text on a surface. Inputs have few, and what is dimmed is on none.
func drawnOn(surface ui.Role) []ui.Role {
	switch surface {
	case ui.RoleText:
		return allRoles()
	case ui.RoleInput:
		return []ui.Role{ui.RoleText, ui.RoleStrong, ui.RoleMuted, ui.RoleAccent, ui.RoleMatch}
	}
	return slices.DeleteFunc(allRoles(), func(r ui.Role) bool { return r == ui.RoleDimmed })
}

func allRoles() []ui.Role {
	roles := make([]ui.Role, ui.RoleLiteral+1)
	for i := range roles {
		roles[i] = ui.Role(i)
	}
	return roles
}

func TestAllTextIsReadable(t *testing.T) {
	surfaces := []ui.Role{ui.RoleText, ui.RoleHeader, ui.RoleFooter, ui.RoleSelected, ui.RoleInput}
	eachTheme(t, func(t *testing.T, theme *ui.Theme, isLight bool) {
		for _, surface := range surfaces {
			for _, role := range drawnOn(surface) {
				on := theme.Style(role).Over(theme.Style(surface)).On()
				if problem := readPen(t, on).problem(isLight); problem != "" {
					t.Errorf("role %d on surface %d, %q: %s", role, surface, on, problem)
				}
			}
		}
	})
}

// A badge in the terminal's own red is black, because its white can be as dark as its red.
func TestUnreadableColorsAreFound(t *testing.T) {
	for on, isLight := range map[string]bool{
		"\x1b[1;97;41m": false, "\x1b[30;41m": false, "\x1b[97;101m": false, "\x1b[38;5;203;48;5;236m": false, "\x1b[38;5;240m": false,
		"\x1b[38;5;221m": true, "\x1b[93m": true, "\x1b[31m": false, "\x1b[48;5;18m": false, "\x1b[2;38;5;247m": false,
		"\x1b[7;38;5;203m": false, "\x1b[91;48;5;18m\x1b[97;103m": false,
	} {
		if readPen(t, on).problem(isLight) == "" {
			t.Errorf("%q is readable", on)
		}
	}
}

// Text keeps its role on the selected row, and every state can be told from the others.
func TestRolesAreKeptOnTheSelectedRow(t *testing.T) {
	theme := themeOf(themeDark)
	selected := readPen(t, theme.Selected.On())
	for _, role := range []ui.Role{ui.RoleMuted, ui.RoleWarn, ui.RoleBad, ui.RoleAccent, ui.RoleMarked} {
		on := readPen(t, theme.Style(role).Over(theme.Selected).On())
		if on.text != readPen(t, theme.Style(role).On()).text || on.background != selected.background {
			t.Errorf("role %d is %+v on the selected row", role, on)
		}
	}
}

func TestHealthyIsAsDimAsSecondaryText(t *testing.T) {
	eachTheme(t, func(t *testing.T, theme *ui.Theme, _ bool) {
		if theme.Good != theme.Muted {
			t.Errorf("good is %q, muted %q", theme.Good.On(), theme.Muted.On())
		}
	})
}

func TestSelectedRowIsFilledInEveryTheme(t *testing.T) {
	eachTheme(t, func(t *testing.T, theme *ui.Theme, _ bool) {
		if p := readPen(t, theme.Selected.On()); !p.reversed && p.background == terminalOwn {
			t.Errorf("%q", theme.Selected.On())
		}
	})
	if none := (terminalColors{profile: colorprofile.NoTTY}).theme(themeDark); none.Selected != (ui.Style{}) {
		t.Error("a terminal without styles has a filled row, and so no bar")
	}
}

func TestThemesDistinguishStates(t *testing.T) {
	for _, name := range themeNames() {
		theme := themeOf(name)
		for role, style := range map[string]ui.Style{
			"Production": theme.Production, "Armed": theme.Armed, "Selected": theme.Selected, "Match": theme.Match, "Bad": theme.Bad,
		} {
			if style == (ui.Style{}) {
				t.Errorf("%s draws %s like ordinary text", name, role)
			}
		}
		if theme.Text != (ui.Style{}) {
			t.Errorf("%s styles ordinary text, which costs bytes in every row", name)
		}
	}
}

func TestPlainThemeHasNoColors(t *testing.T) {
	theme := reflect.ValueOf(*themeOf(themePlain))
	for i := range theme.NumField() {
		style, ok := theme.Field(i).Interface().(ui.Style)
		if ok && len(colorsOf(style.On())) > 0 {
			t.Errorf("%s is %q", theme.Type().Field(i).Name, style.On())
		}
	}
	if accent := themeOf(themePlain).Forms.Accent; accent.GetForeground() != (lipgloss.NoColor{}) {
		t.Errorf("forms have the color %v", accent.GetForeground())
	}
}

// colorsOf returns the color parameters of a style sequence.
func colorsOf(sequence string) []string {
	var found []string
	for _, parameter := range strings.FieldsFunc(strings.Trim(sequence, "\x1b[m"), func(r rune) bool { return r == ';' || r == ':' }) {
		if len(parameter) > 1 && strings.ContainsAny(parameter[:1], "3491") {
			found = append(found, parameter)
		}
	}
	return found
}

func TestProductionIsBlackOnRed(t *testing.T) {
	for _, name := range []string{themeAuto, themeDark, themeLight, themeHigh, themeFew} {
		p := readPen(t, themeOf(name).Production.On())
		if !slices.Contains([]int{9, 203}, p.background) || !slices.Contains([]int{0, 16}, p.text) || !p.isBold {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestThemesFollowTheTerminal(t *testing.T) {
	c := testConnector(t, options{}, "", nil)
	auto := c.theme("demo")
	if !reflect.DeepEqual(auto, themeOf(themeDark)) {
		t.Error("auto isn't dark at first")
	}
	c.setBackground(color.White)
	if !reflect.DeepEqual(auto, themeOf(themeLight)) {
		t.Error("on a light background, auto isn't light")
	}
	c.setColors(colorprofile.ANSI)
	if !reflect.DeepEqual(auto, colored(fewLightPalette())) {
		t.Error("on a light background with 16 colors, auto isn't that")
	}
	c.setBackground(color.Black)
	if !reflect.DeepEqual(auto, themeOf(themeFew)) || !reflect.DeepEqual(c.themes[themeDark], themeOf(themeFew)) {
		t.Error("on a dark background with 16 colors, auto or dark isn't that")
	}
	if reflect.DeepEqual(c.themes[themeLight], themeOf(themeFew)) {
		t.Error("light is dark with 16 colors")
	}
	c.setColors(colorprofile.ASCII)
	if !reflect.DeepEqual(auto, themeOf(themePlain)) {
		t.Error("without colors, auto isn't plain")
	}
}

// themeOf returns the theme on a dark terminal with all colors.
func themeOf(name string) *ui.Theme { return terminalColors{}.theme(name) }

func TestThemePrecedence(t *testing.T) {
	const text = "theme: light\nprofiles:\n  a: {key: {env: A}, theme: high-contrast}\n  b: {key: {env: B}}\n"
	for _, c := range []struct {
		flag, profile, noColor, want string
	}{
		{"", "a", "", themeHigh}, {"", "b", "", themeLight}, {"dark", "a", "", themeDark},
		{"dark", "a", "0", themePlain}, {"", "b", "no", themePlain},
	} {
		got := testConnector(t, options{theme: c.flag}, text, map[string]string{"NO_COLOR": c.noColor}).theme(c.profile)
		if !reflect.DeepEqual(got, themeOf(c.want)) {
			t.Errorf("%+v: the theme is not %s", c, c.want)
		}
	}
	if c := testConnector(t, options{}, "", nil); c.theme("demo") != c.themes[themeAuto] {
		t.Error("the default theme doesn't follow the terminal's background")
	}
}
