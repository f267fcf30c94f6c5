package integrations

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Actions is what can be done with the integration under the cursor, and with the list.
func (s *List) Actions() []screen.Action {
	if s.filter.Focused() {
		return s.whileTyping()
	}
	none, key := "there is no integration under the cursor", ""
	if r := s.table.Cursor(); r != nil {
		none, key = "", r.key
	}
	all := []screen.Action{
		{ID: Open, Title: "Open", Disabled: none, Do: func(t *screen.Turn) { t.Open(screen.To("integration", key)) }},
		{ID: Connections, Title: "Its connections", Disabled: none, Do: openConnections(key)},
		{ID: NewLink, Title: "Connect link for it", Sends: nango.OpSessionCreate, Disabled: none, Do: openLink(key)},
		{ID: Copy, Title: "Copy key", Disabled: none, Do: func(t *screen.Turn) { t.Copy("integration key", key) }},
		{ID: Delete, Title: "Delete", Sends: nango.OpIntegrationDelete, Disabled: none, Do: func(t *screen.Turn) { s.deletion.begin(t, key, func(*screen.Turn) { s.forget(key) }) }},
		{ID: Filter, Title: "Filter", Do: func(*screen.Turn) { s.filter.Focus() }},
		{ID: ClearFilter, Title: "Clear filter", Aside: true, Disabled: s.unfiltered(), Do: func(*screen.Turn) { s.dropFilter() }},
		{ID: Sort, Title: "Sort by the next column", Aside: true, Do: func(*screen.Turn) { s.table.SortNext() }},
		{ID: Reverse, Title: "Sort the other way round", Aside: true, Disabled: s.unsorted(), Do: func(*screen.Turn) { s.table.SortReverse() }},
	}
	if s.stopped() {
		all = append(all, screen.Action{ID: CountFarther, Title: "Count farther", Aside: true, Do: s.countFarther})
	}
	return append(append(all, screen.Again(s)), screen.Moves(s.table)...)
}

// stopped says that counting ended at its bound.
func (s *List) stopped() bool { return s.shown != nil && s.shown == s.next && s.shown.pages.AtBound() }

func (s *List) unsorted() string {
	if column, _ := s.table.Sorted(); column == "" {
		return "the list stands as Nango gave it: sort it first"
	}
	return ""
}

// whileTyping is what keys can do that are otherwise text of the filter.
func (s *List) whileTyping() []screen.Action {
	return []screen.Action{
		{ID: FilterDone, Title: "Done", WhileTyping: true, Do: func(*screen.Turn) { s.filter.Blur() }},
		{ID: FilterDrop, Title: "Clear", WhileTyping: true, Do: func(*screen.Turn) { s.dropFilter() }},
		{ID: FilterUp, Title: "Up", WhileTyping: true, Motion: true, Do: func(*screen.Turn) { s.table.Up() }},
		{ID: FilterDown, Title: "Down", WhileTyping: true, Motion: true, Do: func(*screen.Turn) { s.table.Down() }},
	}
}

func (s *List) unfiltered() string {
	if s.filter.Value() == "" {
		return "there is no filter"
	}
	return ""
}

func (s *List) dropFilter() {
	s.filter.SetValue("")
	s.filter.Blur()
	s.narrow()
}

func openConnections(key string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("connections").With("integration", key)) }
}

func openLink(key string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("link").With("integration", key)) }
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
