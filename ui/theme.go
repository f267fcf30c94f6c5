package ui

import "charm.land/lipgloss/v2"

// Theme is the colours by what they mean. Widgets and screens know these names and no colour value; the values
// are in the palettes of the program.
type Theme struct {
	// Text is ordinary text, Strong what stands out of it, Muted what steps back.
	Text, Strong, Muted Style
	// Accent marks what can be acted on: keys, links, the cursor's bar.
	Accent Style
	// Good, Warn and Bad tell a state; a sign or a word always stands beside them.
	Good, Warn, Bad Style
	// Selected is the text under the cursor, Marked that of a marked row, Match a hit of a search.
	Selected, Marked, Match Style
	// Title heads a screen or a dialog, Border frames it.
	Title, Border Style
	// Production is the badge of a production profile, Armed that of one that may be written to.
	Production, Armed Style
	// Key, String, Number and Literal are the parts of JSON.
	Key, String, Number, Literal Style
	// Forms is for the fields of forms, which a library draws.
	Forms FormTheme
}

// FormTheme is the looks of what stands in the fields of a form, for the libraries that draw them. The zero FormTheme
// has no colours; what matters is told by signs all the same.
type FormTheme struct {
	// Text is what is typed, Muted what could be, Accent the sign before it, Picked what is chosen in a list.
	Text, Muted, Accent, Picked lipgloss.Style
}
