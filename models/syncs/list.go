package syncs

import (
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// List is the syncs of one connection.
type List struct {
	*screen.List[row, nango.SyncName]
	ref  nango.ConnectionRef
	load screen.Load[[]nango.SyncStatus]
	// functions names the syncs to load one by one.
	functions screen.Load[nango.FunctionPage]
	serial    serialLoad
	// at is when the data shown was loaded, by this screen or by a poll after a command.
	at     time.Time
	start  nango.SyncName // the sync that the cursor starts on
	counts counts
}

// newList creates the list of a connection. The cursor starts on the sync start, if it isn't empty.
func newList(ref nango.ConnectionRef, begin string) *List {
	key := func(r *row) nango.SyncName { return r.Name }
	list := screen.NewList("Syncs of "+ref.String(), key, columns(), language())
	list.Name = "syncs"
	name, variant, _ := strings.Cut(begin, "::")
	return &List{List: list, ref: ref, start: nango.SyncName{Name: name, Variant: variant}}
}

// Open shows what other screens have read lately, and otherwise loads the syncs.
func (l *List) Open(t *screen.Turn) {
	if known, ok := t.Store.SyncsOf(l.ref); ok && t.IsFresh(known.At) {
		l.replace(known.All, known.At)
		return
	}
	l.Refresh(t)
}

// Notify shows what others have learned.
func (l *List) Notify(t *screen.Turn) {
	if known, ok := t.Store.SyncsOf(l.ref); ok && known.At.After(l.at) {
		l.replace(known.All, known.At)
	}
}

// Refresh loads the syncs. For a single connection this is cheap for the server.
func (l *List) Refresh(t *screen.Turn) {
	l.functions.Cancel(t)
	l.functions.Err = nil
	l.serial.reset(t)
	l.load.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: l.ref, All: true}), l.showLoaded)
}

func (l *List) showLoaded(t *screen.Turn) {
	if !l.load.HasFailed() {
		t.Store.LearnSyncs(t.Now, l.ref, l.load.Value, true)
		l.replace(l.load.Value, t.Now)
		l.load.Value = nil
	}
}

func (l *List) replace(all []nango.SyncStatus, at time.Time) {
	if at.Before(l.at) {
		return
	}
	l.at = at
	l.show(rowsOf(l.ref, all, at))
}

func (l *List) merge(some []nango.SyncStatus, at time.Time) {
	rows := rowsOf(l.ref, some, at)
	for r := range l.Table.Each() {
		if !slices.ContainsFunc(some, func(one nango.SyncStatus) bool { return one.Name == r.Name }) {
			rows = append(rows, *r)
		}
	}
	slices.SortStableFunc(rows, brokenFirst)
	l.show(rows)
}

func (l *List) show(rows []row) {
	l.counts = counts{}
	for i := range rows {
		l.counts.add(&rows[i].SyncView)
	}
	l.Table.SetRows(rows)
	if l.start.Name != "" {
		l.Table.SetCursor(l.start)
		l.start = nango.SyncName{}
	}
}

// AutoRefresh reports that the list reloads by itself while it is on top.
func (l *List) AutoRefresh() bool { return true }

// LoadedAt is when the data shown was loaded.
func (l *List) LoadedAt() time.Time { return l.at }

// Concerns reports whether a call changed the connection's syncs.
func (l *List) Concerns(c nango.Call) bool { return changesSyncs(c, l.ref) }

func changesSyncs(c nango.Call, ref nango.ConnectionRef) bool {
	switch c.Operation {
	case nango.OpSyncTrigger, nango.OpSyncStart, nango.OpSyncPause, nango.OpSyncFrequency, nango.OpVariantCreate, nango.OpVariantDelete,
		nango.OpFunctionDelete, nango.OpConnectionDelete, nango.OpConnectionUpsert:
		return c.About == ref || c.About.ID == "" && c.About.Integration == ref.Integration
	}
	return false
}
