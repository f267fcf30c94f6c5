package filter

import (
	"slices"
	"strings"
)

// Query is what a line of filter means. All of it is in lower case.
type Query struct {
	// Words have to be in a row, all of them; Not may not.
	Words, Not []string
	// Fields are the terms of the form name:value.
	Fields []Term
}

// Term is a term of the form name:value, or !name:value.
type Term struct {
	Name, Value string
	Not         bool
}

// Parse reads words, !words, name:value and "quoted words". Where names are given, only they are names of fields, and
// anything else with a colon is a word. What is not finished yet, such as a lone ! or a name without a value, means
// nothing.
func Parse(s string, names ...string) Query {
	var q Query
	s = strings.ToLower(s)
	for {
		var t term
		t, s = nextTerm(s, names)
		switch {
		case t.value == "" && s == "":
			return q
		case t.value == "":
		case t.name != "":
			q.Fields = append(q.Fields, Term{t.name, t.value, t.not})
		case t.not:
			q.Not = append(q.Not, t.value)
		default:
			q.Words = append(q.Words, t.value)
		}
	}
}

type term struct {
	name, value string
	not         bool
}

// nextTerm reads the first term of s.
func nextTerm(s string, names []string) (t term, rest string) {
	s = strings.TrimLeft(s, " ")
	s, t.not = strings.CutPrefix(s, "!")
	if name, value, ok := strings.Cut(s, ":"); ok && isFieldName(name, names) {
		t.name, s = name, value
	}
	t.value, rest = nextValue(s)
	return t, rest
}

// isFieldName says that s, which stands before a colon, is a name.
func isFieldName(s string, names []string) bool {
	if len(names) > 0 {
		return slices.Contains(names, s)
	}
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_-") == ""
}

// nextValue reads up to a space, or from quote to quote; a quote that is still open reaches to the end.
func nextValue(s string) (value, rest string) {
	if quoted, ok := strings.CutPrefix(s, `"`); ok {
		value, rest, _ = strings.Cut(quoted, `"`)
		return value, rest
	}
	value, rest, _ = strings.Cut(s, " ")
	return value, rest
}

// Empty says that q lets everything pass.
func (q Query) Empty() bool { return len(q.Words)+len(q.Not)+len(q.Fields) == 0 }

// SearchText is what a filter looks for its words in: the texts of a row, in lower case, apart from each other. Whoever has
// the rows makes it once.
func SearchText(texts ...string) string { return strings.ToLower(strings.Join(texts, "\n")) }

// MatchWords says that the words are in a [SearchText] and the unwanted ones are not. Fields are for the caller to look at.
func (q Query) MatchWords(haystack string) bool {
	for _, w := range q.Words {
		if !strings.Contains(haystack, w) {
			return false
		}
	}
	for _, w := range q.Not {
		if strings.Contains(haystack, w) {
			return false
		}
	}
	return true
}

// Match says whether a row passes: the haystack has the words, as [Query.MatchWords] says, and what field gives for the name
// of each field has its value within, in lower case.
func (q Query) Match(haystack string, field func(name string) string) bool {
	return q.MatchFields(func(f Term) bool { return strings.Contains(field(f.Name), f.Value) }) && q.MatchWords(haystack)
}

// MatchFields says that a row has all the fields, and none of the unwanted ones.
func (q Query) MatchFields(has func(Term) bool) bool {
	for _, f := range q.Fields {
		if has(f) == f.Not {
			return false
		}
	}
	return true
}

// Narrows says that no row which before leaves out can pass q, so that Narrow of a table will do.
func (q Query) Narrows(before Query) bool {
	return covered(before.Words, q.Words, strings.Contains) &&
		covered(before.Not, q.Not, func(now, was string) bool { return strings.Contains(was, now) }) &&
		covered(before.Fields, q.Fields, func(now, was Term) bool { return now == was })
}

// covered says that each of what was is implied by one of what is now.
func covered[T any](was, now []T, implies func(now, was T) bool) bool {
	for _, w := range was {
		if !slices.ContainsFunc(now, func(n T) bool { return implies(n, w) }) {
			return false
		}
	}
	return true
}
