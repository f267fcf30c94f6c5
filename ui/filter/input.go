// Package filter is the line in which the user types a filter, and the parsed query. It knows nothing of Nango and
// draws with package ui.
package filter

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
)

// MaxLength is the maximum number of characters of a filter.
const MaxLength = 256

// caret is the style of the character under the text cursor. It uses no color, so it is visible everywhere, and doesn't
// blink, so that an idle screen sends nothing.
var caret = ui.NewStyle(lipgloss.NewStyle().Reverse(true))

// Input is the line in which the user types a filter. It is used on one goroutine.
type Input struct {
	input textinput.Model
	names []string
	query Query
	note  string
}

// NewInput returns an empty filter. names are the field names, as in [Parse].
func NewInput(names ...string) *Input {
	in := &Input{input: textinput.New(), names: names}
	in.input.CharLimit = MaxLength
	in.input.SetVirtualCursor(false)
	// textinput would paste from the clipboard of the machine that the program runs on, which over SSH is not the
	// user's.
	in.input.KeyMap.Paste.SetEnabled(false)
	return in
}

// Focus makes the filter take keys. Blur keeps its text and stops that.
func (in *Input) Focus() { in.input.Focus() }
func (in *Input) Blur()  { in.input.Blur() }

func (in *Input) Focused() bool { return in.input.Focused() }

// Update handles a key or a paste while the filter has the focus, and reports whether the text has changed.
func (in *Input) Update(msg tea.Msg) (changed bool) {
	in.note = ""
	if paste, ok := msg.(tea.PasteMsg); ok {
		msg = tea.PasteMsg{Content: in.cut(paste.Content)}
	}
	before := in.input.Value()
	in.input, _ = in.input.Update(msg)
	in.query = Parse(in.input.Value(), in.names...)
	return in.input.Value() != before
}

// cut shortens a paste to the space left before textinput reads it.
func (in *Input) cut(s string) string {
	room := MaxLength - len([]rune(in.input.Value()))
	n := 0
	for i := range s {
		if n == room {
			in.note = "cut to " + ui.Count(MaxLength).String() + " characters"
			return s[:i]
		}
		n++
	}
	return s
}

// Query returns the parsed text.
func (in *Input) Query() Query { return in.query }

// Value returns the text.
func (in *Input) Value() string { return in.input.Value() }

// SetValue replaces the text, cut to the limit, and moves the text cursor to its end.
func (in *Input) SetValue(s string) {
	in.note = ""
	in.input.SetValue("")
	in.input.SetValue(in.cut(s))
	in.input.CursorEnd()
	in.query = Parse(in.input.Value(), in.names...)
}

// View draws the line, at most as wide as f. Longer text is cut at the left, so that the text cursor stays visible.
func (in *Input) View(f ui.Frame) string {
	if in.note == "" {
		return in.line(f, f.Width)
	}
	note := ui.Styled(ui.RoleWarn, in.note)
	line := in.line(f, max(f.Width-note.Text.Width()-ui.ColumnGap, 2))
	return line + ui.Spaces(f.Width-note.Text.Width()-f.StringWidth(line)) + ui.Line{note}.View(f, f.Width-f.StringWidth(line))
}

// line draws the text with the text cursor in at most width cells.
func (in *Input) line(f ui.Frame, width int) string {
	prompt := ui.Styled(ui.RoleAccent, "/ ")
	typed := []rune(in.input.Value())
	if !in.Focused() {
		return ui.Line{prompt, ui.Styled(ui.RoleStrong, string(typed))}.View(f, width)
	}
	pos := in.input.Position()
	under, after := underCursor(ui.Clean(string(typed[pos:])))
	before := ui.Clean(string(typed[:pos])).TruncateLeft(width - prompt.Text.Width() - max(1, under.Width()))
	line := ui.Line{prompt, {Text: before, Role: ui.RoleText}}.View(f, width)
	if room := width - f.StringWidth(line); room >= under.Width() {
		line += caret.Paint(under)
	}
	rest := ui.Line{{Text: after, Role: ui.RoleText}}
	if len(typed) == 0 {
		rest = in.hint()
	}
	return line + rest.View(f, width-f.StringWidth(line))
}

func (in *Input) hint() ui.Line {
	hint := " words  !without"
	for _, name := range in.names {
		hint += "  " + name + ":"
	}
	return ui.Line{ui.Styled(ui.RoleMuted, hint)}
}

// underCursor splits off the first character. At the end it is a space.
func underCursor(t ui.Text) (under, after ui.Text) {
	if t.Empty() {
		return ui.Clean(" "), t
	}
	cluster, _ := ansi.FirstGraphemeCluster(t.String(), ansi.WcWidth)
	return t.Slice(0, len(cluster)), t.Slice(len(cluster), len(t.String()))
}
