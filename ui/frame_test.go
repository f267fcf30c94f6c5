package ui

import (
	"time"

	"charm.land/lipgloss/v2"
)

// testFrame returns a frame without colors, as under NO_COLOR.
func testFrame(width, height int) Frame {
	return Frame{Width: width, Height: height, Theme: &Theme{}, Now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
}

// colourFrame returns a frame with a style for each role.
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
