package providers

import (
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Detail is the screen of one provider: what integrations and connections need, its integrations and templates.
type Detail struct {
	screen.Page
	name         string
	provider     screen.Load[entry]
	integrations screen.Load[[]nango.Integration]
	templates    screen.Load[[]nango.Template]
}

// Ids of rows. The last three end in a name, fields and templates also have their part or type before it: a credential and
// a config, or a sync and an action, can have the same name.
const (
	nameRow        = "name"
	docsRow        = "docs"
	fieldRow       = "field "
	templateRow    = "template "
	integrationRow = "integration "
)

// NewDetail is the screen of the route "provider/<name>".
func NewDetail(r screen.Route) *Detail { return &Detail{name: r.Arg(0)} }

// Title is the provider's name.
func (s *Detail) Title() string { return s.name }

// Open loads the provider, its templates and its integrations.
func (s *Detail) Open(t *screen.Turn) {
	s.provider.Fetch(t, nango.Map(nango.GetProvider(s.name), entryOf), s.Rebuild)
	s.templates.Fetch(t, nango.ProviderTemplates(s.name), s.showTemplates)
	s.loadIntegrations(t)
}

// Refresh loads the integrations, and what failed before.
func (s *Detail) Refresh(t *screen.Turn) {
	if s.provider.HasFailed() {
		s.provider.Fetch(t, nango.Map(nango.GetProvider(s.name), entryOf), s.Rebuild)
	}
	if s.templates.HasFailed() {
		s.templates.Fetch(t, nango.ProviderTemplates(s.name), s.showTemplates)
	}
	s.loadIntegrations(t)
}

func (s *Detail) loadIntegrations(t *screen.Turn) {
	name := s.name
	ofIt := func(all []nango.Integration) []nango.Integration {
		return slices.DeleteFunc(all, func(i nango.Integration) bool { return i.Provider != name })
	}
	s.integrations.Fetch(t, nango.Map(nango.ListIntegrations(), ofIt), s.Rebuild)
}

func (s *Detail) showTemplates(t *screen.Turn) {
	sortTemplates(s.templates.Value)
	s.Rebuild(t)
}

// LoadedAt returns when the provider was loaded.
func (s *Detail) LoadedAt() time.Time { return s.provider.At }

// Concerns reports whether a call changed integrations.
func (s *Detail) Concerns(c nango.Call) bool { return screen.ChangesIntegrations(c) }

// Actions are those on the selected row, and on the provider.
func (s *Detail) Actions() []screen.Action {
	on := s.OnSelected()
	unread, cannotOpen := screen.DisabledIf(!s.provider.IsLoaded(), whyNotLoaded), screen.DisabledIf(on.Open == nil, whyNothingToOpen)
	cannotCopy := screen.DisabledIf(on.Copy.Do == nil, screen.TextNoRow)
	return append([]screen.Action{
		{ID: OpenRow, Title: screen.TextOpen, HideInFooter: cannotOpen != "", Disabled: cannotOpen, Do: on.Open},
		{ID: Make, Title: screen.TextNewIntegration, Operation: nango.OpIntegrationCreate, Disabled: unread, Do: newIntegration(s.name)},
		{ID: Integrations, Title: actionIntegrations, Do: integrationsOf(s.name)},
		{ID: CopyRow, Title: screen.TextCopy, Disabled: cannotCopy, Do: on.Copy.Do},
		{ID: Docs, Title: actionDocs, Disabled: noDocs(s.provider.Value.Docs), Do: func(t *screen.Turn) { t.Browse(s.provider.Value.Docs) }},
		screen.RefreshAction(s),
	}, screen.MoveActions(&s.Rows)...)
}
