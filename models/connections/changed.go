package connections

import (
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// maxChanged is how many changed connections are read one by one; beyond, the whole list is read again.
const maxChanged = 5

// Concerns says whether a call changed a row. It remembers which one: one connection is read again with one request, where the
// list may take dozens.
func (l *List) Concerns(c nango.Call) bool {
	switch c.Operation {
	case nango.OpConnectionUpdate, nango.OpConnectionDelete:
		if c.About.ID != "" && !slices.Contains(l.changed, c.About) {
			l.changed = append(l.changed, c.About)
		}
		return c.About.ID != ""
	case nango.OpConnectionUpsert, nango.OpIntegrationDelete:
		l.stale = true
		return true
	}
	return false
}

// Refresh reads again what a write has changed, or else the whole list.
func (l *List) Refresh(t *screen.Turn) {
	changed, stale := l.changed, l.stale
	l.changed, l.stale = nil, false
	if len(changed) == 0 || len(changed) > maxChanged || stale || t.Background {
		l.read(t)
		return
	}
	for _, ref := range changed {
		l.readOne(t, ref)
	}
}

// readAgain is what the user's key does: all of it.
func (l *List) readAgain(t *screen.Turn) {
	l.changed, l.stale = nil, false
	l.read(t)
}

// readOne reads a single row again.
func (l *List) readOne(t *screen.Turn, ref nango.ConnectionRef) {
	load := new(screen.Load[[]row])
	load.Fetch(t, nango.Map(readRow(ref), newRows), func(*screen.Turn) {
		if load.HasFailed() {
			l.rowErr = load.Err
			return
		}
		l.take(ref, load.Value)
	})
}

// readRow reads the row of a connection, which changes nothing, unlike reading it whole.
func readRow(ref nango.ConnectionRef) nango.Read[[]nango.Connection] {
	return nango.ListConnections(nango.ConnectionQuery{ID: ref.ID, Integrations: []string{ref.Integration}, Limit: nango.FirstPage})
}

// take shows a row that was read again, or drops it where it is gone.
func (l *List) take(ref nango.ConnectionRef, rows []row) {
	i := slices.IndexFunc(rows, func(r row) bool { return r.ref() == ref })
	if i < 0 {
		l.remove(ref)
		return
	}
	rows[i].found = l.found[ref]
	l.table.Update(rows[i])
	l.count()
}

// remove takes a row away that is gone.
func (l *List) remove(ref nango.ConnectionRef) {
	l.table.Remove(ref)
	delete(l.found, ref)
	l.count()
}
