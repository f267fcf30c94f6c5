package dialog

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nango-tui/ui"
)

// match is an item that contains the query, with the byte offsets of the matches in its title.
type match struct {
	item  Item
	score int
	at    []int
}

// Scores by the place of a word in an item. Items with equal scores keep their order.
const (
	scoreTitleStart = 100 // at the start of the title
	scoreWordStart  = 80
	scoreInTitle    = 60
	scoreInDetail   = 30
	scoreLetters    = 10 // its letters are in the title, in this order; less with others between
)

// rank returns the items that contain all words of query, best first.
func rank(items []Item, query string) []match {
	words := strings.Fields(strings.ToLower(query))
	var out []match
	for _, item := range items {
		if hit := (match{item: item}); hit.add(words) {
			out = append(out, hit)
		}
	}
	slices.SortStableFunc(out, func(a, b match) int { return b.score - a.score })
	return out
}

// Best returns the items that contain all words of a query, best first: those whose title begins with it, then those that contain it,
// then those that contain its letters in this order.
func Best(items []Item, query string) []Item {
	matches := rank(items, query)
	best := make([]Item, len(matches))
	for i, m := range matches {
		best[i] = m.item
	}
	return best
}

// add adds the scores of the words, and reports whether the item contains all of them.
func (h *match) add(words []string) bool {
	title, detail := foldCase(h.item.Title.String()), strings.ToLower(h.item.Detail.String()+" "+h.item.ID)
	for _, word := range words {
		at, score := titleMatch(title, word)
		switch {
		case score > scoreLetters:
		case strings.Contains(detail, word):
			at, score = nil, scoreInDetail
		case score == 0:
			return false
		}
		h.at = append(h.at, at...)
		h.score += score
	}
	return true
}

// foldCase lowers letters unless that changes their length, so that offsets stay valid.
func foldCase(s string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
}

// titleMatch returns where word is in title, and its score; 0 if not even its letters are there in order.
func titleMatch(title, word string) (at []int, score int) {
	i := strings.Index(title, word)
	switch {
	case i < 0:
		return lettersMatch(title, word)
	case i == 0:
		score = scoreTitleStart
	case strings.Contains(title, " "+word):
		i, score = strings.Index(title, " "+word)+1, scoreWordStart
	default:
		score = scoreInTitle
	}
	for k := range word {
		at = append(at, i+k)
	}
	return at, score
}

func lettersMatch(title, word string) (at []int, score int) {
	pos := 0
	for _, r := range word {
		i := strings.IndexRune(title[pos:], r)
		if i < 0 {
			return nil, 0
		}
		at = append(at, pos+i)
		pos += i + utf8.RuneLen(r)
	}
	between := pos - at[0] - len(word)
	return at, max(scoreLetters-between, 1)
}

// highlight splits t so that the characters at the offsets are drawn as matches.
func highlight(t ui.Text, hits []int, role ui.Role) ui.Line {
	var line ui.Line
	roles, from, isHit := map[bool]ui.Role{true: ui.RoleMatch, false: role}, 0, false
	for i := range t.String() {
		if slices.Contains(hits, i) != isHit {
			line = append(line, ui.Cell{Text: t.Slice(from, i), Role: roles[isHit]})
			from, isHit = i, !isHit
		}
	}
	return append(line, ui.Cell{Text: t.Slice(from, len(t.String())), Role: roles[isHit]})
}
