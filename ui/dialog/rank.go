package dialog

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"nango-tui/ui"
)

// match is an item that contains the query, with the byte offsets of the matches in its title.
type match struct {
	item, score int
	at          []int
}

// Scores by the place of a word in an item. Items with equal scores keep their order.
const (
	scoreTitleStart = 100 // at the start of the title
	scoreWordStart  = 80
	scoreInTitle    = 60
	scoreInDetail   = 30
	scoreLetters    = 10 // its letters are in the title, in this order
)

// rank returns the items that contain all words of query, best first.
func rank(items []PaletteItem, query string) []match {
	words := strings.Fields(strings.ToLower(query))
	out := make([]match, 0, len(items))
	for i, item := range items {
		hit := match{item: i}
		if hit.add(item, words) {
			out = append(out, hit)
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].score > out[b].score })
	return out
}

// add adds the scores of the words, and reports whether the item contains all of them.
func (h *match) add(item PaletteItem, words []string) bool {
	title, detail := foldCase(item.Title.String()), strings.ToLower(item.Detail.String()+" "+item.ID)
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
	return at, scoreLetters
}

// highlight splits t so that the characters at the offsets are drawn as matches.
func highlight(t ui.Text, hits []int, role ui.Role) ui.Line {
	if len(hits) == 0 {
		return ui.Line{{Text: t, Role: role}}
	}
	hit := make(map[int]bool, len(hits))
	for _, at := range hits {
		hit[at] = true
	}
	var line ui.Line
	from, last := 0, false
	for i := range t.String() {
		if hit[i] == last {
			continue
		}
		line = append(line, highlightCell(t.Slice(from, i), last, role))
		from, last = i, hit[i]
	}
	return append(line, highlightCell(t.Slice(from, len(t.String())), last, role))
}

func highlightCell(t ui.Text, hit bool, role ui.Role) ui.Cell {
	if hit {
		role = ui.RoleMatch
	}
	return ui.Cell{Text: t, Role: role}
}
