package connections

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions is what can be done with the list and the row under the cursor.
func (l *List) Actions() []screen.Action {
	if l.Typing() {
		return l.typingActions()
	}
	all := append(l.rowActions(), l.filterActions()...)
	all = append(all, l.markActions()...)
	all = append(all, screen.Action{ID: screen.Refresh, Title: "Read again", Aside: true, Do: l.readAgain})
	for _, motion := range screen.Moves(l.table) {
		how := motion.Do
		motion.Do = func(t *screen.Turn) { l.move(t, func() { how(t) }) }
		all = append(all, motion)
	}
	return all
}

func (l *List) typingActions() []screen.Action {
	return []screen.Action{
		{ID: FilterDone, Title: "Done", WhileTyping: true, Do: l.filterDone},
		{ID: FilterDrop, Title: "Clear", WhileTyping: true, Do: l.filterDrop},
		{ID: FilterUp, Title: "Up", WhileTyping: true, Motion: true, Do: func(t *screen.Turn) { l.move(t, l.table.Up) }},
		{ID: FilterDown, Title: "Down", WhileTyping: true, Motion: true, Do: func(t *screen.Turn) { l.move(t, l.table.Down) }},
	}
}

// filterDone closes the line. Where it has found nothing, the server is asked.
func (l *List) filterDone(t *screen.Turn) {
	l.filter.Blur()
	l.ask(t)
}

// filterDrop closes the line and forgets what was typed.
func (l *List) filterDrop(t *screen.Turn) {
	l.filter.Blur()
	l.filter.SetValue("")
	l.sift()
	l.dropLookup(t)
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
		{ID: Reconnect, Title: "Reconnect link", Sends: nango.OpSessionReconnect, Disabled: either(nobody, refused), Do: s.reconnect},
		{ID: Copy, Title: "Copy", Disabled: nobody, Do: func(t *screen.Turn) { l.copyMenu(t, s) }},
		{ID: Delete, Title: "Delete", Sends: nango.OpConnectionDelete, Disabled: either(nobody, refused), Do: func(t *screen.Turn) { s.propose(t, gone) }},
		{ID: AllOfCustomer, Title: "All of this customer", Aside: true, Disabled: either(nobody, s.nameless()), Do: s.allOfCustomer},
		{ID: AllOfIntegration, Title: "All of this integration", Aside: true, Disabled: nobody, Do: s.allOfIntegration},
		{ID: OpenIntegration, Title: "Open the integration", Aside: true, Disabled: nobody, Do: s.openIntegration},
		{ID: LinkFor, Title: "New connect link", Aside: true, Sends: nango.OpSessionCreate, Do: func(t *screen.Turn) { t.Open(l.linkRoute(s)) }},
	}
}

// linkRoute is the form for a link, with the integration of the row if there is one.
func (l *List) linkRoute(s subject) screen.Route {
	if s.ref.Integration == "" {
		return screen.To(linkRoute)
	}
	return screen.To(linkRoute).With(queryIntegration, s.ref.Integration)
}

// either is the first reason that there is.
func either(reasons ...string) string {
	for _, reason := range reasons {
		if reason != "" {
			return reason
		}
	}
	return ""
}

func (l *List) filterActions() []screen.Action {
	unsorted := ""
	if column, _ := l.table.Sorted(); column == "" {
		unsorted = "the list is not sorted: newest first, as Nango gives it"
	}
	unfiltered := ""
	if l.passes.empty() {
		unfiltered = "there is no filter"
	}
	brokenTitle := "Broken only"
	if l.passes.broken {
		brokenTitle = "Fine ones too"
	}
	return []screen.Action{
		{ID: Filter, Title: "Filter", Do: func(*screen.Turn) { l.filter.Focus() }},
		{ID: BrokenOnly, Title: brokenTitle, Do: func(*screen.Turn) { l.siftTo(sieve{l.passes.query, !l.passes.broken}) }},
		{ID: ClearFilter, Title: "Clear filter", Aside: true, Disabled: unfiltered, Do: l.clearFilter},
		{ID: Sort, Title: "Sort by the next column", Aside: true, Do: func(*screen.Turn) { l.table.SortNext() }},
		{ID: Reverse, Title: "Sort the other way round", Aside: true, Disabled: unsorted, Do: func(*screen.Turn) { l.table.SortReverse() }},
		{ID: Preview, Title: "Preview on or off", Aside: true, Do: func(*screen.Turn) { l.preview.off = !l.preview.off }},
		{ID: LiftBound, Title: "Read on behind the bound", Aside: !l.atBound(), Disabled: l.noBound(), Do: l.liftBound},
	}
}

func (l *List) clearFilter(t *screen.Turn) {
	l.passes.broken = false
	l.filterDrop(t)
}

func (l *List) noBound() string {
	if l.atBound() {
		return ""
	}
	return "reading has not stopped at " + ui.Count(nango.ConnectionsBound).String() + " connections"
}

func (l *List) markActions() []screen.Action {
	unmarked := ""
	if marked, _ := l.table.MarkedCount(); marked == 0 {
		unmarked = "nothing is marked"
	}
	return []screen.Action{
		{ID: Mark, Title: "Mark", Aside: true, Disabled: l.noRow(), Do: func(t *screen.Turn) {
			l.table.ToggleMark()
			l.move(t, l.table.Down)
		}},
		{ID: MarkAll, Title: "Mark all that are shown", Aside: true, Disabled: l.noRow(), Do: func(*screen.Turn) { l.table.MarkAll() }},
		{ID: ClearMarks, Title: "Clear the marks", Aside: true, Disabled: unmarked, Do: func(*screen.Turn) { l.table.ClearMarks() }},
	}
}

func (l *List) noRow() string {
	if l.table.Shown() == 0 {
		return "there is no connection under the cursor"
	}
	return ""
}
