// Package providers has the screens of Nango's catalog: the list of providers, and one provider with what an integration
// and a connection need. It may import what any area may import, and no other area.
package providers

import (
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// List is the list of providers. They don't change, so they are loaded once, and again on the user's key.
type List struct {
	*screen.List[row, string]
	all screen.Load[[]row]
	// integrations is the number of integrations by provider.
	integrations screen.Load[map[string]int]
	modes        map[string]bool // all auth modes, in lower case
}

// NewList is the screen of the route "providers"; q=WORDS sets the filter.
func NewList(r screen.Route) (*List, error) {
	if err := r.CheckQuery("q", screen.QueryView); err != nil {
		return nil, err
	}
	s := &List{modes: map[string]bool{}}
	s.List = screen.NewList(textList, func(r *row) string { return r.name }, s.columns(), s.language())
	s.Name, s.ViewName = "providers", r.Query.Get(screen.QueryView)
	s.SetFilter(r.Query.Get("q"))
	return s, nil
}

// Refresh loads the integrations, and the providers (almost a megabyte) only if they are not loaded.
func (s *List) Refresh(t *screen.Turn) {
	if !s.all.IsLoaded() && !s.all.IsLoading() {
		s.loadCatalog(t)
	}
	s.integrations.FetchKnown(t, nango.Map(nango.ListIntegrations(), countByProvider), func(*screen.Turn) { s.fill() })
}

func (s *List) reload(t *screen.Turn) {
	s.loadCatalog(t)
	s.Refresh(t)
}

func (s *List) loadCatalog(t *screen.Turn) {
	s.all.FetchKnown(t, nango.Map(nango.ListProviders(""), rowsOf), func(*screen.Turn) { s.fill() })
}

func countByProvider(all []nango.Integration) map[string]int {
	here := map[string]int{}
	for _, i := range all {
		here[i.Provider]++
	}
	return here
}

func (s *List) fill() {
	clear(s.modes)
	for i := range s.all.Value {
		r := &s.all.Value[i]
		r.integrations = s.integrations.Value[r.name]
		s.modes[strings.ToLower(r.mode)] = true
	}
	s.Table.SetRows(s.all.Value)
	s.Filter.SetFields(s.language().Specs()...) // the modes are known now
	s.ApplyFilter()
}

// LoadedAt returns when the providers were loaded.
func (s *List) LoadedAt() time.Time { return s.all.At }

// Concerns reports whether a call changed integrations.
func (s *List) Concerns(c nango.Call) bool { return screen.ChangesIntegrations(c) }

// Actions are those on the selected provider, and on the list.
func (s *List) Actions() []screen.Action {
	at, none := s.Selected(whyNoRow)
	front := []screen.Action{
		{ID: Open, Title: screen.TextOpen, Disabled: none, Do: screen.To("provider", at.name).Open},
		{ID: Make, Title: screen.TextNewIntegration, Operation: nango.OpIntegrationCreate, Disabled: none, Do: newIntegration(at.name)},
		{ID: Integrations, Title: actionIntegrations, Disabled: none, Do: integrationsOf(at.name)},
		{ID: Copy, Title: actionCopyName, Disabled: none, Do: func(t *screen.Turn) { t.CopyLine(copiedProvider, at.name) }},
		{ID: Docs, Title: actionDocs, HideInFooter: true, Disabled: noDocs(at.docs), Do: func(t *screen.Turn) { t.Browse(at.docs) }},
	}
	return s.ActionsAround(front, screen.Action{ID: screen.Refresh, Title: screen.TextReload, HideInFooter: true, Do: s.reload})
}

func noDocs(docs string) string { return screen.DisabledIf(!ui.IsLink(docs), screen.TextNoDocs) }

// View draws the list, or why there is none.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.Table.Len() > 0:
		return s.List.View(f, s.head(f), textNoMatches)
	case s.all.IsLoading():
		return screen.Loading(f, textLoadingList)
	case s.all.HasFailed():
		return screen.Failure(f, textListFailed, s.all.Err)
	}
	return screen.Empty(f, textEmpty, textEmptyAdvice)
}

func (s *List) head(f ui.Frame) []ui.Line {
	head := screen.NewHead(f, s.Counts(nounProvider))
	if s.all.HasFailed() {
		head.Say(ui.RoleBad, fmt.Sprintf(screen.TextNotRefreshed, s.all.Err))
	}
	if s.integrations.HasFailed() {
		head.Say(ui.RoleWarn, fmt.Sprintf(noticeNoIntegrations, s.integrations.Err))
	}
	return head.Lines()
}

// Actions on a provider, in the list and on its own screen.
const (
	Open         screen.ActionID = "provider.open"
	Make         screen.ActionID = "provider.make"
	Integrations screen.ActionID = "provider.integrations"
	Copy         screen.ActionID = "provider.copy"
	Docs         screen.ActionID = "provider.docs"
)

// Actions that only the screen of one provider has.
const (
	OpenRow screen.ActionID = "provider.openRow"
	CopyRow screen.ActionID = "provider.copyRow"
)

func newIntegration(provider string) func(*screen.Turn) {
	return screen.To("new-integration", provider).Open
}

func integrationsOf(provider string) func(*screen.Turn) {
	return screen.To("integrations").With("q", "provider:"+provider).Open
}
