package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// typedLength is how many bytes a line that is searched or gone to with may have.
const typedLength = 512

// typedLine is a line of text as it is typed, at its end.
type typedLine string

// key takes a key that changes the text, and says whether it was one.
func (t *typedLine) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "backspace", "ctrl+h":
		*t = typedLine(dropLast(string(*t)))
	case "ctrl+u":
		*t = ""
	case "ctrl+w":
		trimmed := strings.TrimRight(string(*t), " ")
		*t = typedLine(trimmed[:strings.LastIndexByte(trimmed, ' ')+1])
	default:
		if k.Text == "" {
			return false
		}
		t.add(k.Text)
	}
	return true
}

// add puts typed or pasted text at the end, without what cannot be drawn, up to the bound.
func (t *typedLine) add(s string) {
	for _, r := range s {
		if typeable(r) && len(*t)+utf8.RuneLen(r) <= typedLength {
			*t += typedLine(r)
		}
	}
}

// typeable says that a character can be typed into a line: it is seen, and it is one character wide or two, no control.
func typeable(r rune) bool {
	return r != utf8.RuneError && (r == ' ' || unicode.IsGraphic(r) && !unicode.Is(unicode.Zs, r) || r == zwj || r == zwnj)
}

// dropLast is s without its last character.
func dropLast(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[:len(s)-n]
}

// line draws the text with a sign before it and the place where it grows behind it. Of a long one the end is shown.
func (t typedLine) line(f Frame, sign string) Line {
	return Line{
		{Text{sign}, RoleAccent},
		{Clean(string(t)).TruncateLeft(f.Width - width(sign) - 1), RoleText},
		{Text{"▏"}, RoleAccent},
	}
}
