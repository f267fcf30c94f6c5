package ui

import "strings"

// TypeScript finds what the pieces of TypeScript or JavaScript mean: words of the language, texts, numbers, literals
// and comments. It looks at every byte once, whatever stands there, and never fails: code comes from strangers, and half of
// it is cut into pieces as far as it goes.
func TypeScript(text string) []CodeSpan {
	s := tsScanner{text: text}
	for s.pos < len(text) {
		s.next()
	}
	return s.spans
}

// tsScanner goes through code from its start to its end.
type tsScanner struct {
	text  string
	pos   int
	spans []CodeSpan
	// open is, for each ${ of a template that one is within, how many braces are open there.
	open []int
	// value says that what stands before ends a value: a slash behind it divides, any other begins a pattern.
	value bool
	// member says that a dot stands before: the word behind it is a name, whichever it is.
	member bool
}

// to ends a piece before the byte end. There may be nothing in it.
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
		s.ends(s.pattern(), RoleString)
	default:
		s.sign(c)
	}
}

// ends is [tsScanner.to] for what is a value.
func (s *tsScanner) ends(end int, role Role) {
	s.to(end, role)
	s.value, s.member = true, false
}

// find is where sep stands at or behind an offset; the end of the text where it does not.
func (s *tsScanner) find(from int, sep string) int {
	from = min(from, len(s.text))
	if n := strings.Index(s.text[from:], sep); n >= 0 {
		return from + n
	}
	return len(s.text)
}

// quoted is the end of the text in quotes that begins here. One that is not closed ends with its line.
func (s *tsScanner) quoted(quote byte) int {
	for i := s.pos + 1; i < len(s.text); i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '\n':
			return i
		case quote:
			return i + 1
		}
	}
	return len(s.text)
}

// pattern is the end of the regular expression that begins here. One that is not closed ends with its line.
func (s *tsScanner) pattern() int {
	class := false
	for i := s.pos + 1; i < len(s.text); i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '\n':
			return i
		case '[', ']':
			class = s.text[i] == '['
		case '/':
			if !class {
				return s.wordEnd(i+1, "")
			}
		}
	}
	return len(s.text)
}

// template takes the text of a template from an offset in it on, up to its end or to a ${ in it.
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

// sign takes one character that is neither a word nor the beginning of a text.
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

// wordEnd is the end of the word that begins at an offset, to which the characters of also belong.
func (s *tsScanner) wordEnd(end int, also string) int {
	for end < len(s.text) && (isWordByte(s.text[end]) || strings.IndexByte(also, s.text[end]) >= 0) {
		end++
	}
	return end
}

// isWordByte says whether a byte can stand in a name; letters beyond ASCII can.
func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

// word takes a word: one of the language, or a name.
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

// begins says whether something follows that a word of the language would have behind it, and a name would not.
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

// The words of the language. The soft ones are names as well: what follows them tells.
var (
	tsLiterals = words("true false null undefined this super NaN Infinity")
	tsWords    = words("async await break case catch class const continue debugger default delete do else enum export extends finally for " +
		"function if import in instanceof let new of return static switch throw try typeof var void while with yield")
	tsSoftWords = words("abstract any as asserts bigint boolean declare from get implements infer interface is keyof module namespace never " +
		"number object override package private protected public readonly satisfies set string symbol type unique unknown")
)
