package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// List is a list as most screens have one: a table, a line above it that narrows it, and the mouse on both.
type List[R any, K comparable] struct {
	Listing
	Table *table.Table[R, K]
	// top is the line at which the table was drawn last.
	top int
}

// NewList is a list of the table's rows. Match says whether a filter lets a row pass; fields are what the filter knows
// besides words; unsorted says in what order the rows stand while nobody has sorted them.
func NewList[R any, K comparable](table *table.Table[R, K], unsorted string, match func(*R, filter.Query) bool,
	fields ...string) *List[R, K] {
	l := &List[R, K]{Table: table}
	l.Listing = Listing{Filter: filter.NewInput(fields...), Rows: table, DefaultOrder: unsorted, ApplyFilter: func() {
		q := l.Filter.Query()
		if q.Empty() {
			table.Filter(nil)
			return
		}
		table.Filter(func(r *R) bool { return match(r, q) })
	}}
	return l
}

// SetFilter narrows the list from the start, by a text as one would type it.
func (l *List[R, K]) SetFilter(filter string) {
	l.Filter.SetValue(filter)
	l.ApplyFilter()
}

// Update gives keys and pastes to the filter while it takes them, and clicks to the table: one puts the cursor on a row, or
// sorts by the column whose head it hits.
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

// View draws what stands above, the filter while there is one, and the rows that there is room for. None is the sentence
// for a filter that no row passes: "No provider matches the filter."
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

// FirstLines is as much of a text as a height has room for.
func FirstLines(text string, height int) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[:min(len(lines), max(height, 0))], "\n")
}
