package ui

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// SearchMatches is the maximum number of matches that are kept.
const SearchMatches = 10_000

// finder is the search in a text viewer: the query and the matching lines.
type finder struct {
	query  string
	typing bool
	from   uint32 // the cursor when typing began
	lower  string // the text in lower case, computed by the first search
	hits   []uint32
	more   bool // there are more than SearchMatches
	at     int  // index of the current match
}

// searchable is a viewer that can be searched.
type searchable interface {
	Search(query string)
	NextMatch()
	PrevMatch()
	EndSearch()
}

// open opens the search line.
func (s *finder) open(cursor uint32) { *s = finder{lower: s.lower, typing: true, from: cursor} }

// close drops query and matches.
func (s *finder) close() { *s = finder{lower: s.lower} }

// text returns the text in lower case if there is a query.
func (s *finder) text(text, query string) string {
	if s.lower == "" && query != "" {
		s.lower = lowerASCII(text)
	}
	return s.lower
}

// take stores the matches and returns the first one at or below the start of the search.
func (s *finder) take(cursor uint32, query string, hits []uint32, more bool) (line uint32, found bool) {
	if !s.typing {
		s.from = cursor
	}
	s.query, s.hits, s.more = query, hits, more
	if len(hits) == 0 {
		return 0, false
	}
	s.at = sort.Search(len(hits), func(i int) bool { return hits[i] >= s.from }) % len(hits)
	return hits[s.at], true
}

// step returns the next or previous match from the cursor, and wraps around.
func (s *finder) step(cursor uint32, by int) (line uint32, found bool) {
	n := len(s.hits)
	if n == 0 {
		return 0, false
	}
	i := sort.Search(n, func(i int) bool { return s.hits[i] >= cursor })
	onHit := i < n && s.hits[i] == cursor
	if by < 0 || onHit {
		i += by
	}
	s.at = (i + n) % n
	return s.hits[s.at], true
}

// key handles a key of the search line, and reports whether it was used.
func (s *finder) key(k tea.KeyPressMsg, in searchable) bool {
	if !s.typing {
		return false
	}
	switch k.String() {
	case "enter":
		s.typing = false
	case "esc":
		in.EndSearch()
	case "down", "ctrl+n":
		in.NextMatch()
	case "up", "ctrl+p":
		in.PrevMatch()
	default:
		query := Prompt(s.query)
		if !query.Key(k) {
			return false
		}
		in.Search(string(query))
	}
	return true
}

// paste handles pasted text of the search line.
func (s *finder) paste(text string, in searchable) {
	if !s.typing {
		return
	}
	query := Prompt(s.query)
	query.Type(text)
	in.Search(string(query))
}

// line draws the search line with the number of matches.
func (s *finder) line(f Frame) Line {
	line := Line{{Text{"/"}, RoleAccent}, {f.Text(s.query), RoleText}}
	if s.typing {
		line = append(line, Cell{Text{"▏"}, RoleAccent})
	}
	switch {
	case s.query == "":
		return line
	case len(s.hits) == 0:
		return append(line, Styled(RoleWarn, "  no matches"))
	case s.more:
		return append(line, Styled(RoleMuted, fmt.Sprintf("  %s of more than %s", count(s.at+1), count(SearchMatches))))
	}
	return append(line, Styled(RoleMuted, fmt.Sprintf("  %s of %s", count(s.at+1), count(len(s.hits)))))
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
