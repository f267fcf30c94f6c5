package schemaform

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// maxPattern is how long a pattern may be that is checked, in bytes.
const maxPattern = 4 << 10

// patterns reads the regular expressions of a schema. They are JavaScript's, and Go does not know all of that: what looks
// ahead or back, or refers to what was found before, cannot be checked.
type patterns struct {
	unknown []string
	// answer is what an unknown pattern says of every text.
	answer bool
}

// unread is a pattern that cannot be checked.
type unread struct {
	source string
	of     *patterns
}

func (u unread) String() string          { return u.source }
func (u unread) MatchString(string) bool { return u.of.answer }

// compile is the engine for the library; it never fails.
func (p *patterns) compile(source string) (jsonschema.Regexp, error) {
	if re, err := compilePattern(source); err == nil {
		return re, nil
	}
	if !slices.Contains(p.unknown, source) {
		p.unknown = append(p.unknown, source)
	}
	return unread{source, p}, nil
}

var errPattern = errors.New("not a regular expression that Go has")

// compilePattern reads a pattern of JavaScript, as far as Go has the same.
func compilePattern(source string) (*regexp.Regexp, error) {
	if len(source) > maxPattern {
		return nil, errPattern
	}
	t := translation{rest: source}
	for t.rest != "" {
		if !t.next() {
			return nil, errPattern
		}
	}
	return regexp.Compile(t.out.String())
}

// translation writes a pattern of JavaScript as one of Go.
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

// next writes what stands next; false where Go has nothing that means the same.
func (t *translation) next() bool {
	switch {
	case t.rest[0] == '\\':
		return len(t.rest) > 1 && t.escape()
	case t.class && t.rest[0] == '[': // it begins a class of POSIX in Go, and stands for itself in JavaScript
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

// escape writes what begins with a backslash.
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
	// categories are the long names that Go does not know.
	categories = strings.NewReplacer("Lowercase_Letter", "Ll", "Uppercase_Letter", "Lu", "Letter", "L", "Number", "N", "Punctuation", "P", "Symbol", "S")
)

// property writes a class of Unicode.
func (t *translation) property() bool {
	m := classOfUnicode.FindStringSubmatch(t.rest)
	if m == nil {
		return false
	}
	t.out.WriteString(t.rest[:2] + `{` + categories.Replace(m[1]) + `}`)
	t.rest = t.rest[len(m[0]):]
	return true
}
