package syncs

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/table"
)

// List is the syncs of one connection.
type List struct {
	ref  nango.ConnectionRef
	load screen.Load[[]nango.SyncStatus]
	// functions names the syncs to load one by one.
	functions screen.Load[nango.FunctionPage]
	serial    serialLoad
	list      *screen.List[row, nango.SyncName]
	// at is when the data shown was loaded, by this screen or by a poll after a command.
	at     time.Time
	start  nango.SyncName // resume is the sync that the cursor starts on.
	counts counts
}

// newList creates the list of a connection. The cursor starts on the sync start, if it isn't empty.
func newList(ref nango.ConnectionRef, begin string) *List {
	table := table.New(func(r *row) nango.SyncName { return r.Name }, columns()...)
	return &List{ref: ref, start: parseName(begin), list: screen.NewList(table, (*row).matches, fieldState, fieldSync)}
}

// parseName parses a sync as Nango writes it.
func parseName(text string) nango.SyncName {
	name, variant, _ := strings.Cut(text, "::")
	return nango.SyncName{Name: name, Variant: variant}
}

// Title names the connection.
func (l *List) Title() string { return "Syncs of " + l.ref.String() }

// Open loads the syncs.
func (l *List) Open(t *screen.Turn) { l.Refresh(t) }

// Refresh reloads them. For a single connection this is cheap for the server.
func (l *List) Refresh(t *screen.Turn) {
	l.functions.Cancel(t)
	l.functions.Err = nil
	l.serial.reset(t)
	l.load.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: l.ref, All: true}), l.showLoaded)
}

func (l *List) showLoaded(t *screen.Turn) {
	if !l.load.HasFailed() {
		l.replace(l.load.Value, t.Now)
		l.load.Value = nil
	}
}

// replace shows the syncs of a response.
func (l *List) replace(all []nango.SyncStatus, at time.Time) {
	if at.Before(l.at) {
		return
	}
	l.at = at
	l.show(rowsOf(l.ref, all, at))
}

// merge updates some of the syncs.
func (l *List) merge(some []nango.SyncStatus, at time.Time) {
	rows := rowsOf(l.ref, some, at)
	for r := range l.list.Table.Each() {
		if !slices.ContainsFunc(some, func(one nango.SyncStatus) bool { return one.Name == r.Name }) {
			rows = append(rows, *r)
		}
	}
	slices.SortStableFunc(rows, brokenFirst)
	l.show(rows)
}

func (l *List) show(rows []row) {
	l.counts = countsOf(rows)
	l.list.Table.SetRows(rows)
	if l.start.Name != "" {
		l.list.Table.SetCursor(l.start)
		l.start = nango.SyncName{}
	}
}

// AutoRefresh reports that the list reloads by itself while it is on top.
func (l *List) AutoRefresh() bool { return true }

// LoadedAt is when the data shown was loaded.
func (l *List) LoadedAt() time.Time { return l.at }

// Concerns reports whether a call changed the connection's syncs.
func (l *List) Concerns(c nango.Call) bool { return changesSyncs(c, l.ref) }

// changesSyncs reports whether a call changed the syncs of a connection.
func changesSyncs(c nango.Call, ref nango.ConnectionRef) bool {
	switch c.Operation {
	case nango.OpSyncTrigger, nango.OpSyncStart, nango.OpSyncPause, nango.OpSyncFrequency, nango.OpVariantCreate, nango.OpVariantDelete,
		nango.OpFunctionDelete, nango.OpConnectionDelete, nango.OpConnectionUpsert:
		return c.About == ref || c.About.ID == "" && c.About.Integration == ref.Integration
	}
	return false
}

// Typing reports whether the filter takes the keys.
func (l *List) Typing() bool { return l.list.Typing() }

// Update handles typing in the filter, and the mouse.
func (l *List) Update(_ *screen.Turn, msg tea.Msg) { l.list.Update(msg) }
