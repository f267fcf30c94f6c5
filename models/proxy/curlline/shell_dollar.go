package curlline

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// dollar handles what a dollar sign starts: a variable, which stays as written, or $'…' and $"…".
func (s *shell) dollar(inDouble bool) error {
	s.startWord()
	after := s.in[s.pos+1:]
	switch {
	case strings.HasPrefix(after, "("):
		return s.substitution()
	case strings.HasPrefix(after, "{"):
		return s.braced()
	case strings.HasPrefix(after, "'") && !inDouble:
		return s.ansi()
	case strings.HasPrefix(after, `"`) && !inDouble:
		s.pos++ // a translated text, which is the same here
		return nil
	}
	n := nameLength(after)
	if n == 0 && after != "" && strings.IndexByte("0123456789@*#?-$!", after[0]) >= 0 {
		n = 1
	}
	if n > 0 {
		s.addVariable(s.in[s.pos : s.pos+1+n])
	}
	s.copy(1 + n)
	return nil
}

func (s *shell) braced() error {
	end := strings.IndexByte(s.in[s.pos:], '}')
	if end < 0 {
		return errorAt(s.pos, errBrace)
	}
	text := s.in[s.pos : s.pos+end+1]
	if inner := strings.IndexAny(text, "`\n"); inner >= 0 || strings.Contains(text, "$(") {
		return s.substitution()
	}
	s.addVariable(text)
	s.copy(len(text))
	return nil
}

// ansi handles $'…', with the backslash escapes of C.
func (s *shell) ansi() error {
	s.quoted = true
	open := s.pos
	s.pos += 2
	for s.pos < len(s.in) {
		switch s.in[s.pos] {
		case '\'':
			s.pos++
			return nil
		case '\\':
			if err := s.ansiEscape(); err != nil {
				return err
			}
		default:
			s.copy(1)
		}
	}
	return errorAt(open, errQuote, "$'")
}

// ansiEscapes are escapes of one letter, each followed by its character.
const ansiEscapes = "a\ab\be\x1bE\x1bf\fn\nr\rt\tv\v\\\\''\"\"??"

func (s *shell) ansiEscape() error {
	at, after := s.pos, s.in[s.pos+1:]
	if after == "" {
		return errorAt(s.pos, errQuote, "$'")
	}
	for i := 0; i < len(ansiEscapes); i += 2 {
		if after[0] == ansiEscapes[i] {
			s.out = append(s.out, ansiEscapes[i+1])
			s.pos += 2
			return nil
		}
	}
	before := len(s.out)
	switch c := after[0]; {
	case c == 'c' && len(after) > 1:
		s.out = append(s.out, after[1]&0x1f)
		s.pos += 3
	case c == 'u' || c == 'U':
		s.ansiRune()
	case c == 'x':
		s.ansiByte(2, 16, 2)
	case '0' <= c && c <= '7':
		s.ansiByte(1, 8, 3)
	default:
		s.copy(1)
	}
	if len(s.out) > before && s.out[len(s.out)-1] == 0 {
		return errorAt(at, errNUL)
	}
	return nil
}

// ansiByte reads a byte of at most this many digits; without digits the backslash stays.
func (s *shell) ansiByte(from, base, most int) {
	value, n := number(s.in[s.pos+from:], base, most)
	if n == 0 {
		s.copy(1)
		return
	}
	s.out = append(s.out, byte(value))
	s.pos += from + n
}

// ansiRune reads \uXXXX and \UXXXXXXXX. Chrome writes characters of more than four digits as a surrogate pair.
func (s *shell) ansiRune() {
	most := 4
	if s.in[s.pos+1] == 'U' {
		most = 8
	}
	value, n := number(s.in[s.pos+2:], 16, most)
	if n == 0 {
		s.copy(1)
		return
	}
	s.pos += 2 + n
	if utf16.IsSurrogate(rune(value)) && strings.HasPrefix(s.in[s.pos:], `\u`) {
		low, n := number(s.in[s.pos+2:], 16, 4)
		if pair := utf16.DecodeRune(rune(value), rune(low)); pair != utf8.RuneError {
			value = int(pair)
			s.pos += 2 + n
		}
	}
	s.out = utf8.AppendRune(s.out, rune(min(value, utf8.MaxRune+1)))
}

// number reads the digits at the start of a text, and returns their count.
func number(text string, base, most int) (value, n int) {
	for n < most && n < len(text) {
		digit := strings.IndexByte("0123456789abcdef", text[n]|0x20)
		if text[n] < '0' || digit < 0 || digit >= base {
			break
		}
		value = value*base + digit
		n++
	}
	return value, n
}
