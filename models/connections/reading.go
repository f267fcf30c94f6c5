package connections

import (
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// reading is the progress of loading the list.
type reading struct {
	load  screen.Load[[]row]
	pages *nango.ConnectionPages
	lifts int // how often the user raised the bound
	quiet bool
	began time.Time
	// at is when loading the data shown started.
	at time.Time

	// again means that rows are shown already. Reloaded rows are collected in incoming and replace them when all are
	// loaded, so that no row disappears because its page hasn't arrived.
	again    bool
	incoming []row
	// known are the texts of the rows shown. An unchanged row keeps its text, so that reloading doesn't double the
	// memory.
	known map[string]string
}

// read loads the list from the beginning.
func (l *List) read(t *screen.Turn) {
	l.pages = nango.NewConnectionPages(l.scope.query)
	for range l.lifts {
		l.pages.RaiseBound()
	}
	l.reading.began, l.reading.quiet = t.Now, t.Background
	l.again, l.incoming, l.known = l.table.Len() > 0, nil, nil
	if l.again {
		l.known = make(map[string]string, l.table.Len())
		for r := range l.table.Each() {
			l.known[r.text] = r.text
		}
	}
	l.readNext(t)
}

// readNext loads the next page. A reload by the program keeps yielding to the user's requests.
func (l *List) readNext(t *screen.Turn) {
	page, more := l.pages.Next()
	if !more {
		l.endReading(t)
		return
	}
	if l.quiet {
		t.Background = true
	}
	l.load.Fetch(t, nango.Map(page, newRows), l.arrived)
}

func (l *List) arrived(t *screen.Turn) {
	if l.load.HasFailed() {
		l.incoming, l.known = nil, nil
		return
	}
	rows := l.newRows(l.load.Value)
	l.load.Value = nil
	if l.again {
		for i := range rows {
			if same, ok := l.known[rows[i].text]; ok {
				rows[i].text = same
			}
		}
		l.incoming = append(l.incoming, rows...)
	} else {
		l.at = l.reading.began
		l.add(rows)
	}
	l.readNext(t)
}

// newRows returns the new rows: pages shift while connections are created.
func (l *List) newRows(rows []row) []row {
	names := make([]nango.Connection, len(rows))
	for i := range rows {
		names[i].Integration, names[i].ID = rows[i].integration(), rows[i].id()
	}
	kept, i := rows[:0], 0
	for _, name := range l.pages.Add(names) {
		for rows[i].ref() != name.Ref() {
			i++
		}
		kept = append(kept, rows[i])
		i++
	}
	clear(rows[len(kept):])
	return kept
}

// add appends a page. Rows found on the server earlier are already there.
func (l *List) add(rows []row) {
	if len(l.found) > 0 {
		rest := rows[:0]
		for _, r := range rows {
			if !l.found[r.ref()] {
				rest = append(rest, r)
				continue
			}
			delete(l.found, r.ref())
			l.table.Update(r)
		}
		rows = rest
	}
	l.table.Append(rows)
	l.count()
}

// endReading shows the reloaded rows, and searches the server if the filter has no matches.
func (l *List) endReading(t *screen.Turn) {
	if l.again {
		l.at = l.reading.began
		l.replace()
	}
	l.again, l.incoming, l.known = false, nil, nil
	if !l.Typing() {
		l.search(t)
	}
}

// replace replaces the rows by the reloaded ones. Rows found on the server beyond the bound are kept.
func (l *List) replace() {
	rows := l.incoming
	was := l.found
	l.found = map[nango.ConnectionRef]bool{}
	if l.pages.AtBound() && len(was) > 0 {
		for i := range rows {
			delete(was, rows[i].ref())
		}
		for r := range l.table.Each() {
			if was[r.ref()] {
				rows = append(rows, *r)
				l.found[r.ref()] = true
			}
		}
	}
	l.table.SetRows(rows)
	l.count()
}

// count counts the broken rows.
func (l *List) count() {
	l.broken = 0
	for r := range l.table.Each() {
		if r.state != nango.Healthy {
			l.broken++
		}
	}
}

// raiseBound loads more after the bound was reached.
func (l *List) raiseBound(t *screen.Turn) {
	l.lifts++
	l.pages.RaiseBound()
	l.quiet = false
	l.readNext(t)
}

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
