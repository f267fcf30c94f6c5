package ui

const (
	// maxLabel is the maximum width of the labels.
	maxLabel = 22
	// fieldGutter is the number of cells before the labels.
	fieldGutter = 2
	// maskDots replaces a secret of any length.
	maskDots = "••••••••"
)

// View draws exactly f.Height lines, at most f.Width wide. The last one says how many lines are hidden below.
func (v *Fields) View(f Frame) string {
	if f.Height <= 0 || f.Width <= 0 {
		return ""
	}
	v.height = f.Height
	v.layout(f)
	v.scroll(v.top)
	p := NewPen(f, nil)
	for n := range f.Height {
		if n > 0 {
			p.Newline()
		}
		if v.top+n < len(v.lines) {
			v.draw(&p, v.lines[v.top+n])
		}
	}
	if more := len(v.lines) - v.top - f.Height; more > 0 {
		return string(p.buf) + MoreBelow(f, p.x, more)
	}
	return string(p.buf)
}

// MoreBelow draws the rest of a line of which used cells are drawn: at its right end, how many lines are hidden below.
func MoreBelow(f Frame, used, hidden int) string {
	for _, note := range []Text{{"↓ " + count(hidden) + " more"}, {"↓"}} {
		if room := f.Width - used - note.Width(); room > 0 {
			return Spaces(room) + Line{{note, RoleMuted}}.View(f, f.Width)
		}
	}
	return ""
}

// RowAt returns the id of the row drawn at line y of the view, or "".
func (v *Fields) RowAt(y int) string {
	if n := v.top + y; y >= 0 && y < v.height && n < len(v.lines) {
		return v.lines[n].id
	}
	return ""
}

func (v *Fields) layout(f Frame) {
	revealed := v.Revealed(f.Now)
	if v.width == f.Width && v.shownID == revealed {
		return
	}
	v.width, v.shownID, v.lines = f.Width, revealed, v.lines[:0]
	for n, s := range v.sections {
		if n > 0 {
			v.lines = append(v.lines, fieldLine{})
		}
		if s.Title != "" {
			title := between("  ", Line{Styled(RoleTitle, s.Title)}, s.Note)
			v.lines = append(v.lines, fieldLine{head: true, value: title})
		}
		indent := s.indent(f.Width)
		for _, r := range s.Rows {
			v.layoutRow(r, indent)
		}
	}
}

// indent returns where the values of a section begin: behind its longest label, at most a third of the line. Each
// section has its own, so that long labels don't affect others.
func (s Section) indent(width int) int {
	labels := 0
	for _, r := range s.Rows {
		labels = max(labels, Clean(r.Label).Width())
	}
	if labels == 0 {
		return fieldGutter
	}
	return fieldGutter + min(labels, maxLabel, max(width/3, 1)) + ColumnGap
}

func (v *Fields) layoutRow(r Row, indent int) {
	lines := r.Lines
	if r.Secret && (r.ID == "" || r.ID != v.shownID) {
		lines = []Line{{{Text{maskDots}, RoleMuted}}}
	}
	if len(lines) == 0 {
		lines = []Line{nil}
	}
	l := fieldLine{id: r.ID, first: true, indent: indent, label: Styled(RoleMuted, r.Label)}
	for _, line := range lines {
		for _, l.value = range line.Wrap(v.width - indent) {
			v.lines = append(v.lines, l)
			l.first, l.label = false, Cell{}
		}
	}
}

func (v *Fields) draw(p *Pen, l fieldLine) {
	if l.head {
		p.line(l.value)
		return
	}
	label := l.label
	if l.id != "" && l.id == v.cursor {
		p.Cell(RoleAccent, CursorBar, 1, false)
		label.Role = RoleSelected
	}
	p.To(fieldGutter)
	p.Cell(label.Role, label.Text.s, l.indent-fieldGutter-ColumnGap, false)
	p.To(l.indent)
	p.line(l.value)
}
