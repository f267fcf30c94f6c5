package proxy

import (
	"slices"
	"strings"
)

// maxRecent is how many paths are remembered, and maxRecentPath how long one may be, in bytes.
const (
	maxRecent     = 100
	maxRecentPath = 512
)

// Recent remembers the paths that were used since the start of the program, the newest first. It holds no query, no header
// and no body. The zero one is ready.
type Recent struct{ all []recentPath }

// used is a path that was sent to the provider of an integration, by a profile.
type recentPath struct{ profile, integration, path string }

// add remembers a path without its query.
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

// paths are those of an integration in a profile, the newest first.
func (r *Recent) paths(profile, integration string) []string {
	var paths []string
	for _, u := range r.all {
		if u.profile == profile && u.integration == integration {
			paths = append(paths, u.path)
		}
	}
	return paths
}
