package syncs

import (
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions is what can be done with the marked syncs or the one under the cursor, and with the list.
func (l *List) Actions() []screen.Action {
	if l.Typing() {
		return l.list.TypingActions()
	}
	none := ""
	at := l.list.Table.Cursor()
	unread := ""
	switch {
	case at == nil:
		none = "there is no sync under the cursor"
		unread = none
	case at.State == "":
		unread = "nothing is known of it: " + l.pieces.err.Error()
	}
	whole := l.spoilt()
	all := []screen.Action{
		{ID: OneByOne, Title: "Read one by one", HideInFooter: whole != "", Disabled: whole, ReadOperation: nango.OpSyncsList, Do: l.oneByOne},
		{ID: Open, Title: "Open", Disabled: unread, Do: func(t *screen.Turn) { t.Show(newDetail(l.ref, at.SyncView, l.looked)) }},
	}
	all = append(all, orders(l.target(), none)...)
	all = append(all, screen.Action{ID: AllOfThem, Title: "All of them", Operation: nango.OpSyncTrigger, Disabled: l.nothingRead(),
		Do: l.allOfThem})
	all = append(all, single(l.one(), none, func(*screen.Turn) {})...)
	all = append(all, l.list.Actions()...)
	all = append(all, screen.MarkActions(l.list.Table, none)...)
	all = append(all,
		screen.Action{ID: OpenConnection, Title: "Open the connection", HideInFooter: true,
			Do: func(t *screen.Turn) { t.Open(screen.To(connectionRoute, l.ref.Integration, l.ref.ID)) }},
		screen.Action{ID: OfIntegration, Title: "Syncs of the integration", HideInFooter: true,
			Do: func(t *screen.Turn) { t.Open(screen.To(Route, l.ref.Integration)) }},
		screen.RefreshAction(l))
	return append(all, screen.MoveActions(l.list.Table)...)
}

// orders are what can be asked of one sync or several.
func orders(g target, none string) []screen.Action {
	many := ""
	if len(g.syncs) > 1 {
		many = " " + ui.Count(len(g.syncs)).String()
	}
	return []screen.Action{
		{ID: Trigger, Title: "Run" + many, Operation: nango.OpSyncTrigger, Disabled: none, Do: g.trigger},
		{ID: Pause, Title: "Pause" + many, Operation: nango.OpSyncPause, Disabled: none, Do: g.pause},
		{ID: Start, Title: "Start" + many, Operation: nango.OpSyncStart, Disabled: none, Do: g.start},
	}
}

// single are what is about one sync alone, marks or not.
func single(g target, none string, deleted func(*screen.Turn)) []screen.Action {
	base := none
	if none == "" && g.syncs[0].Name.Variant == "" {
		base = "the variant base belongs to the sync: only others are deleted"
	}
	return []screen.Action{
		{ID: Frequency, Title: "Frequency", Operation: nango.OpSyncFrequency, Disabled: none, Do: g.setFrequency},
		{ID: Copy, Title: "Copy", HideInFooter: true, Disabled: none, Do: g.copyMenu},
		{ID: OpenFunction, Title: "Its function", HideInFooter: true, Disabled: none, Do: g.openFunction},
		{ID: NewVariant, Title: "New variant", HideInFooter: true, Operation: nango.OpVariantCreate, Disabled: none, Do: g.newVariant},
		{ID: DeleteVariant, Title: "Delete the variant", HideInFooter: true, Operation: nango.OpVariantDelete, Disabled: base,
			Do: func(t *screen.Turn) { g.deleteVariant(t, deleted) }},
	}
}

// openFunction goes to the function, which says what the sync does.
func (g target) openFunction(t *screen.Turn) {
	t.Open(screen.To(functionRoute, g.of.Integration, g.syncs[0].Name.Name).With("type", string(nango.SyncFunction)))
}

// one is the sync under the cursor, for what can be done to a single one.
func (l *List) one() target {
	g := target{of: l.ref, took: l.looked}
	if at := l.list.Table.Cursor(); at != nil {
		g.syncs = []screen.SyncView{at.SyncView}
	}
	return g
}

// target is the marked syncs, or the one under the cursor.
func (l *List) target() target {
	marked := l.list.Table.Marked()
	if len(marked) == 0 {
		return l.one()
	}
	g := target{of: l.ref, took: l.looked}
	for r := range l.list.Table.Each() {
		if slices.Contains(marked, r.Name) {
			g.syncs = append(g.syncs, r.SyncView)
		}
	}
	return g
}

// whole is every sync of the connection.
func (l *List) whole() target {
	g := target{of: l.ref, all: true, took: l.looked}
	for r := range l.list.Table.Each() {
		g.syncs = append(g.syncs, r.SyncView)
	}
	return g
}

// looked shows what a look after an order has found.
func (l *List) looked(t *screen.Turn, look nango.SyncSelection, all []nango.SyncStatus) {
	if look.All {
		l.take(all, t.Now)
		return
	}
	l.merge(all, t.Now)
}

// spoilt is why there is no use in reading the syncs one by one; empty where one of them may keep Nango from answering for
// the others.
func (l *List) spoilt() string {
	switch {
	case l.pieces.begun():
		return "they are read one by one already"
	case !isInternal(l.load.Err):
		return "they are read all at once"
	}
	return ""
}

// oneByOne finds out which syncs there may be, and reads each by itself.
func (l *List) oneByOne(t *screen.Turn) {
	query := nango.FunctionQuery{Integration: l.ref.Integration, Type: nango.SyncFunction, Limit: nango.MaxFunctionPage}
	l.functions.Fetch(t, nango.ListFunctions(query), func(t *screen.Turn) {
		if l.functions.HasFailed() && l.list.Table.Len() == 0 {
			return
		}
		var names []nango.SyncName
		for r := range l.list.Table.Each() {
			names = append(names, r.Name)
		}
		for _, one := range l.functions.Value.Functions {
			if name := (nango.SyncName{Name: one.Name}); one.Enabled && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		l.pieces.begin(t, l.ref, names, l.tookOne)
	})
}

// tookOne shows a sync as it was read by itself, and that there is one that could not be.
func (l *List) tookOne(t *screen.Turn, some []nango.SyncStatus) {
	for _, name := range l.pieces.unread {
		some = append(some, nango.SyncStatus{Name: name})
	}
	l.at = t.Now
	l.merge(some, t.Now)
}

func (l *List) nothingRead() string {
	if l.list.Table.Len() == 0 {
		return "there are no syncs"
	}
	return ""
}

func (l *List) allOfThem(t *screen.Turn) { l.whole().choose(t) }

// choose offers the orders that can be given to all.
func (g target) choose(t *screen.Turn) {
	t.Pick("All syncs of "+g.where(),
		screen.Option{Title: "Run all now", Detail: "each goes on where it ended", Do: g.run},
		screen.Option{Title: "Pause all", Detail: "none is run by its schedule", Do: g.pause},
		screen.Option{Title: "Start all", Detail: "also those that somebody paused on purpose", Do: g.start},
		screen.Option{Title: "All from the start", Detail: "forgets every checkpoint; records stay", Do: g.reset},
		screen.Option{Title: "All from the start, emptied", Detail: "and removes all records first", Do: g.empty},
	)
}

// copyMenu offers what names the sync.
func (g target) copyMenu(t *screen.Turn) {
	one := g.syncs[0]
	options := []screen.Option{
		{Title: "Sync", Detail: one.Name.String(), Do: func(t *screen.Turn) { t.CopyLine("sync", one.Name.String()) }},
		{Title: "Connection id", Detail: g.of.ID, Do: func(t *screen.Turn) { t.CopyLine("connection id", g.of.ID) }},
	}
	if one.ID != "" {
		options = append(options, screen.Option{Title: "Sync id", Detail: one.ID, Do: func(t *screen.Turn) { t.CopyLine("sync id", one.ID) }})
	}
	t.Pick("Copy", options...)
}
