package dialog

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"nango-tui/ui"
)

// found is an item that has what is looked for, and where in its title, as offsets of characters.
type found struct {
	item, score int
	at          []int
}

// The better a word stands in an item, the higher the item. At equal scores the order of the items stays.
const (
	scoreTitleStart = 100 // the title begins with it
	scoreWordStart  = 80
	scoreInTitle    = 60
	scoreInDetail   = 30
	scoreLetters    = 10 // its letters are in the title, in order
)

// rank is the items that have every word of query, best first.
func rank(items []PaletteItem, query string) []found {
	words := strings.Fields(strings.ToLower(query))
	out := make([]found, 0, len(items))
	for i, item := range items {
		hit := found{item: i}
		if hit.add(item, words) {
			out = append(out, hit)
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].score > out[b].score })
	return out
}

// add scores every word, and says whether all were there.
func (h *found) add(item PaletteItem, words []string) bool {
	title, detail := foldCase(item.Title.String()), strings.ToLower(item.Detail.String()+" "+item.ID)
	for _, word := range words {
		at, score := titleHit(title, word)
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

// foldCase makes small letters where that does not change the length, so that offsets stay good.
func foldCase(s string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
}

// titleHit is where a word stands in a title, and how well; 0 if not even its letters are there in order.
func titleHit(title, word string) (at []int, score int) {
	i := strings.Index(title, word)
	switch {
	case i < 0:
		return lettersHit(title, word)
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

func lettersHit(title, word string) (at []int, score int) {
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

// paintHits cuts t so that the characters at those offsets are painted as found.
func paintHits(t ui.Text, hits []int, role ui.Role) ui.Line {
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
		line = append(line, hitCell(t.Slice(from, i), last, role))
		from, last = i, hit[i]
	}
	return append(line, hitCell(t.Slice(from, len(t.String())), last, role))
}

func hitCell(t ui.Text, hit bool, role ui.Role) ui.Cell {
	if hit {
		role = ui.RoleMatch
	}
	return ui.Cell{Text: t, Role: role}
}
