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
	// MaxLink is how long the address of a hyperlink may be. Terminals take about 2,000 bytes.
	MaxLink = 2000

	linkStart = "\x1b]8;;"
	linkEnd   = "\x1b\\"
)

// Gate is what every frame passes last, before the terminal. Printable characters, newlines, style sequences and links
// to http and https pass; anything else is replaced by something visible. It is not what makes text plain, [Clean]
// is: it makes sure that a widget which forgot it does no harm. A frame with nothing to replace is returned as it is.
func Gate(view string) string {
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

// sequence is the length of the style sequence or link that s begins with, 0 where it begins with something else.
func sequence(s string) int {
	if len(s) > 2 && s[1] == '[' {
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
	return link(s)
}

// link is the length of the sequence that begins or ends a hyperlink.
func link(s string) int {
	if !strings.HasPrefix(s, linkStart) {
		return 0
	}
	rest := s[len(linkStart):]
	n := strings.Index(rest[:min(len(rest), MaxLink+len(linkEnd))], linkEnd)
	if n < 0 || n > 0 && !IsLink(rest[:n]) {
		return 0
	}
	return len(linkStart) + n + len(linkEnd)
}

// IsLink says that a terminal or a browser may be given this address: http or https, printable ASCII, no space.
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

// Link makes t a hyperlink that terminals which know them open. An address that is not http or https, or has characters
// that belong into no address, makes none: then it is t alone.
func Link(url string, t Text) string {
	if !IsLink(url) {
		return t.s
	}
	return linkStart + url + linkEnd + t.s + linkStart + linkEnd
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
