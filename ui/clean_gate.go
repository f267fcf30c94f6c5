package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxSGR is how long the parameters of a style sequence may be; the longest that lipgloss makes has two colours
	// and every attribute.
	maxSGR = 80
	// MaxLink is how long an address may be, in bytes: as much as every browser and server takes.
	MaxLink = 2000
)

// SanitizeView is what every frame passes last, before the terminal. Printable characters, newlines and style sequences
// pass; anything else is replaced by something visible. It is not what makes text plain, [Clean]
// is: it makes sure that a widget which forgot it does no harm. A frame with nothing to replace is returned as it is.
func SanitizeView(view string) string {
	n := passing(view)
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
		n = passing(view)
	}
}

// passing is how many bytes at the start of s may go to the terminal.
func passing(s string) int {
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

// printable says that a character beyond ASCII may go to the terminal.
func printable(r rune, size int) bool {
	if r == utf8.RuneError {
		return size > 1
	}
	return plainRune(r) || r == zwj || r == zwnj || unicode.IsPrint(r) || unicode.Is(unicode.Zs, r)
}

// sequence is the length of the style sequence that s begins with, 0 where it begins with something else.
func sequence(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s) && i < maxSGR; i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c < '0' || c > ';': // digits, colon and semicolon are what parameters consist of
			return 0
		}
	}
	return 0
}

// IsLink says that a browser may be given this address: http or https, printable ASCII, no space.
func IsLink(url string) bool {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok || rest == "" || len(url) > MaxLink {
		return false
	}
	if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return false
	}
	return plainASCII(url) && !strings.ContainsAny(url, " \"<>\\^`{|}")
}

// standIn is what is drawn for a character that may not pass.
func standIn(r rune) string {
	switch {
	case r < 0x20:
		return string(0x2400 + r)
	case r == 0x7f:
		return "␡"
	}
	return "�"
}
