package records

import (
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// textBound is how many bytes of records are loaded until the user asks for more.
const textBound = 64 << 20

// liftFactor multiplies the bound each time the user raises it, as in [nango.RecordPages.RaiseBound].
const liftFactor = 10

type loader struct {
	load        screen.Load[rowBatch]
	pages       nango.RecordPages
	boundRaises int // how often the user raised the bound
	began       time.Time
	// at is when loading of the shown records started.
	at     time.Time
	layout *layout
	// texts has the texts of the loaded records by id, and bytes is their total size.
	texts   map[string]string
	bytes   int
	changed int

	// again is true while records are reloaded. They are collected in incoming and replace the rows at the end.
	again         bool
	incoming      []row
	incomingIndex map[string]int // indexes in incoming
}

func (l *List) startLoading(t *screen.Turn) {
	l.pages = nango.NewRecordPages(l.query)
	for range l.boundRaises {
		l.pages.RaiseBound()
	}
	l.loader.began, l.again = t.Now, l.table.Len() > 0
	l.incoming, l.incomingIndex, l.changed = nil, map[string]int{}, 0
	if !l.again {
		l.texts, l.bytes = map[string]string{}, 0
	}
	l.loadNext(t)
}

func (l *List) loadNext(t *screen.Turn) {
	page, more := l.pages.Next()
	if !more || l.tooMuchText() {
		l.finishLoading(t)
		return
	}
	l.load.Fetch(t, nango.Map(page, newRowBatch(l.layout, l.maxText()-l.textSize())), l.addPage)
}

func (l *List) addPage(t *screen.Turn) {
	if l.load.HasFailed() {
		if e, ok := nango.AsError(l.load.Err); ok && e.Kind == nango.TooLarge && l.pages.Shrink() {
			l.loadNext(t)
		}
		return
	}
	b := l.load.Value
	l.load.Value = rowBatch{}
	l.setLayout(b.layout)
	l.pages.Add(b.page)
	if l.again {
		l.collect(b.rows)
	} else {
		l.at = l.loader.began
		l.add(b.rows)
	}
	l.loadNext(t)
}

// dropDuplicates keeps the last version of each record of a page.
func dropDuplicates(rows []row) []row {
	at := make(map[string]int, len(rows))
	unique := rows[:0]
	for _, r := range rows {
		if i, changed := at[r.id]; changed {
			unique[i] = r
			continue
		}
		at[r.id] = len(unique)
		unique = append(unique, r)
	}
	return unique
}

// add appends a page. A record that is already in the list has changed: its new version replaces it, at the end.
func (l *List) add(rows []row) {
	rows = dropDuplicates(rows)
	on, chosen := l.table.CursorKey()
	chosen = chosen && l.table.Position() > 0 // at the top, the cursor stays at the top
	var older []string
	for i := range rows {
		if old, changed := l.texts[rows[i].id]; changed {
			older = append(older, rows[i].id)
			l.bytes -= len(old)
		}
		l.texts[rows[i].id] = rows[i].raw
		l.bytes += len(rows[i].raw)
	}
	l.changed += len(older)
	if len(older) > 0 {
		l.table.Remove(older...)
	}
	l.table.Append(rows)
	if chosen && len(older) > 0 {
		l.table.SetCursor(on)
	}
}

// collect stores a reloaded page. It shares unchanged texts with the current rows.
func (l *List) collect(rows []row) {
	for _, r := range dropDuplicates(rows) {
		if old, ok := l.texts[r.id]; ok && old == r.raw {
			r.raw = old
		}
		if i, changed := l.incomingIndex[r.id]; changed {
			l.changed++
			l.incoming[i].id = ""
		}
		l.incomingIndex[r.id] = len(l.incoming)
		l.incoming = append(l.incoming, r)
	}
}

func (l *List) replaceRows() {
	rows := l.incoming[:0]
	l.texts, l.bytes = make(map[string]string, len(l.incoming)), 0
	for _, r := range l.incoming {
		if r.id == "" {
			continue // a newer version follows
		}
		rows = append(rows, r)
		l.texts[r.id] = r.raw
		l.bytes += len(r.raw)
	}
	l.at = l.loader.began
	l.table.SetRows(rows)
}

func (l *List) finishLoading(t *screen.Turn) {
	if l.again {
		l.replaceRows()
	}
	l.again, l.incoming, l.incomingIndex = false, nil, nil
	if l.expr.text != "" {
		l.apply(t) // to the new records, too
	}
}

// tooMuchText reports whether the size limit is reached before the count limit.
func (l *List) tooMuchText() bool { return !l.pages.Done() && l.textSize() >= l.maxText() }

// maxText is how many bytes of records are loaded until the user asks for more.
func (l *List) maxText() int {
	bound := textBound
	for range l.boundRaises {
		bound *= liftFactor
	}
	return bound
}

// textSize is how many bytes of records are loaded.
func (l *List) textSize() int {
	if !l.again {
		return l.bytes
	}
	size := 0
	for i := range l.incoming {
		size += len(l.incoming[i].raw)
	}
	return size
}

// atBound reports whether loading stopped at a limit.
func (l *List) atBound() bool {
	return !l.load.IsLoading() && !l.load.HasFailed() && !l.at.IsZero() && !l.pages.Done()
}

// loadMore continues after a limit, or retries a failed page.
func (l *List) loadMore(t *screen.Turn) {
	if !l.load.HasFailed() {
		l.boundRaises++
		l.pages.RaiseBound()
	}
	l.loadNext(t)
}
