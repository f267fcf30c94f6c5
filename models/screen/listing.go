package screen

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/filter"
)

// Ids of what can be done with every list.
const (
	Filter      ActionID = "list.filter"
	ClearFilter ActionID = "list.clearFilter"
	Sort        ActionID = "list.sort"
	Reverse     ActionID = "list.reverse"
	// While one types into the filter.
	FilterDone ActionID = "filter.done"
	FilterDrop ActionID = "filter.drop"
	FilterUp   ActionID = "filter.up"
	FilterDown ActionID = "filter.down"
)

// Rows is a table as far as its rows can be moved over and put in order.
type Rows interface {
	Mover
	SortNext()
	SortReverse()
	Sort(columnID string, descending bool) bool
	Sorted() (columnID string, descending bool)
	ColumnAt(x int) (columnID string, ok bool)
	AnchorCursor()
}

// Listing is what every list has besides its rows: a filter line and an order. A [List] has one and the rows; a screen whose
// rows need more than that, such as a preview that follows the cursor, has a Listing and a table of its own.
type Listing struct {
	Filter *filter.Input
	Rows   Rows
	// ApplyFilter is called when the filter has changed: it shows the rows that pass.
	ApplyFilter func()
	// DefaultOrder says in what order the rows stand while nobody has sorted them.
	DefaultOrder string
}

// Typing says that the filter takes the keys.
func (l *Listing) Typing() bool { return l.Filter.Focused() }

// Actions are those of the filter and of the order.
func (l *Listing) Actions() []Action {
	unfiltered, unsorted := "", ""
	if l.Filter.Value() == "" {
		unfiltered = "there is no filter"
	}
	if column, _ := l.Rows.Sorted(); column == "" {
		unsorted = l.DefaultOrder + ": sort by a column first"
	}
	return []Action{
		{ID: Filter, Title: "Filter", Do: func(*Turn) { l.Filter.Focus() }},
		{ID: ClearFilter, Title: "Clear filter", HideInFooter: unfiltered != "", Disabled: unfiltered, Do: func(*Turn) { l.Clear() }},
		{ID: Sort, Title: "Sort by the next column", HideInFooter: true, Do: func(*Turn) { l.Rows.SortNext() }},
		{ID: Reverse, Title: "Sort the other way round", HideInFooter: true, Disabled: unsorted, Do: func(*Turn) { l.Rows.SortReverse() }},
	}
}

// TypingActions is what keys can do that are otherwise text of the filter.
func (l *Listing) TypingActions() []Action {
	up, down := move(FilterUp, "Up", l.Rows.Up), move(FilterDown, "Down", l.Rows.Down)
	up.WhileTyping, down.WhileTyping = true, true
	return []Action{
		{ID: FilterDone, Title: "Done", WhileTyping: true, Do: func(*Turn) { l.done() }},
		{ID: FilterDrop, Title: "Clear", WhileTyping: true, Do: func(*Turn) { l.Clear() }},
		up, down,
	}
}

// done closes the filter line. The row that was found is the one that is stayed on when the filter is cleared later.
func (l *Listing) done() {
	l.Filter.Blur()
	l.Rows.AnchorCursor()
}

// Clear closes the filter line and forgets what was typed.
func (l *Listing) Clear() {
	l.Filter.SetValue("")
	l.Filter.Blur()
	l.ApplyFilter()
}

// Type gives keys and pastes to the filter while it takes them.
func (l *Listing) Type(msg tea.Msg) {
	if l.Typing() && l.Filter.Update(msg) {
		l.ApplyFilter()
	}
}

// ClickHead sorts by the column whose head was clicked; by the one that it is sorted by, the other way round.
func (l *Listing) ClickHead(x int) {
	if column, ok := l.Rows.ColumnAt(x); ok {
		now, descending := l.Rows.Sorted()
		l.Rows.Sort(column, column == now && !descending)
	}
}

// ClearFilterHint names the key that shows all rows again.
func (l *Listing) ClearFilterHint(f ui.Frame) string {
	id := ClearFilter
	if l.Typing() {
		id = FilterDrop
	}
	return Hint(f, id, "shows all again")
}
