package actions

import (
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// source reads what the functions of an integration are: as the integration's own list tells them, or, on a server that is
// too old for that, as the older list of all.
type source struct {
	integration string
	pages       nango.FunctionPages
	page        screen.Load[nango.FunctionPage]
	one         screen.Load[nango.Function]
	scripts     screen.Load[[]nango.ProviderScripts]
	// detail tells the provider of the integration, by which the older list goes.
	detail screen.Load[nango.IntegrationDetail]

	all []nango.Function
	// next gathers what is read while all still shows what was read before.
	next []nango.Function
	// older says that the older list told it.
	older bool
	err   error
	done  func(*screen.Turn)
}

// list reads all actions.
func (s *source) list(t *screen.Turn, done func(*screen.Turn)) {
	s.done, s.next, s.err = done, nil, nil
	s.pages = nango.NewFunctionPages(nango.FunctionQuery{Integration: s.integration, Type: nango.ActionFunction})
	s.goOn(t)
}

func (s *source) goOn(t *screen.Turn) {
	if read, more := s.pages.Next(); more {
		s.page.Fetch(t, read, s.arrived)
		return
	}
	s.end(t, s.next, nil)
}

func (s *source) arrived(t *screen.Turn) {
	switch err := s.page.Err; {
	case lacksList(err):
		s.readOlder(t)
	case err != nil:
		s.end(t, s.all, err)
	default:
		s.next = append(s.next, s.page.Value.Functions...)
		s.pages.Add(s.page.Value)
		s.goOn(t)
	}
}

// read reads one action.
func (s *source) read(t *screen.Turn, name string, done func(*screen.Turn)) {
	s.done, s.err = done, nil
	s.one.Fetch(t, nango.GetFunction(s.integration, name, nango.ActionFunction), func(t *screen.Turn) {
		switch err := s.one.Err; {
		case lacksList(err):
			s.readOlder(t)
		case err != nil:
			s.end(t, s.all, err)
		default:
			s.end(t, []nango.Function{s.one.Value}, nil)
		}
	})
}

// lacksList says that the server is too old to tell the functions of an integration: it answers with its dashboard's page, or
// with a 404 without one of Nango's words.
func lacksList(err error) bool {
	e, ok := nango.AsError(err)
	return ok && (e.Kind == nango.NotNango || e.Kind == nango.NotFound && e.Code == "")
}

func (s *source) readOlder(t *screen.Turn) {
	s.older = true
	s.scripts.Fetch(t, nango.Map(nango.ListScripts(), onlyActions), func(t *screen.Turn) {
		if s.scripts.HasFailed() {
			s.end(t, s.all, s.scripts.Err)
			return
		}
		s.detail.Fetch(t, nango.GetIntegration(s.integration, nango.Include{}), s.pick)
	})
}

// onlyActions leaves out what is no action.
func onlyActions(all []nango.ProviderScripts) []nango.ProviderScripts {
	for i := range all {
		all[i].Functions = slices.DeleteFunc(all[i].Functions, func(f nango.Function) bool { return f.Type != nango.ActionFunction })
	}
	return all
}

// pick takes the actions of the integration out of the older list, which merges integrations of one provider under the key of
// the first.
func (s *source) pick(t *screen.Turn) {
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
		s.end(t, s.all, s.detail.Err)
		return
	}
	s.end(t, found, nil)
}

func (s *source) end(t *screen.Turn, all []nango.Function, err error) {
	s.all, s.next, s.err = all, nil, err
	if s.done != nil {
		s.done(t)
	}
}

// waiting says that something is under way.
func (s *source) waiting() bool {
	return s.page.IsLoading() || s.one.IsLoading() || s.scripts.IsLoading() || s.detail.IsLoading()
}

// missing is how many actions were not read, since there are more than is read of an integration.
func (s *source) missing() int { return s.pages.Missing() }

// action is the action of that name.
func (s *source) action(name string) (nango.Function, bool) {
	for _, f := range s.all {
		if f.Name == name {
			return f, true
		}
	}
	return nango.Function{}, false
}

// note says what cannot be told by the older list; empty where the list is the integration's own.
func (s *source) note() string {
	if !s.older || s.waiting() {
		return ""
	}
	return "this server is too old to tell integrations of one provider apart: these are the actions of all of them"
}
