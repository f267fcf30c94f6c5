package connections

import (
	"context"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// reading is the progress of loading the list.
type reading struct {
	load *screen.Load[[]row] // of the page that is added next
	// ahead reads the page after it at the same time; aheadPage is its number, or 0 if it doesn't.
	ahead     *screen.Load[[]row]
	aheadPage int

	pages *nango.ConnectionPages
	lifts int // how often the user raised the bound
	quiet bool
	began time.Time
	// at is when loading the data shown started.
	at time.Time
	// since is the version of the store when loading started, and seen the one up to which the list shows what others learned.
	since, seen int
	// kept is what the list has kept last, or was opened with.
	kept *keptRows

	// again means that rows are shown already. Reloaded rows are collected in incoming and replace them when all are
	// loaded, so that no row disappears because its page hasn't arrived.
	again    bool
	incoming []row
	// known are the texts of the rows shown. An unchanged row keeps its text, so that reloading doesn't double the
	// memory.
	known map[string]string
	// arranging sorts many reloaded rows.
	arranging screen.Task[func() bool]
}

// read loads the list from the beginning.
func (l *List) read(t *screen.Turn) {
	l.pages = nango.NewConnectionPages(l.scope.query)
	for range l.lifts {
		l.pages.RaiseBound()
	}
	l.dropAhead(t)
	l.arranging.Stop(t)
	l.reading.began, l.reading.quiet, l.since, l.rowErr = t.Now, t.Background, t.Store.Version(), nil
	l.again, l.incoming, l.known = l.table.Len() > 0, nil, nil
	if l.again {
		l.known = make(map[string]string, l.table.Len())
		for r := range l.table.Each() {
			l.known[r.text] = r.text
		}
	}
	l.readNext(t)
}

// readNext loads the next page, and at the same time the one after it. A reload by the program keeps yielding to the user's
// requests: it loads one after another.
func (l *List) readNext(t *screen.Turn) {
	query, more := l.pages.NextQuery()
	switch {
	case !more:
		l.dropAhead(t)
		l.endReading(t)
		return
	case l.aheadPage > 0:
		l.load, l.ahead = l.ahead, l.load
	default:
		l.fetch(t, l.load, query)
	}
	l.readAhead(t)
	if !l.load.IsLoading() {
		l.arrived(t)
	}
}

func (l *List) fetch(t *screen.Turn, load *screen.Load[[]row], query nango.ConnectionQuery) {
	if l.quiet {
		t.Background = true
	}
	load.Fetch(t, readRows(query), func(t *screen.Turn) {
		if load == l.load {
			l.arrived(t)
		}
	})
}

// readAhead loads the page after the next one, if it may exist.
func (l *List) readAhead(t *screen.Turn) {
	query, more := l.pages.QueryAhead()
	if l.aheadPage = 0; !more || l.quiet || l.again && query.Page*nango.MaxPage >= l.table.Len() {
		return
	}
	l.aheadPage = query.Page
	l.fetch(t, l.ahead, query)
}

func (l *List) dropAhead(t *screen.Turn) {
	l.ahead.Cancel(t)
	l.aheadPage, l.ahead.Value = 0, nil
}

// arrived adds a page.
func (l *List) arrived(t *screen.Turn) {
	if l.load.HasFailed() {
		l.dropAhead(t)
		l.incoming, l.known = nil, nil
		return
	}
	rows := nango.AddRows(l.pages, l.load.Value, (*row).ref)
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

// endReading shows the reloaded rows.
func (l *List) endReading(t *screen.Turn) {
	again, rows := l.again, l.incoming
	l.again, l.incoming, l.known = false, nil, nil
	if again {
		l.replace(t, l.withFound(rows))
	} else {
		l.endShowing(t)
	}
}

// replace replaces the rows by the reloaded ones. Many rows are sorted on another goroutine.
func (l *List) replace(t *screen.Turn, rows []row) {
	began, kept := l.reading.began, l.kept
	shown := func(t *screen.Turn) {
		l.at = began
		l.count()
		l.endShowing(t)
	}
	work := l.table.BeginRows(rows)
	if work == nil {
		shown(t)
		return
	}
	l.arranging.Start(t, func(context.Context, screen.Tools) (func() bool, error) { return work(), nil }, func(t *screen.Turn) {
		show := l.arranging.Value
		l.arranging.Value = nil
		switch {
		case l.kept != kept: // those of another list, which are newer, are shown
		case show():
			shown(t)
		default: // the order was changed meanwhile
			l.replace(t, rows)
		}
	})
}

// endShowing keeps the rows for others, and searches the server if the filter has no matches.
func (l *List) endShowing(t *screen.Turn) {
	l.seen = l.since // what was learned since may be newer than the pages
	l.learnPaused(t.Store)
	l.catchUp(t)
	l.keep(t)
	if !l.Typing() {
		l.search(t)
	}
}

// withFound adds to the reloaded rows those that were found on the server beyond the bound.
func (l *List) withFound(rows []row) []row {
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
	return rows
}

// count counts the broken rows, notes when they failed, and looks whether any has an organization.
func (l *List) count() {
	l.failures, l.hasOrg = failures{}, false
	for r := range l.table.Each() {
		if r.state != nango.Healthy {
			l.failures.add(r)
		}
		l.hasOrg = l.hasOrg || r.org
	}
	l.countBroken()
	l.ShowColumns()
}

// countBroken counts the broken rows among those that are shown.
func (l *List) countBroken() {
	l.broken = 0
	for r := range l.table.EachShown() {
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

// Concerns reports whether a call changed a row. Which one is in the store: reloading one connection takes one request, while the
// list may take dozens.
func (l *List) Concerns(c nango.Call) bool {
	switch c.Operation {
	case nango.OpConnectionUpdate, nango.OpConnectionDelete:
		return c.About.ID != ""
	case nango.OpConnectionUpsert, nango.OpIntegrationDelete, nango.OpIntegrationUpdate:
		return true
	}
	return false
}

// Refresh reloads the rows that writes have changed, or else the whole list.
func (l *List) Refresh(t *screen.Turn) {
	changed := t.Store.WrittenSince(l.since)
	if len(changed) == 0 || len(changed) > maxChanged || t.Store.IsOutdated(l.since, l.seen) || t.Background {
		l.read(t)
		return
	}
	for _, ref := range changed {
		l.readOne(t, ref)
	}
}

func (l *List) readOne(t *screen.Turn, ref nango.ConnectionRef) {
	load := new(screen.Load[[]nango.Connection])
	load.Fetch(t, readRow(ref), func(t *screen.Turn) {
		if l.rowErr = load.Err; l.rowErr == nil {
			if match(load.Value, ref) == nil {
				t.Store.LearnGone(t.Now, ref)
			}
			l.catchUp(t)
		}
	})
}

// readRow reads a connection from the list. Unlike reading it with its credentials, this changes nothing.
func readRow(ref nango.ConnectionRef) nango.Read[[]nango.Connection] {
	return nango.ListConnections(queryOf(ref))
}

func queryOf(ref nango.ConnectionRef) nango.ConnectionQuery {
	return nango.ConnectionQuery{ID: ref.ID, Integrations: []string{ref.Integration}, Limit: nango.FirstPage}
}

// remove removes the row of a connection that is gone.
func (l *List) remove(ref nango.ConnectionRef) {
	l.table.Remove(ref)
	delete(l.found, ref)
}
