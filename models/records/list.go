package records

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// List is the list of a model's records.
type List struct {
	loader
	screen.Listing
	query     nango.RecordQuery
	table     *table.Table[row, string]
	filter    recordFilter
	lastQuery filter.Query // the filter that was last applied
	expr      expression
	queryForm *screen.Form // the form for a server query; nil while closed
	// values are the values of the expression; nil if it filters records.
	values *table.Table[value, int]
	// tableTop is the line where the table was last drawn.
	tableTop int
}

func newList(query nango.RecordQuery) *List {
	l := &List{query: query}
	l.texts = map[string]string{}
	l.Listing = screen.Listing{Filter: filter.NewInput(), ApplyFilter: l.applyFilter}
	l.setTable()
	return l
}

func (l *List) setTable() {
	l.table = table.New(func(r *row) string { return r.id }, columns(l.layout)...)
	l.Rows = l.table
}

// setLayout sets the columns when the first records with a payload are loaded. They don't change afterwards.
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
	l.Filter.SetFields(filterFields(found)...)
	l.refilter()
}

// Title has the model, a variant other than the base, and the connection.
func (l *List) Title() string { return titleOf(l.query) }

func titleOf(q nango.RecordQuery) string {
	if q.Variant == "" {
		return q.Model + textOf + q.Connection.String()
	}
	return q.Model + " · " + q.Variant + textOf + q.Connection.String()
}

// Refresh loads from the start. Old rows stay until it is done.
func (l *List) Refresh(t *screen.Turn) { l.startLoading(t) }

// LoadedAt is when the shown records were loaded.
func (l *List) LoadedAt() time.Time { return l.at }

// Concerns reports whether a call changed the records.
func (l *List) Concerns(c nango.Call) bool {
	return c.Operation == nango.OpRecordsPrune && c.About == l.query.Connection
}

func (l *List) RedrawInterval() time.Duration {
	return screen.RedrawIf(l.expr.task.IsRunning(), progressStep)
}

// Typing is true while the filter, the expression or the query is edited.
func (l *List) Typing() bool { return l.Listing.Typing() || l.expr.form != nil || l.queryForm != nil }

// Update passes keys to what is edited, and handles clicks.
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

// click selects a row, opens the selected row, or sorts by the clicked column.
func (l *List) click(t *screen.Turn, msg tea.MouseClickMsg) {
	y := msg.Y - l.tableTop
	switch {
	case l.queryForm != nil: // the list is not visible
	case y == 0:
		l.ClickHead(t, msg.X)
	case l.values != nil:
		clickRow(l.values, y, func() { l.openValue(t) })
	default:
		clickRow(l.table, y, func() { l.openRecord(t) })
	}
}

// clickRow selects a row; a second click opens it.
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

// applyFilter applies the filter. If it is stricter than before, it only checks the rows that are shown.
func (l *List) applyFilter() { l.filterRows(l.Filter.Query().Narrows(l.lastQuery)) }

func (l *List) refilter() { l.filterRows(false) }

func (l *List) filterRows(narrows bool) {
	l.lastQuery = l.Filter.Query()
	l.filter = newRecordFilter(l.lastQuery)
	l.table.Highlight(l.lastQuery.Words())
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

// rowPredicate combines filter and expression; nil if all rows match.
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

func (l *List) loadQuery(t *screen.Turn, query nango.RecordQuery) {
	l.load.Cancel(t)
	l.expr.task.Stop(t)
	l.query, l.boundRaises, l.at = query, 0, time.Time{}
	l.expr.reset()
	l.show(nil)
	l.table.SetRows(nil)
	l.refilter()
	l.startLoading(t)
}
