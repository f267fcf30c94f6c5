package logs

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// Bounds of the list.
const (
	// firstPage operations are loaded when it is opened, and nango.MaxLogPage with each further page.
	firstPage = 500
	// maxOperations are kept. A shorter period has the older ones.
	maxOperations = 10_000
	// maxEmptyPages without an operation are read one after the other: a page can be empty without being the last.
	maxEmptyPages = 10
	// nearEnd is how close to the last row the cursor loads the next page.
	nearEnd = 10
	// followEvery is the pause between two looks for new operations, and followBack how many of the newest rows may still change.
	followEvery = 10 * time.Second
	followBack  = 100
)

// List is the list of operations.
type List struct {
	*screen.List[row, string]
	// scope is the route's, with the period that the user chose; asked is what the rows were asked for.
	scope, asked scope
	noun         string    // what the rows are
	from, to     time.Time // the bounds of the period when the rows were loaded
	load, newer  screen.Load[nango.LogPage]
	readAt       time.Time
	cursor       string // of the next page
	total        int    // of all pages
	emptyPages   int
	failed       int // of the rows
	// paused means that the user doesn't want to follow; byItself that the profile's lists may be read by themselves.
	paused, byItself bool
	// periodChanged means that a form or the chart has set another period.
	periodChanged bool
	chart         chart
	chartTop      int // line of the last view; -1 if it was not drawn
}

// NewList creates the list for a route.
func NewList(r screen.Route) (*List, error) {
	asked, err := listScope(r)
	if err != nil {
		return nil, err
	}
	return newList(r, asked, columns(), language()), nil
}

func newList(r screen.Route, asked scope, columns []table.Column[row], language filter.Language[row]) *List {
	l := &List{scope: asked, noun: nounOperation, chartTop: -1}
	l.List = screen.NewList(textLogs, func(r *row) string { return r.ID }, columns, language)
	l.Name, l.ViewName = r.Name, r.Query.Get(queryView)
	l.SetFilter(r.Query.Get(queryWords))
	return l
}

// Title names the list and what it is about.
func (l *List) Title() string {
	if words := l.scope.words(); words != "" {
		return fmt.Sprintf(textLogsOf, words)
	}
	return textLogs
}

// Refresh reads the list again, or only what is new if the program does so by itself.
func (l *List) Refresh(t *screen.Turn) {
	_, l.byItself = t.Profile.ReloadInterval()
	if t.Background && l.load.IsLoaded() && !l.scope.period.isFixed() {
		l.readNewer(t)
		return
	}
	l.read(t)
}

// AutoRefresh reports that the list is read again by itself.
func (l *List) AutoRefresh() bool { return true }

// LoadedAt is when the list was last read.
func (l *List) LoadedAt() time.Time { return l.readAt }

// FollowInterval is how often new operations are looked for: while the cursor is on the first row, where they appear.
func (l *List) FollowInterval() time.Duration {
	if l.whyNotFollowing() != "" {
		return 0
	}
	return followEvery
}

// whyNotFollowing is why no new operations are looked for; empty if they are.
func (l *List) whyNotFollowing() string {
	switch {
	case l.scope.period.isFixed():
		return whyFixed
	case !l.byItself:
		return whyReloadOff
	case l.paused:
		return whyPaused
	case l.Table.Position() > 0, l.Typing(), l.chart.picking:
		return whyReading
	}
	return ""
}

// Notify reads a period that a form has set, and loads the next page when the cursor comes to the end.
func (l *List) Notify(t *screen.Turn) {
	if l.periodChanged {
		l.periodChanged = false
		l.read(t)
	}
	shown := l.Table.Shown()
	if l.Table.Position() > 0 && l.Table.Position() >= shown-nearEnd && !l.load.IsLoading() && !l.load.HasFailed() && l.whyNoMore() == "" {
		l.more(t)
	}
}

func (l *List) read(t *screen.Turn) {
	l.newer.Cancel(t)
	l.asked, l.emptyPages = l.scope.narrowed(l.Filter.Query()), 0
	l.from, l.to = l.scope.period.bounds(t.Now)
	began := t.Now
	l.load.Fetch(t, nango.ListLogOperations(l.asked.query(t.Now)), func(t *screen.Turn) {
		if l.load.HasFailed() {
			return
		}
		l.readAt = began
		l.add(t, nil)
	})
}

// more loads the next page.
func (l *List) more(t *screen.Turn) {
	q := l.asked.query(l.to)
	q.From, q.Cursor, q.Limit = l.from, l.cursor, nango.MaxLogPage
	l.load.Fetch(t, nango.ListLogOperations(q), func(t *screen.Turn) {
		if !l.load.HasFailed() {
			l.add(t, l.rows())
		}
	})
}

// rows are copies of the loaded rows.
func (l *List) rows() []row {
	rows := make([]row, 0, l.Table.Len())
	for r := range l.Table.Each() {
		rows = append(rows, *r)
	}
	return rows
}

// add shows the page that was loaded behind the rows before it. The cursor stays on its operation.
func (l *List) add(t *screen.Turn, rows []row) {
	page := l.load.Value
	l.load.Value = nango.LogPage{}
	known := map[string]bool{}
	for _, r := range rows {
		known[r.ID] = true
	}
	for _, r := range rowsOf(page, t.Store.Name) {
		if !known[r.ID] && len(rows) < maxOperations {
			rows = append(rows, r)
		}
	}
	l.cursor, l.total = page.Cursor, max(page.Total, len(rows))
	l.Table.SetRows(rows)
	l.count()
	if l.emptyPages++; len(page.Operations) > 0 {
		l.emptyPages = 0
	} else if page.Cursor != "" && l.emptyPages < maxEmptyPages {
		l.more(t)
	}
}

// readNewer reads what is new since the newest rows, and those of them that may have ended.
func (l *List) readNewer(t *screen.Turn) {
	q := l.asked.query(t.Now)
	q.Limit = nango.MaxLogPage
	n := 0
	for r := range l.Table.Each() {
		if n++; n == 1 || n <= followBack && isOpen(r.LogOperation) {
			q.From = r.Created
		}
	}
	began := t.Now
	l.newer.Fetch(t, nango.ListLogOperations(q), func(t *screen.Turn) {
		if l.newer.HasFailed() {
			return
		}
		page := l.newer.Value
		l.newer.Value, l.readAt = nango.LogPage{}, began
		if page.Cursor != "" && len(page.Operations) >= nango.MaxLogPage {
			l.read(t)
			return
		}
		l.merge(t, page)
	})
}

// merge puts new operations first, and the newest state of those that were there in their places.
func (l *List) merge(t *screen.Turn, page nango.LogPage) {
	fresh := rowsOf(page, t.Store.Name)
	newest := map[string]row{}
	for _, r := range fresh {
		newest[r.ID] = r
	}
	kept := l.rows()
	for i := range kept {
		if now, changed := newest[kept[i].ID]; changed {
			kept[i] = now
			delete(newest, now.ID)
		}
	}
	fresh = slices.DeleteFunc(fresh, func(r row) bool { return newest[r.ID].ID == "" })
	l.total += len(fresh)
	rows := append(fresh, kept...)
	wasFirst := l.Table.Position() == 0
	l.Table.SetRows(rows[:min(len(rows), maxOperations)])
	if wasFirst {
		l.Table.MoveTo(0)
	}
	l.to = t.Now
	l.count()
}

func (l *List) count() {
	l.failed = 0
	for r := range l.Table.Each() {
		if isBad(r.LogOperation) {
			l.failed++
		}
	}
	l.chart.drop()
}

// ask reads the list again if the filter asks for what the rows may lack.
func (l *List) ask(t *screen.Turn) {
	wanted := l.scope.narrowed(l.Filter.Query())
	isComplete := l.cursor == "" && l.load.IsLoaded()
	if wanted.equal(l.asked) || isComplete && l.asked.equal(l.scope) {
		return
	}
	l.read(t)
}

// whyNoMore is why no further page can be loaded; empty if there is one.
func (l *List) whyNoMore() string {
	switch {
	case l.Table.Len() >= maxOperations:
		return fmt.Sprintf(whyAtBound, ui.Count(maxOperations))
	case l.cursor == "":
		return whyAllLoaded
	}
	return ""
}

// setPeriod reads another period.
func (l *List) setPeriod(t *screen.Turn, p period) {
	l.scope.period = p
	l.read(t)
}

// Update takes clicks on the chart, and leaves the rest to the list.
func (l *List) Update(t *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok && l.isOnChart(click.Y) {
		l.chart.click(click.X)
		t.Show(newChartPage(l))
		return
	}
	l.List.Update(t, msg)
}

// isOnChart reports whether a line of the last view belongs to the chart.
func (l *List) isOnChart(y int) bool {
	return l.chartTop >= 0 && y >= l.chartTop && y < l.chartTop+chartHeight
}
