package proxy

import (
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

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
	if s.saved.Err != nil {
		return s.saved.Err.Error()
	}
	return screen.DisabledIf(len(s.saved.Value) == 0, textNoSaved)
}

// pickSaved offers the saved requests, those of this integration first.
func (s *Form) pickSaved(t *screen.Turn) {
	all := slices.Clone(s.saved.Value)
	rank := func(k SavedRequest) int { // those of other integrations last
		if k.Connection.Integration == s.ref.Integration {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b SavedRequest) int { return rank(a) - rank(b) })
	var options []screen.Option
	for _, k := range all {
		detail := k.Method + " " + k.Path
		if rank(k) > 0 {
			detail += fmt.Sprintf(textOfIntegration, k.Connection.Integration)
		}
		options = append(options, screen.Option{Title: k.Name, Detail: detail, Do: func(*screen.Turn) {
			s.fill(k.requestFor(s.ref))
			s.markClean()
		}})
	}
	t.Pick(textSavedRequests, options...)
}

func (s *Form) saveRequest(t *screen.Turn) {
	if p, ok := s.current(); ok {
		t.Show(newSaveForm(p, s.setSaved))
	}
}

// setSaved takes over the saved requests after a save; the input counts as saved.
func (s *Form) setSaved(all []SavedRequest) {
	s.saved.Value, s.saved.Err = all, nil
	s.markClean()
}

func (s *Form) copyCurl(t *screen.Turn) {
	if p, ok := s.current(); ok {
		t.CopyCurl(nango.Proxy(p).Call())
	}
}
