package ui

const (
	// maxLabel is the maximum width of the labels.
	maxLabel = 30
	// fieldGutter is the number of cells before the labels.
	fieldGutter = 2
	// maskDots replaces a secret of any length.
	maskDots = "••••••••"
)

// View draws exactly f.Height lines, at most f.Width wide. A scrollbar in the last column shows that lines are hidden.
func (v *Fields) View(f Frame) string {
	if f.Height <= 0 || f.Width <= 0 {
		return ""
	}
	v.height = f.Height
	v.layout(f)
	v.scroll(v.top)
	p, scroll := NewPen(f, nil), Scroll{Top: v.top, Visible: f.Height, Total: len(v.grid)}
	for n := range f.Height {
		if n > 0 {
			p.Newline()
		}
		if v.top+n < len(v.grid) {
			for _, i := range v.grid[v.top+n] {
				v.draw(&p, v.lines[i])
			}
		}
		p.width = f.Width
		p.Scrollbar(scroll, n)
	}
	if scroll.needed() {
		f.ShowPosition(scroll.Top+scroll.Visible, scroll.Total)
	}
	return string(p.Bytes())
}

// RowAt returns the id of the row drawn at cell x of line y of the view, or "".
func (v *Fields) RowAt(x, y int) string {
	if n := v.top + y; y >= 0 && y < v.height && n < len(v.grid) {
		for _, i := range v.grid[n] {
			if l := v.lines[i]; x >= l.column.x && x < l.column.x+l.column.width {
				return l.id
			}
		}
	}
	return ""
}

func (v *Fields) layout(f Frame) {
	revealed := v.Revealed(f.Now)
	if v.width == f.Width && v.fitted == f.Height && v.shownID == revealed {
		return
	}
	v.width, v.fitted, v.shownID = f.Width, f.Height, revealed
	v.lines, v.grid, v.ids = v.lines[:0], nil, nil
	for _, part := range v.columns() {
		y := part.y
		for i, l := range part.lines {
			l.column, l.y = part.span, y+i
			if l.id != "" && l.first {
				v.ids = append(v.ids, l.id)
			}
			for len(v.grid) <= l.y {
				v.grid = append(v.grid, nil)
			}
			v.grid[l.y] = append(v.grid[l.y], len(v.lines))
			v.lines = append(v.lines, l)
		}
	}
}

// layoutSection returns the lines of a section in a column of that width.
func (v *Fields) layoutSection(s Section, width int) (lines []fieldLine) {
	if s.Title != "" {
		title := between("  ", Line{Styled(RoleTitle, s.Title)}, s.Note)
		lines = append(lines, fieldLine{head: true, value: title})
	}
	indent := s.indent(width)
	for _, r := range s.Rows {
		lines = append(lines, v.layoutRow(r, indent, width)...)
	}
	return lines
}

// indent returns where the values of a section begin: behind its longest label, at most half of the line. Each
// section has its own, so that long labels don't affect others.
func (s Section) indent(width int) int {
	labels := 0
	for _, r := range s.Rows {
		labels = max(labels, Clean(r.Label).Width())
	}
	if labels == 0 {
		return fieldGutter
	}
	return fieldGutter + min(labels, maxLabel, max(width/2-fieldGutter-ColumnGap, 1)) + ColumnGap
}

func (v *Fields) layoutRow(r Row, indent, width int) (all []fieldLine) {
	lines := r.Lines
	if r.Secret && (r.ID == "" || r.ID != v.shownID) {
		lines = []Line{{{Text{maskDots}, RoleMuted}}}
	}
	if len(lines) == 0 {
		lines = []Line{nil}
	}
	l := fieldLine{id: r.ID, first: true, indent: indent, label: r.label()}
	for _, line := range lines {
		for _, l.value = range line.Wrap(width - indent) {
			all = append(all, l)
			l.first, l.label = false, Cell{}
		}
	}
	return all
}

// draw draws a line in its column.
func (v *Fields) draw(p *Pen, l fieldLine) {
	p.width = l.column.x + l.column.width
	p.To(l.column.x)
	if l.head {
		p.line(l.value)
		return
	}
	if l.id != "" && l.id == v.cursor {
		p.Select()
	}
	p.To(l.column.x + fieldGutter)
	p.Cell(l.label.Role, l.label.Text.s, l.indent-fieldGutter-ColumnGap, false)
	p.To(l.column.x + l.indent)
	p.line(l.value)
	if p.width == v.width-scrollbarWidth {
		p.width = v.width
		if p.surface != (Style{}) { // the last column is free for the scrollbar, and filled otherwise
			return
		}
	}
	p.endLine()
}

func (r Row) label() Cell {
	if r.IsKey {
		return Styled(RoleAccent, r.Label)
	}
	return Styled(RoleMuted, r.Label)
}
