package schemaform

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Limits of patterns. Beyond them, a pattern is not checked.
const (
	// maxPattern is the maximum length of a pattern in bytes, maxPatternSize its length with all repetitions expanded.
	maxPattern     = 4 << 10
	maxPatternSize = 5_000
	// maxMatching limits the expanded length times the length of the text.
	maxMatching = 10_000_000
)

// patterns compiles the regular expressions of a schema. They are JavaScript's; Go has no lookaround and back
// references, so such patterns are not checked.
type patterns struct {
	unknown []string
	// answer is the result for a pattern that is not checked; guessed is set when it was used.
	answer, guessed bool
}

// pattern is a regular expression of a schema. re is nil if Go doesn't support it.
type pattern struct {
	source   string
	re       *regexp.Regexp
	size     int
	patterns *patterns
}

// String returns the source.
func (p pattern) String() string { return p.source }

// MatchString reports whether s matches, or guesses.
func (p pattern) MatchString(s string) bool {
	if p.re == nil || p.size*len(s) > maxMatching {
		p.patterns.guessed = true
		return p.patterns.answer
	}
	return p.re.MatchString(s)
}

// compile compiles a pattern for the library. It never fails.
func (p *patterns) compile(source string) (jsonschema.Regexp, error) {
	re, size, err := compilePattern(source)
	if err != nil && !slices.Contains(p.unknown, source) {
		p.unknown = append(p.unknown, source)
	}
	return pattern{source, re, size, p}, nil
}

var errPattern = errors.New(textNotGoPattern)

// compilePattern translates a JavaScript pattern, if Go supports it.
func compilePattern(source string) (re *regexp.Regexp, size int, err error) {
	if len(source) > maxPattern {
		return nil, 0, errPattern
	}
	t := translation{rest: source}
	for t.rest != "" {
		if !t.next() {
			return nil, 0, errPattern
		}
	}
	tree, err := syntax.Parse(t.out.String(), syntax.Perl)
	if err != nil {
		return nil, 0, err
	}
	if size = sizeOf(tree); size > maxPatternSize {
		return nil, 0, errPattern
	}
	re, err = regexp.Compile(t.out.String())
	return re, size, err
}

// sizeOf returns the length of a pattern with all repetitions expanded.
func sizeOf(re *syntax.Regexp) int {
	size := 1
	if re.Op == syntax.OpLiteral {
		size = len(re.Rune)
	}
	for _, inner := range re.Sub {
		size = min(size+sizeOf(inner), maxPatternSize+1)
	}
	if re.Op == syntax.OpRepeat {
		size *= max(re.Min, re.Max, 1)
	}
	return min(size, maxPatternSize+1)
}

// translation translates a JavaScript pattern to Go.
type translation struct {
	rest  string
	out   strings.Builder
	class bool // inside of brackets
}

func (t *translation) take(n int) bool {
	t.out.WriteString(t.rest[:n])
	t.rest = t.rest[n:]
	return true
}

// next translates the next element, or returns false if Go has no equivalent.
func (t *translation) next() bool {
	switch {
	case t.rest[0] == '\\':
		return len(t.rest) > 1 && t.escape()
	case t.class && t.rest[0] == '[': // a POSIX class in Go, literal in JavaScript
		t.out.WriteByte('\\')
	case t.class:
		t.class = t.rest[0] != ']'
	case strings.HasPrefix(t.rest, "[]"), strings.HasPrefix(t.rest, "[^]"):
		return false
	case t.rest[0] == '[':
		t.class = true
	case strings.HasPrefix(t.rest, "(?<=") || strings.HasPrefix(t.rest, "(?<!") || strings.HasPrefix(t.rest, "(?P"):
		return false
	}
	return t.take(1)
}

// escape translates an escape sequence.
func (t *translation) escape() bool {
	switch c := t.rest[1]; {
	case c == 'u':
		return t.codePoint()
	case c == '0':
		t.out.WriteString(`\x00`)
		t.rest = t.rest[2:]
		return true
	case c == 'p' || c == 'P':
		return t.property()
	case strings.IndexByte("dDwWbBsSnrtfvx", c) >= 0:
		return t.take(2)
	case c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80:
		return false
	}
	return t.take(2)
}

var codePoint = regexp.MustCompile(`^\\u(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{4}))`)

func (t *translation) codePoint() bool {
	m := codePoint.FindStringSubmatch(t.rest)
	if m == nil {
		return false
	}
	t.out.WriteString(`\x{` + m[1] + m[2] + `}`)
	t.rest = t.rest[len(m[0]):]
	return true
}

var (
	classOfUnicode = regexp.MustCompile(`^\\[pP]\{(?:(?:Script|sc|General_Category|gc)=)?(\w+)\}`)
	// categories are the long names that Go doesn't know.
	categories = strings.NewReplacer("Lowercase_Letter", "Ll", "Uppercase_Letter", "Lu", "Letter", "L", "Number", "N",
		"Punctuation", "P", "Symbol", "S")
)

// property translates a Unicode class.
func (t *translation) property() bool {
	m := classOfUnicode.FindStringSubmatch(t.rest)
	if m == nil {
		return false
	}
	t.out.WriteString(t.rest[:2] + `{` + categories.Replace(m[1]) + `}`)
	t.rest = t.rest[len(m[0]):]
	return true
}
