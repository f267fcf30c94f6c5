package providers

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Detail is one provider of the catalogue: what an integration and a connection of it need, and what there is of it.
type Detail struct {
	screen.Base
	name      string
	one       screen.Load[entry]
	here      screen.Load[[]integration]
	templates screen.Load[[]nango.Template]

	page  ui.Fields
	drawn drawn
}

// integration is one of the provider that is there.
type integration struct{ key, name string }

// drawn is what the page was built for: with another width its lines are others.
type drawn struct {
	built bool
	width int
}

// Ids of the rows that the cursor stops at. The last three are followed by a name, the first two of them by a word
// before it: the same name may be a credential and a config, or a sync and an action.
const (
	nameRow     = "name"
	baseRow     = "base"
	scopesRow   = "scopes"
	docsRow     = "docs"
	setupRow    = "setup"
	connectRow  = "connect docs"
	fieldRow    = "field "
	templateRow = "template "
	hereRow     = "integration "
)

// NewDetail is the screen of the route "provider/<name>".
func NewDetail(r screen.Route) *Detail { return &Detail{name: r.Arg(0)} }

// Title names the screen by the provider's name.
func (s *Detail) Title() string { return s.name }

// Open reads the provider.
func (s *Detail) Open(t *screen.Turn) {
	s.one.Fetch(t, nango.Map(nango.GetProvider(s.name), entryOf), s.changed)
	s.templates.Fetch(t, nango.ProviderTemplates(s.name), s.arrived)
	s.readHere(t)
}

// Refresh reads again what can change while one looks: the integrations. What failed is tried again.
func (s *Detail) Refresh(t *screen.Turn) {
	if s.one.HasFailed() {
		s.one.Fetch(t, nango.Map(nango.GetProvider(s.name), entryOf), s.changed)
	}
	if s.templates.HasFailed() {
		s.templates.Fetch(t, nango.ProviderTemplates(s.name), s.arrived)
	}
	s.readHere(t)
}

func (s *Detail) readHere(t *screen.Turn) {
	name := s.name
	ofIt := func(all []nango.Integration) []integration {
		var here []integration
		for _, i := range all {
			if i.Provider == name {
				here = append(here, integration{i.Key, i.DisplayName})
			}
		}
		return here
	}
	s.here.Fetch(t, nango.Map(nango.ListIntegrations(), ofIt), s.changed)
}

func (s *Detail) arrived(t *screen.Turn) {
	sortTemplates(s.templates.Value)
	s.changed(t)
}

// changed has the page built anew when it is drawn next.
func (s *Detail) changed(*screen.Turn) { s.drawn.built = false }

// Update puts the cursor where one clicks.
func (s *Detail) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		s.page.Select(s.page.RowAt(click.Y))
	}
}

// LoadedAt is when the provider was read.
func (s *Detail) LoadedAt() time.Time { return s.one.At }

// Concerns says whether integrations came, went or changed.
func (s *Detail) Concerns(c nango.Call) bool { return changesIntegrations(c) }

// Actions is what can be done with the row under the cursor, and with the provider.
func (s *Detail) Actions() []screen.Action {
	row, unread := s.page.Selected(), ""
	if !s.one.IsLoaded() {
		unread = "the provider is not read yet"
	}
	return append([]screen.Action{
		{ID: OpenRow, Title: "Open", HideInFooter: s.opensNothing(row) != "", Disabled: s.opensNothing(row),
			Do: func(t *screen.Turn) { s.openRow(t, row) }},
		{ID: Make, Title: "New integration", Operation: nango.OpIntegrationCreate, Disabled: unread, Do: openMake(s.name)},
		{ID: Integrations, Title: "Its integrations", Do: openIntegrations(s.name)},
		{ID: CopyRow, Title: "Copy", Disabled: s.copiesNothing(row), Do: func(t *screen.Turn) { t.Copy(s.value(row)) }},
		{ID: Docs, Title: "Docs", Disabled: noLink(s.one.Value.docs), Do: func(t *screen.Turn) { t.Browse(s.one.Value.docs) }},
		screen.RefreshAction(s),
	}, screen.MoveActions(&s.page)...)
}

func (s *Detail) opensNothing(row string) string {
	if strings.HasPrefix(row, hereRow) || s.link(row) != "" {
		return ""
	}
	return "the row under the cursor leads nowhere: go to an integration or to the docs"
}

func (s *Detail) copiesNothing(row string) string {
	if row == "" {
		return "there is nothing under the cursor"
	}
	return ""
}

func (s *Detail) openRow(t *screen.Turn, row string) {
	if key, ok := strings.CutPrefix(row, hereRow); ok {
		t.Open(screen.To("integration", key))
		return
	}
	t.Browse(s.link(row))
}

// link is where the row leads to on the web, or empty.
func (s *Detail) link(row string) string {
	switch row {
	case docsRow, setupRow, connectRow:
		if _, url := s.value(row); ui.IsLink(url) {
			return url
		}
	}
	return ""
}

// value is what is copied of a row, and what it is called.
func (s *Detail) value(row string) (what, text string) {
	for prefix, what := range map[string]string{fieldRow: "name of the field", templateRow: "name of the template"} {
		if rest, ok := strings.CutPrefix(row, prefix); ok {
			_, name, _ := strings.Cut(rest, " ")
			return what, name
		}
	}
	if key, ok := strings.CutPrefix(row, hereRow); ok {
		return "integration key", key
	}
	switch one := s.one.Value; row {
	case baseRow:
		return "base URL", one.baseURL
	case scopesRow:
		return "scopes", strings.Join(one.scopes, ",")
	case docsRow:
		return "link to the docs", one.docs
	case setupRow:
		return "link to the setup guide", one.setup
	case connectRow:
		return "link to the customers' docs", one.connectDocs
	}
	return "provider", s.name
}
