package screen

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// List is a table with a filter line above it. Both can be clicked.
type List[R any, K comparable] struct {
	Listing
	Table *table.Table[R, K]
	// top is the line at which the table was last drawn.
	top int
}

// NewList returns a list of the table's rows. Match reports whether a row matches a filter; fields are the filter's fields besides
// words.
func NewList[R any, K comparable](table *table.Table[R, K], match func(*R, filter.Query) bool, fields ...string) *List[R, K] {
	l := &List[R, K]{Table: table}
	l.Listing = Listing{Filter: filter.NewInput(fields...), Rows: table, ApplyFilter: func() {
		q := l.Filter.Query()
		if q.Empty() {
			table.Filter(nil)
			return
		}
		table.Filter(func(r *R) bool { return match(r, q) })
	}}
	return l
}

// ListScreen is the base of a screen that is a list.
type ListScreen[R any, K comparable] struct {
	Base
	*List[R, K]
}

// Typing reports whether keys are text of the filter.
func (s *ListScreen[R, K]) Typing() bool { return s.List.Typing() }

// Update passes keys and pastes to the filter, and clicks to the table.
func (s *ListScreen[R, K]) Update(_ *Turn, msg tea.Msg) { s.List.Update(msg) }

// AllActions returns the actions of a screen and its list, or those of the filter while the user types into it. The screen's
// actions in front are before those of the list in the footer, those behind come after.
func (s *ListScreen[R, K]) AllActions(front []Action, behind ...Action) []Action {
	if s.Typing() {
		return s.TypingActions()
	}
	return slices.Concat(front, s.Listing.Actions(), behind, MoveActions(s.Table))
}

// SetFilter sets the filter to a text.
func (l *List[R, K]) SetFilter(filter string) {
	l.Filter.SetValue(filter)
	l.ApplyFilter()
}

// Update passes keys and pastes to the filter while it has the focus, and clicks to the table: they move the cursor to a row, or
// sort by the column whose head was clicked.
func (l *List[R, K]) Update(msg tea.Msg) {
	click, ok := msg.(tea.MouseClickMsg)
	if !ok {
		l.Type(msg)
		return
	}
	y := click.Y - l.top
	if key, ok := l.Table.RowAt(y); ok {
		l.Table.SetCursor(key)
		return
	}
	if y == 0 {
		l.ClickHead(click.X)
	}
}

// View draws the head, the filter if there is one, and the rows. None is the text if no row matches the filter: "No provider
// matches the filter."
func (l *List[R, K]) View(f ui.Frame, head []ui.Line, none string) string {
	var lines []string
	for _, line := range head {
		lines = append(lines, line.View(f, f.Width))
	}
	if l.Filter.Focused() || l.Filter.Value() != "" {
		lines = append(lines, " "+l.Filter.View(f.Sized(f.Width-1, 1)))
	}
	l.top = len(lines)
	rest := f.Sized(f.Width, f.Height-len(lines))
	if l.Table.Shown() == 0 {
		lines = append(lines, Empty(rest, none, l.ClearFilterHint(f)))
	} else {
		lines = append(lines, l.Table.View(rest))
	}
	return FirstLines(strings.Join(lines, "\n"), f.Height)
}

// FirstLines returns the lines of a text that fit into a height.
func FirstLines(text string, height int) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[:min(len(lines), max(height, 0))], "\n")
}
