package filter

import (
	"slices"
	"strings"
)

// Query is a parsed filter, in lower case.
type Query struct {
	// Words are required, Not are excluded.
	Words, Not []string
	// Fields are the name:value terms.
	Fields []Term
}

// Term is a name:value term, or an excluded one: !name:value.
type Term struct {
	Name, Value string
	Not         bool
}

// Parse reads words, !words, name:value and "quoted words". If names are given, only they are field names; other words
// can contain a colon. Incomplete terms, such as a lone ! or a name without value, are ignored.
func Parse(s string, names ...string) Query {
	var q Query
	for s = strings.TrimLeft(strings.ToLower(s), " "); s != ""; s = strings.TrimLeft(s, " ") {
		var t Term
		s, t.Not = strings.CutPrefix(s, "!")
		if name, value, ok := strings.Cut(s, ":"); ok && isFieldName(name, names) {
			t.Name, s = name, value
		}
		if quoted, ok := strings.CutPrefix(s, `"`); ok { // a missing end quote means the rest of s
			t.Value, s, _ = strings.Cut(quoted, `"`)
		} else {
			t.Value, s, _ = strings.Cut(s, " ")
		}
		switch {
		case t.Value == "":
		case t.Name != "":
			q.Fields = append(q.Fields, t)
		case t.Not:
			q.Not = append(q.Not, t.Value)
		default:
			q.Words = append(q.Words, t.Value)
		}
	}
	return q
}

func isFieldName(s string, names []string) bool {
	if len(names) > 0 {
		return slices.Contains(names, s)
	}
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_-") == ""
}

// Empty reports whether q matches everything.
func (q Query) Empty() bool { return len(q.Words)+len(q.Not)+len(q.Fields) == 0 }

// SearchText joins the texts of a row in lower case, to be searched by a [Query]. Compute it once per row.
func SearchText(texts ...string) string { return strings.ToLower(strings.Join(texts, "\n")) }

// MatchWords reports whether text, a [SearchText], contains all words and no excluded one. It ignores fields.
func (q Query) MatchWords(text string) bool {
	isMissing := func(word string) bool { return !strings.Contains(text, word) }
	isThere := func(word string) bool { return strings.Contains(text, word) }
	return !slices.ContainsFunc(q.Words, isMissing) && !slices.ContainsFunc(q.Not, isThere)
}

// Match reports whether a row matches: its text contains the words, see [Query.MatchWords], and the value of each
// field, in lower case, contains that of the term.
func (q Query) Match(text string, field func(name string) string) bool {
	return q.MatchFields(func(f Term) bool { return strings.Contains(field(f.Name), f.Value) }) && q.MatchWords(text)
}

// MatchFields reports whether a row has all fields and no excluded one.
func (q Query) MatchFields(has func(Term) bool) bool {
	return !slices.ContainsFunc(q.Fields, func(f Term) bool { return has(f) == f.Not })
}

// Narrows reports whether q matches only rows that before matches, so that [table.Table.Narrow] can be used.
func (q Query) Narrows(before Query) bool {
	return covered(before.Words, q.Words, strings.Contains) &&
		covered(before.Not, q.Not, func(now, was string) bool { return strings.Contains(was, now) }) &&
		covered(before.Fields, q.Fields, func(now, was Term) bool { return now == was })
}

// covered reports whether each element of was is implied by one of now.
func covered[T any](was, now []T, implies func(now, was T) bool) bool {
	isLost := func(w T) bool { return !slices.ContainsFunc(now, func(n T) bool { return implies(n, w) }) }
	return !slices.ContainsFunc(was, isLost)
}
