package ui

import "charm.land/lipgloss/v2"

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
