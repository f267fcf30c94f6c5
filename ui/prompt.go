package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

const maxPrompt = 512

// Prompt is a line of text that the user types at its end.
type Prompt string

// Key handles a key that edits the text, and reports whether it was one.
func (t *Prompt) Key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "backspace", "ctrl+h":
		_, n := utf8.DecodeLastRuneInString(string(*t))
		*t = (*t)[:len(*t)-n]
	case "ctrl+u":
		*t = ""
	case "ctrl+w":
		trimmed := strings.TrimRight(string(*t), " ")
		*t = Prompt(trimmed[:strings.LastIndexByte(trimmed, ' ')+1])
	default:
		if k.Text == "" {
			return false
		}
		t.Type(k.Text)
	}
	return true
}

// Type appends typed or pasted text, without characters that can't be drawn, up to the limit.
func (t *Prompt) Type(s string) {
	for _, r := range s {
		if IsTypeable(r) && len(*t)+utf8.RuneLen(r) <= maxPrompt {
			*t += Prompt(r)
		}
	}
}

// IsTypeable reports whether a character can be typed into a line: it is visible and no control character.
func IsTypeable(r rune) bool {
	return r != utf8.RuneError && (r == ' ' || unicode.IsGraphic(r) && !unicode.Is(unicode.Zs, r) || r == '\u200d' || r == '\u200c') // joiners
}

// Line draws sign, text and text cursor. Of a long text the end is shown.
func (t Prompt) Line(f Frame, sign string) Line {
	return Line{
		{Text{sign}, RoleAccent},
		{Clean(string(t)).TruncateLeft(f.Width - width(sign) - 1), RoleText},
		{Text{"▏"}, RoleAccent},
	}
}
