package ui

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Style is a look, as the bytes that switch it on and off. lipgloss takes microseconds for each piece of text
// that it renders; a screen has hundreds of pieces and is drawn for every key, so the bytes are computed once.
// The zero Style changes nothing.
type Style struct{ on, off string }

// NewStyle computes a Style from the colours and attributes of s. Width, padding, margin and border of s are
// not for pieces of text and are ignored.
func NewStyle(s lipgloss.Style) Style {
	const mark = "x"
	rendered := s.Inline(true).UnsetWidth().UnsetPadding().UnsetMargins().Render(mark)
	on, off, _ := strings.Cut(rendered, mark)
	return Style{on, off}
}

// Paint gives t the look.
func (s Style) Paint(t Text) string { return s.on + t.s + s.off }

// On is the sequence that begins the look; Off ends it.
func (s Style) On() string  { return s.on }
func (s Style) Off() string { return s.off }
