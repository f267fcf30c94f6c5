package proxy

import (
	"slices"
	"strings"

	"nango-tui/models/screen"
)

// maxRecentShown is how many recent paths are shown at once.
const maxRecentShown = 3

// completion steps through the recent paths that match the input.
type completion struct {
	typed string
	next  int
}

// reset starts again with new input.
func (c *completion) reset(path string) { *c = completion{typed: path} }

// recentMatches returns the recent paths that start with the input, then those that contain it, newest first.
func (s *Form) recentMatches() []string {
	word := strings.ToLower(s.completion.typed)
	all := s.recent.paths(s.profile.Name, s.ref.Integration)
	for _, path := range s.savedPaths() {
		if !slices.Contains(all, path) {
			all = append(all, path)
		}
	}
	var prefixed, containing []string
	for _, path := range all {
		switch at := strings.Index(strings.ToLower(path), word); {
		case path == s.completion.typed:
		case at == 0:
			prefixed = append(prefixed, path)
		case at > 0:
			containing = append(containing, path)
		}
	}
	return append(prefixed, containing...)
}

func (s *Form) noRecentPath() string {
	if len(s.recentMatches()) == 0 {
		return textNoRecentPath
	}
	return ""
}

// useRecentPath puts the next recent path into the field.
func (s *Form) useRecentPath(*screen.Turn) {
	used := s.recentMatches()
	path := used[s.completion.next%len(used)]
	s.completion.next++
	s.form.Set(fieldPath, path)
}
