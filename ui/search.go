package ui

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	tea "charm.land/bubbletea/v2"
)

const maxMatches = 10_000

type search struct {
	query   string
	typing  bool
	from    uint32 // the cursor when typing began
	lower   string // the text in lower case, computed by the first search
	matches []uint32
	more    bool // there are more than maxMatches
	at      int  // index of the current match
}

// StartSearch opens the search line, which takes keys until enter or esc. Masked text is never found.
func (v *lineView) StartSearch() {
	v.search = search{lower: v.search.lower, typing: true, from: v.cursor}
}

// Searching reports whether the search line takes keys.
func (v *lineView) Searching() bool { return v.search.typing }

// EndSearch closes the search.
func (v *lineView) EndSearch() { v.search = search{lower: v.search.lower} }

// Search finds query and moves to the first match at or below the start of the search. It ignores the case of ASCII
// letters.
func (v *lineView) Search(query string) {
	s := &v.search
	if s.lower == "" && query != "" {
		s.lower = lowerASCII(v.text)
	}
	if !s.typing {
		s.from = v.cursor
	}
	s.query = query
	s.matches, s.more = v.find(s.lower, lowerASCII(query))
	if len(s.matches) == 0 {
		return
	}
	s.at = sort.Search(len(s.matches), func(i int) bool { return s.matches[i] >= s.from }) % len(s.matches)
	v.show(s.matches[s.at])
}

// Matches returns the number of matching lines, and whether there are more than that.
func (v *lineView) Matches() (n int, more bool) { return len(v.search.matches), v.search.more }

// NextMatch and PrevMatch move to the next matching line, and wrap around.
func (v *lineView) NextMatch() { v.toMatch(1) }
func (v *lineView) PrevMatch() { v.toMatch(-1) }

func (v *lineView) toMatch(by int) {
	matches := v.search.matches
	n := len(matches)
	if n == 0 {
		return
	}
	i := sort.Search(n, func(i int) bool { return matches[i] >= v.cursor })
	onMatch := i < n && matches[i] == v.cursor
	if by < 0 || onMatch {
		i += by
	}
	v.search.at = (i + n) % n
	v.show(matches[v.search.at])
}

// Key handles a key of the search line, and reports whether it was used.
func (v *lineView) Key(k tea.KeyPressMsg) bool {
	if !v.search.typing {
		return false
	}
	switch k.String() {
	case "enter":
		v.search.typing = false
	case "esc":
		v.EndSearch()
	case "down", "ctrl+n":
		v.NextMatch()
	case "up", "ctrl+p":
		v.PrevMatch()
	default:
		query := Prompt(v.search.query)
		if !query.Key(k) {
			return false
		}
		v.Search(string(query))
	}
	return true
}

// Type adds pasted text to the search line.
func (v *lineView) Type(text string) {
	if v.search.typing {
		query := Prompt(v.search.query)
		query.Type(text)
		v.Search(string(query))
	}
}

// searchLine draws the search line with the number of matches; it is empty without a search.
func (v *lineView) searchLine(f Frame) Line {
	s := v.search
	if !s.typing && s.query == "" {
		return nil
	}
	line := Line{{Text{"/"}, RoleAccent}, {f.Text(s.query), RoleText}}
	if s.typing {
		line = append(line, Cell{Text{"▏"}, RoleAccent})
	}
	switch {
	case s.query == "":
		return line
	case len(s.matches) == 0:
		return append(line, Styled(RoleWarn, textNoMatches))
	case s.more:
		return append(line, Styled(RoleMuted, fmt.Sprintf(textMatchOfMany, count(s.at+1), count(maxMatches))))
	}
	return append(line, Styled(RoleMuted, fmt.Sprintf(textMatch, count(s.at+1), count(len(s.matches)))))
}

// marked highlights the matches of query in t.
func marked(t Text, role Role, query string) Line { return Line{{t, role}}.marked(query) }

// marked highlights the matches of query in l. A match may span several cells.
func (l Line) marked(query string) Line {
	if query == "" {
		return l
	}
	lower := lowerASCII(l.Text().s)
	query = lowerASCII(query)
	var line Line
	l = slices.Clone(l)
	for at := 0; ; {
		n := strings.Index(lower[at:], query)
		if n < 0 {
			return append(line, l...)
		}
		line, l = l.moveTo(line, n)
		match := len(line)
		line, l = l.moveTo(line, len(query))
		for i := match; i < len(line); i++ {
			line[i].Role = RoleMatch
		}
		at += n + len(query)
	}
}

// lowerASCII keeps the length, so that offsets stay valid.
func lowerASCII(text string) string {
	out := []byte(text)
	for i, b := range out {
		if 'A' <= b && b <= 'Z' {
			out[i] = b + 'a' - 'A'
		}
	}
	return string(out)
}
