package integrations

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Actions are those on the selected integration, and on the list.
func (s *List) Actions() []screen.Action {
	if s.Typing() {
		return s.listing.TypingActions()
	}
	none, key := "no integration is selected", ""
	if r := s.table.Cursor(); r != nil {
		none, key = "", r.key
	}
	all := []screen.Action{
		{ID: Open, Title: "Open", Disabled: none, Do: func(t *screen.Turn) { t.Open(screen.To("integration", key)) }},
		{ID: Connections, Title: actionConnections, Disabled: none, Do: openConnections(key)},
		{ID: NewLink, Title: actionLink, Operation: nango.OpSessionCreate, Disabled: none, Do: openLink(key)},
		{ID: Import, Title: actionImport, HideInFooter: true, Operation: nango.OpConnectionUpsert, Disabled: none, Do: openImport(key)},
		{ID: Copy, Title: "Copy key", Disabled: none, Do: func(t *screen.Turn) { t.CopyLine("integration key", key) }},
		{ID: New, Title: "New integration", Do: func(t *screen.Turn) { t.Open(screen.To("providers")) }},
		{ID: Delete, Title: "Delete", Operation: nango.OpIntegrationDelete, Disabled: none,
			Do: func(t *screen.Turn) { s.deletion.begin(t, key, func(*screen.Turn) { s.forget(key) }) }},
	}
	all = append(all, s.listing.Actions()...)
	if s.isAtLimit() {
		all = append(all, screen.Action{ID: CountFarther, Title: actionCount, HideInFooter: true, Do: s.countMore})
	}
	return append(append(all, screen.RefreshAction(s)), screen.MoveActions(s.table)...)
}

// isAtLimit reports whether counting ended at its limit.
func (s *List) isAtLimit() bool {
	return s.shownCount != nil && s.shownCount == s.nextCount && s.shownCount.pages.AtBound()
}

func openConnections(key string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("connections").With("integration", key)) }
}

func openLink(key string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("link").With("integration", key)) }
}

func openImport(key string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("import").With("integration", key)) }
}

// changesIntegrations reports whether a call changed integrations or the number of connections.
func changesIntegrations(c nango.Call) bool {
	switch c.Operation {
	case nango.OpIntegrationCreate, nango.OpIntegrationQuickstart, nango.OpIntegrationUpdate, nango.OpIntegrationDelete,
		nango.OpConnectionUpsert, nango.OpConnectionDelete:
		return true
	}
	return false
}
