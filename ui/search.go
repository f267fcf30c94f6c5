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

// Search moves to the first match of query at or below the start of the search. It ignores the case of ASCII letters.
func (v *lineView) Search(query string) {
	s := &v.search
	if s.lower == "" && query != "" {
		s.lower = lowerASCII(v.text)
	}
	if !s.typing {
		s.from = v.cursor
	}
	s.query = query
	v.find(lowerASCII(query))
	if len(s.matches) == 0 {
		return
	}
	s.at, _ = slices.BinarySearch(s.matches, s.from)
	s.at %= len(s.matches)
	v.show(s.matches[s.at])
}

// find finds the lines whose visible text contains query, which is in lower case.
func (v *lineView) find(query string) {
	s := &v.search
	s.matches, s.more = nil, false
	last := uint32(v.count) - 1
	for row, pos := uint32(0), 0; query != "" && v.count > 0; {
		n := strings.Index(s.lower[pos:], query)
		if n < 0 {
			return
		}
		at := pos + n
		row = v.lineAt(row, uint32(at))
		if !v.lines.shows(row, at, at+len(query)) {
			pos = at + 1
			continue
		}
		if len(s.matches) == maxMatches {
			s.more = true
			return
		}
		s.matches = append(s.matches, row)
		if row == last {
			return
		}
		pos = max(int(v.lines.start(row+1)), at+1)
	}
}

// lineAt returns the last line that begins at or before an offset, from line from on. Matches come in order and are
// mostly close together, so the steps grow from one.
func (v *lineView) lineAt(from, offset uint32) uint32 {
	step, last := uint32(1), uint32(v.count)
	for from+step < last && v.lines.start(from+step) <= offset {
		from += step
		step *= 2
	}
	end := min(from+step, last)
	n := sort.Search(int(end-from), func(i int) bool { return v.lines.start(from+uint32(i)) > offset })
	return from + uint32(max(n-1, 0))
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
	i, onMatch := slices.BinarySearch(matches, v.cursor)
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
