package integrations

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Actions is what can be done with the integration under the cursor, and with the list.
func (s *List) Actions() []screen.Action {
	if s.Typing() {
		return s.listing.TypingActions()
	}
	none, key := "there is no integration under the cursor", ""
	if r := s.table.Cursor(); r != nil {
		none, key = "", r.key
	}
	all := []screen.Action{
		{ID: Open, Title: "Open", Disabled: none, Do: func(t *screen.Turn) { t.Open(screen.To("integration", key)) }},
		{ID: Connections, Title: "Its connections", Disabled: none, Do: openConnections(key)},
		{ID: NewLink, Title: "Connect link for it", Operation: nango.OpSessionCreate, Disabled: none, Do: openLink(key)},
		{ID: Import, Title: "Import a connection", HideInFooter: true, Operation: nango.OpConnectionUpsert, Disabled: none, Do: openImport(key)},
		{ID: Copy, Title: "Copy key", Disabled: none, Do: func(t *screen.Turn) { t.CopyLine("integration key", key) }},
		{ID: New, Title: "New integration", Do: func(t *screen.Turn) { t.Open(screen.To("providers")) }},
		{ID: Delete, Title: "Delete", Operation: nango.OpIntegrationDelete, Disabled: none, Do: func(t *screen.Turn) { s.deletion.begin(t, key, func(*screen.Turn) { s.forget(key) }) }},
	}
	all = append(all, s.listing.Actions()...)
	if s.stopped() {
		all = append(all, screen.Action{ID: CountFarther, Title: "Count farther", HideInFooter: true, Do: s.countFarther})
	}
	return append(append(all, screen.RefreshAction(s)), screen.MoveActions(s.table)...)
}

// stopped says that counting ended at its bound.
func (s *List) stopped() bool { return s.shown != nil && s.shown == s.next && s.shown.pages.AtBound() }

func openConnections(key string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("connections").With("integration", key)) }
}

func openLink(key string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("link").With("integration", key)) }
}

func openImport(key string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("import").With("integration", key)) }
}

// changesIntegrations says whether a call changed integrations, or the number of their connections.
func changesIntegrations(c nango.Call) bool {
	switch c.Operation {
	case nango.OpIntegrationCreate, nango.OpIntegrationQuickstart, nango.OpIntegrationUpdate, nango.OpIntegrationDelete,
		nango.OpConnectionUpsert, nango.OpConnectionDelete:
		return true
	}
	return false
}
