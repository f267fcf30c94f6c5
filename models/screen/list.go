package screen

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// List is the base of a screen that is a table with a filter line above it. Both can be clicked. A screen that embeds it says what
// it loads, what can be done and how it is drawn.
type List[R any, K comparable] struct {
	Base
	Listing
	Table *table.Table[R, K]
	title string
	// top is the line at which the table was last drawn.
	top int
}

// NewList returns a list with a title and these columns. The key identifies a row; language says what filters look at.
func NewList[R any, K comparable](
	title string, key func(*R) K, columns []table.Column[R], language filter.Language[R],
) *List[R, K] {
	rows := table.New(key, columns...)
	l := &List[R, K]{title: title, Table: rows, Listing: Listing{Filter: filter.NewInput(language.Specs()...), Rows: rows}}
	l.ApplyFilter = func() {
		query := l.Filter.Query()
		rows.Filter(language.Matcher(query, l.Now))
		rows.Highlight(query.Words())
	}
	return l
}

// Title returns the title.
func (l *List[R, K]) Title() string { return l.title }

// Typing reports whether keys are text of the filter.
func (l *List[R, K]) Typing() bool { return l.Listing.Typing() }

// ActionsAround returns the actions of a screen: those before the ones of the list, and those after. While the user types, there
// are only those of the filter.
func (l *List[R, K]) ActionsAround(before []Action, after ...Action) []Action {
	if l.Typing() {
		return l.TypingActions()
	}
	return slices.Concat(before, l.Actions(), after, MoveActions(l.Table))
}

// SetFilter sets the filter to a text.
func (l *List[R, K]) SetFilter(filter string) {
	l.Filter.SetValue(filter)
	l.ApplyFilter()
}

// Selected returns the row under the cursor. Without one, it returns the reason why nothing can be done with it, and a zero row.
func (l *List[R, K]) Selected(none string) (row R, reason string) {
	if r := l.Table.Cursor(); r != nil {
		return *r, ""
	}
	return row, none
}

// Update passes keys and pastes to the filter while it has the focus, and clicks to the table: they move the cursor to a row, or
// sort by the column whose head was clicked.
func (l *List[R, K]) Update(t *Turn, msg tea.Msg) {
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
		l.ClickHead(t, click.X)
	}
}

// View draws the head, the filter if there is one, and the rows. None is the text if no row matches the filter: "No provider
// matches the filter."
func (l *List[R, K]) View(f ui.Frame, head []ui.Line, none string) string {
	l.Tick(f.Now)
	lines := append(DrawLines(f, head...), l.FilterLine(f)...)
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

// Counts returns the number of rows, such as "1,204 providers, 12 shown". Noun is what one row is, such as "provider".
func (l *List[R, K]) Counts(noun string) ui.Line {
	all, shown := l.Table.Len(), l.Table.Shown()
	line := ui.Line{ui.Styled(ui.RoleStrong, " "+ui.Count(all).String()), ui.Styled(ui.RoleMuted, " "+ui.PluralNoun(all, noun))}
	if shown != all {
		line = append(line, ui.Styled(ui.RoleMuted, ", "), ui.Styled(ui.RoleStrong, ui.Count(shown).String()), ui.Styled(ui.RoleMuted, " shown"))
	}
	return line
}

// Head is the lines above the rows of a list: the number of rows, and notes about them.
type Head struct {
	f     ui.Frame
	lines []ui.Line
}

// NewHead returns a head whose first line is counts.
func NewHead(f ui.Frame, counts ui.Line) *Head { return &Head{f: f, lines: []ui.Line{counts}} }

// Say adds a sentence, wrapped. It may contain untrusted text.
func (h *Head) Say(role ui.Role, text string) {
	h.lines = append(h.lines, Wrap(h.f, 1, ui.Line{h.f.Styled(role, text)})...)
}

// Lines returns the lines, cut so that a small screen has room for rows.
func (h *Head) Lines() []ui.Line { return h.lines[:min(len(h.lines), 2+h.f.Height/3)] }
