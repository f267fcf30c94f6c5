package filter

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Query is a parsed filter, in lower case. A row matches if it matches all terms.
type Query struct {
	Terms []Term
	// Problem says which part of the text is no term, and what is; empty if all of it is. That part is ignored.
	Problem string
}

// Term matches a row if one of its alternatives does, or with Not if none does.
type Term struct {
	Not bool
	Any []Atom
}

// Atom is a word, or a field with its value.
type Atom struct {
	// Field is the name as written, such as "state" or "tag.plan"; empty for a word.
	Field string
	Value string
	// Exact means that the value must equal the field's, not only be part of it.
	Exact bool
	// Newer and Age are those of an [Age] field: less than an hour ago, or at least an hour ago.
	Newer bool
	Age   time.Duration
}

// Parse reads words, "quoted words", -words (or !words), field:value, and alternatives: a|b, field:a|b. Without specs, every name
// is a field. With specs, an unknown one is a problem. Incomplete terms, such as a lone - or a name without value, are ignored.
func Parse(s string, specs ...Spec) Query {
	p := parser{rest: strings.ToLower(s), specs: specs}
	for p.skip(); p.rest != ""; p.skip() {
		if term := p.term(); len(term.Any) > 0 {
			p.query.Terms = append(p.query.Terms, term)
		}
	}
	return p.query
}

type parser struct {
	rest  string
	specs []Spec
	query Query
}

func (p *parser) skip() { p.rest = strings.TrimLeft(p.rest, " ") }

// term reads a term. One of its alternatives that is a problem takes the others with it.
func (p *parser) term() Term {
	var t Term
	if p.rest[0] == '-' || p.rest[0] == '!' {
		t.Not, p.rest = true, p.rest[1:]
	}
	field, valid := "", true
	for {
		a, ok := p.atom(&field)
		valid = valid && ok
		if a.Value != "" {
			t.Any = append(t.Any, a)
		}
		rest, more := strings.CutPrefix(strings.TrimLeft(p.rest, " "), "|")
		if !more {
			break
		}
		p.rest = rest
		p.skip()
	}
	if !valid {
		return Term{}
	}
	return t
}

// atom reads an alternative. Without a field of its own, it has that of the one before. It is false after a problem.
func (p *parser) atom(field *string) (a Atom, ok bool) {
	name, rest, found := strings.Cut(p.rest, ":")
	ok = true
	if found && p.isName(name, rest) {
		*field, p.rest = name, rest
		if _, known := find(p.specs, name); !known && len(p.specs) > 0 {
			p.problem(fmt.Sprintf(textUnknownField, name, Names(p.specs), name))
			ok = false
		}
	}
	a.Field = *field
	if a.Field != "" {
		p.rest, a.Exact = strings.CutPrefix(p.rest, "=")
	}
	if quoted, is := strings.CutPrefix(p.rest, `"`); is { // a missing end quote means the rest
		a.Value, p.rest, _ = strings.Cut(quoted, `"`)
	} else {
		end := strings.IndexAny(p.rest, " |")
		if end < 0 {
			end = len(p.rest)
		}
		a.Value, p.rest = p.rest[:end], p.rest[end:]
	}
	if spec, known := find(p.specs, a.Field); known && a.Value != "" {
		if why := spec.check(&a); why != "" {
			p.problem(why)
			return a, false
		}
	}
	return a, ok
}

// isName reports whether a text before a colon is the name of a field, and not the beginning of a time or a URL.
func (p *parser) isName(name, after string) bool {
	if _, known := find(p.specs, name); known {
		return true
	}
	letters := strings.IndexFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.", r)
	}) < 0
	return letters && name != "" && unicode.IsLetter([]rune(name)[0]) && !strings.HasPrefix(after, "//")
}

func (p *parser) problem(text string) {
	if p.query.Problem == "" {
		p.query.Problem = text
	}
}

// Empty reports whether q matches everything.
func (q Query) Empty() bool { return len(q.Terms) == 0 }

// HasAges reports whether q depends on the current time.
func (q Query) HasAges() bool {
	return slices.ContainsFunc(q.Terms, func(t Term) bool {
		return slices.ContainsFunc(t.Any, func(a Atom) bool { return a.Age > 0 })
	})
}

// Split returns the terms that consist of words, and those with fields.
func (q Query) Split() (words, fields Query) {
	for _, t := range q.Terms {
		if slices.ContainsFunc(t.Any, func(a Atom) bool { return a.Field != "" }) {
			fields.Terms = append(fields.Terms, t)
		} else {
			words.Terms = append(words.Terms, t)
		}
	}
	return words, fields
}

// Words returns the words and values that a row may contain, for highlighting: those of terms without Not and without age.
func (q Query) Words() []Atom {
	var all []Atom
	for _, t := range q.Terms {
		for _, a := range t.Any {
			if !t.Not && a.Age == 0 {
				all = append(all, a)
			}
		}
	}
	return all
}

// SearchText joins the texts of a row in lower case, to be searched for words. Compute it once per row.
func SearchText(texts ...string) string { return strings.ToLower(strings.Join(texts, "\n")) }

// Narrows reports whether q matches only rows that before matches: rows that are hidden stay so, unless an age has passed since.
func (q Query) Narrows(before Query) bool {
	return covered(before.Terms, q.Terms, Term.implies)
}

// beyond returns the terms that a row which matches before may not match. Ages always are among them.
func (q Query) beyond(before Query) Query {
	isKnown := func(t Term) bool {
		return !Query{Terms: []Term{t}}.HasAges() && slices.ContainsFunc(before.Terms, func(b Term) bool { return b.implies(t) })
	}
	return Query{Terms: slices.DeleteFunc(slices.Clone(q.Terms), isKnown)}
}

// implies reports whether each row that t matches is one that other matches.
func (t Term) implies(other Term) bool {
	switch {
	case t.Not != other.Not:
		return false
	case t.Not:
		return covered(other.Any, t.Any, func(now, was Atom) bool { return was.implies(now) })
	}
	return covered(t.Any, other.Any, func(was, now Atom) bool { return now.implies(was) })
}

func (a Atom) implies(other Atom) bool {
	return a == other || a.Field == "" && other.Field == "" && strings.Contains(a.Value, other.Value)
}

// covered reports whether each element of was is implied by one of now.
func covered[T any](was, now []T, implies func(now, was T) bool) bool {
	isLost := func(w T) bool { return !slices.ContainsFunc(now, func(n T) bool { return implies(n, w) }) }
	return !slices.ContainsFunc(was, isLost)
}
