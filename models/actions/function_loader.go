package actions

import (
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// functionLoader loads the actions of an integration. On servers without the list of an integration, it uses the
// legacy list of all integrations.
type functionLoader struct {
	integration string
	pages       nango.FunctionPages
	page        screen.Load[nango.FunctionPage]
	single      screen.Load[nango.Function]
	scripts     screen.Load[[]nango.ProviderScripts]
	// detail has the provider of the integration, by which the older list is searched.
	detail screen.Load[nango.IntegrationDetail]

	all []nango.Function
	// pending collects the loaded pages while all still has the previous list.
	pending []nango.Function
	// legacy is whether the older list was used.
	legacy bool
	err    error
	then   func(*screen.Turn)
}

// loadAll loads all actions.
func (s *functionLoader) loadAll(t *screen.Turn, done func(*screen.Turn)) {
	s.then, s.pending, s.err = done, nil, nil
	s.pages = nango.NewFunctionPages(nango.FunctionQuery{Integration: s.integration, Type: nango.ActionFunction})
	s.fetchNext(t)
}

func (s *functionLoader) fetchNext(t *screen.Turn) {
	if read, more := s.pages.Next(); more {
		s.page.Fetch(t, read, s.handlePage)
		return
	}
	s.finish(t, s.pending, nil)
}

func (s *functionLoader) handlePage(t *screen.Turn) {
	switch err := s.page.Err; {
	case lacksList(err):
		s.fetchLegacy(t)
	case err != nil:
		s.finish(t, s.all, err)
	default:
		s.pending = append(s.pending, s.page.Value.Functions...)
		s.pages.Add(s.page.Value)
		s.fetchNext(t)
	}
}

// loadOne loads one action.
func (s *functionLoader) loadOne(t *screen.Turn, name string, done func(*screen.Turn)) {
	s.then, s.err = done, nil
	s.single.Fetch(t, nango.GetFunction(s.integration, name, nango.ActionFunction), func(t *screen.Turn) {
		switch err := s.single.Err; {
		case lacksList(err):
			s.fetchLegacy(t)
		case err != nil:
			s.finish(t, s.all, err)
		default:
			s.finish(t, []nango.Function{s.single.Value}, nil)
		}
	})
}

// lacksList reports whether the server is too old to list the functions of an integration: it answers with its
// dashboard, or with a 404 without a code.
func lacksList(err error) bool {
	e, ok := nango.AsError(err)
	return ok && (e.Kind == nango.NotNango || e.Kind == nango.NotFound && e.Code == "")
}

func (s *functionLoader) fetchLegacy(t *screen.Turn) {
	s.legacy = true
	s.scripts.Fetch(t, nango.Map(nango.ListScripts(), onlyActions), func(t *screen.Turn) {
		if s.scripts.HasFailed() {
			s.finish(t, s.all, s.scripts.Err)
			return
		}
		s.detail.Fetch(t, nango.GetIntegration(s.integration, nango.Include{}), s.selectActions)
	})
}

// onlyActions removes functions that are not actions.
func onlyActions(all []nango.ProviderScripts) []nango.ProviderScripts {
	for i := range all {
		all[i].Functions = slices.DeleteFunc(all[i].Functions, func(f nango.Function) bool { return f.Type != nango.ActionFunction })
	}
	return all
}

// selectActions selects the actions of the integration from the older list, which merges the integrations of a
// provider under the key of the first.
func (s *functionLoader) selectActions(t *screen.Turn) {
	var found []nango.Function
	known := false
	for _, group := range s.scripts.Value {
		byProvider := !s.detail.HasFailed() && group.Provider != "" && group.Provider == s.detail.Value.Provider
		if group.Integration == s.integration || byProvider {
			found, known = append(found, group.Functions...), true
		}
	}
	s.scripts.Value = nil
	if !known && s.detail.HasFailed() {
		s.finish(t, s.all, s.detail.Err)
		return
	}
	s.finish(t, found, nil)
}

func (s *functionLoader) finish(t *screen.Turn, all []nango.Function, err error) {
	s.all, s.pending, s.err = all, nil, err
	if s.then != nil {
		s.then(t)
	}
}

func (s *functionLoader) isLoading() bool {
	return s.page.IsLoading() || s.single.IsLoading() || s.scripts.IsLoading() || s.detail.IsLoading()
}

// missing is the number of actions above the limit, which are not loaded.
func (s *functionLoader) missing() int { return s.pages.Missing() }

// action returns the action with that name.
func (s *functionLoader) action(name string) (nango.Function, bool) {
	for _, f := range s.all {
		if f.Name == name {
			return f, true
		}
	}
	return nango.Function{}, false
}

// warning says what the older list lacks; empty if it wasn't used.
func (s *functionLoader) warning() string {
	if !s.legacy || s.isLoading() {
		return ""
	}
	return textOlderServer
}
