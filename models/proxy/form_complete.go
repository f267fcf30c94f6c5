package proxy

import (
	"slices"
	"strings"

	"nango-tui/models/screen"
)

// shownUsed is how many paths that were used before are shown at once.
const maxRecentShown = 3

// completion goes through the paths that were used before and match what was typed.
type completion struct {
	typed string // that was typed
	next  int
}

// typed begins again with what is typed into the path.
func (c *completion) reset(path string) { *c = completion{typed: path} }

// used are the paths that begin with what was typed, and then those that hold it; the newest first.
func (s *Form) recentMatches() []string {
	word := strings.ToLower(s.completion.typed)
	all := s.recent.paths(s.profile.Name, s.ref.Integration)
	for _, path := range s.savedPaths() {
		if !slices.Contains(all, path) {
			all = append(all, path)
		}
	}
	var begin, hold []string
	for _, path := range all {
		switch at := strings.Index(strings.ToLower(path), word); {
		case path == s.completion.typed:
		case at == 0:
			begin = append(begin, path)
		case at > 0:
			hold = append(hold, path)
		}
	}
	return append(begin, hold...)
}

func (s *Form) noRecentPath() string {
	if len(s.recentMatches()) == 0 {
		return "no such path was used before"
	}
	return ""
}

// takeUsed puts the next path that was used before into the field.
func (s *Form) useRecentPath(*screen.Turn) {
	used := s.recentMatches()
	path := used[s.completion.next%len(used)]
	s.completion.next++
	s.form.Set(fieldPath, path)
}
