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
	colour := func(c string) ui.Style { return ui.NewStyle(lipgloss.NewStyle().Foreground(lipgloss.Color(c))) }
	f.Theme = &ui.Theme{
		Strong: ui.NewStyle(lipgloss.NewStyle().Bold(true)), Muted: colour("8"), Accent: colour("6"), Bad: colour("1"),
		Selected: ui.NewStyle(lipgloss.NewStyle().Bold(true)), Match: ui.NewStyle(lipgloss.NewStyle().Reverse(true)),
		Key: colour("4"), String: colour("2"), Number: colour("5"), Literal: colour("3"), Title: ui.NewStyle(lipgloss.NewStyle().Bold(true)),
	}
	return f
}
