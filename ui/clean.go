package ui

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// MaxText is how many bytes of one line are kept by [Clean]; what is longer ends in an ellipsis. No cell, no
	// field and no line of a message is read beyond that.
	MaxText = 4 << 10
	// MaxLines is how many lines [CleanLines] keeps; a last line says how many more there were.
	MaxLines = 1000
	// maxMarks is how many combining marks a character may carry. Real scripts need a handful; a pile of them draws
	// over the lines above and below.
	maxMarks = 8
)

// Clean makes s plain: one line without control characters, escapes, bidirectional overrides or characters that
// hide. What was there is shown, not dropped: a newline as ⏎, an escape as ␛, an invisible character as its
// code point. Only what changes a picture and no meaning is left out: joiners and skin tones of emoji, and
// the choice between text and emoji style, since terminals disagree on their widths.
func Clean(s string) Text {
	if len(s) <= MaxText && (plainASCII(s) || plain(s)) {
		return Text{s}
	}
	return cleaned(s)
}

func cleaned(s string) Text {
	c := cleaner{rest: s}
	c.out.Grow(min(len(s), MaxText) + utf8.UTFMax)
	for c.rest != "" {
		if c.out.Len() >= MaxText {
			c.out.WriteString(ellipsis)
			break
		}
		c.next()
	}
	return Text{c.out.String()}
}

// CleanLines makes a text of several lines plain, line by line. Tabs become four spaces, and line feeds, with or
// without a carriage return, end lines. At most [MaxLines] lines are kept.
func CleanLines(s string) []Text {
	var lines []Text
	for len(lines) < MaxLines {
		line, rest, more := strings.Cut(s, "\n")
		lines = append(lines, Clean(strings.ReplaceAll(strings.TrimSuffix(bounded(line), "\r"), "\t", "    ")))
		if !more {
			return lines
		}
		s = rest
	}
	return append(lines, Clean(fmt.Sprintf("… %s more lines", count(1+strings.Count(s, "\n")))))
}

// bounded cuts what [Clean] would not read anyway, before the line is copied.
func bounded(line string) string {
	if len(line) > 2*MaxText {
		return line[:2*MaxText]
	}
	return line
}

// cleaner writes the clean form of rest to out, a character at a time.
type cleaner struct {
	rest  string
	out   strings.Builder
	prev  rune // the last character written that was its own, not a stand-in
	marks int  // combining marks since then
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
	case unicode.In(r, unicode.Mn, unicode.Me):
		c.mark(r)
	case unicode.Is(unicode.Zs, r):
		c.keepString(plainSpace(r))
	case unicode.IsPrint(r):
		c.keep(r)
	default:
		c.show(codePoint(r))
	}
}

// keep writes a character as it is.
func (c *cleaner) keep(r rune) {
	c.prev, c.marks = r, 0
	c.out.WriteRune(r)
}

func (c *cleaner) keepString(s string) {
	c.prev, c.marks = ' ', 0
	c.out.WriteString(s)
}

// show writes what stands for a character that must not reach the terminal.
func (c *cleaner) show(s string) {
	c.prev, c.marks = 0, 0
	c.out.WriteString(s)
}

// control shows a control character by the picture that Unicode has for it.
func (c *cleaner) control(r rune) {
	switch {
	case r == '\r' && strings.HasPrefix(c.rest, "\n"):
		// The line feed behind it is shown for both.
	case r == '\n':
		c.show("⏎")
	case r == '\t':
		c.show("⇥")
	case r < 0x20:
		c.show(string(0x2400 + r))
	case r == 0x7f:
		c.show("␡")
	default:
		c.show(codePoint(r))
	}
}

// mark keeps a combining mark that has something to stand on. Without, it would be drawn over whatever stands
// to the left of the text, so it gets the circle that Unicode uses for that.
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

// hidden shows a character that is not seen, but for those that only choose how an emoji looks.
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

// joiner keeps a joiner between letters of a script that is written with them, drops it between the parts of an emoji,
// which are then seen side by side, and shows it anywhere else, where it can only make two equal-looking names differ.
func (c *cleaner) joiner(r rune) {
	following, _ := utf8.DecodeRuneInString(c.rest)
	switch {
	case unicode.In(c.prev, joiningScripts...) && unicode.In(following, joiningScripts...):
		c.out.WriteRune(r)
	case r == zwj && unicode.In(following, unicode.So, unicode.Sm) && unicode.In(c.prev, unicode.So, unicode.Sk):
	default:
		c.show(codePoint(r))
	}
}

func codePoint(r rune) string { return fmt.Sprintf("⟨U+%04X⟩", r) }
