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

func (p *patterns) compile(source string) (jsonschema.Regexp, error) {
	re, size, err := compilePattern(source)
	if err != nil && !slices.Contains(p.unknown, source) {
		p.unknown = append(p.unknown, source)
	}
	return pattern{source, re, size, p}, nil
}

var errPattern = errors.New(textNotGoPattern)

// compilePattern compiles a JavaScript pattern, if Go supports it.
func compilePattern(source string) (re *regexp.Regexp, size int, err error) {
	translated, ok := translatePattern(source)
	if len(source) > maxPattern || !ok {
		return nil, 0, errPattern
	}
	tree, err := syntax.Parse(translated, syntax.Perl)
	if err != nil {
		return nil, 0, err
	}
	if size = sizeOf(tree); size > maxPatternSize {
		return nil, 0, errPattern
	}
	re, err = regexp.Compile(translated)
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

var (
	// element matches an element of a pattern: a code point, a Unicode class, another escape, an empty class, a group that
	// Go doesn't know or knows by another meaning, or a character.
	element = regexp.MustCompile(`(?s)\\u(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{4}))|` +
		`\\[pP]\{(?:(?:Script|sc|General_Category|gc)=)?(\w+)\}|\\.|\[\^?\]|\(\?(?:<[=!]|P)|.`)
	// categories are the long names of Unicode classes that Go doesn't know.
	categories = strings.NewReplacer("Lowercase_Letter", "Ll", "Uppercase_Letter", "Lu", "Letter", "L", "Number", "N",
		"Punctuation", "P", "Symbol", "S")
	// commonEscape matches the escapes with the same meaning in Go.
	commonEscape = regexp.MustCompile(`(?s)^\\(?:[dDwWbBsSnrtfvx]|[^\w\x{80}-\x{10ffff}])$`)
)

// translatePattern translates a JavaScript pattern to Go. It returns false if Go has no equivalent.
func translatePattern(source string) (string, bool) {
	var out strings.Builder
	inClass := false // inside of brackets
	for _, m := range element.FindAllStringSubmatch(source, -1) {
		s := m[0]
		switch {
		case m[1]+m[2] != "":
			s = `\x{` + m[1] + m[2] + `}`
		case m[3] != "":
			s = s[:2] + `{` + categories.Replace(m[3]) + `}`
		case s == `\0`:
			s = `\x00`
		case s[0] == '\\' && !commonEscape.MatchString(s):
			return "", false
		case s[0] == '\\':
		case inClass:
			inClass = !strings.HasSuffix(s, "]")
			if s[0] == '[' { // a POSIX class in Go, literal in JavaScript
				s = `\` + s
			}
		case len(s) > 1 && (s[0] == '[' || s[0] == '('):
			return "", false
		case s == "[":
			inClass = true
		}
		out.WriteString(s)
	}
	return out.String(), true
}
