package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSGR is the maximum length of a style sequence. The longest of lipgloss has two colors and all attributes.
const maxSGR = 80

// Frame is the last check of a frame before the terminal. It keeps printable characters, newlines and style
// sequences, and replaces everything else by something visible. [Line] sanitizes text; this is a second barrier in
// case a widget forgets it. A clean frame is returned unchanged.
func Frame(view string) string {
	n := cleanPrefix(view)
	if n == len(view) {
		return view
	}
	var b strings.Builder
	b.Grow(len(view) + 64)
	for {
		b.WriteString(view[:n])
		view = view[n:]
		if view == "" {
			return b.String()
		}
		r, size := utf8.DecodeRuneInString(view)
		b.WriteString(standIn(r))
		view = view[size:]
		n = cleanPrefix(view)
	}
}

// cleanPrefix returns how many bytes at the start of s may reach the terminal.
func cleanPrefix(s string) int {
	i := 0
	for i < len(s) {
		c := s[i]
		switch {
		case c-0x20 < 0x7f-0x20 || c == '\n':
			i++
		case c == 0x1b:
			n := sequence(s[i:])
			if n == 0 {
				return i
			}
			i += n
		case c < utf8.RuneSelf:
			return i
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !printable(r, size) {
				return i
			}
			i += size
		}
	}
	return i
}

// printable reports whether a character beyond ASCII may reach the terminal.
func printable(r rune, size int) bool {
	if r == utf8.RuneError {
		return size > 1
	}
	return plainRune(r) || r == zwj || r == zwnj || unicode.IsPrint(r) || unicode.Is(unicode.Zs, r)
}

// sequence returns the length of the style sequence at the start of s, or 0.
func sequence(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s) && i < maxSGR; i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c < '0' || c > ';': // parameters consist of digits, colons and semicolons
			return 0
		}
	}
	return 0
}

// standIn returns the replacement for a character that may not reach the terminal.
func standIn(r rune) string {
	switch {
	case r < 0x20:
		return string(0x2400 + r)
	case r == 0x7f:
		return "␡"
	}
	return "�"
}
