package proxy

import (
	"slices"
	"strings"

	"nango-tui/models/screen"
)

// shownUsed is how many paths that were used before are shown at once.
const shownUsed = 3

// completion goes through the paths that were used before and match what was typed.
type completion struct {
	word string // that was typed
	next int
}

// typed begins again with what is typed into the path.
func (c *completion) typed(path string) { *c = completion{word: path} }

// used are the paths that begin with what was typed, and then those that hold it; the newest first.
func (s *Form) used() []string {
	word := strings.ToLower(s.complete.word)
	all := s.recent.paths(s.where.ID, s.ref.Integration)
	for _, path := range s.keptPaths() {
		if !slices.Contains(all, path) {
			all = append(all, path)
		}
	}
	var begin, hold []string
	for _, path := range all {
		switch at := strings.Index(strings.ToLower(path), word); {
		case path == s.complete.word:
		case at == 0:
			begin = append(begin, path)
		case at > 0:
			hold = append(hold, path)
		}
	}
	return append(begin, hold...)
}

func (s *Form) nothingUsed() string {
	if len(s.used()) == 0 {
		return "no such path was used before"
	}
	return ""
}

// takeUsed puts the next path that was used before into the field.
func (s *Form) takeUsed(*screen.Turn) {
	used := s.used()
	path := used[s.complete.next%len(used)]
	s.complete.next++
	s.form.Set(fieldPath, path)
}
