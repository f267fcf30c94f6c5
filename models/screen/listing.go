package screen

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
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
	// FilterComplete completes the word before the text cursor.
	FilterComplete ActionID = filter.CompleteAction
)

// Sortable is a table with an order.
type Sortable interface {
	BeginSort(columnID string, descending bool) (work func() (show func() bool))
	Sorted() (columnID string, descending bool)
	ColumnAt(x int) (columnID string, ok bool)
	Columns() (all []table.ColumnName, shown int)
	ShowColumns(ids ...string)
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
	// Name is what the list's columns and views are kept under; empty if none are. ViewName is the view that its route names.
	Name, ViewName string
	// DefaultColumns returns the columns that are shown unless the user chose others; nil stands for all.
	DefaultColumns func() []string
	// Unfilter ends filters besides the text, before a view is shown, and FilterText returns all of it as text; nil if there are none.
	Unfilter   func()
	FilterText func() string

	settings    Task[ListSettings]
	viewColumns bool // the columns are those of a view
	// sorting is the sort of many rows in progress.
	sorting Task[func() bool]
	// now is when the list was last drawn. Ages in the filter count from it.
	now time.Time
}

// ageStep is how often ages in the filter are compared again.
const ageStep = 30 * time.Second

// Now returns the time that ages in the filter count from.
func (l *Listing) Now() time.Time { return l.now }

// Narrowing is the filter as text; empty if all rows are shown.
func (l *Listing) Narrowing() string {
	if l.FilterText != nil {
		return l.FilterText()
	}
	return l.Filter.Value()
}

// Tick sets the time that ages in the filter count from. Rows that were drawn for another time are filtered again.
func (l *Listing) Tick(now time.Time) {
	if since := now.Sub(l.now); since < ageStep && since > -ageStep {
		return
	}
	l.now = now
	if l.Filter.Query().HasAges() {
		l.ApplyFilter()
	}
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
	column, descending := rows.Sorted()
	all = append(all,
		Action{ID: Sort, Title: textSort, HideInFooter: true, Do: l.pickSort},
		Action{ID: Reverse, Title: "Reverse the order", HideInFooter: true, Disabled: DisabledIf(column == "", textSortColumnFirst),
			Do: func(t *Turn) { l.SortBy(t, column, !descending) }},
	)
	all = append(all, l.settingActions()...)
	for _, c := range sortable(rows) {
		all = append(all, Action{ID: Sort + ActionID("."+c.ID), Title: fmt.Sprintf(textSortBy, c.Title),
			HideInFooter: true, Do: func(t *Turn) { l.sortOrReverse(t, c.ID) }})
	}
	return all
}

// sortable returns the shown columns that rows can be sorted by, with their titles as words.
func sortable(rows Sortable) (columns []table.ColumnName) {
	all, shown := rows.Columns()
	for _, c := range all[:shown] {
		if c.Sortable {
			c.Title = ui.Clean(strings.ToLower(c.Title)).String()
			columns = append(columns, c)
		}
	}
	return columns
}

// pickSort offers the columns to sort by, and the order of loading. The column that the list is sorted by is selected; picking it
// reverses the order. The first nine columns have their numbers as keys.
func (l *Listing) pickSort(t *Turn) {
	rows := l.Rows.(Sortable)
	now, descending := rows.Sorted()
	var options []Option
	for i, c := range sortable(rows) {
		option := Option{Title: c.Title, Do: func(t *Turn) { l.sortOrReverse(t, c.ID) }}
		if c.ID == now {
			option.Selected, option.Detail = true, textAscending
			if descending {
				option.Detail = textDescending
			}
		}
		if i < 9 {
			option.Key = strconv.Itoa(i + 1)
		}
		options = append(options, option)
	}
	t.Pick(textSort, append(options, Option{Title: textUnsorted, Key: "0", Do: func(t *Turn) { l.SortBy(t, "", false) }})...)
}

// SortBy sorts by a column; "" is the order of loading. Many rows are sorted on another goroutine; the newest sort wins.
func (l *Listing) SortBy(t *Turn, column string, descending bool) {
	work := l.Rows.(Sortable).BeginSort(column, descending)
	if work == nil {
		l.sorting.Stop(t)
		return
	}
	l.sorting.Start(t, func(context.Context, Tools) (func() bool, error) { return work(), nil }, func(t *Turn) {
		show := l.sorting.Value
		if l.sorting.Value = nil; !show() { // the rows were replaced meanwhile
			l.SortBy(t, column, descending)
		}
	})
}

// sortOrReverse sorts by a column, and the other way round if it is sorted by it already.
func (l *Listing) sortOrReverse(t *Turn, column string) {
	now, descending := l.Rows.(Sortable).Sorted()
	l.SortBy(t, column, column == now && !descending)
}

// TypingActions returns the actions while the user types into the filter.
func (l *Listing) TypingActions() []Action {
	up, down := move(FilterUp, "Up", l.Rows.Up), move(FilterDown, "Down", l.Rows.Down)
	up.WhileTyping, down.WhileTyping = true, true
	return []Action{
		{ID: FilterDone, Title: "Done", WhileTyping: true, Do: func(*Turn) { l.Filter.Blur() }},
		{ID: FilterDrop, Title: "Clear", WhileTyping: true, Do: func(*Turn) { l.Clear() }},
		{ID: FilterComplete, Title: "Complete", WhileTyping: true, Do: func(*Turn) { l.typed(l.Filter.Complete()) }},
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

// Type passes keys and pastes to the filter while it has the focus.
func (l *Listing) Type(msg tea.Msg) {
	if l.Typing() {
		l.typed(l.Filter.Update(msg))
	}
}

// typed applies the filter if its text has changed. The cursor goes to the first row.
func (l *Listing) typed(changed bool) {
	if !changed {
		return
	}
	if rows, ok := l.Rows.(Sortable); ok {
		rows.DropAnchor()
	}
	l.ApplyFilter()
}

// ClickHead sorts by the column whose head was clicked, and reverses the order if it is sorted by it already.
func (l *Listing) ClickHead(t *Turn, x int) {
	if column, ok := l.Rows.(Sortable).ColumnAt(x); ok {
		l.sortOrReverse(t, column)
	}
}

// FilterLine draws the filter while it is typed or has a value; there is no line otherwise.
func (l *Listing) FilterLine(f ui.Frame) []string {
	if !l.Typing() && l.Filter.Value() == "" {
		return nil
	}
	lines := []string{" " + l.Filter.View(f.Sized(f.Width-1, 1))}
	return append(lines, DrawLines(f, l.FilterProblem(f)...)...)
}

// FilterProblem says which part of the filter is none, and was ignored.
func (l *Listing) FilterProblem(f ui.Frame) []ui.Line {
	problem := l.Filter.Query().Problem
	if problem == "" {
		return nil
	}
	return Wrap(f, 1, ui.Line{f.Styled(ui.RoleBad, problem)})
}

// ClearFilterHint names the key that clears the filter.
func (l *Listing) ClearFilterHint(f ui.Frame) string {
	id := ClearFilter
	if l.Typing() {
		id = FilterDrop
	}
	return Hint(f, id, "shows all again")
}
