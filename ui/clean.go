package ui

// Clean makes s plain.
func Clean(s string) Text {
	return Text{s}
}
