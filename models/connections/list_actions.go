package connections

import (
	"cmp"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions are what can be done with the list and the row under the cursor.
func (l *List) Actions() []screen.Action {
	if l.Typing() {
		return l.listActions(l.TypingActions())
	}
	// At 80 columns the footer has room for five. Broken connections are what users come for.
	all := append(slices.Insert(l.rowActions(), 2, l.brokenOnly()), l.listActions(l.Listing.Actions())...)
	all = append(all, l.copies())
	all = append(append(all, l.viewActions()...), l.listActions(screen.MarkActions(l.table, l.noRow()))...)
	all = append(all, screen.Action{ID: screen.Refresh, Title: "Reload", HideInFooter: true, Do: l.reload})
	return append(all, l.listActions(screen.MoveActions(l.table))...)
}

// listActions adds what this list does in addition: the preview follows the cursor, leaving the filter may search the server,
// and clearing the filter drops that search.
func (l *List) listActions(all []screen.Action) []screen.Action {
	for i := range all {
		action := &all[i]
		does := action.Do
		switch {
		case action.Motion, action.ID == screen.Mark:
			action.Do = func(t *screen.Turn) { l.move(t, func() { does(t) }) }
		case action.ID == screen.FilterDone:
			if l.table.Shown() == 0 {
				action.Title = "Search on server"
			}
			action.Do = func(t *screen.Turn) {
				does(t)
				l.search(t)
			}
		case action.ID == screen.FilterDrop:
			action.Do = func(t *screen.Turn) {
				does(t)
				l.dropSearch(t)
			}
		case action.ID == screen.ClearFilter:
			if l.current.broken {
				action.Disabled, action.HideInFooter = "", false
			}
			action.Do = l.clearFilter
		}
	}
	return all
}

// rowActions apply to the row under the cursor.
func (l *List) rowActions() []screen.Action {
	noRow, refused := textNoConnectionSelected, ""
	s := target{}
	if r := l.table.Cursor(); r != nil {
		s, noRow = r.target(), ""
		refused = s.unusable()
	}
	gone := func(t *screen.Turn) { l.remove(s.ref) }
	return []screen.Action{
		{ID: OpenConnection, Title: "Open", Disabled: noRow,
			Do: func(t *screen.Turn) { t.Open(screen.To(DetailRoute, s.ref.Integration, s.ref.ID)) }},
		{ID: Reconnect, Title: "Reconnect link", Operation: nango.OpSessionReconnect, Disabled: cmp.Or(noRow, refused), Do: s.reconnect},
		{ID: Delete, Title: "Delete", Operation: nango.OpConnectionDelete, Disabled: cmp.Or(noRow, refused),
			Do: func(t *screen.Turn) { s.propose(t, gone, l.marksKeptNote()...) }},
		{ID: AllOfCustomer, Title: textShowAllCustomer, HideInFooter: true, Disabled: cmp.Or(noRow, s.noOwner()), Do: s.allOfCustomer},
		{ID: AllOfIntegration, Title: textShowAllIntegration, HideInFooter: true, Disabled: noRow, Do: s.allOfIntegration},
		{ID: OpenIntegration, Title: "Open integration", HideInFooter: true, Disabled: noRow, Do: s.openIntegration},
		{ID: ImportConnection, Title: "Import connection", HideInFooter: true, Operation: nango.OpConnectionUpsert,
			Do: func(t *screen.Turn) { t.Open(importRoute(l.scope.integration())) }},
		{ID: LinkFor, Title: "New connect link", HideInFooter: true, Operation: nango.OpSessionCreate,
			Do: func(t *screen.Turn) { t.Open(l.linkRoute(s)) }},
	}
}

func (l *List) copies() screen.Action {
	return screen.Action{ID: Copy, Title: "Copy", Disabled: l.noRow(), Do: func(t *screen.Turn) {
		if r := l.table.Cursor(); r != nil {
			l.copyMenu(t, r.target())
		}
	}}
}

// linkRoute is the route to the link form, with the row's integration if there is one.
func (l *List) linkRoute(s target) screen.Route {
	if s.ref.Integration == "" {
		return screen.To(linkRoute)
	}
	return screen.To(linkRoute).With(queryIntegration, s.ref.Integration)
}

func (l *List) brokenOnly() screen.Action {
	title := "Broken only"
	if l.current.broken {
		title = "Show all"
	}
	return screen.Action{ID: BrokenOnly, Title: title,
		Do: func(*screen.Turn) { l.applyFilterAnd(localFilter{l.current.query, !l.current.broken}) }}
}

// viewActions change what the list shows.
func (l *List) viewActions() []screen.Action {
	return []screen.Action{
		{ID: Preview, Title: "Toggle preview", HideInFooter: true, Do: func(*screen.Turn) { l.preview.off = !l.preview.off }},
		{ID: LiftBound, Title: "Load more", HideInFooter: !l.atBound(), Disabled: l.noBound(), Do: l.raiseBound},
	}
}

func (l *List) clearFilter(t *screen.Turn) {
	l.current.broken = false
	l.Clear()
	l.dropSearch(t)
}

func (l *List) noBound() string {
	if l.atBound() {
		return ""
	}
	return "loading didn't stop at " + ui.Count(nango.ConnectionsBound).String() + " connections"
}

func (l *List) noRow() string {
	if l.table.Shown() == 0 {
		return textNoConnectionSelected
	}
	return ""
}

// marksKeptNote says in a delete dialog that only the row under the cursor is deleted.
func (l *List) marksKeptNote() []string {
	marked, _ := l.table.MarkedCount()
	if marked == 0 {
		return nil
	}
	return []string{"Deletes only this connection, not the " + ui.Count(marked).String() + " marked ones."}
}
