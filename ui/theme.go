package ui

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Theme has the styles by meaning. Widgets and screens use only these; the colors are in the palettes of the program.
type Theme struct {
	// Text is normal text, Strong is emphasized, Muted is less important.
	Text, Strong, Muted Style
	// Accent is for keys, links and the edge of a focused field.
	Accent Style
	// Good, Warn and Bad are states. A sign or a word always accompanies them. Good is dim, because most things are.
	Good, Warn, Bad Style
	// Added is for what a change adds.
	Added Style
	// Selected is the surface of the row under the cursor. If it has no style, a bar stands before that row.
	Selected Style
	// Marked is a marked row, Match a search match.
	Marked, Match Style
	// Title is for screens and dialogs, Border for their frames, Scrollbar for the visible part of what scrolls.
	Title, Border, Scrollbar Style
	// Header and Footer are the surfaces above and below a screen. Without a style, rules are drawn.
	Header, Footer Style
	// ActiveTab is the tab of the screen and the bar with the title of an overlay, Dimmed what is behind a dialog.
	ActiveTab, Dimmed Style
	// Input is the surface of a field that takes text, Error what is wrong with it.
	Input, Error Style
	// Button is a focused button. Danger is one that destroys, DangerOff the same while it can't be pressed.
	Button, Danger, DangerOff Style
	// DangerTitle is the bar with the title of a dialog that destroys.
	DangerTitle Style
	// Production and Armed are badges of the profile.
	Production, Armed Style
	// Key, String, Number and Literal are JSON tokens.
	Key, String, Number, Literal Style
	// Forms is for fields of forms, which libraries draw.
	Forms FormTheme
}

// HasSurfaces reports whether the theme has backgrounds for parts of the screen. If not, rules are drawn around them.
func (t *Theme) HasSurfaces() bool { return t != nil && t.Header != Style{} }

// FormTheme has the styles of form fields. The zero FormTheme has no colors.
type FormTheme struct {
	// Text is input, Muted the unselected options, Accent the prompt, Picked the selected option.
	Text, Muted, Accent, Picked lipgloss.Style
}

// Style is the escape sequences that switch a style on and off. They are computed once, because lipgloss takes
// microseconds per rendered text and every key draws hundreds. The zero Style changes nothing.
type Style struct {
	on, off string
	// attributes is what of the style remains on a reversed surface: no colors.
	attributes string
	isReversed bool
	// isInvisibleOnSpaces is true if a space looks the same with and without the style.
	isInvisibleOnSpaces bool
}

// NewStyle returns colors and attributes of s. Width, padding, margin and border are ignored.
func NewStyle(s lipgloss.Style) Style {
	s = s.Inline(true).UnsetWidth().UnsetPadding().UnsetMargins()
	on, off := sequences(s)
	attributes, _ := sequences(lipgloss.NewStyle().Bold(s.GetBold()).Underline(s.GetUnderline()))
	isInvisible := !s.GetReverse() && !s.GetUnderline() && !s.GetStrikethrough() && s.GetBackground() == lipgloss.NoColor{}
	return Style{on, off, attributes, s.GetReverse(), isInvisible}
}

func sequences(s lipgloss.Style) (on, off string) {
	const mark = "x"
	on, off, _ = strings.Cut(s.Render(mark), mark)
	return on, off
}

// Paint applies the style to t.
func (s Style) Paint(t Text) string { return s.on + t.s + s.off }

// On returns the sequence that begins the style.
func (s Style) On() string { return s.on }

// Over returns the style on a surface, such as that of the selected row. Text keeps its own color there and takes the
// surface's background; on a reversed surface it keeps only its attributes.
func (s Style) Over(surface Style) Style {
	if surface.on == "" {
		return s
	}
	return Style{on: surface.on + s.onSurface(surface), off: surface.off}
}

// onSurface returns the sequence of s after that of a surface.
func (s Style) onSurface(surface Style) string {
	if surface.isReversed {
		return s.attributes
	}
	return s.on
}
