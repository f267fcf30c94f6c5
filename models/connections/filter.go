package connections

import (
	"strings"
	"unique"

	"nango-tui/nango"
	"nango-tui/ui/filter"
)

// Fields of the filter, besides words.
const (
	fieldIntegration = "integration"
	fieldState       = "state"
	fieldTag         = "tag"
)

// Words for states in the filter and in routes.
const (
	wordAuth   = "auth"
	wordSync   = "sync"
	wordBroken = "broken"
	wordOK     = "ok"
)

func newFilter() *filter.Input { return filter.NewInput(fieldIntegration, fieldState, fieldTag) }

// localFilter is the local filter of the list: the query, and whether only broken connections are shown.
type localFilter struct {
	query  filter.Query
	broken bool
}

func (s localFilter) empty() bool { return s.query.Empty() && !s.broken }

// isNarrowerThan reports whether every row that passes s also passes before.
func (s localFilter) isNarrowerThan(before localFilter) bool {
	return (s.broken || !before.broken) && s.query.Narrows(before.query)
}

// matcher returns the test for rows. It is built once for all rows.
func (s localFilter) matcher() func(*row) bool {
	if s.empty() {
		return nil
	}
	var tests []func(*row) bool
	if s.broken {
		tests = append(tests, func(r *row) bool { return r.state != nango.Healthy })
	}
	for _, field := range s.query.Fields {
		tests = append(tests, fieldTest(field))
	}
	for _, word := range s.query.Words {
		tests = append(tests, wordTest(word, true))
	}
	for _, word := range s.query.Not {
		tests = append(tests, wordTest(word, false))
	}
	return func(r *row) bool {
		for _, passes := range tests {
			if !passes(r) {
				return false
			}
		}
		return true
	}
}

func wordTest(word string, wanted bool) func(*row) bool {
	needles := spellings(word)
	return func(r *row) bool { return containsAny(needles, r.search()) == wanted }
}

func fieldTest(field filter.Term) func(*row) bool {
	var passes func(*row) bool
	switch field.Name {
	case fieldIntegration:
		passes = integrationTest(field.Value)
	case fieldState:
		passes = func(r *row) bool { return stateIs(r.state, field.Value) }
	default:
		passes = tagTest(field.Value)
	}
	if field.Not {
		return func(r *row) bool { return !passes(r) }
	}
	return passes
}

// integrationTest tests each integration once, since there are few.
func integrationTest(part string) func(*row) bool {
	known := map[unique.Handle[string]]bool{}
	return func(r *row) bool {
		passes, seen := known[r.key]
		if !seen {
			passes = strings.Contains(strings.ToLower(r.integration()), part)
			known[r.key] = passes
		}
		return passes
	}
}

// stateIs reports whether a word is the beginning of a state's name.
func stateIs(state nango.State, word string) bool {
	switch state {
	case nango.AuthError:
		return strings.HasPrefix(wordAuth, word) || strings.HasPrefix(wordBroken, word)
	case nango.SyncError:
		return strings.HasPrefix(wordSync, word) || strings.HasPrefix(wordBroken, word)
	default:
		return strings.HasPrefix(wordOK, word)
	}
}

// tagTest finds a tag by its key, or by key and exact value: usr_1 doesn't match usr_10.
func tagTest(wanted string) func(*row) bool {
	key, value, exact := strings.Cut(wanted, "=")
	part := pieceEnd + codeOf(key) + "="
	if exact {
		part += value + pieceEnd
	}
	wantedPart := newNeedle(part)
	return func(r *row) bool { return wantedPart.in(r.search()) }
}

// wordsTyped are the filter's words as typed, with case, for a search by id and tags on the server. Fields, unwanted
// words and quotes are left out.
func wordsTyped(f *filter.Input) string {
	var words []string
	for _, word := range strings.Fields(f.Value()) {
		if q := filter.Parse(word, fieldIntegration, fieldState, fieldTag); len(q.Words) == 1 {
			words = append(words, strings.Trim(word, `"`))
		}
	}
	return strings.Join(words, " ")
}
