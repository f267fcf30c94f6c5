package connections

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/table"
)

// List is the list of connections.
type List struct {
	reading
	screen.Listing
	scope  scope
	table  *table.Table[row, nango.ConnectionRef]
	passes sieve // what the table shows now
	broken int   // how many rows are

	lookup  lookup
	answers [5]screen.Load[[]row]
	found   map[nango.ConnectionRef]bool // rows that are there because the server was asked for them

	changed []nango.ConnectionRef // by writes, and not read again yet
	stale   bool                  // more than single rows has changed
	rowErr  error                 // why a changed row could not be read again
	copying screen.Load[[]nango.Connection]

	preview preview
	hiding  hiding
	// tableTop is the line at which the table was drawn last.
	tableTop int
}

// NewList makes the list that the route asks for. It refuses what cannot be read as a list of connections.
func NewList(r screen.Route) (*List, error) {
	asked, err := readScope(r)
	if err != nil {
		return nil, err
	}
	l := &List{
		scope: asked, found: map[nango.ConnectionRef]bool{}, preview: newPreview(),
		table: table.New(func(r *row) nango.ConnectionRef { return r.ref() }, columns()...),
	}
	l.Listing = screen.Listing{Filter: newFilter(), Rows: l.table, ApplyFilter: l.sift, DefaultOrder: "newest first, as Nango has them"}
	text := r.Query.Get(queryWords)
	switch state := r.Query.Get(queryState); state {
	case "":
	case wordBroken:
		l.passes.broken = true
	default:
		text = fieldState + ":" + state + " " + text
	}
	l.Filter.SetValue(text)
	l.sift()
	return l, nil
}

// Title names the list, and what it is narrowed to.
func (l *List) Title() string {
	if l.scope.words == "" {
		return "Connections"
	}
	return "Connections · " + l.scope.words
}

// Open begins to read.
func (l *List) Open(t *screen.Turn) { l.read(t) }

// AutoRefresh says that the list is read again from time to time while it is on top.
func (l *List) AutoRefresh() bool { return true }

// LoadedAt is when what is shown was read.
func (l *List) LoadedAt() time.Time { return l.at }

// Update takes what is typed into the filter, and the mouse.
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

// sift narrows the list to what the filter says now.
func (l *List) sift() { l.siftTo(sieve{l.Filter.Query(), l.passes.broken}) }

func (l *List) siftTo(next sieve) {
	before := l.passes
	l.passes = next
	if keep := next.keep(); keep != nil && next.narrows(before) {
		l.table.Narrow(keep)
	} else {
		l.table.Filter(keep)
	}
}

// click puts the cursor on a row, or sorts by the column whose head was clicked.
func (l *List) click(t *screen.Turn, msg tea.MouseClickMsg) {
	y := msg.Y - l.tableTop
	if y == 0 {
		l.ClickHead(msg.X)
		return
	}
	if ref, ok := l.table.RowAt(y); ok {
		l.move(t, func() { l.table.SetCursor(ref) })
	}
}

// move moves the cursor. The preview follows when the cursor rests.
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
