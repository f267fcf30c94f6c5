package ui

import "fmt"

// scrollEdge is the number of extra lines that a text view scrolls when the cursor passes its edge. Scrolling by one
// would redraw the screen on every key.
const scrollEdge = 4

// lineContent is what a [lineView] shows. Lines are numbered from 0; those that a fold hides are skipped.
type lineContent interface {
	// next and prev return the visible line below and above line i, which is visible, or false at the end.
	next(i uint32) (uint32, bool)
	prev(i uint32) (uint32, bool)
	// unfoldTo unfolds what hides line i.
	unfoldTo(i uint32)
	// gutter returns what stands before line i. Space of its width stands before the wrapped rest.
	gutter(f Frame, i uint32) Line
	// content draws line i without the gutter.
	content(f Frame, i uint32) Line
	// start returns the offset of line i in the text.
	start(i uint32) uint32
	// shows reports whether the bytes of the text from at to end are visible in line i, where they begin.
	shows(i uint32, at, end int) bool
}

// lineView is what [JSONView] and [CodeView] share: lines with a cursor, scrolling and search, on one goroutine.
type lineView struct {
	lines  lineContent
	count  int    // of the lines
	text   string // to search in
	cursor uint32
	top    uint32 // first visible line
	// stopAtEnd keeps the last line at the bottom of the view when the cursor moves down to it.
	stopAtEnd bool
	wrap      bool
	revealed  bool // the value under the cursor, until the cursor moves
	search    search
	page      int      // visible lines of the last drawing
	rows      []uint32 // the line at each row of the last drawing
}

// Line returns the number of the line under the cursor, from 1; 0 if there are none. Folded lines count.
func (v *lineView) Line() int { return min(int(v.cursor)+1, v.count) }

// Up and Down move the cursor by a line, PageUp and PageDown by the height of the last drawing.
func (v *lineView) Up()       { v.moveTo(v.step(v.cursor, -1)) }
func (v *lineView) Down()     { v.moveTo(v.step(v.cursor, 1)) }
func (v *lineView) PageUp()   { v.moveTo(v.step(v.cursor, -max(v.page-1, 1))) }
func (v *lineView) PageDown() { v.moveTo(v.step(v.cursor, max(v.page-1, 1))) }

func (v *lineView) Top() { v.moveTo(0) }

func (v *lineView) Bottom() {
	if v.count > 0 {
		v.show(uint32(v.count - 1))
	}
}

// ToggleWrap switches between wrapping and cutting long lines.
func (v *lineView) ToggleWrap() { v.wrap = !v.wrap }

// step returns the visible line that is n lines below i, or above if n is negative, or the last one in that direction.
func (v *lineView) step(i uint32, n int) uint32 {
	next := v.lines.next
	if n < 0 {
		n, next = -n, v.lines.prev
	}
	for range n {
		j, ok := next(i)
		if !ok {
			break
		}
		i = j
	}
	return i
}

// moveTo moves the cursor to a visible line, and hides what was revealed.
func (v *lineView) moveTo(i uint32) {
	if i != v.cursor {
		v.revealed = false
	}
	v.cursor = i
}

// show moves the cursor to a line and unfolds what hides it.
func (v *lineView) show(i uint32) {
	v.lines.unfoldTo(i)
	v.moveTo(i)
}

// visible draws the lines around the cursor: exactly height lines, at most f.Width wide.
func (v *lineView) visible(f Frame, height int) []string {
	v.page = max(height, 1)
	v.follow(f)
	v.rows = v.rows[:0]
	drawn := make([]string, 0, max(height, 0)+1)
	for i, ok := v.top, v.count > 0; ok && len(drawn) < height; i, ok = v.lines.next(i) {
		for _, line := range v.draw(f, i) {
			if len(drawn) < height {
				drawn, v.rows = append(drawn, line), append(v.rows, i)
			}
		}
	}
	for len(drawn) < height {
		drawn = append(drawn, "")
	}
	return f.Scrollbar(drawn, v.scroll())
}

// scroll is what is visible. A line that is partly visible counts.
func (v *lineView) scroll() Scroll {
	s := Scroll{Top: int(v.top), Total: v.count, Rows: v.page}
	if n := len(v.rows); n == v.page {
		s.Visible = int(v.rows[n-1]-v.rows[0]) + 1
	}
	return s
}

// follow scrolls so that the cursor is visible, by a few extra lines.
func (v *lineView) follow(f Frame) {
	edge := min(scrollEdge, v.page/4)
	switch {
	case v.count == 0:
	case v.cursor < v.top:
		v.top = v.step(v.cursor, -edge)
	case v.fits(f, v.cursor, v.page) != v.top:
		top := v.fits(f, v.cursor, max(v.page-edge, 1))
		if v.stopAtEnd {
			top = min(top, v.fits(f, uint32(v.count-1), v.page))
		}
		v.top = top
	}
}

// fits returns the first line of a window of room lines that ends with line at; not above top, unless that is folded away.
func (v *lineView) fits(f Frame, at uint32, room int) uint32 {
	room -= v.height(f, at)
	for at > v.top {
		above, ok := v.lines.prev(at)
		if room -= v.height(f, above); !ok || room < 0 {
			break
		}
		at = above
	}
	return at
}

func (v *lineView) height(f Frame, i uint32) int {
	if !v.wrap {
		return 1
	}
	return len(v.draw(f, i))
}

func (v *lineView) draw(f Frame, i uint32) []string {
	gutter := v.lines.gutter(f, i)
	width := gutter.Width()
	room := max(f.Width-scrollbarWidth-width, 1)
	pieces := []Line{v.lines.content(f, i)}
	if v.wrap {
		pieces = pieces[0].Wrap(room)
	}
	out := make([]string, min(len(pieces), max(v.page, 1)))
	for n := range out {
		out[n] = v.drawPiece(f, i, append(gutter, pieces[n]...))
		gutter = Line{v.bar(f, i), {Text{Spaces(width - 1)}, RoleText}}
	}
	return out
}

// drawPiece draws a line or a part of it, filled if the cursor is there.
func (v *lineView) drawPiece(f Frame, i uint32, piece Line) string {
	p := NewPen(f, nil)
	if i == v.cursor {
		p.Fill(RoleSelected)
	}
	p.width -= scrollbarWidth
	p.line(piece)
	p.width = f.Width
	return string(p.Bytes())
}

// bar is the first cell of a line: the cursor bar, if the theme doesn't fill the line.
func (v *lineView) bar(f Frame, i uint32) Cell {
	if i == v.cursor && f.Theme.Style(RoleSelected) == (Style{}) {
		return Cell{Text{CursorBar}, RoleAccent}
	}
	return Cell{Text{" "}, RoleText}
}

func (v *lineView) position() Line {
	return Line{Styled(RoleMuted, fmt.Sprintf(textPosition, count(v.Line()), count(v.count)))}
}
