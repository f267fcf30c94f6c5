package integrations

import (
	"cmp"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Ids of the actions on the screen of one integration alone.
const (
	OpenRow  screen.ActionID = "integration.openRow"
	Edit     screen.ActionID = "integration.edit"
	CopyRow  screen.ActionID = "integration.copyRow"
	Reveal   screen.ActionID = "integration.reveal"
	Docs     screen.ActionID = "integration.docs"
	CopyJSON screen.ActionID = "integration.copyJSON"
	CopyCurl screen.ActionID = "integration.copyCurl"
	Syncs    screen.ActionID = "integration.syncs"
	// OpenActions goes to the actions of the integration.
	OpenActions screen.ActionID = "integration.actions"
	// OpenFunctions goes to the functions of the integration.
	OpenFunctions screen.ActionID = "integration.functions"
)

// revealFor is how long a secret stays in clear.
const revealFor = 20 * time.Second

// Ids of the rows that the cursor stops at. The last two are followed by the name of the secret, and by the
// connection id.
const (
	keyRow      = "key"
	providerRow = "provider"
	docsRow     = "docs"
	setupRow    = "setup"
	webhookRow  = "webhook"
	scopesRow   = "scopes"
	secretRow   = "secret "
	memberRow   = "connection "
)

// Detail is one integration with everything that belongs to it.
type Detail struct {
	screen.Base
	key string
	// formerly is the key before it was renamed here.
	formerly string
	one      screen.Load[nango.IntegrationDetail]
	provider screen.Load[provider]
	members  screen.Load[members]
	deletion deletion

	secrets   []credential
	scopes    string
	hasScopes bool

	page  ui.Fields
	drawn drawn
	at    time.Time // of the last frame
}

// provider is what is shown of an entry of the catalogue.
type provider struct {
	name, mode, docs, setup string
	scopes                  []string // those that a new integration has by itself
	config                  []configField
}

func providerOf(p nango.Provider) provider {
	return provider{name: p.DisplayName, mode: p.AuthMode, docs: p.Docs, setup: p.SetupGuide, scopes: p.DefaultScopes, config: configOf(p)}
}

// drawn is what the page was built for: with another width, or a minute later, its lines are others.
type drawn struct {
	built bool
	width int
	at    time.Time
}

// NewDetail is the screen of the route "integration/<key>".
func NewDetail(r screen.Route) *Detail {
	return &Detail{key: r.Arg(0)}
}

// Title names the screen by the integration's key.
func (s *Detail) Title() string { return s.key }

// Open reads the integration.
func (s *Detail) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads the integration, some of its connections, and its provider.
func (s *Detail) Refresh(t *screen.Turn) {
	s.one.Fetch(t, s.request(), s.arrived)
	query := nango.ConnectionQuery{Integrations: []string{s.key}, Limit: membersRead}
	s.members.Fetch(t, nango.Map(nango.ListConnections(query), membersOf), s.changed)
	s.changed(t)
}

func (s *Detail) request() nango.Read[nango.IntegrationDetail] {
	return nango.GetIntegration(s.key, nango.Include{Webhook: true, Credentials: true})
}

func (s *Detail) arrived(t *screen.Turn) {
	s.changed(t)
	if s.one.HasFailed() {
		return
	}
	s.secrets, s.scopes, s.hasScopes = credentialsOf(s.one.Value.Credentials)
	s.provider.Fetch(t, nango.Map(nango.GetProvider(s.one.Value.Provider), providerOf), s.changed)
}

// changed has the page built anew when it is drawn next.
func (s *Detail) changed(*screen.Turn) { s.drawn.built = false }

// Update puts the cursor where one clicks.
func (s *Detail) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		s.page.Select(s.page.RowAt(click.Y))
	}
}

// LoadedAt is when the integration was read.
func (s *Detail) LoadedAt() time.Time { return s.one.At }

// RedrawInterval draws again by the second while a secret is in clear, so that it is hidden in time.
func (s *Detail) RedrawInterval() time.Duration {
	if s.page.Revealed(s.at) == "" {
		return 0
	}
	return time.Second
}

// Concerns says whether the integration changed, or its connections did.
func (s *Detail) Concerns(c nango.Call) bool {
	about := c.About.Integration
	return (about == s.key || about == s.formerly && about != "") && changesIntegrations(c)
}

// renamed follows the integration to its new key.
func (s *Detail) renamed(key string) {
	if key != s.key {
		s.formerly, s.key = s.key, key
	}
}

// Actions is what can be done with the row under the cursor, and with the integration.
func (s *Detail) Actions() []screen.Action {
	row := s.page.Selected()
	return append([]screen.Action{
		{ID: OpenRow, Title: "Open", HideInFooter: s.opensNothing(row) != "", Disabled: s.opensNothing(row), Do: func(t *screen.Turn) { s.openRow(t, row) }},
		s.reveal(row),
		{ID: Connections, Title: "Its connections", Do: openConnections(s.key)},
		{ID: NewLink, Title: "Connect link for it", Operation: nango.OpSessionCreate, Do: openLink(s.key)},
		{ID: Edit, Title: "Edit", Operation: nango.OpIntegrationUpdate, Disabled: s.cannotEdit(), Do: func(t *screen.Turn) { t.Show(newEdit(s)) }},
		{ID: CopyRow, Title: "Copy", Disabled: s.unread(row != ""), Do: func(t *screen.Turn) { s.copyRow(t, row) }},
		{ID: OpenActions, Title: "Actions", HideInFooter: true, Do: func(t *screen.Turn) { t.Open(screen.To("actions", s.key)) }},
		{ID: OpenFunctions, Title: "Functions", HideInFooter: true, Do: func(t *screen.Turn) { t.Open(screen.To("functions", s.key)) }},
		{ID: Import, Title: "Import a connection", HideInFooter: true, Operation: nango.OpConnectionUpsert, Do: openImport(s.key)},
		{ID: Delete, Title: "Delete", Operation: nango.OpIntegrationDelete, Do: func(t *screen.Turn) { s.deletion.begin(t, s.key, (*screen.Turn).Back) }},
		{ID: Syncs, Title: "Its syncs", HideInFooter: true, Do: func(t *screen.Turn) { t.Open(screen.To("syncs", s.key)) }},
		{ID: Docs, Title: "Docs of the provider", HideInFooter: true, Disabled: s.noDocs(), Do: func(t *screen.Turn) { t.Browse(s.provider.Value.docs) }},
		{ID: CopyJSON, Title: "Copy as JSON, secrets masked", HideInFooter: true, Disabled: s.unread(true), Do: s.copyJSON},
		{ID: CopyCurl, Title: "Copy as curl", HideInFooter: true, Do: s.copyCurl},
		screen.RefreshAction(s),
	}, screen.MoveActions(&s.page)...)
}

// cannotEdit is why the form for it cannot be opened: it begins with what is there.
func (s *Detail) cannotEdit() string {
	waits := ""
	if s.provider.IsLoading() || s.members.IsLoading() {
		waits = "what it needs is still being read"
	}
	return cmp.Or(s.unread(true), waits)
}

// reveal shows the secret under the cursor, and hides it again.
func (s *Detail) reveal(row string) screen.Action {
	if row != "" && row == s.page.Revealed(s.at) {
		return screen.Action{ID: Reveal, Title: "Hide", Do: func(*screen.Turn) { s.page.Hide() }}
	}
	a := screen.Action{ID: Reveal, Title: "Reveal", Do: func(t *screen.Turn) { s.page.Reveal(row, t.Now.Add(revealFor)) }}
	if !strings.HasPrefix(row, secretRow) {
		a.Disabled, a.HideInFooter = "there is no secret under the cursor", true
	}
	return a
}

// unread is why something cannot be done before the integration is there, or without a row under the cursor.
func (s *Detail) unread(onRow bool) string {
	switch {
	case !s.one.IsLoaded():
		return "the integration is not read yet"
	case !onRow:
		return "there is nothing under the cursor"
	}
	return ""
}

func (s *Detail) opensNothing(row string) string {
	if strings.HasPrefix(row, memberRow) || ui.IsLink(s.value(row)) && (row == docsRow || row == setupRow) {
		return ""
	}
	return "the row under the cursor leads nowhere: go to a connection or to the docs"
}

func (s *Detail) openRow(t *screen.Turn, row string) {
	if id, ok := strings.CutPrefix(row, memberRow); ok {
		t.Open(screen.To("connection", s.key, id))
		return
	}
	t.Browse(s.value(row))
}

func (s *Detail) noDocs() string {
	if !ui.IsLink(s.provider.Value.docs) {
		return "the docs of the provider are not known"
	}
	return ""
}
