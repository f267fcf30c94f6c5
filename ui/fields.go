package ui

import (
	"slices"
	"time"
)

// Section is a part of [Fields]: title, note and rows.
type Section struct {
	Title string
	Note  Line
	Rows  []Row
}

// Row is a label and its value on one or more lines.
type Row struct {
	// ID makes the row selectable; empty rows are only text.
	ID    string
	Label string
	Lines []Line
	// Secret rows show dots until [Fields.Reveal]. Without an ID they can't be revealed.
	Secret bool
}

// NewRow returns a row of one untrusted value.
func (f Frame) NewRow(id, label, value string) Row {
	return Row{ID: id, Label: f.Text(label).String(), Lines: []Line{{f.Styled(RoleText, value)}}}
}

// TextRows returns rows of one sentence each.
func TextRows(sentences ...string) []Row {
	var rows []Row
	for _, sentence := range sentences {
		rows = append(rows, Row{Lines: []Line{Muted(sentence)}})
	}
	return rows
}

// AddRow adds a row unless the value is empty.
func (s *Section) AddRow(f Frame, id, label, value string) {
	if value != "" {
		s.Rows = append(s.Rows, f.NewRow(id, label, value))
	}
}

// Fields is a detail view: sections of labeled rows, with a cursor on those that have an ID. Long lines wrap and the
// view scrolls. It is used on one goroutine.
type Fields struct {
	sections []Section
	lines    []fieldLine // laid out for width
	width    int         // -1 if lines are not laid out
	shownID  string      // revealed row in lines

	cursor string // id of the selected row
	top    int
	height int

	revealed string
	until    time.Time
}

// fieldLine is a line on the screen.
type fieldLine struct {
	head  bool   // title of a section
	id    string // of the row
	first bool   // of the row
	label Cell
	// indent is where the value begins.
	indent int
	value  Line
}

// SetSections replaces the content. The cursor stays on its row, or moves to the first one. A revealed row stays
// revealed while it exists and is secret.
func (v *Fields) SetSections(sections []Section) {
	v.sections, v.width = sections, -1
	if row := v.row(v.revealed); row == nil || !row.Secret {
		v.Hide()
	}
	if ids := v.ids(); !slices.Contains(ids, v.cursor) {
		v.cursor = ""
		if len(ids) > 0 {
			v.cursor = ids[0]
		}
	}
}

// Reveal shows the secret row with this id, and no other, until a time.
func (v *Fields) Reveal(id string, until time.Time) {
	v.revealed, v.until = id, until
}

// Hide hides the revealed row.
func (v *Fields) Hide() { v.revealed, v.until = "", time.Time{} }

// Revealed returns the id of the row that is shown in clear at now, or "".
func (v *Fields) Revealed(now time.Time) string {
	if v.revealed == "" || !now.Before(v.until) {
		return ""
	}
	return v.revealed
}

// Selected returns the id of the selected row, or "".
func (v *Fields) Selected() string { return v.cursor }

// SelectedIsSecret reports whether the selected row is secret.
func (v *Fields) SelectedIsSecret() bool {
	row := v.row(v.cursor)
	return row != nil && row.Secret
}

// Select selects the row with this id, and reports whether it exists.
func (v *Fields) Select(id string) bool {
	if id == "" || v.row(id) == nil {
		return false
	}
	v.cursor = id
	return true
}

func (v *Fields) row(id string) *Row {
	if id == "" {
		return nil
	}
	for s := range v.sections {
		for r := range v.sections[s].Rows {
			if v.sections[s].Rows[r].ID == id {
				return &v.sections[s].Rows[r]
			}
		}
	}
	return nil
}

func (v *Fields) ids() []string {
	var ids []string
	for _, s := range v.sections {
		for _, r := range s.Rows {
			if r.ID != "" {
				ids = append(ids, r.ID)
			}
		}
	}
	return ids
}
