package ui

import "strings"

// TypeScript splits TypeScript or JavaScript, also incomplete, into tokens. It reads every byte once and never fails.
func TypeScript(text string) []CodeSpan {
	s := tsScanner{text: text}
	for s.pos < len(text) {
		s.next()
	}
	return s.spans
}

type tsScanner struct {
	text  string
	pos   int
	spans []CodeSpan
	// open has the number of open braces for each surrounding ${ of a template.
	open []int
	// value is true after a value: a slash is then a division, otherwise it begins a regular expression.
	value bool
	// member is true after a dot: the next word is a name, even if it is a keyword.
	member bool
}

// to ends a token before byte end. It may be empty.
func (s *tsScanner) to(end int, role Role) {
	end = min(end, len(s.text))
	if end == s.pos {
		return
	}
	s.pos = end
	if last := len(s.spans) - 1; last >= 0 && s.spans[last].Role == role {
		s.spans[last].End = uint32(s.pos)
		return
	}
	s.spans = append(s.spans, CodeSpan{uint32(s.pos), role})
}

func (s *tsScanner) next() {
	rest := s.text[s.pos:]
	switch c := rest[0]; {
	case c == ' ' || c == '\t' || c == '\r' || c == '\n':
		s.to(s.pos+1, RoleText)
	case strings.HasPrefix(rest, "//"):
		s.to(s.find(s.pos, "\n"), RoleMuted)
	case strings.HasPrefix(rest, "/*"):
		s.to(s.find(s.pos+2, "*/")+2, RoleMuted)
	case c == '"' || c == '\'':
		s.ends(s.quoted(c), RoleString)
	case c == '`':
		s.template(s.pos + 1)
	case '0' <= c && c <= '9':
		s.ends(s.wordEnd(s.pos, "."), RoleNumber)
	case isWordByte(c):
		s.word()
	case c == '/' && !s.value:
		s.ends(s.wordEnd(s.quoted(c), ""), RoleString)
	default:
		s.sign(c)
	}
}

// ends is [tsScanner.to] for a value.
func (s *tsScanner) ends(end int, role Role) {
	s.to(end, role)
	s.value, s.member = true, false
}

// find returns the offset of sep at or after from, or the end of the text.
func (s *tsScanner) find(from int, sep string) int {
	from = min(from, len(s.text))
	if n := strings.Index(s.text[from:], sep); n >= 0 {
		return from + n
	}
	return len(s.text)
}

// quoted returns the end of a string, or of a regular expression if quote is a slash. Without a quote it is that of the line.
func (s *tsScanner) quoted(quote byte) int {
	class := false
	for i := s.pos + 1; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '\\':
			i++
		case c == '\n':
			return i
		case quote == '/' && (c == '[' || c == ']'):
			class = c == '['
		case c == quote && !class:
			return i + 1
		}
	}
	return len(s.text)
}

// template scans a template string from an offset to its end or to the next ${.
func (s *tsScanner) template(from int) {
	for i := from; i < len(s.text); i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '`':
			s.ends(i+1, RoleString)
			return
		case '$':
			if strings.HasPrefix(s.text[i:], "${") {
				s.to(i, RoleString)
				s.to(i+2, RoleLiteral)
				s.open = append(s.open, 0)
				s.value, s.member = false, false
				return
			}
		}
	}
	s.to(len(s.text), RoleString)
}

func (s *tsScanner) sign(c byte) {
	inner := len(s.open) - 1
	switch {
	case c == '{' && inner >= 0:
		s.open[inner]++
	case c == '}' && inner >= 0 && s.open[inner] == 0:
		s.open = s.open[:inner]
		s.to(s.pos+1, RoleLiteral)
		s.template(s.pos)
		return
	case c == '}' && inner >= 0:
		s.open[inner]--
	}
	s.to(s.pos+1, RoleText)
	s.value, s.member = c == ')' || c == ']' || c == '}', c == '.'
}

// wordEnd returns the end of a word, which may contain the characters of also.
func (s *tsScanner) wordEnd(end int, also string) int {
	for end < len(s.text) && (isWordByte(s.text[end]) || strings.IndexByte(also, s.text[end]) >= 0) {
		end++
	}
	return end
}

// isWordByte reports whether a byte can be part of a name, such as letters beyond ASCII.
func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

// word scans a keyword or a name.
func (s *tsScanner) word() {
	end := s.wordEnd(s.pos, "")
	word := s.text[s.pos:end]
	switch {
	case s.member:
		s.ends(end, RoleText)
	case tsLiterals[word]:
		s.ends(end, RoleLiteral)
	case tsWords[word] || tsSoftWords[word] && s.begins(end):
		s.to(end, RoleKey)
		s.value = false
	default:
		s.ends(end, RoleText)
	}
}

// begins reports whether something follows that only a keyword can have after it.
func (s *tsScanner) begins(at int) bool {
	for at < len(s.text) && s.text[at] == ' ' {
		at++
	}
	return at < len(s.text) && (isWordByte(s.text[at]) || strings.IndexByte(`{*'"[`, s.text[at]) >= 0)
}

func words(all string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(all) {
		set[word] = true
	}
	return set
}

// The keywords. What follows a soft one decides whether it is a name.
var (
	tsLiterals = words("true false null undefined this super NaN Infinity")
	tsWords    = words("async await break case catch class const continue debugger default delete do else enum export extends finally for " +
		"function if import in instanceof let new of return static switch throw try typeof var void while with yield")
	tsSoftWords = words("abstract any as asserts bigint boolean declare from get implements infer interface is keyof module namespace never " +
		"number object override package private protected public readonly satisfies set string symbol type unique unknown")
)
