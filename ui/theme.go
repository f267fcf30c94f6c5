package ui

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Theme has the styles by meaning. Widgets and screens use only these; the colors are in the palettes of the program.
type Theme struct {
	// Text is normal text, Strong is emphasized, Muted is less important.
	Text, Strong, Muted Style
	// Accent is for keys, links and the cursor bar.
	Accent Style
	// Good, Warn and Bad are states. A sign or a word always accompanies them.
	Good, Warn, Bad Style
	// Selected is text under the cursor, Marked a marked row, Match a search match.
	Selected, Marked, Match Style
	// Title is for screens and dialogs, Border for their frames.
	Title, Border Style
	// Production and Armed are badges of the profile.
	Production, Armed Style
	// Key, String, Number and Literal are JSON tokens.
	Key, String, Number, Literal Style
	// Forms is for fields of forms, which libraries draw.
	Forms FormTheme
}

// FormTheme has the styles of form fields. The zero FormTheme has no colors.
type FormTheme struct {
	// Text is input, Muted the unselected options, Accent the prompt, Picked the selected option.
	Text, Muted, Accent, Picked lipgloss.Style
}

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

// On returns the sequence that begins the style.
func (s Style) On() string { return s.on }
