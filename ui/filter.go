package ui

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// MaxFilter is how many characters a line of filter may have.
const MaxFilter = 256

// caret is the look of the character under a text cursor: an attribute and no colour, so that it is seen everywhere, and it
// stands still, so that an idle screen sends nothing.
var caret = Style{"\x1b[7m", "\x1b[m"}

// Filter is a line in which one types what is looked for. It is used on one goroutine.
type Filter struct {
	input textinput.Model
	names []string
	query Query
	note  string
}

// NewFilter is an empty filter; names are the fields that it knows, as in [Parse].
func NewFilter(names ...string) *Filter {
	v := &Filter{input: textinput.New(), names: names}
	v.input.CharLimit = MaxFilter
	v.input.SetVirtualCursor(false)
	// Its own paste would read the clipboard of the machine that the program runs on, which over SSH is not the user's.
	v.input.KeyMap.Paste.SetEnabled(false)
	return v
}

// Focus makes the filter take keys, Blur lets it rest with what was typed.
func (v *Filter) Focus() { v.input.Focus() }
func (v *Filter) Blur()  { v.input.Blur() }

// Focused says that one is typing.
func (v *Filter) Focused() bool { return v.input.Focused() }

// Update takes a key or a paste while the filter has the focus, and says whether the query has changed.
func (v *Filter) Update(msg tea.Msg) (changed bool) {
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
func (v *Filter) cut(s string) string {
	room := MaxFilter - len([]rune(v.input.Value()))
	n := 0
	for i := range s {
		if n == room {
			v.note = "cut to " + count(MaxFilter) + " characters"
			return s[:i]
		}
		n++
	}
	return s
}

// Query is what was typed, parsed.
func (v *Filter) Query() Query { return v.query }

// Value is what was typed.
func (v *Filter) Value() string { return v.input.Value() }

// SetValue replaces what was typed, as far as it fits, and puts the cursor behind it.
func (v *Filter) SetValue(s string) {
	v.note = ""
	v.input.SetValue("")
	v.input.SetValue(v.cut(s))
	v.input.CursorEnd()
	v.query = Parse(v.input.Value(), v.names...)
}

// Note says what the last key or paste led to that one would not expect, "" for nothing.
func (v *Filter) Note() string { return v.note }

// View is the line, as wide as f at most. What does not fit is left out at the left, so that the cursor is seen.
func (v *Filter) View(f Frame) string {
	p := newPen(f, nil)
	p.line(Line{{Text{"/ "}, RoleAccent}})
	note := Say(RoleWarn, v.note)
	if !note.Text.Empty() {
		p.width = max(p.at, p.width-note.Text.Width()-columnGap)
	}
	v.draw(&p)
	p.width = f.Width
	p.to(f.Width - note.Text.Width())
	p.line(Line{note})
	return string(p.buf)
}

// draw writes what was typed, with the cursor where it is.
func (v *Filter) draw(p *pen) {
	typed := []rune(v.input.Value())
	if !v.Focused() {
		p.line(Line{{Clean(string(typed)), RoleStrong}})
		return
	}
	pos := v.input.Position()
	under, after := underCursor(Clean(string(typed[pos:])))
	before := Clean(string(typed[:pos])).TruncateLeft(p.width - p.at - max(1, under.Width()))
	p.line(Line{{before, RoleText}})
	p.styled(caret, under.s, p.width-p.at, false)
	p.line(Line{{after, RoleText}})
	if len(typed) == 0 {
		p.line(v.hint())
	}
}

// hint says what can be typed, in the empty line.
func (v *Filter) hint() Line {
	hint := " words  !without"
	for _, name := range v.names {
		hint += "  " + name + ":"
	}
	return Line{{Text{hint}, RoleMuted}}
}

// underCursor splits off the first character; behind the end there is a space.
func underCursor(t Text) (under, after Text) {
	if t.Empty() {
		return Text{" "}, t
	}
	cluster, _ := ansi.FirstGraphemeCluster(t.s, ansi.WcWidth)
	return Text{cluster}, Text{t.s[len(cluster):]}
}
