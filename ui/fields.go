package ui

import (
	"slices"
	"time"
)

// Section is a part of a [Fields] view: a title, a note beside it, and rows.
type Section struct {
	Title string
	Note  Line
	Rows  []Row
}

// Row is a label and what stands beside it, on as many lines as it takes.
type Row struct {
	// ID makes the row one that the cursor stops at; what is done with it (copying, say) is the screen's. Empty is text
	// that is only read.
	ID    string
	Label string
	Lines []Line
	// Secret rows show dots, whatever they hold, until [Fields.Reveal]; one without an id always does.
	Secret bool
}

// NewRow is a row of one value, which may be a stranger's.
func (f Frame) NewRow(id, label, value string) Row {
	return Row{ID: id, Label: f.Text(label).String(), Lines: []Line{{f.Styled(RoleText, value)}}}
}

// TextRows are rows of one sentence each, which are only read.
func TextRows(sentences ...string) []Row {
	var rows []Row
	for _, sentence := range sentences {
		rows = append(rows, Row{Lines: []Line{Muted(sentence)}})
	}
	return rows
}

// AddRow adds a row of one value, unless that is empty.
func (s *Section) AddRow(f Frame, id, label, value string) {
	if value != "" {
		s.Rows = append(s.Rows, f.NewRow(id, label, value))
	}
}

// Fields is a detail view: sections of labelled rows, with a cursor on those that have an id. What is longer than the
// line is wrapped, what is longer than the screen scrolls. It is used on one goroutine.
type Fields struct {
	sections []Section
	lines    []fieldLine // as laid out for width
	width    int         // for which lines was laid out, -1 for none
	shownID  string      // the revealed row that lines were laid out with

	cursor string // id of the row under the cursor
	top    int
	height int

	revealed string
	until    time.Time
}

// fieldLine is one line of the screen.
type fieldLine struct {
	head  bool   // of a section
	id    string // of its row
	first bool   // of its row
	label Cell
	// indent is where the value begins.
	indent int
	value  Line
}

// SetSections replaces what is shown. The cursor stays on its id, or goes to the first one where it is gone; a revealed
// row stays so only while it is there and secret.
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

// Reveal shows the secret row with this id, and hides any other, in frames drawn before until.
func (v *Fields) Reveal(id string, until time.Time) {
	v.revealed, v.until = id, until
}

// Hide hides what was revealed.
func (v *Fields) Hide() { v.revealed, v.until = "", time.Time{} }

// Revealed is the id of the row that a frame drawn at now shows in clear, "" for none.
func (v *Fields) Revealed(now time.Time) string {
	if v.revealed == "" || !now.Before(v.until) {
		return ""
	}
	return v.revealed
}

// Selected is the id of the row under the cursor, "" when no row has one.
func (v *Fields) Selected() string { return v.cursor }

// Select puts the cursor on the row with this id; false when there is none.
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
