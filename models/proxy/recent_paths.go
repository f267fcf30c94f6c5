package proxy

import (
	"slices"
	"strings"

	"nango-tui/models/screen"
)

// Bounds: maxRecent paths are kept, and each has at most maxRecentPath bytes.
const (
	maxRecent     = 100
	maxRecentPath = 512
)

// Recent is the list of paths used since the program started, newest first. It has no queries, headers or bodies. The zero
// value is ready to use.
type Recent struct{ all []recentPath }

// recentPath is a path that a profile sent to an integration's provider.
type recentPath struct{ profile, integration, path string }

// add puts a path, without its query, first.
func (r *Recent) add(profile, integration, path string) {
	path, _, _ = strings.Cut(path, "?")
	if path == "" || len(path) > maxRecentPath {
		return
	}
	one := recentPath{profile, integration, path}
	r.all = slices.DeleteFunc(r.all, func(u recentPath) bool { return u == one })
	r.all = slices.Insert(r.all, 0, one)
	r.all = r.all[:min(len(r.all), maxRecent)]
}

// paths returns the paths of an integration in a profile, newest first.
func (r *Recent) paths(profile, integration string) []string {
	var paths []string
	for _, u := range r.all {
		if u.profile == profile && u.integration == integration {
			paths = append(paths, u.path)
		}
	}
	return paths
}

const maxRecentShown = 3

// completion steps through the recent paths that match the input.
type completion struct {
	typed string
	next  int
}

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

func (s *Form) useRecentPath(*screen.Turn) {
	used := s.recentMatches()
	path := used[s.completion.next%len(used)]
	s.completion.next++
	s.Fields.Set(fieldPath, path)
}
