// Package clean makes untrusted text fit for people. It has the only cleaner of the program: the screen, the debug file, the
// standard error, the journal, exports and the clipboard use it. Its types can be made only by it, so what takes one of them
// can't get a control character. It imports nothing of the project.
package clean

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxText is the maximum number of bytes that [Line] keeps. Longer text ends in an ellipsis.
	maxText = 4 << 10
	// maxLines is the maximum number of lines that [Lines] keeps.
	maxLines = 1000
	// maxMarks is the maximum number of combining marks per character. Real scripts need few; more draw over other lines.
	maxMarks = 8
)

const (
	ellipsis      = "…"
	textMoreLines = "… %d more lines"
)

// Text is one line without control characters, escapes, bidirectional overrides or line breaks. The zero Text is empty.
type Text struct{ s string }

// String returns the text.
func (t Text) String() string { return t.s }

// Line sanitizes s to one line without control characters, escapes, bidirectional overrides and invisible characters.
// It shows them instead: a newline as ⏎, an escape as ␛, an invisible character as its code point. It drops only
// joiners, skin tones and style selectors of emoji, because terminals disagree on their widths. For the same reason it composes
// Korean and half-width kana.
func Line(s string) Text {
	if len(s) <= maxText && (IsASCII(s) || plain(s)) {
		return Text{s}
	}
	return cleaned(s)
}

func cleaned(s string) Text {
	c := cleaner{rest: s}
	c.out.Grow(min(len(s), maxText) + utf8.UTFMax)
	for c.rest != "" {
		if c.out.Len() >= maxText {
			c.out.WriteString(ellipsis)
			break
		}
		c.next()
	}
	return Text{c.out.String()}
}

// Lines sanitizes a text line by line. Tabs become four spaces; a line ends in LF or CRLF. A last line says how
// many lines beyond [maxLines] were dropped.
func Lines(s string) []Text {
	var lines []Text
	for len(lines) < maxLines {
		line, rest, more := strings.Cut(s, "\n")
		line = line[:min(len(line), 2*maxText)] // more is never drawn
		lines = append(lines, Line(strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\t", "    ")))
		if !more {
			return lines
		}
		s = rest
	}
	return append(lines, Line(fmt.Sprintf(textMoreLines, 1+strings.Count(s, "\n"))))
}

// cleaner sanitizes rest to out, character by character.
type cleaner struct {
	rest  string
	out   strings.Builder
	prev  rune // the last character that was written unchanged
	marks int  // combining marks after prev
}

func (c *cleaner) next() {
	r, size := utf8.DecodeRuneInString(c.rest)
	c.rest = c.rest[size:]
	switch {
	case r >= 0x20 && r < 0x7f:
		c.keep(r)
	case r == utf8.RuneError && size == 1:
		c.show("�")
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		c.control(r)
	case r == zwj || r == zwnj:
		c.joiner(r)
	case hides(r):
		c.hidden(r)
	case isHangul(r):
		c.hangul(r)
	case isFlagHalf(r):
		c.flag(r)
	case isHalfKana(r):
		c.halfKana(r)
	case unicode.In(r, unicode.Mn, unicode.Me):
		c.mark(r)
	case r == '\u3000': // the ideographic space, two cells wide
		c.keep(' ')
		c.keep(' ')
	case unicode.Is(unicode.Zs, r):
		c.keep(' ')
	case unicode.IsPrint(r):
		c.keep(r)
	default:
		c.show(codePoint(r))
	}
}

func (c *cleaner) keep(r rune) {
	c.prev, c.marks = r, 0
	c.out.WriteRune(r)
}

// show writes a replacement for a character that must not reach the terminal.
func (c *cleaner) show(s string) {
	c.prev, c.marks = 0, 0
	c.out.WriteString(s)
}

// control shows a control character by its Unicode picture.
func (c *cleaner) control(r rune) {
	switch {
	case r == '\r' && strings.HasPrefix(c.rest, "\n"):
		// The following line feed is shown for both.
	case r == '\n':
		c.show("⏎")
	case r == '\t':
		c.show("⇥")
	case r <= 0x7f:
		c.show(standIn(r))
	default:
		c.show(codePoint(r))
	}
}

// mark keeps a combining mark. Without a character to combine with, it gets a dotted circle instead of the text at its left.
func (c *cleaner) mark(r rune) {
	if c.prev == 0 {
		c.keep('◌')
	}
	c.marks++
	switch {
	case c.marks <= maxMarks:
		c.out.WriteRune(r)
	case c.marks == maxMarks+1:
		c.out.WriteString("�")
	}
}

// hidden shows an invisible character, except those that only change the look of an emoji.
func (c *cleaner) hidden(r rune) {
	switch {
	case r == textStyle || r == emojiStyle:
	case isSkinTone(r) && unicode.Is(unicode.So, c.prev):
	case isSkinTone(r):
		c.keep(r)
	default:
		c.show(codePoint(r))
	}
}

// joiner keeps a joiner between letters of scripts that use it, drops it in an emoji sequence, and shows it elsewhere,
// where it can only make equal-looking names differ.
func (c *cleaner) joiner(r rune) {
	following := c.following()
	switch {
	case unicode.In(c.prev, joiningScripts...) && unicode.In(following, joiningScripts...):
		c.out.WriteRune(r)
	case r == zwj && unicode.In(following, unicode.So, unicode.Sm) && unicode.In(c.prev, unicode.So, unicode.Sk):
	default:
		c.show(codePoint(r))
	}
}

func codePoint(r rune) string { return fmt.Sprintf("⟨U+%04X⟩", r) }
