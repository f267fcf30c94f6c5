package ui

import "slices"

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
	v.scroll(len(v.lines))
	if len(v.ids) > 0 {
		v.cursor = v.ids[len(v.ids)-1]
	}
}

func (v *Fields) step(by int) {
	next := slices.Index(v.ids, v.cursor) + by
	if next < 0 || next >= len(v.ids) || v.cursor == "" {
		v.scroll(v.top + by)
		return
	}
	line := max(0, slices.IndexFunc(v.lines, func(l fieldLine) bool { return l.id == v.ids[next] && l.first }))
	if line < v.top-1 || line > v.top+v.height {
		v.scroll(v.top + by)
		return
	}
	v.cursor = v.ids[next]
	v.reach(line)
}

// page scrolls, and selects a visible row.
func (v *Fields) page(by int) {
	v.scroll(v.top + by)
	for n := range min(v.height, len(v.lines)-v.top) {
		if l := v.lines[v.top+n]; l.id != "" && l.first {
			v.cursor = l.id
			return
		}
	}
}

func (v *Fields) scroll(top int) { v.top = max(0, min(top, len(v.lines)-v.height)) }

// reach scrolls just enough to show the whole row that begins at line.
func (v *Fields) reach(line int) {
	end := line + 1
	for end < len(v.lines) && v.lines[end].id == v.lines[line].id && !v.lines[end].first {
		end++
	}
	if end > v.top+v.height {
		v.scroll(end - v.height)
	}
	if line < v.top {
		v.scroll(line)
	}
}
