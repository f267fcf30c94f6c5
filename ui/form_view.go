package ui

import (
	"fmt"
	"strings"
)

const (
	formRows   = 6 // of a field of several lines that does not say
	formGutter = 2 // the bar of the focus and a space
	formStep   = 2 // cells of a step to the right
	formFaults = 3 // lines of an error of the whole form
)

// Foot is the hint for the lower edge of the frame, by the field that has the focus. Sending and leaving are its owner's to name.
func (m *Form) Foot() Text {
	hint := ""
	if f := m.focused(); f != nil {
		switch f.Kind {
		case FormChoice:
			hint = "↑↓ choose  / find  "
		case FormChoices:
			hint = "space marks  / find  "
		case FormYesNo:
			hint = "space changes  "
		case FormLines, FormPairs:
			hint = "enter new line  "
		}
	}
	if !m.alone() {
		hint += "tab next  shift+tab back"
	}
	return Clean(strings.TrimRight(hint, " "))
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
func (m *Form) Height(f Frame) int {
	lines, _, _ := m.lines(f)
	return len(lines) + len(m.faultLines(f))
}

// View draws the form in f. What does not fit scrolls with the focus; an error of the whole form stays in sight.
func (m *Form) View(f Frame) string {
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
func toldBelow(f Frame, line string, below int) string {
	for _, note := range []Text{Clean("↓ " + Count(below).String() + " more"), Clean("↓")} {
		if room := f.Width - f.Cells(line) - note.Width(); room > 0 {
			return line + Spaces(room) + Line{{Text: note, Role: RoleMuted}}.View(f, note.Width())
		}
	}
	return line
}

func (m *Form) faultLines(f Frame) []string {
	if m.fault == "" {
		return nil
	}
	lines := Line{Say(RoleBad, "✗ "), f.Say(RoleBad, m.fault)}.ViewWrapped(f)
	return append(lines[:min(len(lines), formFaults)], "")
}

// lines draws every field, and says which lines the one with the focus takes.
func (m *Form) lines(f Frame) (lines []string, from, to int) {
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
func (f *formField) lines(frame Frame, focused bool) []string {
	step := min(formStep*f.Indent, frame.Width/4) // a narrow frame has no room to show where things belong
	inner := frame.Sized(frame.Width-formGutter-step, frame.Height)
	var lines []string
	if !focused || !f.drawsTitle() {
		lines = Line{frame.Say(RoleStrong, f.Title)}.ViewWrapped(inner)
	}
	if f.About != "" && (focused || f.Kind == FormNote) {
		lines = append(lines, Line{frame.Say(RoleMuted, f.About)}.ViewWrapped(inner)...)
	}
	below := f.remarks(inner)
	if f.input != nil {
		lines = append(lines, f.control(inner, focused, inner.Height-len(lines)-len(below))...)
	}
	lines = append(lines, below...)
	bar := Spaces(formGutter)
	if focused {
		bar = frame.Theme.Style(RoleAccent).Paint(Clean(CursorBar)) + " "
	}
	for i, line := range lines {
		lines[i] = bar + Spaces(step) + line
	}
	return lines
}

// drawsTitle says that the field draws its title itself: what is searched for in a list stands in its place.
func (f *formField) drawsTitle() bool { return f.Kind == FormChoice || f.Kind == FormChoices }

// control draws what stands in the field in at most room lines.
func (f *formField) control(frame Frame, focused bool, room int) []string {
	rows := f.Rows
	if rows == 0 {
		rows = formRows
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
func (f *formField) resting(frame Frame, rows int) []string {
	values := f.input.brief()
	more := len(values) - rows
	if more > 0 {
		values = values[:rows-1]
	}
	var lines []string
	for _, v := range values {
		lines = append(lines, Line{frame.Say(RoleText, v)}.View(frame, frame.Width))
	}
	if more > 0 {
		lines = append(lines, Line{Say(RoleMuted, fmt.Sprintf("… %d more lines", more+1))}.View(frame, frame.Width))
	}
	return lines
}

// remarks is what is wrong with the field, once something was typed there, and what was cut.
func (f *formField) remarks(frame Frame) []string {
	var lines []string
	if f.input == nil {
		return nil
	}
	if problem := f.problem(); problem != "" && (f.touched || f.refused != "" || f.broken != "") {
		lines = Line{Say(RoleBad, "✗ "), frame.Say(RoleBad, problem)}.ViewWrapped(frame)
		lines = lines[:min(len(lines), formFaults)]
	}
	if f.notice != "" {
		lines = append(lines, Line{Say(RoleWarn, "! "), Say(RoleWarn, f.notice)}.ViewWrapped(frame)...)
	}
	return lines
}
