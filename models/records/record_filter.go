package records

import (
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

// recordFilter is the filter of the list: words, and name:value terms for keys of the payload. A record matches if it passes all
// tests.
type recordFilter []recordTest

// recordTest searches a word in the value of a key, or without a name in the whole payload.
type recordTest struct {
	name string
	part searchTerm
	not  bool
}

// nameLast is the filter name for the last action.
const nameLast = "last"

// newRecordFilter parses the filter. A term with an unknown name is text.
func newRecordFilter(q filter.Query, known *layout) recordFilter {
	var s recordFilter
	for _, word := range q.Words {
		s = append(s, recordTest{part: newSearchTerm(word)})
	}
	for _, word := range q.Not {
		s = append(s, recordTest{part: newSearchTerm(word), not: true})
	}
	for _, term := range q.Fields {
		test := recordTest{term.Name, newSearchTerm(term.Value), term.Not}
		if term.Name != nameLast && (known == nil || !known.names[term.Name]) {
			test = recordTest{part: newSearchTerm(term.Name + ":" + term.Value), not: term.Not}
		}
		s = append(s, test)
	}
	return s
}

func (s recordFilter) isEmpty() bool { return len(s) == 0 }

func (s recordFilter) matches(r *row) bool {
	for _, test := range s {
		if test.matches(r) == test.not {
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
