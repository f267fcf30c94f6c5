package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// Page is the base of a screen of labeled rows with a cursor, which a click moves. It is laid out again when its data, its width or
// the minute has changed, because ages change with the minute.
type Page struct {
	Base
	Rows ui.Fields

	layout  layout
	drawnAt time.Time
}

// layout is what the rows were laid out for.
type layout struct {
	done   bool
	width  int
	minute int64
}

// Rebuild has the next frame lay out the rows again. It can be the callback of a load.
func (p *Page) Rebuild(*Turn) { p.layout.done = false }

// Update moves the cursor to a clicked row.
func (p *Page) Update(_ *Turn, msg tea.Msg) { SelectClicked(&p.Rows, msg) }

// Revealed is the id of the row whose secret the last frame showed; empty if none.
func (p *Page) Revealed() string { return p.Rows.Revealed(p.drawnAt) }

// RedrawInterval is a second while a secret is revealed, so that it is hidden in time.
func (p *Page) RedrawInterval() time.Duration {
	if p.Revealed() == "" {
		return 0
	}
	return time.Second
}

// Draw draws the rows, of new sections if something has changed.
func (p *Page) Draw(f ui.Frame, sections func(ui.Frame) []ui.Section) string {
	p.drawnAt = f.Now
	if now := (layout{true, f.Width, f.Now.Unix() / 60}); p.layout != now {
		p.Rows.SetSections(sections(f))
		p.layout = now
	}
	return p.Rows.View(f)
}
