package ui

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Style is the escape sequences that switch a style on and off. They are computed once, because lipgloss takes
// microseconds per rendered text and every key draws hundreds. The zero Style changes nothing.
type Style struct{ on, off string }

// NewStyle returns colors and attributes of s. Width, padding, margin and border are ignored.
func NewStyle(s lipgloss.Style) Style {
	const mark = "x"
	rendered := s.Inline(true).UnsetWidth().UnsetPadding().UnsetMargins().Render(mark)
	on, off, _ := strings.Cut(rendered, mark)
	return Style{on, off}
}

// Paint applies the style to t.
func (s Style) Paint(t Text) string { return s.on + t.s + s.off }

// On returns the sequence that begins the style, Off the one that ends it.
func (s Style) On() string  { return s.on }
func (s Style) Off() string { return s.off }
