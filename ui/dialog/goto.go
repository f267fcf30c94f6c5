package dialog

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// GoTo is a line for free text, such as a route, with completion and history.
type GoTo struct {
	complete func(typed string) []Item
	history  []string
	line     ui.Prompt
	items    []Item
	cursor   int // index of the completion, -1 for the typed text
	back     int // steps back in the history, 0 for the typed text
}

// NewGoTo returns an empty line. complete returns the completions of the typed text, best first; the id of an item
// replaces the text. history has the latest text last.
func NewGoTo(complete func(typed string) []Item, history []string) *GoTo {
	g := &GoTo{complete: complete, history: history}
	g.changed()
	return g
}

// Key handles a key. The line takes all keys.
func (g *GoTo) Key(k tea.KeyPressMsg) Result {
	switch k.String() {
	case "esc", "ctrl+c":
		return Closed
	case "enter":
		return g.accept()
	case "tab":
		g.completeLine()
	case "up":
		g.up()
	case "down":
		g.down()
	case "backspace", "ctrl+h":
		if g.line == "" {
			return Closed
		}
		fallthrough
	default:
		if g.line.Key(k) {
			g.back = 0
			g.changed()
		}
	}
	return Open
}

// Type appends typed or pasted text.
func (g *GoTo) Type(s string) {
	g.line.Type(s)
	g.back = 0
	g.changed()
}

func (g *GoTo) changed() { g.items, g.cursor = g.complete(string(g.line)), -1 }

// up moves to the completion above, and from the text back in the history.
func (g *GoTo) up() {
	switch {
	case g.cursor >= 0:
		g.cursor--
	case g.back < len(g.history):
		g.recall(g.back + 1)
	}
}

// down moves forward in the history, then to the completion below.
func (g *GoTo) down() {
	switch {
	case g.back > 0:
		g.recall(g.back - 1)
	case g.cursor < len(g.items)-1:
		g.cursor++
	}
}

func (g *GoTo) recall(back int) {
	g.line, g.back = "", back
	if back > 0 {
		g.line.Type(g.history[len(g.history)-back])
	}
	g.changed()
}

// completeLine replaces the text by the selected or first completion.
func (g *GoTo) completeLine() {
	if len(g.items) == 0 {
		return
	}
	item := g.items[max(g.cursor, 0)]
	if !item.Disabled.Empty() {
		return
	}
	g.line = ""
	g.line.Type(item.ID)
	g.changed()
}

// accept takes the text, or the selected completion. After one that ends in a slash the line stays open for the rest.
func (g *GoTo) accept() Result {
	if g.cursor >= 0 {
		if !g.items[g.cursor].Disabled.Empty() {
			return Open
		}
		g.completeLine()
		if strings.HasSuffix(string(g.line), "/") {
			return Open
		}
	}
	if strings.TrimSpace(string(g.line)) == "" {
		return Open
	}
	return Accepted
}

// Value returns the text.
func (g *GoTo) Value() string { return strings.TrimSpace(string(g.line)) }

// KeyHint is the hint about keys for the lower edge of the frame.
func (g *GoTo) KeyHint() ui.Text { return ui.Clean(hintGoTo) }

// Height returns the number of lines of the whole line with its completions.
func (g *GoTo) Height(ui.Frame) int { return len(g.items) + 2 }

// View draws the line, its completions, and a note.
func (g *GoTo) View(f ui.Frame) string {
	lines := []string{g.line.Line(f, ": ").View(f, f.Width)}
	titles := 0
	for _, item := range g.items {
		titles = max(titles, item.Title.Width())
	}
	titles = min(titles, f.Width/2)
	items, below := window(f, max(g.cursor, 0), len(g.items), max(f.Height-2, 1), func(i int) ui.Line {
		item := g.items[i]
		if !item.Detail.Empty() {
			item.Title = item.Title.Pad(titles)
		}
		return item.line(f, nil, i == g.cursor)
	})
	lines = append(lines, items...)
	if note := g.note(f.Width-titles, below); note != nil {
		lines = append(lines, note.View(f, f.Width))
	}
	return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
}

// note says why the selected completion is disabled, or has its detail if that was cut, or how many completions are
// below.
func (g *GoTo) note(room, below int) ui.Line {
	at := g.cursor
	if len(g.items) == 1 {
		at = 0
	}
	switch {
	case at >= 0 && !g.items[at].Disabled.Empty():
		return reasonLine(g.items[at].Disabled)
	case at >= 0 && g.items[at].Detail.Width() > room-4: // the bar, and the gap
		return ui.Line{ui.Styled(ui.RoleText, "  "), {Text: g.items[at].Detail, Role: ui.RoleMuted}}
	case below > 0:
		return ui.Muted(fmt.Sprintf(textMoreBelow, below))
	}
	return nil
}
