package records

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
	"nango-tui/nango"
)

// Bounds of the search for columns.
const (
	// maxFieldNames is how many keys are considered.
	maxFieldNames = 200
	// shortText is how many characters of a value most terminals show.
	shortText = 30
	// wideField is the maximum width of a payload column in cells.
	wideField = 40
)

// field is a top-level key of the payload that has a column.
type field struct {
	// key is the key as written, with quotes; name is its text.
	key, name string
	// importance is 1 for the most important field.
	importance int
	// width is the number of characters of its longest value.
	width int
}

// fieldStats counts the values of a key in the first page.
type fieldStats struct {
	key             string
	scalars, nested int
	characters      int
	longest         int
	values          map[string]struct{}
	order           int
	score           float64
}

// layout has the columns that the first page with a payload determines.
type layout struct {
	// fields are the columns in the order of the payload.
	fields []field
	// names are the top-level keys in lower case.
	names map[string]bool
	// id is the number of characters of the longest id.
	id int
}

// newLayout chooses columns from a page: scalar values that are frequent, short and distinct. It is nil if there are none.
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
		found.names[strings.ToLower(jsontext.Text(s.key))] = true
		if s.score = s.computeScore(withPayload); s.score > 0 {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b *fieldStats) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.order, b.order))
	})
	all = all[:min(len(all), maxFields)]
	for rank, s := range all {
		found.fields = append(found.fields, field{key: s.key, name: jsontext.Text(s.key), importance: rank + 1, width: s.longest})
	}
	slices.SortFunc(found.fields, func(a, b field) int { return cmp.Compare(keys[a.key].order, keys[b.key].order) })
	return found
}

func countFields(keys map[string]*fieldStats, raw string) {
	for m := range jsontext.Members(raw) {
		key := m.Name.In(raw)
		if key == metadataKey || key == `"id"` {
			continue
		}
		s := keys[key]
		if s == nil {
			if len(keys) == maxFieldNames {
				continue
			}
			s = &fieldStats{key: key, order: len(keys), values: map[string]struct{}{}}
			keys[key] = s
		}
		value := m.Value.In(raw)
		switch m.Value.Kind {
		case jsontext.Null:
		case jsontext.ObjectStart, jsontext.ArrayStart:
			s.nested++
		default:
			s.scalars++
			characters := utf8.RuneCountInString(jsontext.Text(value))
			s.characters += characters
			s.longest = max(s.longest, characters)
			s.values[value] = struct{}{}
		}
	}
}

// computeScore rates a field as a column; 0 for none.
func (s *fieldStats) computeScore(records int) float64 {
	name := strings.ToLower(jsontext.Text(s.key))
	if s.scalars == 0 || s.nested > s.scalars || nango.SoundsSecret(name) {
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
