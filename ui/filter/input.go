// Package filter is the line in which the user types a filter, and what the text means. It knows nothing of Nango and draws with package ui.
package filter

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
)

// MaxLength is how many characters a line of filter may have.
const MaxLength = 256

// caret is the look of the character under a text cursor: an attribute and no colour, so that it is seen everywhere, and it
// stands still, so that an idle screen sends nothing.
var caret = ui.NewStyle(lipgloss.NewStyle().Reverse(true))

// Input is a line in which one types what is looked for. It is used on one goroutine.
type Input struct {
	input textinput.Model
	names []string
	query Query
	note  string
}

// NewInput is an empty filter; names are the fields that it knows, as in [Parse].
func NewInput(names ...string) *Input {
	v := &Input{input: textinput.New(), names: names}
	v.input.CharLimit = MaxLength
	v.input.SetVirtualCursor(false)
	// Its own paste would read the clipboard of the machine that the program runs on, which over SSH is not the user's.
	v.input.KeyMap.Paste.SetEnabled(false)
	return v
}

// Focus makes the filter take keys, Blur lets it rest with what was typed.
func (v *Input) Focus() { v.input.Focus() }
func (v *Input) Blur()  { v.input.Blur() }

// Focused says that one is typing.
func (v *Input) Focused() bool { return v.input.Focused() }

// Update takes a key or a paste while the filter has the focus, and says whether the query has changed.
func (v *Input) Update(msg tea.Msg) (changed bool) {
	v.note = ""
	if paste, ok := msg.(tea.PasteMsg); ok {
		msg = tea.PasteMsg{Content: v.cut(paste.Content)}
	}
	before := v.input.Value()
	v.input, _ = v.input.Update(msg)
	v.query = Parse(v.input.Value(), v.names...)
	return v.input.Value() != before
}

// cut shortens a paste before the input looks at each of its characters.
func (v *Input) cut(s string) string {
	room := MaxLength - len([]rune(v.input.Value()))
	n := 0
	for i := range s {
		if n == room {
			v.note = "cut to " + ui.Count(MaxLength).String() + " characters"
			return s[:i]
		}
		n++
	}
	return s
}

// Query is what was typed, parsed.
func (v *Input) Query() Query { return v.query }

// Value is what was typed.
func (v *Input) Value() string { return v.input.Value() }

// SetValue replaces what was typed, as far as it fits, and puts the cursor behind it.
func (v *Input) SetValue(s string) {
	v.note = ""
	v.input.SetValue("")
	v.input.SetValue(v.cut(s))
	v.input.CursorEnd()
	v.query = Parse(v.input.Value(), v.names...)
}

// Note says what the last key or paste led to that one would not expect, "" for nothing.
func (v *Input) Note() string { return v.note }

// View is the line, as wide as f at most. What does not fit is left out at the left, so that the cursor is seen.
func (v *Input) View(f ui.Frame) string {
	if v.note == "" {
		return v.line(f, f.Width)
	}
	note := ui.Styled(ui.RoleWarn, v.note)
	line := v.line(f, max(f.Width-note.Text.Width()-ui.ColumnGap, 2))
	return line + ui.Spaces(f.Width-note.Text.Width()-f.StringWidth(line)) + ui.Line{note}.View(f, f.Width-f.StringWidth(line))
}

// line is what was typed, with the cursor where it is, in at most width cells.
func (v *Input) line(f ui.Frame, width int) string {
	prompt := ui.Styled(ui.RoleAccent, "/ ")
	typed := []rune(v.input.Value())
	if !v.Focused() {
		return ui.Line{prompt, ui.Styled(ui.RoleStrong, string(typed))}.View(f, width)
	}
	pos := v.input.Position()
	under, after := underCursor(ui.Clean(string(typed[pos:])))
	before := ui.Clean(string(typed[:pos])).TruncateLeft(width - prompt.Text.Width() - max(1, under.Width()))
	line := ui.Line{prompt, {Text: before, Role: ui.RoleText}}.View(f, width)
	if room := width - f.StringWidth(line); room >= under.Width() {
		line += caret.Paint(under)
	}
	rest := ui.Line{{Text: after, Role: ui.RoleText}}
	if len(typed) == 0 {
		rest = v.hint()
	}
	return line + rest.View(f, width-f.StringWidth(line))
}

// hint says what can be typed, in the empty line.
func (v *Input) hint() ui.Line {
	hint := " words  !without"
	for _, name := range v.names {
		hint += "  " + name + ":"
	}
	return ui.Line{ui.Styled(ui.RoleMuted, hint)}
}

// underCursor splits off the first character; behind the end there is a space.
func underCursor(t ui.Text) (under, after ui.Text) {
	if t.Empty() {
		return ui.Clean(" "), t
	}
	cluster, _ := ansi.FirstGraphemeCluster(t.String(), ansi.WcWidth)
	return t.Slice(0, len(cluster)), t.Slice(len(cluster), len(t.String()))
}
