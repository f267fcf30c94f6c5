package proxy

import (
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// keptPaths are those of the requests that were kept for this integration.
func (s *Form) savedPaths() []string {
	var paths []string
	for _, k := range s.saved.Value {
		path, _, _ := strings.Cut(k.Path, "?")
		if k.Connection.Integration == s.ref.Integration && path != "" && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

func (s *Form) noSaved() string {
	switch {
	case s.saved.Err != nil:
		return s.saved.Err.Error()
	case len(s.saved.Value) == 0:
		return "no request was kept"
	}
	return ""
}

// pickKept offers the kept requests, those of this integration first.
func (s *Form) pickSaved(t *screen.Turn) {
	all := slices.Clone(s.saved.Value)
	slices.SortStableFunc(all, func(a, b SavedRequest) int { return s.isForeign(a) - s.isForeign(b) })
	var options []screen.Option
	for _, k := range all {
		detail := k.Method + " " + k.Path
		if s.isForeign(k) > 0 {
			detail += " · of " + k.Connection.Integration
		}
		options = append(options, screen.Option{Title: k.Name, Detail: detail, Do: func(*screen.Turn) {
			s.fill(k.requestFor(s.ref))
			s.markClean()
		}})
	}
	t.Pick("Kept requests", options...)
}

// strange puts the requests of other integrations behind.
func (s *Form) isForeign(k SavedRequest) int {
	if k.Connection.Integration == s.ref.Integration {
		return 0
	}
	return 1
}

// keepIt asks for a name to keep the request under.
func (s *Form) saveRequest(t *screen.Turn) {
	if p, ok := s.current(); ok {
		t.Show(newSaveForm(p, s.setSaved))
	}
}

// nowKept takes over what is kept now, what is typed among it.
func (s *Form) setSaved(all []SavedRequest) {
	s.saved.Value, s.saved.Err = all, nil
	s.markClean()
}

func (s *Form) copyCurl(t *screen.Turn) {
	if p, ok := s.current(); ok {
		t.CopyCurl(nango.Proxy(p).Call())
	}
}
