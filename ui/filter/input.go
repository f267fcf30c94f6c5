// Package filter is the line in which the user types a filter, and the parsed query. It knows nothing of Nango and
// draws with package ui.
package filter

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
)

// MaxLength is the maximum number of characters of a filter.
const MaxLength = 256

// CompleteAction is the id of the action that completes the word before the text cursor.
const CompleteAction = "filter.complete"

// caret is the style of the character under the text cursor. It uses no color, so it is visible everywhere, and doesn't
// blink, so that an idle screen sends nothing.
var caret = ui.NewStyle(lipgloss.NewStyle().Reverse(true))

// Input is the line in which the user types a filter. It is used on one goroutine.
type Input struct {
	input textinput.Model
	specs []Spec
	query Query
	note  string
	// selected means that the whole text is selected: what is typed replaces it.
	selected bool
	// known are the values of fields for completion, since the filter has the focus.
	known map[string][]string
}

// NewInput returns an empty filter with these fields, as in [Parse].
func NewInput(specs ...Spec) *Input {
	in := &Input{input: textinput.New(), specs: specs}
	in.input.CharLimit = MaxLength
	in.input.SetVirtualCursor(false)
	// textinput would paste from the clipboard of the machine that the program runs on, which over SSH is not the
	// user's.
	in.input.KeyMap.Paste.SetEnabled(false)
	return in
}

// SetFields replaces the fields, when it is known only later what the rows have.
func (in *Input) SetFields(specs ...Spec) {
	in.specs = specs
	in.query = Parse(in.Value(), specs...)
}

// Focus makes the filter take keys, with its text selected. Blur keeps its text and stops that.
func (in *Input) Focus() {
	in.input.Focus()
	in.input.CursorEnd()
	in.selected, in.known = in.Value() != "", nil
}

func (in *Input) Blur() {
	in.input.Blur()
	in.selected, in.note = false, ""
}

func (in *Input) Focused() bool { return in.input.Focused() }

// Update handles a key or a paste while the filter has the focus, and reports whether the text has changed.
func (in *Input) Update(msg tea.Msg) (changed bool) {
	in.note = ""
	before := in.input.Value()
	if in.selected && in.Focused() && in.replace(msg) {
		return in.input.Value() != before
	}
	if paste, ok := msg.(tea.PasteMsg); ok {
		msg = tea.PasteMsg{Content: in.cut(paste.Content)}
	}
	in.input, _ = in.input.Update(msg)
	in.query = Parse(in.input.Value(), in.specs...)
	return in.input.Value() != before
}

// replace ends the selection. What adds text replaces it first; what deletes text deletes all of it, and nothing else happens.
func (in *Input) replace(msg tea.Msg) (done bool) {
	in.selected = false
	key, isKey := msg.(tea.KeyPressMsg)
	_, isPaste := msg.(tea.PasteMsg)
	deletes := isKey && slices.Contains([]string{"backspace", "delete", "ctrl+h", "ctrl+d", "ctrl+w", "ctrl+u", "ctrl+k"}, key.String())
	if isPaste || isKey && key.Text != "" || deletes {
		in.setText("")
	}
	return deletes
}

// cut shortens a paste to the space left before textinput reads it.
func (in *Input) cut(s string) string {
	room := MaxLength - len([]rune(in.input.Value()))
	n := 0
	for i := range s {
		if n == room {
			in.note = fmt.Sprintf(textCut, ui.Count(MaxLength))
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
	in.note, in.selected = "", false
	in.input.SetValue("")
	in.setText(in.cut(s))
	in.input.CursorEnd()
}

func (in *Input) setText(s string) {
	in.input.SetValue(s)
	in.query = Parse(in.input.Value(), in.specs...)
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
	if in.selected {
		line := prompt.Text.Width()
		return ui.Line{prompt}.View(f, width) + caret.Paint(ui.Clean(string(typed)).Truncate(width-line))
	}
	pos := in.input.Position()
	under, after := underCursor(ui.Clean(string(typed[pos:])))
	before := ui.Clean(string(typed[:pos])).TruncateLeft(width - prompt.Text.Width() - max(1, under.Width()))
	line := ui.Line{prompt, {Text: before, Role: ui.RoleText}}.View(f, width)
	if room := width - f.StringWidth(line); room >= under.Width() {
		line += caret.Paint(under)
	}
	return line + append(ui.Line{{Text: after, Role: ui.RoleText}}, in.hint(f)...).View(f, width-f.StringWidth(line))
}

// hint is what can be typed: completions of the word before the text cursor, or how a filter is written. Values of rows are untrusted.
func (in *Input) hint(f ui.Frame) ui.Line {
	if in.Value() == "" {
		hint := " " + hintWords
		for _, spec := range in.specs {
			hint += "  " + spec.label() + ":"
		}
		return ui.Line{ui.Styled(ui.RoleMuted, hint)}
	}
	all, _ := in.candidates()
	if len(all) == 0 {
		return nil
	}
	key := ""
	if f.Keys != nil {
		key = f.Keys(CompleteAction)
	}
	first := ui.Line{ui.Styled(ui.RoleAccent, "  "+key+" "), f.Styled(ui.RoleText, all[0])}
	return append(first, f.Styled(ui.RoleMuted, "  "+strings.Join(all[1:], "  ")))
}

// underCursor splits off the first character. At the end it is a space.
func underCursor(t ui.Text) (under, after ui.Text) {
	if t.Empty() {
		return ui.Clean(" "), t
	}
	cluster, _ := ansi.FirstGraphemeCluster(t.String(), ansi.WcWidth)
	return t.Slice(0, len(cluster)), t.Slice(len(cluster), len(t.String()))
}
