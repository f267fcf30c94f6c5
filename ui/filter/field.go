package filter

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kind is what a field's values are, and how they are compared.
type Kind uint8

// The kinds of fields.
const (
	// Text matches a value that contains what was typed; with = before it, one that equals it.
	Text Kind = iota
	// Enum has one or more of a few words. A whole word matches only itself; the beginning of one matches all that begin so.
	Enum
	// Age is a time in the past: <1d is less than a day ago, >2h at least two hours.
	Age
)

// Spec is what a filter line needs to know of a field. A name that ends with a dot stands for any key behind it: "tag." for tag.plan.
type Spec struct {
	Name string
	Kind Kind
	// Values returns what completion offers, and for an Enum all that there is. Nil means that it is not known. The argument is
	// the key behind the dot; of a name with a dot, an empty one asks for the keys.
	Values func(key string) []string
}

// Field is a field of the rows R. One of the functions is set.
type Field[R any] struct {
	Spec
	// Text returns the value of a Text field, or the words of an Enum, in any case. The key is that behind the dot.
	Text func(r *R, key string) string
	// Time returns the time of an Age field, if known.
	Time func(r *R) (time.Time, bool)
	// Test makes the test of an alternative, in place of Text. It is made once for all rows.
	Test func(a Atom) func(*R) bool
}

// TextField is a field with a text.
func TextField[R any](name string, of func(*R) string) Field[R] {
	return Field[R]{Spec: Spec{Name: name}, Text: func(r *R, _ string) string { return of(r) }}
}

// EnumField is a field with a few words, of which a row has one or more.
func EnumField[R any](name string, of func(*R) string, words ...string) Field[R] {
	return Field[R]{Spec: Spec{Name: name, Kind: Enum, Values: Words(words...)}, Text: func(r *R, _ string) string { return of(r) }}
}

// AgeField is a field with a time in the past.
func AgeField[R any](name string, of func(*R) (time.Time, bool)) Field[R] {
	return Field[R]{Spec: Spec{Name: name, Kind: Age}, Time: of}
}

// Words returns fixed values, for [Spec.Values].
func Words(all ...string) func(string) []string { return func(string) []string { return all } }

// Language is how rows R are filtered: by the words of a text and by fields, which each list declares.
type Language[R any] struct {
	// Text is what words search, in lower case.
	Text func(*R) string
	// Word makes the test of a word, in place of Text.
	Word   func(word string) func(*R) bool
	Fields []Field[R]
	// Compile makes the test of a whole query, in place of the others.
	Compile func(q Query, now func() time.Time) func(*R) bool
}

// Specs returns the fields without what they read.
func (l Language[R]) Specs() []Spec {
	specs := make([]Spec, len(l.Fields))
	for i, field := range l.Fields {
		specs[i] = field.Spec
	}
	return specs
}

// Matcher returns the test of a query; nil if it matches all rows. It is made once for all rows. Ages count from now.
func (l Language[R]) Matcher(q Query, now func() time.Time) func(*R) bool {
	switch {
	case q.Empty():
		return nil
	case l.Compile != nil:
		return l.Compile(q, now)
	}
	tests := make([]func(*R) bool, 0, len(q.Terms))
	for _, quick := range []bool{true, false} { // what needs no search in texts goes first
		for _, term := range q.Terms {
			if l.isQuick(term) == quick {
				tests = append(tests, l.term(term, now))
			}
		}
	}
	if len(tests) == 1 {
		return tests[0]
	}
	return func(r *R) bool {
		for _, passes := range tests {
			if !passes(r) {
				return false
			}
		}
		return true
	}
}

// Refinement says how to go from one filter to the next without testing each row for everything: most keys change one term.
type Refinement[R any] struct {
	// Matches is the test of the next filter; nil if all rows match.
	Matches func(*R) bool
	// Still is its test for rows that the filter before matched; nil if all of them still match.
	Still func(*R) bool
	// Narrows means that rows which the filter before hid don't match.
	Narrows bool
}

// Refine returns how to go from a query to the next one.
func (l Language[R]) Refine(before, next Query, now func() time.Time) Refinement[R] {
	return Refinement[R]{l.Matcher(next, now), l.Matcher(next.beyond(before), now), next.Narrows(before)}
}

// Requires adds a condition for all rows; the filter before required it, too, if it was set.
func (s *Refinement[R]) Requires(condition func(*R) bool, was bool) {
	s.Matches = both(condition, s.Matches)
	if !was {
		s.Still = both(condition, s.Still)
	}
}

func both[R any](a, b func(*R) bool) func(*R) bool {
	if b == nil {
		return a
	}
	return func(r *R) bool { return a(r) && b(r) }
}

func (l Language[R]) isQuick(t Term) bool {
	return !slices.ContainsFunc(t.Any, func(a Atom) bool {
		spec, known := find(l.Specs(), a.Field)
		return !known || spec.Kind == Text
	})
}

func (l Language[R]) term(t Term, now func() time.Time) func(*R) bool {
	any := make([]func(*R) bool, len(t.Any))
	for i, a := range t.Any {
		any[i] = l.atom(a, now)
	}
	if len(any) == 1 && !t.Not {
		return any[0]
	}
	return func(r *R) bool {
		for _, passes := range any {
			if passes(r) {
				return !t.Not
			}
		}
		return t.Not
	}
}

func (l Language[R]) atom(a Atom, now func() time.Time) func(*R) bool {
	if a.Field == "" {
		if l.Word != nil {
			return l.Word(a.Value)
		}
		return func(r *R) bool { return strings.Contains(l.Text(r), a.Value) }
	}
	i := slices.IndexFunc(l.Fields, func(f Field[R]) bool { return f.names(a.Field) })
	if i < 0 {
		return func(*R) bool { return false } // Parse lets only known fields pass
	}
	field := l.Fields[i]
	key := strings.TrimPrefix(a.Field, field.Name)
	switch {
	case field.Test != nil:
		return field.Test(a)
	case field.Kind == Age:
		return func(r *R) bool {
			at, known := field.Time(r)
			return known && now().Sub(at) < a.Age == a.Newer
		}
	case field.Kind == Enum:
		return func(r *R) bool { return hasWord(strings.ToLower(field.Text(r, key)), a) }
	case a.Exact:
		return func(r *R) bool { return strings.ToLower(field.Text(r, key)) == a.Value }
	}
	return func(r *R) bool { return strings.Contains(strings.ToLower(field.Text(r, key)), a.Value) }
}

func hasWord(words string, a Atom) bool {
	for word := range strings.FieldsSeq(words) {
		if word == a.Value || !a.Exact && strings.HasPrefix(word, a.Value) {
			return true
		}
	}
	return false
}

func (s Spec) names(name string) bool {
	return s.Name == name || strings.HasSuffix(s.Name, ".") && len(name) > len(s.Name) && strings.HasPrefix(name, s.Name)
}

func find(specs []Spec, name string) (Spec, bool) {
	if i := slices.IndexFunc(specs, func(s Spec) bool { return s.names(name) }); i >= 0 {
		return specs[i], true
	}
	return Spec{}, false
}

// label is the name with a placeholder for any key.
func (s Spec) label() string {
	if strings.HasSuffix(s.Name, ".") {
		return s.Name + "KEY"
	}
	return s.Name
}

// maxNamed is how many fields an error names.
const maxNamed = 12

// Names lists the names of fields: "org, state or tag.KEY".
func Names(specs []Spec) string {
	var all []string
	for _, s := range specs {
		all = append(all, s.label())
	}
	if len(all) > maxNamed {
		all = append(all[:maxNamed-1:maxNamed-1], "…")
	}
	return oneOf(all)
}

func oneOf(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// check completes an alternative with what its kind says about the value, or returns what is wrong with it.
func (s Spec) check(a *Atom) string {
	switch s.Kind {
	case Enum:
		return s.checkWord(a)
	case Age:
		return s.checkAge(a)
	}
	return ""
}

func (s Spec) checkWord(a *Atom) string {
	if s.Values == nil {
		return ""
	}
	values, isBeginning := s.Values(""), false
	for _, value := range values {
		value = strings.ToLower(value)
		if value == a.Value {
			a.Exact = true
			return ""
		}
		isBeginning = isBeginning || strings.HasPrefix(value, a.Value)
	}
	if isBeginning || len(values) == 0 {
		return ""
	}
	return fmt.Sprintf(textUnknownValue, s.Name, oneOf(values), a.Value)
}

var units = map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}

// maxAge keeps an age within a time.Duration, in units of a week.
const maxAge = 10_000

// checkAge reads <1d or >30m. A lone sign is incomplete.
func (s Spec) checkAge(a *Atom) string {
	value := strings.TrimLeft(a.Value, "<>")
	if value == "" && len(a.Value) == 1 {
		a.Value = ""
		return ""
	}
	if n := len(value) - 1; n >= 1 && len(a.Value)-len(value) == 1 {
		count, err := strconv.Atoi(value[:n])
		if unit := units[value[n]]; unit > 0 && err == nil && count > 0 && count <= maxAge {
			a.Age, a.Newer = time.Duration(count)*unit, a.Value[0] == '<'
			return ""
		}
	}
	return fmt.Sprintf(textNotAnAge, s.Name, s.Name, s.Name)
}
