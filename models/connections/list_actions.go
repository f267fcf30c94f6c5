package connections

import (
	"cmp"
	"fmt"
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
	noRow, s := whyNoRow, target{}
	if r := l.table.Cursor(); r != nil {
		noRow, s = "", r.target()
	}
	broken := screen.Action{ID: BrokenOnly, Title: actionBrokenOnly, Do: l.toggleBroken}
	if l.current.broken {
		broken.Title = actionShowAll
	}
	noBound := screen.DisabledIf(!l.atBound(), fmt.Sprintf(whyNotAtBound, ui.Count(nango.ConnectionsBound)))
	// At 80 columns the footer has room for five. Broken connections are what users come for.
	all := append(slices.Insert(l.rowActions(noRow, s), 2, broken), l.listActions(l.Listing.Actions())...)
	all = append(all,
		screen.Action{ID: Copy, Title: screen.TextCopy, Disabled: noRow, Do: func(t *screen.Turn) { l.copyMenu(t, s) }},
		screen.Action{ID: Export, Title: actionExport, HideInFooter: true, Disabled: noRow, Do: l.pickExport},
		screen.Action{ID: Preview, Title: actionPreview, HideInFooter: true, Do: func(*screen.Turn) { l.preview.off = !l.preview.off }},
		screen.Action{ID: LiftBound, Title: screen.TextLoadMore, HideInFooter: noBound != "", Disabled: noBound, Do: l.raiseBound})
	all = append(all, s.areaActions(noRow)...)
	all = append(all, l.listActions(screen.MarkActions(l.table, noRow))...)
	all = append(all, l.manyActions()...)
	all = append(all, l.compareAction(), screen.Action{ID: screen.Refresh, Title: screen.TextReload, HideInFooter: true, Do: l.read})
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
			if !action.Motion {
				action.Title = actionMark
			}
			action.Do = func(t *screen.Turn) { l.move(t, func() { does(t) }) }
		case action.ID == screen.FilterDone:
			if l.table.Shown() == 0 {
				action.Title = actionSearch
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

// rowActions apply to the row under the cursor. noRow is why there is none.
func (l *List) rowActions(noRow string, s target) []screen.Action {
	refused := cmp.Or(noRow, s.unusable())
	gone := func(t *screen.Turn) { l.gone(t, s.ref) }
	return []screen.Action{
		{ID: OpenConnection, Title: screen.TextOpen, Disabled: noRow,
			Do: screen.To(DetailRoute, s.ref.Integration, s.ref.ID).Open},
		{ID: Reconnect, Title: actionReconnectLink, Operation: nango.OpSessionReconnect, Disabled: refused, Do: s.reconnect},
		l.deleteAction(refused, func(t *screen.Turn) { s.propose(t, gone) }),
		{ID: AllOfCustomer, Title: actionAllOfCustomer, HideInFooter: true, Disabled: cmp.Or(noRow, s.noOwner()), Do: s.allOfCustomer},
		{ID: AllOfIntegration, Title: actionAllOfIntegration, HideInFooter: true, Disabled: noRow, Do: s.allOfIntegration},
		{ID: OpenIntegration, Title: actionOpenIntegration, HideInFooter: true, Disabled: noRow, Do: s.openIntegration},
		{ID: ImportConnection, Title: screen.TextImport, HideInFooter: true, Operation: nango.OpConnectionUpsert,
			Do: importRoute(l.scope.integration()).Open},
		{ID: LinkFor, Title: actionLink, HideInFooter: true, Operation: nango.OpSessionCreate, Do: l.linkRoute(s).Open},
	}
}

// toggleBroken shows only broken rows, or all. The broken ones are in the order of their failures, the latest first, unless the user
// has sorted the list.
func (l *List) toggleBroken(t *screen.Turn) {
	l.applyFilterAnd(localFilter{l.current.query, !l.current.broken})
	const failed = "failed"
	switch column, descending := l.table.Sorted(); {
	case l.current.broken && column == "":
		l.SortBy(t, failed, false)
		l.sortedByFailure = true
	case !l.current.broken && l.sortedByFailure && column == failed && !descending:
		l.SortBy(t, "", false)
		l.sortedByFailure = false
	}
}

// linkRoute is the route to the link form, with the row's integration if there is one.
func (l *List) linkRoute(s target) screen.Route {
	if s.ref.Integration == "" {
		return screen.To(linkRoute)
	}
	return screen.To(linkRoute).With(queryIntegration, s.ref.Integration)
}

func (l *List) clearFilter(t *screen.Turn) {
	l.current.broken = false
	l.Clear()
	l.dropSearch(t)
}
