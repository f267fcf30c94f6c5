package screen

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// ListPage is a screen with a [List]. A screen that embeds it says what it loads, what can be done and how it is drawn.
type ListPage[R any, K comparable] struct {
	Base
	*List[R, K]
}

// NewListPage returns a page of a list with these columns, see [NewList]. The key identifies a row.
func NewListPage[R any, K comparable](
	key func(*R) K, columns []table.Column[R], match func(*R, filter.Query) bool, fields ...string,
) ListPage[R, K] {
	return ListPage[R, K]{List: NewList(table.New(key, columns...), match, fields...)}
}

// Typing reports whether keys are text of the filter.
func (p *ListPage[R, K]) Typing() bool { return p.List.Typing() }

// Update passes keys and pastes to the filter, and clicks to the table.
func (p *ListPage[R, K]) Update(_ *Turn, msg tea.Msg) { p.List.Update(msg) }

// ActionsAround returns the actions of a screen: those before the ones of the list, and those after. While the user types, there
// are only those of the filter.
func (p *ListPage[R, K]) ActionsAround(before []Action, after ...Action) []Action {
	if p.Typing() {
		return p.TypingActions()
	}
	return slices.Concat(before, p.List.Actions(), after, MoveActions(p.Table))
}

// FieldsPage is a screen of [ui.Fields], which it lays out only when something has changed.
type FieldsPage struct {
	Base
	Fields ui.Fields
	// shown is what the fields were laid out for: a width, and a state of the screen.
	shown struct {
		width int
		state any
	}
}

// Update moves the cursor to the clicked row.
func (p *FieldsPage) Update(_ *Turn, msg tea.Msg) { SelectClicked(&p.Fields, msg) }

// Changed has the fields laid out again.
func (p *FieldsPage) Changed() { p.shown.state = nil }

// Draw draws the sections that [FieldsPage.Layout] makes.
func (p *FieldsPage) Draw(f ui.Frame, state any, sections func(ui.Frame) []ui.Section) string {
	p.Layout(f, state, sections)
	return p.Fields.View(f)
}

// Layout makes the sections again if the width or the state differs from the last time, or after [FieldsPage.Changed]. The state
// must be comparable and not nil.
func (p *FieldsPage) Layout(f ui.Frame, state any, sections func(ui.Frame) []ui.Section) {
	if p.shown.width != f.Width || p.shown.state != state {
		p.Fields.SetSections(sections(f))
		p.shown.width, p.shown.state = f.Width, state
	}
}
