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

// The words for states in the filter and in routes.
const (
	wordAuth   = "auth"
	wordSync   = "sync"
	wordBroken = "broken"
	wordOK     = "ok"
)

func newFilter() *filter.Input { return filter.NewInput(fieldIntegration, fieldState, fieldTag) }

// sieve is what the list is narrowed to without asking anybody: what was typed, and whether only broken ones are wanted.
type sieve struct {
	query  filter.Query
	broken bool
}

func (s sieve) empty() bool { return s.query.Empty() && !s.broken }

// narrows says that no row which before leaves out can pass s.
func (s sieve) narrows(before sieve) bool {
	return (s.broken || !before.broken) && s.query.Narrows(before.query)
}

// keep is the test that a row has to pass, made once for all rows.
func (s sieve) keep() func(*row) bool {
	if s.empty() {
		return nil
	}
	var tests []func(*row) bool
	for _, field := range s.query.Fields {
		tests = append(tests, fieldTest(field))
	}
	wanted, unwanted := spelled(s.query.Words), spelled(s.query.Not)
	return func(r *row) bool {
		if s.broken && r.state == nango.Healthy {
			return false
		}
		for _, passes := range tests {
			if !passes(r) {
				return false
			}
		}
		return has(r.search(), wanted, unwanted)
	}
}

func spelled(words []string) [][]needle {
	all := make([][]needle, len(words))
	for i, word := range words {
		all[i] = spellings(word)
	}
	return all
}

// has says whether all of the wanted words stand in the text, and none of the unwanted.
func has(text string, wanted, unwanted [][]needle) bool {
	for _, word := range wanted {
		if !stands(word, text) {
			return false
		}
	}
	for _, word := range unwanted {
		if stands(word, text) {
			return false
		}
	}
	return true
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

// integrationTest looks at each integration once: there are few.
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

// stateIs says whether a state is meant by the beginning of a word for it.
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

// tagTest finds a tag by its key, or by key and value, which then are meant exactly: usr_1 is not usr_10.
func tagTest(wanted string) func(*row) bool {
	key, value, exact := strings.Cut(wanted, "=")
	part := pieceEnd + codeOf(key) + "="
	if exact {
		part += value + pieceEnd
	}
	wantedPart := newNeedle(part)
	return func(r *row) bool { return wantedPart.in(r.search()) }
}

// wordsTyped are the words of a filter as they were typed, capitals included, which the server looks at in ids and tags: without
// fields, unwanted words and quotes.
func wordsTyped(f *filter.Input) string {
	var words []string
	for _, word := range strings.Fields(f.Value()) {
		if q := filter.Parse(word, fieldIntegration, fieldState, fieldTag); len(q.Words) == 1 {
			words = append(words, strings.Trim(word, `"`))
		}
	}
	return strings.Join(words, " ")
}
