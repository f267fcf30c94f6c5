package connections

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/connections/bulk"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// List is the list of connections.
type List struct {
	reading
	screen.Listing
	scope   scope
	table   *table.Table[row, nango.ConnectionRef]
	current localFilter // the current filter
	// applied is the filter that the table has, and appliedAt the time for its ages.
	applied   localFilter
	appliedAt time.Time
	broken    int  // the number of broken rows among those that are shown
	hasOrg    bool // any row has an organization
	failures  failures
	// paused are the connections with a sync that is known to be paused, and syncsKnown is of how many the syncs are known.
	paused     map[nango.ConnectionRef]bool
	syncsKnown int
	// sortedByFailure means that showing the broken rows has sorted the list.
	sortedByFailure bool

	lookup  serverSearch
	answers [5]screen.Load[[]row]
	found   map[nango.ConnectionRef]bool // rows found by a search on the server

	rowErr   error // why a changed row could not be reloaded
	copying  screen.Load[[]nango.Connection]
	encoding screen.Task[[]byte] // of an export

	// store has the causes that other screens have found; nil before the list is opened.
	store   *screen.Store
	preview preview
	// many are the changes of many connections since the start.
	runs *bulk.Runs
	// tableTop is the line of the last view where the table started.
	tableTop int
}

// NewList creates the list for a route. It refuses an invalid one.
func NewList(r screen.Route) (*List, error) {
	asked, err := readScope(r)
	if err != nil {
		return nil, err
	}
	l := &List{
		reading: reading{load: new(screen.Load[[]row]), ahead: new(screen.Load[[]row])},
		scope:   asked, found: map[nango.ConnectionRef]bool{}, preview: newPreview(), runs: bulk.NewRuns(),
	}
	l.table = table.New(func(r *row) nango.ConnectionRef { return r.ref() }, l.columns()...)
	l.Listing = screen.Listing{Filter: filter.NewInput(l.language().Specs()...), Rows: l.table, ApplyFilter: l.applyFilter,
		Name: ListRoute, ViewName: r.Query.Get(screen.QueryView), DefaultColumns: l.defaultColumns,
		Unfilter: func() { l.current.broken = false }, FilterText: l.filterText}
	l.ShowColumns()
	text := r.Query.Get(queryWords)
	switch state := r.Query.Get(queryState); state {
	case "":
	case wordBroken:
		l.current.broken = true
	default:
		text = fieldState + ":" + state + " " + text
	}
	l.Filter.SetValue(text)
	l.applyFilter()
	return l, nil
}

// SetRuns has changes of many connections added to those of the program.
func (l *List) SetRuns(runs *bulk.Runs) { l.runs = runs }

// Title names the list and its scope.
func (l *List) Title() string {
	if l.scope.words == "" {
		return textList
	}
	return fmt.Sprintf(textListOf, l.scope.words)
}

// AutoRefresh reports that the list reloads by itself from time to time while it is on top.
func (l *List) AutoRefresh() bool { return true }

// LoadedAt is when the data shown was loaded.
func (l *List) LoadedAt() time.Time { return l.at }

// Update handles typing in the filter, and the mouse.
func (l *List) Update(t *screen.Turn, msg tea.Msg) {
	switch msg := msg.(type) {
	case rested:
		l.preview.rest(msg)
	case tea.MouseClickMsg:
		l.click(t, msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		l.Type(msg)
	}
}

func (l *List) applyFilter() { l.applyFilterAnd(localFilter{l.Filter.Query(), l.current.broken}) }

func (l *List) applyFilterAnd(next localFilter) {
	l.current = next
	l.table.Highlight(next.query.Words())
	l.table.Refine(l.refine(next))
	l.countBroken()
}

// click moves the cursor to a row, or sorts by the column whose title was clicked.
func (l *List) click(t *screen.Turn, msg tea.MouseClickMsg) {
	y := msg.Y - l.tableTop
	if y == 0 {
		l.ClickHead(t, msg.X)
		return
	}
	if ref, ok := l.table.RowAt(y); ok {
		l.move(t, func() { l.table.SetCursor(ref) })
	}
}

// move moves the cursor. The preview follows once the cursor rests.
func (l *List) move(t *screen.Turn, how func()) {
	before, _ := l.table.CursorKey()
	stays := l.table.Cursor()
	var was row
	if stays != nil {
		was = *stays
	}
	how()
	if after, ok := l.table.CursorKey(); ok && after != before {
		l.preview.follow(t, was)
	}
}
