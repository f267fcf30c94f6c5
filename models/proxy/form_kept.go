package proxy

import (
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// keptPaths are those of the requests that were kept for this integration.
func (s *Form) keptPaths() []string {
	var paths []string
	for _, k := range s.kept.Value {
		path, _, _ := strings.Cut(k.Path, "?")
		if k.Connection.Integration == s.ref.Integration && path != "" && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

func (s *Form) nothingKept() string {
	switch {
	case s.kept.Err != nil:
		return s.kept.Err.Error()
	case len(s.kept.Value) == 0:
		return "no request was kept"
	}
	return ""
}

// pickKept offers the kept requests, those of this integration first.
func (s *Form) pickKept(t *screen.Turn) {
	all := slices.Clone(s.kept.Value)
	slices.SortStableFunc(all, func(a, b Kept) int { return s.strange(a) - s.strange(b) })
	var options []screen.Option
	for _, k := range all {
		detail := k.Method + " " + k.Path
		if s.strange(k) > 0 {
			detail += " · of " + k.Connection.Integration
		}
		options = append(options, screen.Option{Title: k.Name, Detail: detail, Do: func(*screen.Turn) {
			s.refill(k.onto(s.ref))
			s.settle()
		}})
	}
	t.Pick("Kept requests", options...)
}

// strange puts the requests of other integrations behind.
func (s *Form) strange(k Kept) int {
	if k.Connection.Integration == s.ref.Integration {
		return 0
	}
	return 1
}

// keepIt asks for a name to keep the request under.
func (s *Form) keepIt(t *screen.Turn) {
	if p, ok := s.whole(); ok {
		t.Show(newKeeping(p, s.nowKept))
	}
}

// nowKept takes over what is kept now, what is typed among it.
func (s *Form) nowKept(all []Kept) {
	s.kept.Value, s.kept.Err = all, nil
	s.settle()
}

func (s *Form) copyCurl(t *screen.Turn) {
	if p, ok := s.whole(); ok {
		t.CopyCurl(nango.Proxy(p).Call())
	}
}
