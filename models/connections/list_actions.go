package connections

import (
	"cmp"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions is what can be done with the list and the row under the cursor.
func (l *List) Actions() []screen.Action {
	if l.Typing() {
		return l.own(l.TypingActions())
	}
	// At 80 cells the footer has room for five: what is broken is what one comes for.
	all := append(slices.Insert(l.rowActions(), 2, l.brokenOnly()), l.own(l.Listing.Actions())...)
	all = append(all, l.copies())
	all = append(append(all, l.viewActions()...), l.own(screen.MarkActions(l.table, l.noRow()))...)
	all = append(all, screen.Action{ID: screen.Refresh, Title: "Read again", HideInFooter: true, Do: l.readAgain})
	return append(all, l.own(screen.MoveActions(l.table))...)
}

// own adds what this list does besides: the preview follows the cursor, the end of typing may ask the server, and a clear
// filter asks for nothing any more.
func (l *List) own(all []screen.Action) []screen.Action {
	for i := range all {
		action := &all[i]
		does := action.Do
		switch {
		case action.Motion, action.ID == screen.Mark:
			action.Do = func(t *screen.Turn) { l.move(t, func() { does(t) }) }
		case action.ID == screen.FilterDone:
			if l.table.Shown() == 0 {
				action.Title = "Ask Nango"
			}
			action.Do = func(t *screen.Turn) {
				does(t)
				l.ask(t)
			}
		case action.ID == screen.FilterDrop:
			action.Do = func(t *screen.Turn) {
				does(t)
				l.dropLookup(t)
			}
		case action.ID == screen.ClearFilter:
			if l.passes.broken {
				action.Disabled, action.HideInFooter = "", false
			}
			action.Do = l.clearFilter
		}
	}
	return all
}

// rowActions are about the row under the cursor.
func (l *List) rowActions() []screen.Action {
	nobody, refused := "there is no connection under the cursor", ""
	s := subject{}
	if r := l.table.Cursor(); r != nil {
		s, nobody = r.subject(), ""
		refused = s.refused()
	}
	gone := func(t *screen.Turn) { l.remove(s.ref) }
	return []screen.Action{
		{ID: OpenConnection, Title: "Open", Disabled: nobody, Do: func(t *screen.Turn) { t.Open(screen.To(DetailRoute, s.ref.Integration, s.ref.ID)) }},
		{ID: Reconnect, Title: "Reconnect link", Operation: nango.OpSessionReconnect, Disabled: cmp.Or(nobody, refused), Do: s.reconnect},
		{ID: Delete, Title: "Delete", Operation: nango.OpConnectionDelete, Disabled: cmp.Or(nobody, refused), Do: func(t *screen.Turn) { s.propose(t, gone, l.marksStay()...) }},
		{ID: AllOfCustomer, Title: "All of this customer", HideInFooter: true, Disabled: cmp.Or(nobody, s.nameless()), Do: s.allOfCustomer},
		{ID: AllOfIntegration, Title: "All of this integration", HideInFooter: true, Disabled: nobody, Do: s.allOfIntegration},
		{ID: OpenIntegration, Title: "Open the integration", HideInFooter: true, Disabled: nobody, Do: s.openIntegration},
		{ID: ImportConnection, Title: "Import a connection", HideInFooter: true, Operation: nango.OpConnectionUpsert, Do: func(t *screen.Turn) { t.Open(importRoute(l.scope.integration())) }},
		{ID: LinkFor, Title: "New connect link", HideInFooter: true, Operation: nango.OpSessionCreate, Do: func(t *screen.Turn) { t.Open(l.linkRoute(s)) }},
	}
}

func (l *List) copies() screen.Action {
	return screen.Action{ID: Copy, Title: "Copy", Disabled: l.noRow(), Do: func(t *screen.Turn) {
		if r := l.table.Cursor(); r != nil {
			l.copyMenu(t, r.subject())
		}
	}}
}

// linkRoute is the form for a link, with the integration of the row if there is one.
func (l *List) linkRoute(s subject) screen.Route {
	if s.ref.Integration == "" {
		return screen.To(linkRoute)
	}
	return screen.To(linkRoute).With(queryIntegration, s.ref.Integration)
}

func (l *List) brokenOnly() screen.Action {
	title := "Broken only"
	if l.passes.broken {
		title = "Fine ones too"
	}
	return screen.Action{ID: BrokenOnly, Title: title, Do: func(*screen.Turn) { l.siftTo(sieve{l.passes.query, !l.passes.broken}) }}
}

// viewActions are about what is shown of the list.
func (l *List) viewActions() []screen.Action {
	return []screen.Action{
		{ID: Preview, Title: "Preview on or off", HideInFooter: true, Do: func(*screen.Turn) { l.preview.off = !l.preview.off }},
		{ID: LiftBound, Title: "Read on behind the bound", HideInFooter: !l.atBound(), Disabled: l.noBound(), Do: l.liftBound},
	}
}

func (l *List) clearFilter(t *screen.Turn) {
	l.passes.broken = false
	l.Clear()
	l.dropLookup(t)
}

func (l *List) noBound() string {
	if l.atBound() {
		return ""
	}
	return "reading has not stopped at " + ui.Count(nango.ConnectionsBound).String() + " connections"
}

func (l *List) noRow() string {
	if l.table.Shown() == 0 {
		return "there is no connection under the cursor"
	}
	return ""
}

// marksStay says in the dialog of a deletion that it is about the row under the cursor alone.
func (l *List) marksStay() []string {
	marked, _ := l.table.MarkedCount()
	if marked == 0 {
		return nil
	}
	return []string{"Only this one, which the cursor is on: the " + ui.Count(marked).String() + " marked rows are not deleted."}
}
