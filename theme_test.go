package main

import (
	"image/color"
	"reflect"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"nango-tui/ui"
)

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

func TestProductionIsRed(t *testing.T) {
	for _, name := range []string{themeAuto, themeDark, themeLight, themeHigh} {
		if on := themeOf(name).Production.On(); !strings.Contains(on, "41") {
			t.Errorf("%s: %q", name, on)
		}
	}
}

func TestAutoThemeFollowsTheBackground(t *testing.T) {
	for name, got := range map[string]*ui.Theme{themeLight: themeOn(color.White), themeDark: themeOn(color.Black)} {
		if !reflect.DeepEqual(got, themeOf(name)) {
			t.Errorf("on a %s background the theme is wrong", name)
		}
	}
	if !reflect.DeepEqual(themeOf(themeAuto), themeOf(themeDark)) {
		t.Error("auto isn't dark at first")
	}
}

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
	if c := testConnector(t, options{}, "", nil); c.theme("demo") != c.autoTheme {
		t.Error("the default theme doesn't follow the terminal's background")
	}
}
