package form

import (
	"fmt"
	"strings"

	"nango-tui/ui"
)

const (
	defaultRows   = 6 // of a field of several lines that does not say
	gutter        = 2 // the bar of the focus and a space
	indentWidth   = 2 // cells of a step to the right
	maxErrorLines = 3 // lines of an error of the whole form
)

// KeyHint is the hint for the lower edge of the frame, by the field that has the focus. Sending and leaving are its owner's to name.
func (m *Form) KeyHint() ui.Text {
	hint := ""
	if f := m.focused(); f != nil {
		switch f.Kind {
		case Choice:
			hint = "↑↓ choose  / find  "
		case Choices:
			hint = "space marks  / find  "
		case YesNo:
			hint = "space changes  "
		case Lines, Pairs:
			hint = "enter new line  "
		}
	}
	if !m.alone() {
		hint += "tab next  shift+tab back"
	}
	return ui.Clean(strings.TrimRight(hint, " "))
}

// alone says that no other field takes keys.
func (m *Form) alone() bool {
	values, n := m.Values(), 0
	for _, f := range m.fields {
		if f.input != nil && f.there(values) {
			n++
		}
	}
	return n < 2
}

// Height is how many lines all of it takes in a frame as wide as f.
func (m *Form) Height(f ui.Frame) int {
	lines, _, _ := m.lines(f)
	return len(lines) + len(m.faultLines(f))
}

// View draws the form in f. What does not fit scrolls with the focus; an error of the whole form stays in sight.
func (m *Form) View(f ui.Frame) string {
	if f.Width < 1 || f.Height < 1 {
		return ""
	}
	top := m.faultLines(f)
	top = top[:min(len(top), max(f.Height-1, 0))]
	lines, from, to := m.lines(f.Sized(f.Width, f.Height-len(top)))
	room := f.Height - len(top)
	first := 0
	if to > room {
		first = min(to-room, from)
	}
	shown := lines[first:min(first+room, len(lines))]
	if below := len(lines) - first - room; below > 0 {
		shown[len(shown)-1] = toldBelow(f, shown[len(shown)-1], below)
	}
	return strings.Join(append(top, shown...), "\n")
}

// toldBelow is the last line that is seen, with how many lines are below it at its right end: nobody looks for a field
// that nothing points to.
func toldBelow(f ui.Frame, line string, below int) string {
	for _, note := range []ui.Text{ui.Clean("↓ " + ui.Count(below).String() + " more"), ui.Clean("↓")} {
		if room := f.Width - f.StringWidth(line) - note.Width(); room > 0 {
			return line + ui.Spaces(room) + ui.Line{{Text: note, Role: ui.RoleMuted}}.View(f, note.Width())
		}
	}
	return line
}

func (m *Form) faultLines(f ui.Frame) []string {
	if m.fault == "" {
		return nil
	}
	lines := ui.Line{ui.Styled(ui.RoleBad, "✗ "), f.Styled(ui.RoleBad, m.fault)}.ViewWrapped(f)
	return append(lines[:min(len(lines), maxErrorLines)], "")
}

// lines draws every field, and says which lines the one with the focus takes.
func (m *Form) lines(f ui.Frame) (lines []string, from, to int) {
	m.theme.take(f.Theme)
	values := m.Values()
	for i, field := range m.fields {
		if !field.there(values) {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		at := len(lines)
		lines = append(lines, field.lines(f, i == m.focus)...)
		if i == m.focus {
			from, to = at, len(lines)
		}
	}
	return lines, from, to
}

// lines draws the field: its title, what belongs there, what stands there, and what is wrong with it.
func (f *fieldState) lines(frame ui.Frame, focused bool) []string {
	step := min(indentWidth*f.Indent, frame.Width/4) // a narrow frame has no room to show where things belong
	inner := frame.Sized(frame.Width-gutter-step, frame.Height)
	var lines []string
	if !focused || !f.drawsTitle() {
		lines = ui.Line{frame.Styled(ui.RoleStrong, f.Title)}.ViewWrapped(inner)
	}
	if f.About != "" && (focused || f.Kind == Note) {
		lines = append(lines, ui.Line{frame.Styled(ui.RoleMuted, f.About)}.ViewWrapped(inner)...)
	}
	below := f.remarks(inner)
	if f.input != nil {
		lines = append(lines, f.control(inner, focused, inner.Height-len(lines)-len(below))...)
	}
	lines = append(lines, below...)
	bar := ui.Spaces(gutter)
	if focused {
		bar = frame.Theme.Style(ui.RoleAccent).Paint(ui.Clean(ui.CursorBar)) + " "
	}
	for i, line := range lines {
		lines[i] = bar + ui.Spaces(step) + line
	}
	return lines
}

// drawsTitle says that the field draws its title itself: what is searched for in a list stands in its place.
func (f *fieldState) drawsTitle() bool { return f.Kind == Choice || f.Kind == Choices }

// control draws what stands in the field in at most room lines.
func (f *fieldState) control(frame ui.Frame, focused bool, room int) []string {
	rows := f.Rows
	if rows == 0 {
		rows = defaultRows
	}
	if !focused {
		return f.resting(frame, rows)
	}
	if f.drawsTitle() {
		room--
	}
	lines := strings.Split(f.input.view(max(frame.Width, 1), max(min(rows, room), 1)), "\n")
	for i, line := range lines { // the library draws its cursor beyond the edge where there are only a few cells
		lines[i] = strings.TrimRight(frame.Truncate(line, frame.Width), " ")
	}
	return lines
}

// resting draws what stands in a field that does not have the focus.
func (f *fieldState) resting(frame ui.Frame, rows int) []string {
	values := f.input.brief()
	more := len(values) - rows
	if more > 0 {
		values = values[:rows-1]
	}
	var lines []string
	for _, v := range values {
		lines = append(lines, ui.Line{frame.Styled(ui.RoleText, v)}.View(frame, frame.Width))
	}
	if more > 0 {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleMuted, fmt.Sprintf("… %d more lines", more+1))}.View(frame, frame.Width))
	}
	return lines
}

// remarks is what is wrong with the field, once something was typed there, and what was cut.
func (f *fieldState) remarks(frame ui.Frame) []string {
	var lines []string
	if f.input == nil {
		return nil
	}
	if problem := f.problem(); problem != "" && (f.touched || f.refused != "" || f.broken != "") {
		lines = ui.Line{ui.Styled(ui.RoleBad, "✗ "), frame.Styled(ui.RoleBad, problem)}.ViewWrapped(frame)
		lines = lines[:min(len(lines), maxErrorLines)]
	}
	if f.notice != "" {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleWarn, "! "), ui.Styled(ui.RoleWarn, f.notice)}.ViewWrapped(frame)...)
	}
	return lines
}
