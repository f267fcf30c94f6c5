package screen

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/filter"
)

// Ids of the actions of every list.
const (
	Filter      ActionID = "list.filter"
	ClearFilter ActionID = "list.clearFilter"
	Sort        ActionID = "list.sort"
	Reverse     ActionID = "list.reverse"
	// Those while the user types into the filter.
	FilterDone ActionID = "filter.done"
	FilterDrop ActionID = "filter.drop"
	FilterUp   ActionID = "filter.up"
	FilterDown ActionID = "filter.down"
)

// Sortable is a table with an order.
type Sortable interface {
	SortNext()
	SortReverse()
	Sort(columnID string, descending bool) bool
	Sorted() (columnID string, descending bool)
	ColumnAt(x int) (columnID string, ok bool)
	DropAnchor()
	SetAnchor()
}

// Listing is what every list has besides its rows: a filter and, if they are [Sortable], an order. A [List] is a Listing with a
// table. A screen that needs more, such as a preview of the row under the cursor, has a Listing and its own table.
type Listing struct {
	Filter *filter.Input
	Rows   Mover
	// ApplyFilter is called when the filter has changed. It shows the rows that match.
	ApplyFilter func()
}

// Typing reports whether keys are text of the filter.
func (l *Listing) Typing() bool { return l.Filter.Focused() }

// Actions returns the actions of the filter and the order.
func (l *Listing) Actions() []Action {
	unfiltered := DisabledIf(l.Filter.Value() == "", textNoFilter)
	all := []Action{
		{ID: Filter, Title: "Filter", Do: func(*Turn) { l.Filter.Focus() }},
		{ID: ClearFilter, Title: "Clear filter", HideInFooter: unfiltered != "", Disabled: unfiltered, Do: func(*Turn) { l.Clear() }},
	}
	rows, ok := l.Rows.(Sortable)
	if !ok {
		return all
	}
	column, _ := rows.Sorted()
	return append(all,
		Action{ID: Sort, Title: textSortNextColumn, HideInFooter: true, Do: func(*Turn) { rows.SortNext() }},
		Action{ID: Reverse, Title: "Reverse the order", HideInFooter: true, Disabled: DisabledIf(column == "", textSortColumnFirst),
			Do: func(*Turn) { rows.SortReverse() }},
	)
}

// TypingActions returns the actions while the user types into the filter.
func (l *Listing) TypingActions() []Action {
	up, down := move(FilterUp, "Up", l.Rows.Up), move(FilterDown, "Down", l.Rows.Down)
	up.WhileTyping, down.WhileTyping = true, true
	return []Action{
		{ID: FilterDone, Title: "Done", WhileTyping: true, Do: func(*Turn) { l.Filter.Blur() }},
		{ID: FilterDrop, Title: "Clear", WhileTyping: true, Do: func(*Turn) { l.Clear() }},
		up, down,
	}
}

// Clear clears and leaves the filter line. The cursor stays on the row of a filter that was accepted.
func (l *Listing) Clear() {
	if rows, ok := l.Rows.(Sortable); ok && !l.Typing() {
		rows.SetAnchor()
	}
	l.Filter.SetValue("")
	l.Filter.Blur()
	l.ApplyFilter()
}

// Type passes keys and pastes to the filter while it has the focus. When its text changes, the cursor goes to the first row.
func (l *Listing) Type(msg tea.Msg) {
	if l.Typing() && l.Filter.Update(msg) {
		if rows, ok := l.Rows.(Sortable); ok {
			rows.DropAnchor()
		}
		l.ApplyFilter()
	}
}

// ClickHead sorts by the column whose head was clicked, and reverses the order if it is sorted by it already.
func (l *Listing) ClickHead(x int) {
	rows := l.Rows.(Sortable)
	if column, ok := rows.ColumnAt(x); ok {
		now, descending := rows.Sorted()
		rows.Sort(column, column == now && !descending)
	}
}

// FilterLine draws the filter while it is typed or has a value; there is no line otherwise.
func (l *Listing) FilterLine(f ui.Frame) []string {
	if !l.Typing() && l.Filter.Value() == "" {
		return nil
	}
	return []string{" " + l.Filter.View(f.Sized(f.Width-1, 1))}
}

// ClearFilterHint names the key that clears the filter.
func (l *Listing) ClearFilterHint(f ui.Frame) string {
	id := ClearFilter
	if l.Typing() {
		id = FilterDrop
	}
	return Hint(f, id, "shows all again")
}
