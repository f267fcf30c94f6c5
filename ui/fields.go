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
	// Place is where the section is drawn in a wide view; a narrow one has all sections in their order.
	Place Place
}

// Row is a label and its value on one or more lines.
type Row struct {
	// ID makes the row selectable; empty rows are only text.
	ID    string
	Label string
	// IsKey means that the label is a key to press.
	IsKey bool
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
// view scrolls. A wide view has columns if any section is at the side, see [Place]. It is used on one goroutine.
type Fields struct {
	sections []Section
	ids      []string    // of the rows that have one, column by column once they are laid out
	lines    []fieldLine // laid out for width and fitted, column by column
	grid     [][]int     // indexes in lines of what is drawn on each line of the view
	width    int         // -1 if lines are not laid out
	fitted   int         // height that the columns were made for
	shownID  string      // revealed row in lines

	cursor string // id of the selected row
	top    int
	height int

	revealed string
	until    time.Time
}

type fieldLine struct {
	head  bool   // title of a section
	id    string // of the row
	first bool   // of the row
	label Cell
	// indent is where the value begins in its column.
	indent int
	value  Line
	column span
	y      int // line of the view
}

// SetSections replaces the content. The cursor stays on its row, or moves to the first one. A revealed row stays
// revealed while it exists and is secret.
func (v *Fields) SetSections(sections []Section) {
	v.sections, v.width, v.ids = sections, -1, nil
	isSecret := false
	for _, s := range sections {
		for _, r := range s.Rows {
			if r.ID != "" {
				v.ids = append(v.ids, r.ID)
				isSecret = isSecret || r.ID == v.revealed && r.Secret
			}
		}
	}
	if !isSecret {
		v.Hide()
	}
	if !slices.Contains(v.ids, v.cursor) {
		v.cursor = ""
		if len(v.ids) > 0 {
			v.cursor = v.ids[0]
		}
	}
}

// Reveal shows the secret row with this id, and no other, until a time.
func (v *Fields) Reveal(id string, until time.Time) { v.revealed, v.until = id, until }

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
	return slices.ContainsFunc(v.sections, func(s Section) bool {
		return slices.ContainsFunc(s.Rows, func(r Row) bool { return r.ID == v.cursor && r.ID != "" && r.Secret })
	})
}

// Select selects the row with this id, and reports whether it exists.
func (v *Fields) Select(id string) bool {
	if !slices.Contains(v.ids, id) {
		return false
	}
	v.cursor = id
	return true
}

// Down selects the next row with an ID. If it is off the screen, or there is none, the view scrolls by a line instead,
// so that the text between can be read.
func (v *Fields) Down() { v.step(1) }

// Up is [Fields.Down] in the other direction.
func (v *Fields) Up() { v.step(-1) }

// PageDown and PageUp move by the height of the last drawing, Top and Bottom to the ends.
func (v *Fields) PageDown() { v.page(max(1, v.height-1)) }
func (v *Fields) PageUp()   { v.page(-max(1, v.height-1)) }

func (v *Fields) Top() {
	v.top = 0
	if len(v.ids) > 0 {
		v.cursor = v.ids[0]
	}
}

func (v *Fields) Bottom() {
	v.scroll(len(v.grid))
	for _, id := range v.ids {
		if y := v.lineOf(id); v.isVisible(y) || y < 0 {
			v.cursor = id
		}
	}
}

func (v *Fields) isVisible(y int) bool { return y >= v.top && y < v.top+v.height }

// lineOf returns the first line of a row, or -1 if it isn't laid out.
func (v *Fields) lineOf(id string) int {
	if n := slices.IndexFunc(v.lines, func(l fieldLine) bool { return l.id == id && l.first }); n >= 0 {
		return v.lines[n].y
	}
	return -1
}

func (v *Fields) step(by int) {
	next := slices.Index(v.ids, v.cursor) + by
	if next < 0 || next >= len(v.ids) || v.cursor == "" {
		v.scroll(v.top + by)
		return
	}
	line, before := max(0, v.lineOf(v.ids[next])), v.top
	if line < v.top-1 || line > v.top+v.height {
		if v.scroll(v.top + by); v.top != before { // else the next row is in another column
			return
		}
	}
	v.cursor = v.ids[next]
	v.reach(v.cursor)
}

// page scrolls, and selects a visible row.
func (v *Fields) page(by int) {
	v.scroll(v.top + by)
	for n := v.top; n < min(v.top+v.height, len(v.grid)); n++ {
		for _, i := range v.grid[n] {
			if l := v.lines[i]; l.id != "" && l.first {
				v.cursor = l.id
				return
			}
		}
	}
}

func (v *Fields) scroll(top int) { v.top = max(0, min(top, len(v.grid)-v.height)) }

// reach scrolls just enough to show the whole row.
func (v *Fields) reach(id string) {
	line := max(0, v.lineOf(id))
	end := line + 1
	for _, l := range v.lines {
		if l.id == id {
			end = max(end, l.y+1)
		}
	}
	if end > v.top+v.height {
		v.scroll(end - v.height)
	}
	if line < v.top {
		v.scroll(line)
	}
}
