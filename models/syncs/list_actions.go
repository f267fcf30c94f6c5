package syncs

import (
	"cmp"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions returns the actions on the marked syncs or the one under the cursor, and on the list.
func (l *List) Actions() []screen.Action {
	at := l.Table.Cursor()
	none := screen.DisabledIf(at == nil, textNoSync)
	unread := none
	switch {
	case at == nil || at.State != "":
	case l.serial.err != nil:
		unread = textSyncNotLoaded + ": " + l.serial.err.Error()
	default: // since then, the list was reloaded, without success so far
		unread = textSyncNotLoaded
	}
	oneByOne := l.oneByOneDisabled()
	before := slices.Concat([]screen.Action{
		{ID: LoadOneByOne, Title: textLoadOneByOne, ReadOperation: nango.OpSyncsList, HideInFooter: oneByOne != "", Disabled: oneByOne,
			Do: l.fetchOneByOne},
		{ID: Open, Title: "Open", Disabled: unread,
			Do: func(t *screen.Turn) { t.Show(&Detail{ref: l.ref, sync: at.SyncView, updateList: l.showPolled}) }},
	}, commandActions(l.target(), none), []screen.Action{
		{ID: RunOrPauseAll, Title: textRunOrPauseAll, Operation: nango.OpSyncTrigger, Do: func(t *screen.Turn) { l.targetAll().choose(t) },
			Disabled: screen.DisabledIf(l.Table.Len() == 0, textNoSyncs)},
	}, singleActions(l.targetCursor(), none, func(*screen.Turn) {}))
	return l.ActionsAround(before, append(screen.MarkActions(l.Table, none),
		openConnection(l.ref, ""),
		screen.Action{ID: OpenIntegrationSyncs, Title: textOpenIntegrationSyncs, HideInFooter: true,
			Do: screen.To(Route, l.ref.Integration).Open},
		screen.RefreshAction(l))...)
}

func commandActions(g target, none string) []screen.Action {
	many := ""
	if len(g.syncs) > 1 {
		many = " " + ui.Count(len(g.syncs)).String()
	}
	paused := g.pausedCount()
	allPaused := paused > 0 && paused == len(g.syncs)
	return []screen.Action{
		{ID: Trigger, Title: "Run" + many, Operation: nango.OpSyncTrigger, Disabled: none, Do: g.trigger},
		{ID: Pause, Title: "Pause" + many, Operation: nango.OpSyncPause, HideInFooter: allPaused,
			Disabled: cmp.Or(none, screen.DisabledIf(allPaused, textAlreadyPaused)), Do: g.pause},
		{ID: Start, Title: "Resume" + many, Operation: nango.OpSyncStart, HideInFooter: paused == 0 && none == "", Disabled: none, Do: g.resume},
	}
}

// pausedCount is how many of the syncs are known to be paused.
func (g target) pausedCount() (n int) {
	for i := range g.syncs {
		if g.syncs[i].State == nango.SyncStatePaused {
			n++
		}
	}
	return n
}

// singleActions are the actions on one sync, whatever is marked.
func singleActions(g target, none string, deleted func(*screen.Turn)) []screen.Action {
	base := none
	if none == "" && g.syncs[0].Name.Variant == "" {
		base = textBaseVariant
	}
	return []screen.Action{
		{ID: Frequency, Title: "Edit frequency", Operation: nango.OpSyncFrequency, Disabled: none, Do: g.setFrequency},
		{ID: Copy, Title: "Copy", HideInFooter: true, Disabled: none, Do: g.copyMenu},
		{ID: OpenFunction, Title: "Open function", HideInFooter: true, Disabled: none, Do: g.openFunction},
		{ID: Logs, Title: screen.TextLogs, HideInFooter: true, ReadOperation: nango.OpLogsList, Disabled: none, Do: g.openLogs},
		{ID: NewVariant, Title: "Create variant", HideInFooter: true, Operation: nango.OpVariantCreate, Disabled: none, Do: g.newVariant},
		{ID: DeleteVariant, Title: "Delete variant", HideInFooter: true, Operation: nango.OpVariantDelete, Disabled: base,
			Do: func(t *screen.Turn) { g.deleteVariant(t, deleted) }},
	}
}

func openConnection(ref nango.ConnectionRef, disabled string) screen.Action {
	return screen.Action{ID: OpenConnection, Title: "Open connection", HideInFooter: true, Disabled: disabled, Do: func(t *screen.Turn) {
		t.Open(screen.To(connectionRoute, ref.Integration, ref.ID))
	}}
}

func (g target) openFunction(t *screen.Turn) {
	t.Open(screen.To(functionRoute, g.connection.Integration, g.syncs[0].Name.Name).With("type", string(nango.SyncFunction)))
}

func (g target) openLogs(t *screen.Turn) {
	t.Open(screen.To("logs").With("integration", g.connection.Integration).With("connection", g.connection.ID).
		With("function", g.syncs[0].Name.Name))
}

func (l *List) targetCursor() target {
	key, _ := l.Table.CursorKey()
	return l.targetOf(func(r *row) bool { return r.Name == key })
}

// target returns the marked syncs, or the one under the cursor.
func (l *List) target() target {
	marked := l.Table.Marked()
	if len(marked) == 0 {
		return l.targetCursor()
	}
	return l.targetOf(func(r *row) bool { return slices.Contains(marked, r.Name) })
}

func (l *List) targetAll() target {
	g := l.targetOf(func(*row) bool { return true })
	g.all = true
	return g
}

func (l *List) targetOf(has func(*row) bool) target {
	g := target{connection: l.ref, onPoll: l.showPolled}
	for r := range l.Table.Each() {
		if has(r) {
			g.syncs = append(g.syncs, r.SyncView)
		}
	}
	return g
}

// showPolled shows what a poll after a command returned.
func (l *List) showPolled(t *screen.Turn, look nango.SyncSelection, all []nango.SyncStatus) {
	if look.All {
		l.replace(all, t.Now)
		return
	}
	l.merge(all, t.Now)
}

// oneByOneDisabled is why loading the syncs one by one is useless; empty if one sync may make Nango answer 500 for
// all.
func (l *List) oneByOneDisabled() string {
	return cmp.Or(screen.DisabledIf(l.serial.hasStarted(), textAlreadyOneByOne),
		screen.DisabledIf(!isInternal(l.load.Err), textNoNeedOneByOne))
}

// fetchOneByOne loads the names of the syncs, then each sync with a request of its own.
func (l *List) fetchOneByOne(t *screen.Turn) {
	l.functions.Fetch(t, listSyncFunctions(l.ref.Integration), func(t *screen.Turn) {
		if l.functions.HasFailed() && l.Table.Len() == 0 {
			return
		}
		var names []nango.SyncName
		for r := range l.Table.Each() {
			names = append(names, r.Name)
		}
		for _, one := range l.functions.Value.Functions {
			if name := (nango.SyncName{Name: one.Name}); one.Enabled && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		l.serial.start(t, l.ref, names, l.addLoaded)
	})
}

// addLoaded shows the syncs loaded so far, and those that couldn't be loaded.
func (l *List) addLoaded(t *screen.Turn, some []nango.SyncStatus) {
	for _, name := range l.serial.failed {
		some = append(some, nango.SyncStatus{Name: name})
	}
	l.at = t.Now
	l.merge(some, t.Now)
}

func (g target) choose(t *screen.Turn) {
	t.Pick("All syncs of "+g.where(),
		screen.Option{Title: "Run all now", Detail: textRunAllDetail, Do: g.run},
		screen.Option{Title: "Pause all", Detail: textPauseAllDetail, Do: g.pause},
		screen.Option{Title: "Resume all", Detail: textResumeAllDetail, Do: g.resume},
		screen.Option{Title: textResetAllTitle, Detail: textResetAllDetail, Do: g.reset},
		screen.Option{Title: textEmptyAllTitle, Detail: textEmptyDetail, Do: g.empty},
	)
}

func (g target) copyMenu(t *screen.Turn) {
	one := g.syncs[0]
	options := []screen.Option{
		{Title: "Sync", Detail: one.Name.String(), Do: func(t *screen.Turn) { t.CopyLine("sync", one.Name.String()) }},
		{Title: "Connection id", Detail: g.connection.ID, Do: func(t *screen.Turn) { t.CopyLine("connection id", g.connection.ID) }},
	}
	if one.ID != "" {
		options = append(options, screen.Option{Title: "Sync id", Detail: one.ID, Do: func(t *screen.Turn) { t.CopyLine("sync id", one.ID) }})
	}
	t.Pick("Copy", options...)
}
