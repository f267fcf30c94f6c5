package records

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"nango-tui/nango"
)

// Bounds of looking for columns.
const (
	// maxSeen is how many keys are looked at.
	maxFieldNames = 200
	// shortText is how many characters a value may have to stand whole in most terminals.
	shortText = 30
	// wideField is how many cells a column of the payload takes at most.
	wideField = 40
)

// field is a top-level key of the payload that is worth a column.
type field struct {
	// key is as it is written, with its quotes; name is what it says.
	key, name string
	// rank counts from 1 for the most telling one.
	importance int
	// width is how many characters its longest value has.
	width int
}

// seen is what is known of a key after the first page.
type fieldStats struct {
	key             string
	scalars, nested int
	characters      int
	longest         int
	values          map[string]struct{}
	order           int
	score           float64
}

// layout is what the first page with a payload tells of all records.
type layout struct {
	// fields are the columns, in the order of the payload.
	fields []field
	// names are the top-level keys, in lower case.
	names map[string]bool
	// id is how many characters the longest id has.
	id int
}

// newLayout finds the columns in a page: plain values, by how often they are there, how short they are, and whether they
// tell records apart. It is nil where there is nothing to choose from.
func newLayout(page []nango.Record) *layout {
	keys := map[string]*fieldStats{}
	withPayload := 0
	for i := range page {
		if page[i].PrunedAt == nil {
			withPayload++
			countFields(keys, string(page[i].Raw))
		}
	}
	if len(keys) == 0 {
		return nil
	}
	found := &layout{names: map[string]bool{}}
	for i := range page {
		found.id = max(found.id, utf8.RuneCountInString(page[i].ID))
	}
	var all []*fieldStats
	for _, s := range keys {
		found.names[strings.ToLower(unquoted(s.key))] = true
		if s.score = s.computeScore(withPayload); s.score > 0 {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b *fieldStats) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.order, b.order))
	})
	all = all[:min(len(all), maxFields)]
	for rank, s := range all {
		found.fields = append(found.fields, field{key: s.key, name: unquoted(s.key), importance: rank + 1, width: s.longest})
	}
	slices.SortFunc(found.fields, func(a, b field) int { return cmp.Compare(keys[a.key].order, keys[b.key].order) })
	return found
}

// look counts what stands in one record.
func countFields(keys map[string]*fieldStats, raw string) {
	for m := range membersOf(raw) {
		if m.key == metadataKey || m.key == `"id"` {
			continue
		}
		s := keys[m.key]
		if s == nil {
			if len(keys) == maxFieldNames {
				continue
			}
			s = &fieldStats{key: m.key, order: len(keys), values: map[string]struct{}{}}
			keys[m.key] = s
		}
		value := m.value.in(raw)
		switch kindOf(value) {
		case 'n':
		case '{', '[':
			s.nested++
		default:
			s.scalars++
			characters := utf8.RuneCountInString(unquoted(value))
			s.characters += characters
			s.longest = max(s.longest, characters)
			s.values[value] = struct{}{}
		}
	}
}

// tells is how much the field tells about a record; 0 where it is no column.
func (s *fieldStats) computeScore(records int) float64 {
	name := strings.ToLower(unquoted(s.key))
	if s.scalars == 0 || s.nested > s.scalars || soundsSecret(name) {
		return 0
	}
	score := float64(s.scalars) / float64(records)
	if mean := s.characters / s.scalars; mean > shortText {
		score *= shortText / float64(mean)
	}
	if len(s.values) == 1 && s.scalars > 2 {
		score *= 0.2
	}
	return score * nameFactor(name)
}

// probe is a text that is hidden nowhere but under a key that sounds like a secret.
const probe = "probe"

func soundsSecret(name string) bool {
	var shapes *nango.Secrets
	return shapes.MaskAt([]string{name}, probe) != probe
}

// byName is how telling fields of such a name mostly are.
func nameFactor(name string) float64 {
	for _, word := range []string{"name", "title", "subject", "summary", "email", "status", "state", "stage"} {
		if strings.Contains(name, word) {
			return 1.5
		}
	}
	for _, end := range []string{"_at", "date", "id", "url", "uri", "hash"} {
		if strings.HasSuffix(name, end) {
			return 0.5
		}
	}
	return 1
}
