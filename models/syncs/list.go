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
	// functions name the syncs that are read one by one.
	functions screen.Load[nango.FunctionPage]
	pieces    pieces
	list      *screen.List[row, nango.SyncName]
	// at is when what is shown was read, by this screen or by a look after an order.
	at    time.Time
	begin nango.SyncName // the sync that the cursor begins on
	tally tally
}

// newList is the list of a connection; the cursor begins on a sync where one is named.
func newList(ref nango.ConnectionRef, begin string) *List {
	table := table.New(func(r *row) nango.SyncName { return r.Name }, columns()...)
	return &List{ref: ref, begin: nameOf(begin), list: screen.NewList(table, "what is broken stands first", (*row).matches,
		fieldState, fieldSync)}
}

// nameOf reads a sync as Nango writes it.
func nameOf(text string) nango.SyncName {
	name, variant, _ := strings.Cut(text, "::")
	return nango.SyncName{Name: name, Variant: variant}
}

// Title names the connection.
func (l *List) Title() string { return "Syncs of " + l.ref.String() }

// Open reads the syncs.
func (l *List) Open(t *screen.Turn) { l.Refresh(t) }

// Refresh reads them again. It is about one connection, so it is cheap for the server.
func (l *List) Refresh(t *screen.Turn) {
	l.functions.Cancel(t)
	l.functions.Err = nil
	l.pieces.drop(t)
	l.load.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: l.ref, All: true}), l.arrived)
}

func (l *List) arrived(t *screen.Turn) {
	if !l.load.HasFailed() {
		l.take(l.load.Value, t.Now)
		l.load.Value = nil
	}
}

// take shows syncs as they were read.
func (l *List) take(all []nango.SyncStatus, at time.Time) {
	if at.Before(l.at) {
		return
	}
	l.at = at
	l.show(rowsOf(l.ref, all, at))
}

// merge shows some syncs as they were read in place of what was known of them.
func (l *List) merge(some []nango.SyncStatus, at time.Time) {
	rows := rowsOf(l.ref, some, at)
	for r := range l.list.Table.Each() {
		if !slices.ContainsFunc(some, func(one nango.SyncStatus) bool { return one.Name == r.Name }) {
			rows = append(rows, *r)
		}
	}
	slices.SortStableFunc(rows, troubleFirst)
	l.show(rows)
}

func (l *List) show(rows []row) {
	l.tally = tallyOf(rows)
	l.list.Table.SetRows(rows)
	if l.begin.Name != "" {
		l.list.Table.SetCursor(l.begin)
		l.begin = nango.SyncName{}
	}
}

// AutoRefresh says that the list is read again from time to time while it is on top.
func (l *List) AutoRefresh() bool { return true }

// LoadedAt is when what is shown was read.
func (l *List) LoadedAt() time.Time { return l.at }

// Concerns says whether a call changed how the connection's syncs stand.
func (l *List) Concerns(c nango.Call) bool { return changesSyncs(c, l.ref) }

// changesSyncs says whether a call changed how the syncs of a connection stand.
func changesSyncs(c nango.Call, ref nango.ConnectionRef) bool {
	switch c.Operation {
	case nango.OpSyncTrigger, nango.OpSyncStart, nango.OpSyncPause, nango.OpSyncFrequency, nango.OpVariantCreate, nango.OpVariantDelete,
		nango.OpFunctionDelete, nango.OpConnectionDelete, nango.OpConnectionUpsert:
		return c.About == ref || c.About.ID == "" && c.About.Integration == ref.Integration
	}
	return false
}

// Typing says that the filter takes the keys.
func (l *List) Typing() bool { return l.list.Typing() }

// Update takes what is typed into the filter, and the mouse.
func (l *List) Update(_ *screen.Turn, msg tea.Msg) { l.list.Update(msg) }
