package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// StripControls removes control characters except line feed and tab, escapes, bidirectional overrides and invalid
// bytes. It is for text that leaves the screen, such as the clipboard, where all other characters must stay unchanged.
// On the screen, use [Clean].
func StripControls(s string) string {
	if plainASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}
