package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// StripControls is s without what acts on a terminal: control characters other than line feed and tab, escapes,
// bidirectional overrides, bytes that are no text. It is for what leaves the screen, such as the clipboard, where every other character
// stays as it was written; on the screen a [Text] is needed.
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
