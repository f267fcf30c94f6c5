package ui

import (
	"time"

	"charm.land/lipgloss/v2"
)

// testFrame returns a frame without colors, as under NO_COLOR.
func testFrame(width, height int) Frame {
	return Frame{Width: width, Height: height, Theme: &Theme{}, Now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
}

// colorFrame returns a frame with a style for each role.
func colorFrame(width, height int) Frame {
	f := testFrame(width, height)
	color := func(c string) Style { return NewStyle(lipgloss.NewStyle().Foreground(lipgloss.Color(c))) }
	f.Theme = &Theme{
		Strong: NewStyle(lipgloss.NewStyle().Bold(true)), Muted: color("8"), Accent: color("6"), Bad: color("1"),
		Selected: NewStyle(lipgloss.NewStyle().Foreground(lipgloss.Color("255")).Background(lipgloss.Color("18"))),
		Match:    NewStyle(lipgloss.NewStyle().Reverse(true)), Title: NewStyle(lipgloss.NewStyle().Bold(true)),
		Key: color("4"), String: color("2"), Number: color("5"), Literal: color("3"),
	}
	return f
}
