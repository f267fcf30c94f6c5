package integrations

import (
	"cmp"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions that only the screen of one integration has.
const (
	OpenRow  screen.ActionID = "integration.openRow"
	Edit     screen.ActionID = "integration.edit"
	CopyRow  screen.ActionID = "integration.copyRow"
	Reveal   screen.ActionID = "integration.reveal"
	Docs     screen.ActionID = "integration.docs"
	CopyJSON screen.ActionID = "integration.copyJSON"
	CopyCurl screen.ActionID = "integration.copyCurl"
	Syncs    screen.ActionID = "integration.syncs"
	Logs     screen.ActionID = "integration.logs"
	// Doctor checks the configuration of the integration.
	Doctor screen.ActionID = "integration.doctor"
	// OpenActions opens the actions of the integration.
	OpenActions screen.ActionID = "integration.actions"
	// OpenFunctions opens the functions of the integration.
	OpenFunctions screen.ActionID = "integration.functions"
)

// revealDuration is how long a secret is revealed.
const revealDuration = 20 * time.Second

// Ids of rows. The last two end in the name of the secret and in the connection id.
const (
	keyRow        = "key"
	providerRow   = "provider"
	docsRow       = "docs"
	secretRow     = "secret "
	connectionRow = "connection "
)

// Detail is the screen of one integration.
type Detail struct {
	screen.Page
	key string
	// previousKey is the key before it was renamed on this screen.
	previousKey string
	integration screen.Load[nango.IntegrationDetail]
	provider    screen.Load[provider]
	connections screen.Load[summary]
	deletion    deletion
	tally       *screen.Tally // of all connections, if another screen has read them
	seen        int           // the version of the store that it is from

	secrets   []credential
	scopes    string
	hasScopes bool
	// host is that of the profile, for the callback URL.
	host string
}

// provider is a provider with the fields of its integrations' config.
type provider struct {
	nango.Provider
	config []configField
}

func providerOf(p nango.Provider) provider { return provider{p, configOf(p)} }

// NewDetail is the screen of the route "integration/<key>".
func NewDetail(r screen.Route) *Detail {
	return &Detail{key: r.Arg(0)}
}

// Title is the integration's key.
func (s *Detail) Title() string { return s.key }

// Refresh loads the integration, some of its connections, and its provider.
func (s *Detail) Refresh(t *screen.Turn) {
	s.host = t.Profile.Host
	s.integration.Fetch(t, s.request(), s.arrived)
	query := nango.ConnectionQuery{Integrations: []string{s.key}, Limit: summaryRead}
	s.connections.Fetch(t, nango.Map(nango.ListConnections(query), summaryOf), s.arrivedConnections)
	s.Rebuild(t)
}

func (s *Detail) arrivedConnections(t *screen.Turn) {
	if !s.connections.HasFailed() {
		t.Store.LearnChanges(t.Now, s.connections.Value.read)
		s.connections.Value.read = nil
	}
	s.Rebuild(t)
}

// Notify shows the counts that others have learned.
func (s *Detail) Notify(t *screen.Turn) {
	if t.Store.Version() != s.seen {
		s.seen, s.tally = t.Store.Version(), t.Store.Tally()
		s.Rebuild(t)
	}
}

// AutoRefresh reports that the page reloads by itself while it is on top.
func (s *Detail) AutoRefresh() bool { return true }

func (s *Detail) request() nango.Read[nango.IntegrationDetail] {
	return nango.GetIntegration(s.key, nango.Include{Webhook: true, Credentials: true})
}

func (s *Detail) arrived(t *screen.Turn) {
	s.Rebuild(t)
	if s.integration.HasFailed() {
		return
	}
	s.secrets, s.scopes, s.hasScopes = credentialsOf(s.integration.Value.Credentials)
	s.provider.Fetch(t, nango.Map(nango.GetProvider(s.integration.Value.Provider), providerOf), s.Rebuild)
}

// LoadedAt returns when the integration was loaded.
func (s *Detail) LoadedAt() time.Time { return s.integration.At }

// Concerns reports whether a call changed the integration or its connections.
func (s *Detail) Concerns(c nango.Call) bool {
	about := c.About.Integration
	return (about == s.key || about == s.previousKey && about != "") && changesIntegrations(c)
}

func (s *Detail) setKey(key string) {
	if key != s.key {
		s.previousKey, s.key = s.key, key
	}
}

// Actions are those on the selected row, and on the integration.
func (s *Detail) Actions() []screen.Action {
	row, on := s.Rows.Selected(), s.OnSelected()
	cannotOpen := screen.DisabledIf(on.Open == nil, whyNothingToOpen)
	return append([]screen.Action{
		{ID: OpenRow, Title: screen.TextOpen, HideInFooter: cannotOpen != "", Disabled: cannotOpen, Do: on.Open},
		s.reveal(row),
		{ID: Connections, Title: actionConnections, Do: screen.To("connections").With("integration", s.key).Open},
		{ID: NewLink, Title: actionLink, Operation: nango.OpSessionCreate,
			Do: screen.To("link").With("integration", s.key).Open},
		{ID: Edit, Title: screen.TextEdit, Operation: nango.OpIntegrationUpdate, Disabled: s.cannotEdit(),
			Do: func(t *screen.Turn) { t.Show(newEdit(s)) }},
		{ID: CopyRow, Title: screen.TextCopy, Disabled: s.notLoaded(row != ""), Do: on.Copy.Do},
		{ID: OpenActions, Title: screen.TextActions, HideInFooter: true, Do: screen.To("actions", s.key).Open},
		{ID: OpenFunctions, Title: actionFunctions, HideInFooter: true, Do: screen.To("functions", s.key).Open},
		{ID: Doctor, Title: actionDoctor, HideInFooter: true, ReadOperation: nango.OpIntegrationGet, Do: screen.To("doctor", s.key).Open},
		{ID: Import, Title: screen.TextImport, HideInFooter: true, Operation: nango.OpConnectionUpsert,
			Do: screen.To("import").With("integration", s.key).Open},
		{ID: Delete, Title: screen.TextDelete, Operation: nango.OpIntegrationDelete,
			Do: func(t *screen.Turn) { s.deletion.begin(t, s.key, (*screen.Turn).Back) }},
		{ID: Syncs, Title: screen.TextSyncs, HideInFooter: true, Do: screen.To("syncs", s.key).Open},
		{ID: Logs, Title: screen.TextLogs, HideInFooter: true, ReadOperation: nango.OpLogsList,
			Do: screen.To("logs").With("integration", s.key).Open},
		{ID: Docs, Title: actionDocs, HideInFooter: true, Disabled: s.noDocs(), Do: func(t *screen.Turn) { t.Browse(s.provider.Value.Docs) }},
		{ID: CopyJSON, Title: actionCopyJSON, HideInFooter: true, Disabled: s.notLoaded(true), Do: s.copyJSON},
		{ID: CopyCurl, Title: screen.TextCopyAsCurl, HideInFooter: true, Do: s.copyCurl},
		screen.RefreshAction(s),
	}, screen.MoveActions(&s.Rows)...)
}

// cannotEdit returns why the edit form can't open: it needs all loads.
func (s *Detail) cannotEdit() string {
	return cmp.Or(s.notLoaded(true), screen.DisabledIf(s.provider.IsLoading() || s.connections.IsLoading(), whyStillLoading))
}

func (s *Detail) reveal(row string) screen.Action {
	if row != "" && row == s.Revealed() {
		return screen.Action{ID: Reveal, Title: actionHide, Do: func(*screen.Turn) { s.Rows.Hide() }}
	}
	a := screen.Action{ID: Reveal, Title: screen.TextReveal, Do: func(t *screen.Turn) { s.Rows.Reveal(row, t.Now.Add(revealDuration)) }}
	if !s.Rows.SelectedIsSecret() {
		a.Disabled, a.HideInFooter = whyNoSecret, true
	}
	return a
}

// notLoaded returns why an action needs a loaded integration, or a selected row.
func (s *Detail) notLoaded(onRow bool) string {
	switch {
	case !s.integration.IsLoaded():
		return whyNotLoaded
	case !onRow:
		return screen.TextNoRow
	}
	return ""
}

func (s *Detail) noDocs() string {
	return screen.DisabledIf(!ui.IsLink(s.provider.Value.Docs), screen.TextNoDocs)
}

func (s *Detail) webhookURL() string {
	if url := s.integration.Value.WebhookURL; url != nil {
		return *url
	}
	return ""
}

func (s *Detail) copyJSON(t *screen.Turn) {
	var byKey *nango.Secrets // it has seen none, and hides by key and by shape
	t.Copy(copiedJSON, screen.Indent(byKey.MaskJSON(s.integration.Value.Raw)))
}

func (s *Detail) copyCurl(t *screen.Turn) {
	t.Copy(copiedCurl, nango.Curl(s.request().Call(), t.Profile.Host).Line)
}
