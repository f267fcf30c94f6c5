package proxy

import (
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// headerPage is the headers of an answer. It has no route: what it holds cannot be read again.
type headerPage struct {
	screen.Base
	exchange exchange
	rows     ui.Fields
	built    bool
	mask     func(string) string // of the last frame, nil before
}

// Title names the page.
func (s *headerPage) Title() string { return "Headers" }

// Open reads nothing: the headers are there.
func (s *headerPage) Open(*screen.Turn) {}

// Refresh reads nothing.
func (s *headerPage) Refresh(*screen.Turn) {}

// Update puts the cursor on the row that is clicked.
func (s *headerPage) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		s.rows.Select(s.rows.RowAt(click.Y))
	}
}

// Actions is copying.
func (s *headerPage) Actions() []screen.Action {
	missing := ""
	if s.rows.Selected() == "" {
		missing = "there is no header here"
	}
	return append([]screen.Action{{ID: CopyHeader, Title: "Copy", Disabled: missing, Do: s.copy}}, screen.MoveActions(&s.rows)...)
}

// View draws the headers; those that sound like a secret are hidden.
func (s *headerPage) View(f ui.Frame) string {
	s.mask = f.Mask
	if !s.built {
		s.rows.SetSections([]ui.Section{{Title: "HEADERS", Note: s.note(), Rows: s.headerRows(f)}})
		s.built = true
	}
	return s.rows.View(f)
}

// note says why a success has few of them.
func (s *headerPage) note() ui.Line {
	if s.exchange.answer.Status < 300 && s.exchange.nangoErr == nil {
		return ui.Line{ui.Styled(ui.RoleMuted, "of a success Nango passes on four of the provider's at most")}
	}
	return nil
}

func (s *headerPage) headerRows(f ui.Frame) []ui.Row {
	var byName *nango.Secrets
	var rows []ui.Row
	for _, name := range slices.Sorted(maps.Keys(s.exchange.answer.Header)) {
		row := ui.Row{ID: name, Label: f.Text(name).String()}
		for _, value := range s.exchange.answer.Header[name] {
			row.Lines = append(row.Lines, ui.Line{f.Styled(ui.RoleText, byName.MaskHeader(name, value))})
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		rows = []ui.Row{{Lines: []ui.Line{{ui.Styled(ui.RoleMuted, "none")}}}}
	}
	return rows
}

// copy copies the header under the cursor; a hidden one goes to the clipboard as a secret.
func (s *headerPage) copy(t *screen.Turn) {
	name := s.rows.Selected()
	value := s.exchange.answer.Header.Get(name)
	var byName *nango.Secrets
	if byName.MaskHeader(name, value) != value || s.mask != nil && s.mask(value) != value {
		t.CopySecret("header "+name, nango.Secret(value))
		return
	}
	t.CopyLine("header "+name, value)
}
