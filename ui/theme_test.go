package ui

import (
	"reflect"
	"testing"

	"charm.land/lipgloss/v2"

	"nango-tui/internal/clean"
)

// The fields of the theme match the roles.
func TestEveryRoleHasAStyle(t *testing.T) {
	roles := map[string]Role{
		"Text": RoleText, "Strong": RoleStrong, "Muted": RoleMuted, "Accent": RoleAccent, "Good": RoleGood, "Warn": RoleWarn, "Bad": RoleBad,
		"Added": RoleAdded, "Scrollbar": RoleScrollbar, "Header": RoleHeader, "Footer": RoleFooter, "ActiveTab": RoleActiveTab,
		"Dimmed": RoleDimmed, "Input": RoleInput, "Error": RoleError, "Button": RoleButton, "Danger": RoleDanger,
		"DangerOff": RoleDangerOff, "DangerTitle": RoleDangerTitle,
		"Selected": RoleSelected, "Marked": RoleMarked, "Match": RoleMatch, "Title": RoleTitle, "Border": RoleBorder,
		"Production": RoleProduction, "Armed": RoleArmed, "Key": RoleKey, "String": RoleString, "Number": RoleNumber, "Literal": RoleLiteral,
	}
	var theme Theme
	fields := reflect.ValueOf(&theme).Elem()
	looks := 0
	for i := range fields.NumField() {
		if fields.Field(i).Type() != reflect.TypeFor[Style]() {
			continue
		}
		looks++
		name := fields.Type().Field(i).Name
		fields.Field(i).Set(reflect.ValueOf(Style{on: name}))
		role, ok := roles[name]
		if got := theme.Style(role).On(); !ok || got != name {
			t.Errorf("Theme.%s has the style %q: add Role%s to theme_role.go, in both places, and to roles in this test", name, got, name)
		}
	}
	if looks != len(roles) {
		t.Errorf("%d looks for %d roles", looks, len(roles))
	}
	var none *Theme
	if none.Style(RoleBad) != (Style{}) {
		t.Error("no theme has a look")
	}
}

func TestStyleOnAndOff(t *testing.T) {
	for _, style := range []lipgloss.Style{lipgloss.NewStyle(),
		lipgloss.NewStyle().Bold(true).Width(20).Padding(3).Border(lipgloss.NormalBorder())} {
		s := NewStyle(style)
		painted := s.Paint(Clean("text"))
		if painted != s.On()+"text"+s.off || clean.Frame(painted) != painted {
			t.Errorf("painted %q", painted)
		}
	}
	if bold := NewStyle(lipgloss.NewStyle().Bold(true).Width(20)); bold.On() != "\x1b[1m" || bold.off != "\x1b[m" {
		t.Errorf("bold is %q to %q", bold.On(), bold.off)
	}
}
