package clean

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Block is a text of any length for the clipboard or a file. It may have line feeds and tabs, and no other control
// characters, escapes, line separators, bidirectional overrides or invalid bytes. The zero Block is empty.
type Block struct{ s string }

// String returns the text.
func (b Block) String() string { return b.s }

// StripControls removes what a [Block] must not have. All other characters stay unchanged. On the screen, use [Line].
func StripControls(s string) Block {
	if IsASCII(s) {
		return Block{s}
	}
	return Block{strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r != utf8.RuneError && !isHarmful(r) {
			return r
		}
		return -1
	}, s)}
}

// IsLine reports whether s is one line that [StripControls] leaves unchanged.
func IsLine(s string) bool { return !strings.ContainsAny(s, "\n\t") && StripControls(s).s == s }

// isHarmful reports whether a terminal may act on a character, or draw the text around it elsewhere.
func isHarmful(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r)
}

// JSON makes a JSON text fit for people without changing what it says: in strings, it escapes what a [Block] must not have.
// A text that isn't JSON is safe as well, but may change.
func JSON(s string) Block { return Block{escapeJSON(s, false)} }

// JSONLine is [JSON] on one line of any length.
func JSONLine(s string) Text { return Text{escapeJSON(s, true)} }

// escapeJSON escapes harmful characters in strings. Between the tokens, JSON allows only white space: there they become spaces.
func escapeJSON(s string, oneLine bool) string {
	if IsASCII(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	inString, escaped := false, false
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)):
			out.WriteRune(r) // an invalid byte
		case !isHarmful(r):
			out.WriteRune(r)
		case inString:
			fmt.Fprintf(&out, `\u%04x`, r)
		case !oneLine && (r == '\n' || r == '\t'):
			out.WriteRune(r)
		default:
			out.WriteByte(' ')
		}
		if r == '"' && !escaped {
			inString = !inString
		}
		escaped = inString && r == '\\' && !escaped
	}
	return out.String()
}
