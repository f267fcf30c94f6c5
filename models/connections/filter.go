package connections

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unique"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/filter"
)

// Fields of the filter, besides words.
const (
	fieldOrg         = "org"
	fieldCustomer    = "customer"
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
	wordPaused = "paused"
)

// localFilter is the local filter of the list: the query, and whether only broken connections are shown.
type localFilter struct {
	query  filter.Query
	broken bool
}

// refine returns how to go from the filter that the table has to the next one.
func (l *List) refine(next localFilter) filter.Refinement[row] {
	before, now := l.applied, l.Now()
	step := l.language().Refine(before.query, next.query, l.Now)
	if next.broken {
		step.Requires((*row).isBroken, before.broken)
	}
	agesPassed := next.query.HasAges() && !now.Equal(l.appliedAt)
	step.Narrows = step.Narrows && (next.broken || !before.broken) && !agesPassed
	l.applied, l.appliedAt = next, now
	return step
}

func (r *row) isBroken() bool { return r.state != nango.Healthy }

// filterText is the whole filter as text.
func (l *List) filterText() string {
	if !l.current.broken {
		return l.Filter.Value()
	}
	return strings.TrimSpace(fieldState + ":" + wordBroken + " " + l.Filter.Value())
}

// language declares the fields of the filter.
func (l *List) language() filter.Language[row] {
	type field = filter.Field[row]
	text := func(name string, test func(filter.Atom) func(*row) bool, values func(*row) string) field {
		return field{Spec: filter.Spec{Name: name, Values: l.valuesOf(values)}, Test: test}
	}
	return filter.Language[row]{Word: wordTest, Fields: []field{
		{Spec: filter.Spec{Name: fieldState, Kind: filter.Enum,
			Values: filter.Words(wordAuth, wordSync, wordOK, wordBroken, wordPaused)}, Test: l.stateTest},
		text(fieldOrg, pairTest(orgKeys), (*row).organization),
		text(fieldCustomer, customerTest, nil),
		text("email", pairTest(emailKeys), nil),
		text(fieldIntegration, integrationTest, (*row).integration),
		text("provider", providerTest, (*row).provider),
		filter.AgeField("failed", (*row).failedAt),
		filter.AgeField("age", (*row).createdAt),
		{Spec: filter.Spec{Name: fieldTag + ".", Values: l.tagValues}, Test: tagValueTest},
		{Spec: filter.Spec{Name: fieldTag}, Test: tagTest},
		text("id", func(a filter.Atom) func(*row) bool {
			return func(r *row) bool { return has(segment(r.search(), pieceID), a) }
		}, nil),
	}}
}

// The keys of the pairs that fields look at.
var (
	orgKeys   = []string{nango.TagOrganizationName, endUserMark + "organization", nango.TagOrganizationID, endUserMark + "organization_id"}
	emailKeys = []string{nango.TagUserEmail, endUserMark + "email"}
	userKeys  = append([]string{nango.TagUserName, nango.TagUserID, endUserMark + "display_name", endUserID}, emailKeys...)
)

// has reports whether a text in lower case has the value of an alternative.
func has(text string, a filter.Atom) bool {
	return text == a.Value || !a.Exact && strings.Contains(text, a.Value)
}

// stateTest tests the state of the authentication and the syncs, and whether a sync is known to be paused.
func (l *List) stateTest(a filter.Atom) func(*row) bool {
	is := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return word == a.Value || !a.Exact && strings.HasPrefix(word, a.Value) })
	}
	ok, auth, sync, paused := is(wordOK), is(wordAuth, wordBroken), is(wordSync, wordBroken), is(wordPaused)
	return func(r *row) bool {
		switch {
		case paused && len(l.paused) > 0 && l.paused[r.ref()]:
			return true
		case r.state == nango.AuthError:
			return auth
		case r.state == nango.SyncError:
			return sync
		}
		return ok
	}
}

// asksPaused reports whether the filter asks for paused syncs.
func (l *List) asksPaused() bool {
	return slices.ContainsFunc(l.current.query.Terms, func(t filter.Term) bool {
		return slices.ContainsFunc(t.Any, func(a filter.Atom) bool {
			return a.Field == fieldState && strings.HasPrefix(wordPaused, a.Value)
		})
	})
}

// learnPaused takes from the store which connections have a paused sync.
func (l *List) learnPaused(s *screen.Store) {
	paused, known := s.PausedSyncs()
	changed := !maps.Equal(paused, l.paused)
	if l.paused, l.syncsKnown = paused, known; changed && l.asksPaused() {
		l.table.Filter(l.refine(l.current).Matches)
	}
}

func wordTest(word string) func(*row) bool {
	needles := spellings(word)
	return func(r *row) bool { return containsAny(needles, r.search()) }
}

// pairTest tests the values of pairs with these keys.
func pairTest(keys []string) func(filter.Atom) func(*row) bool {
	return func(a filter.Atom) func(*row) bool {
		begins := make([]needle, len(keys))
		for i, key := range keys {
			begins[i] = newNeedle(pieceEnd + codeOf(key) + "=")
		}
		return func(r *row) bool {
			text := r.search()
			for _, begin := range begins {
				if at := begin.index(text); at >= 0 {
					rest := text[at+len(begin.text):]
					if has(rest[:strings.Index(rest, pieceEnd)], a) {
						return true
					}
				}
			}
			return false
		}
	}
}

// customerTest tests what the customer's column shows, and everything else that identifies a person.
func customerTest(a filter.Atom) func(*row) bool {
	inPairs := pairTest(userKeys)(a)
	return func(r *row) bool { return has(r.customerLower(), a) || inPairs(r) }
}

// integrationTest tests each integration once, since there are few.
func integrationTest(a filter.Atom) func(*row) bool {
	known := map[unique.Handle[string]]bool{}
	return func(r *row) bool {
		passes, seen := known[r.key]
		if !seen {
			passes = has(strings.ToLower(r.integration()), a)
			known[r.key] = passes
		}
		return passes
	}
}

func providerTest(a filter.Atom) func(*row) bool {
	return func(r *row) bool {
		provider := segment(r.search(), pieceProvider)
		if provider == "" {
			provider = segment(r.search(), pieceIntegration)
		}
		return has(provider, a)
	}
}

// tagValueTest tests the value of one tag: tag.plan:growth.
func tagValueTest(a filter.Atom) func(*row) bool {
	return pairTest([]string{strings.TrimPrefix(a.Field, fieldTag+".")})(a)
}

// tagTest finds a tag by its key, or by key and exact value: usr_1 doesn't match usr_10.
func tagTest(a filter.Atom) func(*row) bool {
	key, value, exact := strings.Cut(a.Value, "=")
	part := pieceEnd + codeOf(key) + "="
	if exact {
		part += value + pieceEnd
	}
	wantedPart := newNeedle(part)
	return func(r *row) bool { return wantedPart.in(r.search()) }
}

// maxSampled is how many rows completion looks at.
const maxSampled = 20_000

// valuesOf returns the values that rows have, the most frequent first. Nil means that they are too many to be offered.
func (l *List) valuesOf(of func(*row) string) func(string) []string {
	if of == nil {
		return nil
	}
	return func(string) []string {
		return l.sample(func(r *row, add func(string)) { add(of(r)) })
	}
}

// tagValues returns the keys of the tags, or the values of one.
func (l *List) tagValues(key string) []string {
	all := l.sample(func(r *row, add func(string)) {
		for _, p := range r.pairs() {
			switch {
			case strings.HasPrefix(p.key, endUserMark):
			case key == "":
				add(p.key)
			case p.key == key:
				add(p.value)
			}
		}
	})
	if key == "" { // other fields find those that identify the customer
		slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	}
	return all
}

func (l *List) sample(values func(r *row, add func(string))) []string {
	counts, left := map[string]int{}, maxSampled
	for r := range l.table.Each() {
		if left--; left < 0 {
			break
		}
		values(r, func(value string) {
			if value != "" {
				counts[value]++
			}
		})
	}
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
}

// wordsTyped are the filter's words as typed, with case, for a search by id and tags on the server. Fields, unwanted
// words and quotes are left out.
func (l *List) wordsTyped() string {
	var words []string
	for _, word := range strings.Fields(l.Filter.Value()) {
		if q := filter.Parse(word, l.language().Specs()...); len(q.Terms) == 1 && !q.Terms[0].Not && q.Terms[0].Any[0].Field == "" {
			words = append(words, strings.Trim(word, `"`))
		}
	}
	return strings.Join(words, " ")
}
