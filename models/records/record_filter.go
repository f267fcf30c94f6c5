package records

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nango-tui/ui/filter"
)

// searchTerm is a word to find in records, ignoring case. Records are searched without a lower-case copy, which would double
// the memory.
type searchTerm struct {
	lower string
	// rare is the index of the byte that is searched first.
	rare  int
	ascii bool
}

// commonBytes are the most frequent bytes of JSON texts, most frequent first.
const commonBytes = " eatoinsr\",:lhdcumfpgwyb0123456789.-_vk"

func newSearchTerm(word string) searchTerm {
	n := searchTerm{lower: strings.ToLower(word), ascii: true}
	best := -1
	for i := range len(n.lower) {
		if n.lower[i] >= utf8.RuneSelf {
			n.ascii = false
		}
		rank := strings.IndexByte(commonBytes, n.lower[i])
		if rank < 0 {
			rank = len(commonBytes)
		}
		if rank > best {
			n.rare, best = i, rank
		}
	}
	return n
}

func (n searchTerm) isIn(text string) bool {
	if !n.ascii {
		return containsFolded(text, n.lower)
	}
	small := n.lower[n.rare]
	if n.isInWith(text, small) {
		return true
	}
	return 'a' <= small && small <= 'z' && n.isInWith(text, small-'a'+'A')
}

// isInWith searches the word with its rare letter in one case.
func (n searchTerm) isInWith(text string, rare byte) bool {
	after := len(n.lower) - n.rare
	for at := n.rare; at+after <= len(text); at++ {
		next := strings.IndexByte(text[at:len(text)-after+1], rare)
		if next < 0 {
			return false
		}
		at += next
		if strings.EqualFold(text[at-n.rare:at+after], n.lower) {
			return true
		}
	}
	return false
}

// containsFolded searches a word with non-ASCII letters.
func containsFolded(text, small string) bool {
	first, _ := utf8.DecodeRuneInString(small)
	for i, r := range text {
		if (r == first || unicode.ToLower(r) == first) && hasFoldedPrefix(text[i:], small) {
			return true
		}
	}
	return false
}

func hasFoldedPrefix(text, small string) bool {
	for _, want := range small {
		r, size := utf8.DecodeRuneInString(text)
		if size == 0 || unicode.ToLower(r) != want {
			return false
		}
		text = text[size:]
	}
	return true
}

// recordFilter is the filter of the list: words, and name:value terms for keys of the payload. A record matches if it matches all
// terms.
type recordFilter []recordTerm

// recordTerm matches a record if one of its tests does, or with not if none does.
type recordTerm struct {
	tests []recordTest
	not   bool
}

// recordTest searches a word in the value of a key, or without a name in the whole payload.
type recordTest struct {
	name string
	part searchTerm
}

// nameLast is the filter name for the last action.
const nameLast = "last"

// newRecordFilter makes the tests of a filter.
func newRecordFilter(q filter.Query) recordFilter {
	var s recordFilter
	for _, term := range q.Terms {
		t := recordTerm{not: term.Not}
		for _, a := range term.Any {
			t.tests = append(t.tests, recordTest{a.Field, newSearchTerm(a.Value)})
		}
		s = append(s, t)
	}
	return s
}

// filterFields are the fields of the filter: the keys of the payload, and the last action.
func filterFields(known *layout) []filter.Spec {
	var all []filter.Spec
	for name := range known.names {
		if name != nameLast && !strings.Contains(name, " ") {
			all = append(all, filter.Spec{Name: name})
		}
	}
	slices.SortFunc(all, func(a, b filter.Spec) int { return strings.Compare(a.Name, b.Name) })
	return append(all, filter.Spec{Name: nameLast, Values: filter.Words(lastWords...)})
}

func (s recordFilter) isEmpty() bool { return len(s) == 0 }

func (s recordFilter) matches(r *row) bool {
	for _, term := range s {
		if slices.ContainsFunc(term.tests, func(t recordTest) bool { return t.matches(r) }) == term.not {
			return false
		}
	}
	return true
}

// matches doesn't search Nango's metadata.
func (t recordTest) matches(r *row) bool {
	switch t.name {
	case "":
		return t.part.isIn(r.raw[:r.metadata.from]) || t.part.isIn(r.raw[r.metadata.to:])
	case nameLast:
		return t.part.isIn(lastWord(r))
	}
	return t.part.isIn(r.value(t.name))
}

// matchesText is [recordFilter.matches] for other texts.
func (s recordFilter) matchesText(text string) bool { return s.matches(&row{raw: text}) }
