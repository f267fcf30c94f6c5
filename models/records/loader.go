package records

import (
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// textBound is how many bytes of records are read before somebody asks for more: records can be far larger than 2 KB.
const textBound = 64 << 20

// liftFactor is how much farther each lifting of the bound goes, as [nango.RecordPages.Lift] has it.
const liftFactor = 10

// reading is how far the records have been read.
type loader struct {
	load  screen.Load[rowBatch]
	pages nango.RecordPages
	lifts int // how often the user has moved the bound
	began time.Time
	// at is when what is shown was begun to be read.
	at     time.Time
	layout *layout
	// known is the texts of the records that are there, by id; bytes is how long they are together.
	known map[string]string
	bytes int
	// twice is how many records have changed while they were read.
	twice int

	// again says that rows are there already. What is read again then gathers in incoming and takes their place when all
	// of it is there.
	again    bool
	incoming []row
	came     map[string]int // where in incoming a record stands
}

// read reads the records from the beginning.
func (l *List) startLoading(t *screen.Turn) {
	l.pages = nango.NewRecordPages(l.query)
	for range l.lifts {
		l.pages.RaiseBound()
	}
	l.loader.began, l.again = t.Now, l.table.Len() > 0
	l.incoming, l.came, l.twice = nil, map[string]int{}, 0
	if !l.again {
		l.known, l.bytes = map[string]string{}, 0
	}
	l.loadNext(t)
}

// readNext asks for the next page.
func (l *List) loadNext(t *screen.Turn) {
	page, more := l.pages.Next()
	if !more || l.tooMuchText() {
		l.finishLoading(t)
		return
	}
	l.load.Fetch(t, nango.Map(page, newRowBatch(l.layout)), l.addPage)
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

// newest leaves out the records of a page that come a second time on it: the later one is the newer.
func dropDuplicates(rows []row) []row {
	at := make(map[string]int, len(rows))
	unique := rows[:0]
	for _, r := range rows {
		if i, twice := at[r.id]; twice {
			unique[i] = r
			continue
		}
		at[r.id] = len(unique)
		unique = append(unique, r)
	}
	return unique
}

// add puts a page behind the rows that are there. A record that is there already has changed: the newer one takes its
// place, at the end, where what has changed last stands.
func (l *List) add(rows []row) {
	rows = dropDuplicates(rows)
	on, chosen := l.table.CursorKey()
	chosen = chosen && l.table.Position() > 0 // who stands at the top wants to stay there
	var older []string
	for i := range rows {
		if old, twice := l.known[rows[i].id]; twice {
			older = append(older, rows[i].id)
			l.bytes -= len(old)
		}
		l.known[rows[i].id] = rows[i].raw
		l.bytes += len(rows[i].raw)
	}
	l.twice += len(older)
	if len(older) > 0 {
		l.table.Remove(older...)
	}
	l.table.Append(rows)
	if chosen && len(older) > 0 {
		l.table.SetCursor(on)
	}
}

// gather keeps a page that was read again. A text that has not changed is kept once.
func (l *List) collect(rows []row) {
	for _, r := range dropDuplicates(rows) {
		if old, ok := l.known[r.id]; ok && old == r.raw {
			r.raw = old
		}
		if i, twice := l.came[r.id]; twice {
			l.twice++
			l.incoming[i].id = ""
		}
		l.came[r.id] = len(l.incoming)
		l.incoming = append(l.incoming, r)
	}
}

// replace takes the rows that were read again for the old ones.
func (l *List) replaceRows() {
	rows := l.incoming[:0]
	l.known, l.bytes = make(map[string]string, len(l.incoming)), 0
	for _, r := range l.incoming {
		if r.id == "" {
			continue // it came again, newer
		}
		rows = append(rows, r)
		l.known[r.id] = r.raw
		l.bytes += len(r.raw)
	}
	l.at = l.loader.began
	l.table.SetRows(rows)
}

func (l *List) finishLoading(t *screen.Turn) {
	if l.again {
		l.replaceRows()
	}
	l.again, l.incoming, l.came = false, nil, nil
	l.reapply(t)
}

// tooMuchText says that the records are so large that reading stops before their number does.
func (l *List) tooMuchText() bool {
	bound := textBound
	for range l.lifts {
		bound *= liftFactor
	}
	size := l.bytes
	if l.again {
		size = 0
		for i := range l.incoming {
			size += len(l.incoming[i].raw)
		}
	}
	return !l.pages.Done() && size >= bound
}

// atBound says that reading stopped by itself, with more to come.
func (l *List) atBound() bool {
	return !l.load.IsLoading() && !l.load.HasFailed() && !l.at.IsZero() && !l.pages.Done()
}

// readOn reads on where reading stopped: behind the bound, or at the page that failed.
func (l *List) loadMore(t *screen.Turn) {
	if !l.load.HasFailed() {
		l.lifts++
		l.pages.RaiseBound()
	}
	l.loadNext(t)
}
