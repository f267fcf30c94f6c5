package proxy

import (
	"maps"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// headerPage lists the headers of a response. It has no route: it can't be loaded again.
type headerPage struct {
	screen.Page
	exchange exchange
}

func (s *headerPage) Title() string { return textHeaders }

func (s *headerPage) Actions() []screen.Action {
	missing := screen.DisabledIf(s.Rows.Selected() == "", textNoHeader)
	return append([]screen.Action{{ID: CopyHeader, Title: screen.TextCopy, Disabled: missing, Do: s.copy}}, screen.MoveActions(&s.Rows)...)
}

// View draws the headers. Those that look like a secret are masked.
func (s *headerPage) View(f ui.Frame) string {
	return s.Draw(f, s.sections)
}

func (s *headerPage) sections(f ui.Frame) []ui.Section {
	section := ui.Section{Title: textHeadersTitle, Rows: s.headerRows(f)}
	if s.exchange.response.Status < 300 && s.exchange.nangoErr == nil {
		section.Note = ui.Muted(textFewHeaders)
	}
	return []ui.Section{section}
}

func (s *headerPage) headerRows(f ui.Frame) []ui.Row {
	var rows []ui.Row
	for _, name := range slices.Sorted(maps.Keys(s.exchange.response.Header)) {
		row := ui.Row{ID: name, Label: f.Text(name).String()}
		for _, value := range s.exchange.response.Header[name] {
			row.Lines = append(row.Lines, ui.Line{f.Styled(ui.RoleText, shapes.MaskHeader(name, value))})
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		rows = ui.TextRows(textNoHeaders)
	}
	return rows
}

// copy copies the selected header, a masked one as a secret.
func (s *headerPage) copy(t *screen.Turn) {
	name := s.Rows.Selected()
	value := s.exchange.response.Header.Get(name)
	if shapes.MaskHeader(name, value) != value || t.Mask != nil && t.Mask(value) != value {
		t.CopySecret(textHeaderName+name, nango.Secret(value))
		return
	}
	t.CopyLine(textHeaderName+name, value)
}
