// Package frames has frames for the tests of widgets.
package frames

import (
	"time"

	"charm.land/lipgloss/v2"

	"nango-tui/ui"
)

// Plain returns a frame without colors, as under NO_COLOR.
func Plain(width, height int) ui.Frame {
	return ui.Frame{Width: width, Height: height, Theme: &ui.Theme{}, Now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
}

// Color returns a frame with a style for each role.
func Color(width, height int) ui.Frame {
	f := Plain(width, height)
	color := func(c string) ui.Style { return ui.NewStyle(lipgloss.NewStyle().Foreground(lipgloss.Color(c))) }
	f.Theme = &ui.Theme{
		Strong: ui.NewStyle(lipgloss.NewStyle().Bold(true)), Muted: color("8"), Accent: color("6"), Bad: color("1"),
		Selected: ui.NewStyle(lipgloss.NewStyle().Foreground(lipgloss.Color("255")).Background(lipgloss.Color("18"))),
		Match:    ui.NewStyle(lipgloss.NewStyle().Reverse(true)), Title: ui.NewStyle(lipgloss.NewStyle().Bold(true)),
		Key: color("4"), String: color("2"), Number: color("5"), Literal: color("3"),
	}
	return f
}
