package ui

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// SearchMatches is how many hits of a search are kept.
const SearchMatches = 10_000

// finder is what is looked for in a text that one reads line by line, and the lines in which it was found.
type finder struct {
	query  string
	typing bool
	from   uint32 // where the cursor was when the typing began
	lower  string // the text in small letters, made for the first search
	hits   []uint32
	more   bool // there are more than SearchMatches
	at     int  // the hit under the cursor
}

// finding is a text that is searched through.
type finding interface {
	Search(query string)
	NextMatch()
	PrevMatch()
	EndSearch()
}

// open begins the typing, with the cursor on a line.
func (s *finder) open(cursor uint32) { *s = finder{lower: s.lower, typing: true, from: cursor} }

// close forgets what was found.
func (s *finder) close() { *s = finder{lower: s.lower} }

// text is the text in small letters, if anything is searched for in it.
func (s *finder) text(text, query string) string {
	if s.lower == "" && query != "" {
		s.lower = lowerASCII(text)
	}
	return s.lower
}

// take keeps the hits, and says which of them is the first at or below where the search began.
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

// step is the next hit below or above the cursor, around the end.
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

// key takes a key while one types, and says whether it was used.
func (s *finder) key(k tea.KeyPressMsg, in finding) bool {
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

// paste takes a pasted text while one types.
func (s *finder) paste(text string, in finding) {
	if !s.typing {
		return
	}
	query := Prompt(s.query)
	query.Type(text)
	in.Search(string(query))
}

// line says what is searched for, and what was found.
func (s *finder) line(f Frame) Line {
	line := Line{{Text{"/"}, RoleAccent}, {f.Text(s.query), RoleText}}
	if s.typing {
		line = append(line, Cell{Text{"▏"}, RoleAccent})
	}
	switch {
	case s.query == "":
		return line
	case len(s.hits) == 0:
		return append(line, Styled(RoleWarn, "  nothing found"))
	case s.more:
		return append(line, Styled(RoleMuted, fmt.Sprintf("  %s of more than %s", count(s.at+1), count(SearchMatches))))
	}
	return append(line, Styled(RoleMuted, fmt.Sprintf("  %s of %s", count(s.at+1), count(len(s.hits)))))
}

// marked cuts t where query stands in it, so that the hits can be painted.
func marked(t Text, role Role, query string) Line { return Line{{t, role}}.marked(query) }

// marked is l with the hits of a query cut out of its pieces, to be painted; one may span several of them.
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
		hit := len(line)
		line, l = l.moveTo(line, len(query))
		for i := hit; i < len(line); i++ {
			line[i].Role = RoleMatch
		}
		at += n + len(query)
	}
}

// moveTo takes the first n bytes off l, puts them behind line, and gives back both.
func (l Line) moveTo(line Line, n int) (longer, rest Line) {
	for i, c := range l {
		if n < len(c.Text.s) {
			if n > 0 {
				line = append(line, Cell{Text{c.Text.s[:n]}, c.Role})
				l[i].Text.s = c.Text.s[n:]
			}
			return line, l[i:]
		}
		line = append(line, c)
		n -= len(c.Text.s)
	}
	return line, nil
}

// lowerASCII is a copy of the same length, so that offsets stay good.
func lowerASCII(text string) string {
	out := []byte(text)
	for i, b := range out {
		if 'A' <= b && b <= 'Z' {
			out[i] = b + 'a' - 'A'
		}
	}
	return string(out)
}
