package connections

import (
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// maxChanged is how many changed connections are reloaded one by one. If more changed, the whole list is reloaded.
const maxChanged = 5

// Concerns reports whether a call changed a row, and remembers which: reloading one connection takes one request,
// while the list may take dozens.
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

// Refresh reloads the rows that writes have changed, or else the whole list.
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

// reload reloads everything. It is the user's refresh key.
func (l *List) reload(t *screen.Turn) {
	l.changed, l.stale = nil, false
	l.read(t)
}

// readOne reloads a single row.
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

// readRow reads a connection from the list. Unlike reading it with its credentials, this changes nothing.
func readRow(ref nango.ConnectionRef) nango.Read[[]nango.Connection] {
	return nango.ListConnections(nango.ConnectionQuery{ID: ref.ID, Integrations: []string{ref.Integration}, Limit: nango.FirstPage})
}

// submitTyped shows a reloaded row, or removes it if the connection is gone.
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

// remove removes the row of a connection that is gone.
func (l *List) remove(ref nango.ConnectionRef) {
	l.table.Remove(ref)
	delete(l.found, ref)
	l.count()
}
