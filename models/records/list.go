package records

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// List is the records of a model.
type List struct {
	loader
	screen.Listing
	query     nango.RecordQuery
	table     *table.Table[row, string]
	filter    recordFilter
	lastQuery filter.Query // what the table was narrowed by
	expr      expression
	queryForm *formPage // what to ask the server for; nil while nobody fills it in
	// values is what the expression gave, where that is no choice among the records; nil otherwise.
	values *table.Table[value, int]
	// tableTop is the line at which the table was drawn last.
	tableTop int
}

func newList(query nango.RecordQuery) *List {
	l := &List{query: query}
	l.known = map[string]string{}
	l.Listing = screen.Listing{Filter: filter.NewInput(), ApplyFilter: l.applyFilter, DefaultOrder: "what has changed last stands last, as Nango has them"}
	l.setTable()
	return l
}

// setTable makes the table anew, with the columns that are known.
func (l *List) setTable() {
	l.table = table.New(func(r *row) string { return r.id }, columns(l.layout)...)
	l.Rows = l.table
}

// takeLayout puts the columns in place when the first records with a payload have come. Afterwards they stand still.
func (l *List) setLayout(found *layout) {
	if l.layout != nil || found == nil {
		return
	}
	l.layout = found
	var rows []row
	for r := range l.table.Each() {
		rows = append(rows, *r)
	}
	l.setTable()
	l.table.SetRows(rows)
	l.refilter()
}

// Title names the model, the variant where it is another than the base, and whose records they are.
func (l *List) Title() string { return titleOf(l.query) }

func titleOf(q nango.RecordQuery) string {
	if q.Variant == "" {
		return q.Model + " of " + q.Connection.String()
	}
	return q.Model + " · " + q.Variant + " of " + q.Connection.String()
}

// Open begins to read.
func (l *List) Open(t *screen.Turn) { l.startLoading(t) }

// Refresh reads from the beginning; the rows stay until all is there again.
func (l *List) Refresh(t *screen.Turn) { l.startLoading(t) }

// LoadedAt is when what is shown was read.
func (l *List) LoadedAt() time.Time { return l.at }

// Concerns says whether the call changed the records.
func (l *List) Concerns(c nango.Call) bool {
	return c.Operation == nango.OpRecordsPrune && c.About == l.query.Connection
}

// RedrawInterval draws again while an expression is at work.
func (l *List) RedrawInterval() time.Duration {
	if l.expr.task.IsRunning() {
		return progressStep
	}
	return 0
}

// Typing says that keys are text, of the filter or of the expression.
func (l *List) Typing() bool { return l.Listing.Typing() || l.expr.form != nil || l.queryForm != nil }

// Update takes what is typed, and the mouse.
func (l *List) Update(t *screen.Turn, msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		l.click(t, msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		switch {
		case l.queryForm != nil:
			l.queryForm.Update(t, msg)
		case l.expr.form != nil:
			l.expr.form.Update(msg)
		default:
			l.Type(msg)
		}
	}
}

// click puts the cursor on a row, opens the one under the cursor, or sorts by the column whose head was clicked.
func (l *List) click(t *screen.Turn, msg tea.MouseClickMsg) {
	y := msg.Y - l.tableTop
	switch {
	case l.queryForm != nil: // nothing of the list is on the screen
	case y == 0:
		l.ClickHead(msg.X)
	case l.values != nil:
		clickRow(l.values, y, func() { l.openValue(t) })
	default:
		clickRow(l.table, y, func() { l.openRecord(t) })
	}
}

// clickRow puts the cursor on the row of a line; a second click opens it.
func clickRow[R any, K comparable](table *table.Table[R, K], y int, open func()) {
	clicked, ok := table.RowAt(y)
	if !ok {
		return
	}
	if on, _ := table.CursorKey(); on == clicked {
		open()
		return
	}
	table.SetCursor(clicked)
}

// narrow shows what passes the filter as it is typed now. Where it only leaves out more than before, only what is shown
// is looked at.
func (l *List) applyFilter() {
	query := l.Filter.Query()
	narrows := query.Narrows(l.lastQuery)
	l.filter, l.lastQuery = newRecordFilter(query, l.layout), query
	if l.values != nil {
		l.values.Filter(l.valuePredicate())
		return
	}
	if keep := l.rowPredicate(); keep != nil && narrows {
		l.table.Narrow(keep)
	} else {
		l.table.Filter(keep)
	}
}

// sift looks at all rows again.
func (l *List) refilter() {
	l.filter, l.lastQuery = newRecordFilter(l.Filter.Query(), l.layout), l.Filter.Query()
	l.table.Filter(l.rowPredicate())
	if l.values != nil {
		l.values.Filter(l.valuePredicate())
	}
}

// keep is the test that a record has to pass; nil where all do.
func (l *List) rowPredicate() func(*row) bool {
	s, chosen := l.filter, l.expr.result.matches
	switch {
	case s.isEmpty() && chosen == nil:
		return nil
	case chosen == nil:
		return s.matches
	}
	return func(r *row) bool { return chosen[r.id] && s.matches(r) }
}

func (l *List) valuePredicate() func(*value) bool {
	s := l.filter
	if s.isEmpty() {
		return nil
	}
	return func(v *value) bool { return s.matchesText(v.text) }
}

// askFor reads other records of the model.
func (l *List) loadQuery(t *screen.Turn, query nango.RecordQuery) {
	l.load.Cancel(t)
	l.expr.task.Stop(t)
	l.query, l.lifts, l.at = query, 0, time.Time{}
	l.expr.reset()
	l.show(nil)
	l.table.SetRows(nil)
	l.refilter()
	l.startLoading(t)
}
