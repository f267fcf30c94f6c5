package connections

import (
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// reading is how far the list has been read.
type reading struct {
	load  screen.Load[[]row]
	pages *nango.ConnectionPages
	lifts int // how often the user has moved the bound
	quiet bool
	began time.Time
	// at is when what is shown was begun to be read.
	at time.Time

	// again says that rows are there already. What is read again then comes into incoming and takes their place
	// when all of it is there, so that no row vanishes only because its page has not come yet.
	again    bool
	incoming []row
	// known are the texts of the rows that are shown: a row that did not change keeps its old one, so that a
	// list that is read again does not take twice its memory.
	known map[string]string
}

// read reads the list from its beginning.
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

// readNext asks for the next page. What began by itself goes on yielding to what the user asks for.
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
	rows := l.fresh(l.load.Value)
	l.load.Value = nil
	if l.again {
		l.keepTexts(rows)
		l.incoming = append(l.incoming, rows...)
	} else {
		l.at = l.reading.began
		l.add(rows)
	}
	l.readNext(t)
}

// fresh is the rows that did not come before: pages shift while connections are made.
func (l *List) fresh(rows []row) []row {
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
	return kept
}

func (l *List) keepTexts(rows []row) {
	for i := range rows {
		if same, ok := l.known[rows[i].text]; ok {
			rows[i].text = same
		}
	}
}

// add puts a page behind the rows that are there. Those that the server was asked for have been among them already.
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

// endReading shows what was read again, and looks elsewhere if the filter has nothing left to wait for.
func (l *List) endReading(t *screen.Turn) {
	if l.again {
		l.at = l.reading.began
		l.replace()
	}
	l.again, l.incoming, l.known = false, nil, nil
	l.askIfLost(t)
}

// replace takes the rows that were read again for the old ones. Behind the bound nothing was read, so what was found
// there by asking for it stays.
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

// count counts what is broken among the rows.
func (l *List) count() {
	l.broken = 0
	for r := range l.table.Each() {
		if r.state != nango.Healthy {
			l.broken++
		}
	}
}

// liftBound reads on where reading stopped by itself.
func (l *List) liftBound(t *screen.Turn) {
	l.lifts++
	l.pages.RaiseBound()
	l.quiet = false
	l.readNext(t)
}
