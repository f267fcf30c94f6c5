package proxy

import (
	"slices"
	"strings"
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
