package ui

// Text is a text that is fit for the screen: no control character, no escape, no bidirectional override, no
// line break. Only cleaning makes one from a string, so what strangers wrote cannot reach the terminal as it came.
type Text struct{ s string }

// String is the clean text.
func (t Text) String() string { return t.s }
