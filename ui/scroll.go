package ui

import "cmp"

// Scroll is which lines of a list or a text are visible.
type Scroll struct {
	Top, Visible, Total int
	// Rows is the height of the view, if it isn't Visible because lines are wrapped.
	Rows int
}

// Position is the place of the cursor, from 1, or of the last visible line in what has no cursor.
type Position struct{ At, Of int }

const (
	scrollThumb = "▐"
	// scrollbarWidth is the width of the last column, which is free if nothing scrolls.
	scrollbarWidth = 1
)

// needed reports whether lines are hidden.
func (s Scroll) needed() bool { return s.Visible > 0 && s.Total > s.Visible }

// isThumb reports whether the scrollbar is drawn beside a visible line. It touches an end only if the text does.
func (s Scroll) isThumb(line int) bool {
	if !s.needed() {
		return false
	}
	rows := cmp.Or(s.Rows, s.Visible)
	size := max(1, rows*s.Visible/s.Total)
	room, hidden := rows-size, s.Total-s.Visible
	from := s.Top * room / hidden
	switch {
	case room < 2:
	case s.Top > 0 && s.Top < hidden:
		from = max(1, min(from, room-1))
	}
	return line >= from && line < from+size
}

// Scrollbar draws the scrollbar of a visible line in the last column.
func (p *Pen) Scrollbar(s Scroll, line int) {
	if s.isThumb(line) {
		p.To(p.width - 1)
		p.Cell(RoleScrollbar, scrollThumb, 1, false)
	}
}

// Scrollbar adds the scrollbar to finished lines, in the last column.
func (f Frame) Scrollbar(lines []string, s Scroll) []string {
	thumb := f.Theme.Style(RoleScrollbar).Paint(Text{scrollThumb})
	for i := range lines {
		if s.isThumb(i) {
			line := f.Truncate(lines[i], f.Width-1)
			lines[i] = line + Spaces(f.Width-1-f.StringWidth(line)) + thumb
		}
	}
	return lines
}

// ShowPosition says where the cursor is, for the line below the screen. Only the first widget of a frame that says so counts.
func (f Frame) ShowPosition(at, of int) {
	if f.Position != nil && *f.Position == (Position{}) {
		*f.Position = Position{at, of}
	}
}

// Line returns the position as "12 of 1,000"; it is empty for none. It has no style, because each key would send it again.
func (p Position) Line() Line {
	if p.Of == 0 {
		return nil
	}
	return Line{{Text{count(p.At) + " of " + count(p.Of)}, RoleText}}
}
