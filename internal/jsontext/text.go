package jsontext

import (
	"bytes"
	"encoding/json"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// class sorts the bytes of a string: those that end a run of ordinary ones are not 0.
var class = func() (all [256]uint8) {
	for c := range all {
		switch {
		case c < ' ':
			all[c] = classControl
		case c >= utf8.RuneSelf:
			all[c] = classWide
		}
	}
	all['"'], all['\\'] = classQuote, classEscape
	return all
}()

const (
	classQuote = iota + 1
	classEscape
	classControl
	classWide
)

// stringEnd returns the offset after the string that begins at an offset, or that of the mistake and its reason. A simple
// string is ASCII without escapes.
func stringEnd(text string, at int) (end int, simple bool, reason string) {
	simple = true
	for i := at + 1; i < len(text); i++ {
		for i+8 <= len(text) {
			n := ordinary(text[i : i+8])
			if i += n; n < 8 {
				break
			}
		}
		if i == len(text) {
			break
		}
		switch class[text[i]] {
		case 0:
		case classQuote:
			return i + 1, simple, ""
		case classControl:
			return i, false, "a control character inside a string"
		case classEscape:
			simple = false
			n, reason := escapeLength(text[i:])
			if reason != "" {
				return i, false, reason
			}
			i += n - 1
		case classWide:
			simple = false
		}
	}
	return len(text), false, "the text ends inside a string"
}

// ordinary returns the number of bytes, of eight, before the first one that has a class. It checks all of them at once.
func ordinary(text string) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	_ = text[7]
	x := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
	quote, escape := x^ones*'"', x^ones*'\\'
	return bits.TrailingZeros64((x|(x-ones*' ')|(quote-ones)|(escape-ones))&highs) / 8
}

// escapeLength returns the length of the escape that a text begins with.
func escapeLength(text string) (n int, reason string) {
	if len(text) < 2 {
		return 0, "the text ends inside a string"
	}
	switch text[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2, ""
	case 'u':
		if _, ok := hex4(text[2:]); ok {
			return 6, ""
		}
	}
	return 0, "an unknown escape"
}

func hex4(text string) (rune, bool) {
	if len(text) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(text[:4], 16, 16)
	return rune(n), err == nil
}

// Escape decodes the escape at the beginning of a text. It also returns its length, or 0 if the text doesn't begin with
// an escape. An unpaired surrogate is U+FFFD.
func Escape(text string) (r rune, n int) {
	if text == "" || text[0] != '\\' {
		return 0, 0
	}
	n, reason := escapeLength(text)
	if reason != "" {
		return 0, 0
	}
	if n == 2 {
		return rune("\"\\/\b\f\n\r\t"[strings.IndexByte(`"\/bfnrt`, text[1])]), n
	}
	r, _ = hex4(text[2:])
	if !utf16.IsSurrogate(r) {
		return r, n
	}
	if strings.HasPrefix(text[n:], `\u`) {
		if low, ok := hex4(text[n+2:]); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, 2 * n
			}
		}
	}
	return utf8.RuneError, n
}

// Text decodes a string. Unlike [Reader.Text] it keeps bytes that are not UTF-8, so that a secret is found among them. It
// also accepts a string without an end, and keeps unknown escapes as written. An unpaired surrogate becomes U+FFFD. Any
// other text is returned unchanged.
func Text(written string) string {
	inner, quoted := strings.CutPrefix(written, `"`)
	if !quoted {
		return written
	}
	if closed(written) {
		inner = inner[:len(inner)-1]
	}
	at := strings.IndexByte(inner, '\\')
	if at < 0 {
		return inner
	}
	out := make([]byte, 0, len(inner))
	for ; at >= 0; at = strings.IndexByte(inner, '\\') {
		out = append(out, inner[:at]...)
		inner = inner[at:]
		if r, n := Escape(inner); n > 0 {
			out = utf8.AppendRune(out, r)
			inner = inner[n:]
			continue
		}
		n := min(2, len(inner))
		out = append(out, inner[:n]...)
		inner = inner[n:]
	}
	return string(append(out, inner...))
}

func closed(written string) bool {
	if len(written) < 2 || !strings.HasSuffix(written, `"`) {
		return false
	}
	inner := written[1 : len(written)-1]
	return (len(inner)-len(strings.TrimRight(inner, `\`)))%2 == 0
}

// StringEnd returns the offset after the string, valid or not, that begins at an offset; without an end, that of the text.
func StringEnd(text string, at int) int {
	for i := at + 1; ; i++ {
		n := strings.IndexByte(text[i:], '"')
		if n < 0 {
			return len(text)
		}
		inner := text[i : i+n]
		if i += n; n == 0 || inner[n-1] != '\\' || (len(inner)-len(strings.TrimRight(inner, `\`)))%2 == 0 {
			return i + 1
		}
	}
}

// Quote returns a text as a JSON string. The characters of HTML are not escaped.
func Quote(text string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // of a string it never fails
	return strings.TrimSuffix(out.String(), "\n")
}

// numberEnd returns the offset after the number that begins at an offset, or that of the mistake and its reason.
func numberEnd(text string, at int) (end int, reason string) {
	const unfinished = "an incomplete number"
	i := at
	if text[i] == '-' {
		i++
	}
	whole := digits(text, i)
	if whole == i {
		return i, unfinished
	}
	if text[i] == '0' {
		whole = i + 1
	}
	i = whole
	if i < len(text) && text[i] == '.' {
		if i = digits(text, i+1); text[i-1] == '.' {
			return i, unfinished
		}
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		i++
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		if end := digits(text, i); end > i {
			return end, ""
		}
		return i, unfinished
	}
	return i, ""
}

func digits(text string, at int) int {
	for at < len(text) && '0' <= text[at] && text[at] <= '9' {
		at++
	}
	return at
}
