package screen

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

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
