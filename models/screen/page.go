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

	actions map[string]RowActions // by the id of the row
	layout  layout
	drawnAt time.Time
}

// layout is what the rows were laid out for.
type layout struct {
	done   bool
	width  int
	minute int64
}

// RowActions is what can be done with a row.
type RowActions struct {
	// Copy copies it. It is zero if there is nothing to copy.
	Copy Option
	// Open opens what it names; nil if there is nothing to open. Disabled is why it can't be opened now.
	Open     func(*Turn)
	Disabled string
}

// Copies is a row whose text can be copied; what names the text.
func Copies(what, text string) RowActions {
	return RowActions{Copy: Option{Title: what, Detail: text, Do: func(t *Turn) { t.Copy(what, text) }}}
}

// Links is a row whose URL can be copied, and opened if it is a link.
func Links(what, url string) RowActions {
	a := Copies(what, url)
	if ui.IsLink(url) {
		a.Open = func(t *Turn) { t.Browse(url) }
	}
	return a
}

// OnRow sets what can be done with a row. It is called while sections are made. Of rows with the same id the first counts, as for
// the cursor.
func (p *Page) OnRow(id string, a RowActions) {
	if p.actions == nil {
		p.actions = map[string]RowActions{}
	}
	if _, taken := p.actions[id]; !taken {
		p.actions[id] = a
	}
}

// Row returns a row of one untrusted value, and sets what can be done with it.
func (p *Page) Row(f ui.Frame, id, label, value string, a RowActions) ui.Row {
	p.OnRow(id, a)
	return f.NewRow(id, label, value)
}

// AddRow adds a row of one untrusted value to a section unless it is empty, and sets what can be done with it.
func (p *Page) AddRow(s *ui.Section, f ui.Frame, id, label, value string, a RowActions) {
	if value != "" {
		s.Rows = append(s.Rows, p.Row(f, id, label, value, a))
	}
}

// OnSelected returns what can be done with the row under the cursor.
func (p *Page) OnSelected() RowActions { return p.actions[p.Rows.Selected()] }

// Rebuild has the next frame lay out the rows again. It can be the callback of a load.
func (p *Page) Rebuild(*Turn) { p.layout.done = false }

// Update moves the cursor to a clicked row.
func (p *Page) Update(_ *Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		p.Rows.Select(p.Rows.RowAt(click.X, click.Y))
	}
}

// Revealed is the id of the row whose secret the last frame showed; empty if none.
func (p *Page) Revealed() string { return p.Rows.Revealed(p.drawnAt) }

// RedrawInterval is a second while a secret is revealed, so that it is hidden in time.
func (p *Page) RedrawInterval() time.Duration { return RedrawIf(p.Revealed() != "", time.Second) }

// Draw draws the rows, of new sections if something has changed.
func (p *Page) Draw(f ui.Frame, sections func(ui.Frame) []ui.Section) string {
	p.drawnAt = f.Now
	if now := (layout{true, f.Width, f.Now.Unix() / 60}); p.layout != now {
		clear(p.actions)
		p.Rows.SetSections(sections(f))
		p.layout = now
	}
	return p.Rows.View(f)
}
