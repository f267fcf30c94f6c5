package form

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
)

const (
	defaultRows   = 6  // default height of a text area or list
	gutter        = 2  // focus bar and a space
	indentWidth   = 2  // cells per indentation step
	maxErrorLines = 3  // maximum lines of an error
	leastRows     = 3  // lines of a value that its help leaves room for
	leastSearch   = 16 // cells beside a label for a search
	scrollbar     = 1  // the last column, which is free if nothing scrolls
)

// KeyHint is the hint about keys of the focused field for the lower edge of the frame. The owner adds submit and close.
func (m *Form) KeyHint() ui.Text {
	hint := ""
	if f := m.focused(); f != nil {
		switch f.Kind {
		case Choice:
			hint = hintChoice
		case Choices:
			hint = hintChoices
		case YesNo:
			hint = hintYesNo
		case Lines, Pairs:
			hint = hintLines
		}
	}
	if len(m.focusable()) > 1 {
		hint += hintMove
	}
	return ui.Clean(strings.TrimRight(hint, " "))
}

// Height returns the number of lines of the whole form at the width of f.
func (m *Form) Height(f ui.Frame) int {
	lines, _, _ := m.lines(f)
	return len(lines) + len(m.errorLines(f))
}

// View draws the form in f. It scrolls with the focus; an error of the whole form stays visible.
func (m *Form) View(f ui.Frame) string {
	if f.Width < 1 || f.Height < 1 {
		return ""
	}
	top := m.errorLines(f)
	top = top[:min(len(top), max(f.Height-1, 0))]
	room := f.Height - len(top)
	lines, from, to := m.lines(f.Sized(f.Width, room))
	if len(lines) > room {
		lines, from, to = m.lines(f.Sized(f.Width-scrollbar, room))
	}
	first := 0
	if to > room {
		first = min(to-room, from)
	}
	shown := f.Scrollbar(lines[first:min(first+room, len(lines))], ui.Scroll{Top: first, Visible: room, Total: len(lines)})
	return strings.Join(append(top, shown...), "\n")
}

func (m *Form) errorLines(f ui.Frame) []string {
	if m.formError == "" {
		return nil
	}
	return append(ui.Line{ui.Styled(ui.RoleBad, "✗ "), f.Styled(ui.RoleBad, m.formError)}.ViewCut(f, maxErrorLines), "")
}

// lines draws all fields, and returns which lines the focused one takes.
func (m *Form) lines(f ui.Frame) (lines []string, from, to int) {
	m.theme.use(f.Theme)
	values := m.Values()
	for i, field := range m.fields {
		if !field.isShown(values) {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		at := len(lines)
		lines = append(lines, field.lines(f, i == m.focus, field.isRequired(values))...)
		if i == m.focus {
			from, to = at, len(lines)
		}
	}
	return lines, from, to
}

// lines draws the label, the value, the problem and the help of a field. Only the focused field and a note show help.
func (f *fieldState) lines(frame ui.Frame, focused, required bool) []string {
	step := min(indentWidth*f.Indent, frame.Width/4) // a narrow frame has no room for indentation
	inner := frame.Sized(frame.Width-gutter-step, frame.Height)
	label := ui.Line{frame.Styled(ui.RoleStrong, f.Title)}
	if required {
		label = append(label, ui.Styled(ui.RoleMuted, textRequired))
	}
	lines := label.ViewWrapped(inner)
	var help []string
	if f.About != "" && (focused || f.Kind == Note) {
		help = ui.Line{frame.Styled(ui.RoleMuted, f.About)}.ViewWrapped(inner)
	}
	if f.input != nil {
		remarks := f.remarks(inner)
		room := inner.Height - len(lines) - len(remarks)
		help = help[:max(min(len(help), room-min(f.rows(), leastRows)), 0)]
		control := f.control(inner, focused, room-len(help))
		if focused && f.isList() {
			lines[len(lines)-1] = besideLabel(inner, lines[len(lines)-1], control[0])
			control = control[1:]
		}
		lines = append(append(lines, f.onSurface(inner, control, focused)...), remarks...)
	}
	lines = append(lines, help...)
	bar := ui.Spaces(gutter)
	if focused {
		bar = frame.Theme.Style(ui.RoleAccent).Paint(ui.Clean(ui.CursorBar)) + " "
	}
	for i, line := range lines {
		lines[i] = bar + ui.Spaces(step) + line
	}
	return lines
}

// besideLabel draws the search in a list beside its label, or in its place if there is no room for both.
func besideLabel(frame ui.Frame, label, search string) string {
	if strings.TrimSpace(ansi.Strip(search)) == "" {
		return label
	}
	if frame.StringWidth(label)+leastSearch <= frame.Width {
		search = label + "  " + search
	}
	return strings.TrimRight(frame.Truncate(search, frame.Width), " ")
}

// onSurface draws the value of a field on its surface, as wide as the frame, also an empty one. The options of a focused list
// have none.
func (f *fieldState) onSurface(frame ui.Frame, lines []string, focused bool) []string {
	if focused && f.isList() || frame.Theme.Style(ui.RoleInput) == (ui.Style{}) {
		return lines
	}
	for i, line := range lines {
		lines[i] = frame.Fill(ui.RoleInput, line)
	}
	return lines
}

func (f *fieldState) isList() bool { return f.Kind == Choice || f.Kind == Choices }

// rows is the height of the value of a field with focus, if there is room for it.
func (f *fieldState) rows() int {
	if f.Kind == Text || f.Kind == Secret || f.Kind == YesNo {
		return 1
	}
	return cmp.Or(f.Rows, defaultRows)
}

// control draws the value. A focused list has the line of its search first.
func (f *fieldState) control(frame ui.Frame, focused bool, room int) []string {
	if !focused {
		return f.unfocused(frame, f.rows())
	}
	lines := strings.Split(f.input.view(max(frame.Width, 1), max(min(f.rows(), room), 1)), "\n")
	for i, line := range lines { // the libraries draw the cursor beyond the edge if there are only a few cells
		lines[i] = strings.TrimRight(frame.Truncate(line, frame.Width), " ")
	}
	return lines
}

func (f *fieldState) unfocused(frame ui.Frame, rows int) []string {
	values := f.input.summary()
	more := len(values) - rows
	if more > 0 {
		values = values[:rows-1]
	}
	var lines []string
	for _, v := range values {
		lines = append(lines, ui.Line{frame.Styled(ui.RoleText, v)}.View(frame, frame.Width))
	}
	if more > 0 {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleMuted, fmt.Sprintf(textMoreLines, more+1))}.View(frame, frame.Width))
	}
	return lines
}

func (f *fieldState) remarks(frame ui.Frame) []string {
	var lines []string
	if f.input == nil {
		return nil
	}
	if problem := f.problem(); problem != "" && (f.touched || f.serverError != "" || f.uneditable != "") {
		lines = ui.Line{ui.Styled(ui.RoleError, "✗ "), frame.Styled(ui.RoleError, problem)}.ViewCut(frame, maxErrorLines)
	} else if f.Warn != nil {
		if doubt := f.Warn(f.input.value()); doubt != "" {
			lines = ui.Line{ui.Styled(ui.RoleWarn, "! "), frame.Styled(ui.RoleWarn, doubt)}.ViewWrapped(frame)
		}
	}
	if f.notice != "" {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleWarn, "! "), ui.Styled(ui.RoleWarn, f.notice)}.ViewWrapped(frame)...)
	}
	return lines
}
