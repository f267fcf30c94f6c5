package dialog

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// GoTo is a line that takes a free text, such as a route, completes it and remembers what was typed before.
type GoTo struct {
	complete func(typed string) []PaletteItem
	history  []string
	line     ui.Prompt
	items    []PaletteItem
	cursor   int // the completion, -1 for what is typed
	back     int // how far back in the history, 0 for what is typed
}

// NewGoTo is an empty line. complete gives what the typed text may become, best first; its items' ids are what then
// stands in the line. history is what was typed before, the latest last. Neither is kept beyond the line.
func NewGoTo(complete func(typed string) []PaletteItem, history []string) *GoTo {
	g := &GoTo{complete: complete, history: history}
	g.changed()
	return g
}

// Key takes a key; a go-to line takes them all.
func (g *GoTo) Key(k tea.KeyPressMsg) Result {
	switch k.String() {
	case "esc", "ctrl+c":
		return Closed
	case "enter":
		return g.Pick()
	case "tab":
		g.Complete()
	case "up":
		g.Up()
	case "down":
		g.Down()
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

// Type adds typed or pasted text.
func (g *GoTo) Type(s string) {
	g.line.Type(s)
	g.back = 0
	g.changed()
}

func (g *GoTo) changed() {
	g.items, g.cursor = g.complete(string(g.line)), -1
}

// Up goes to the completion above, and from what is typed back in the history. Down is the reverse.
func (g *GoTo) Up() {
	switch {
	case g.cursor >= 0:
		g.cursor--
	case g.back < len(g.history):
		g.recall(g.back + 1)
	}
}

// Down goes forward in the history, then down the completions.
func (g *GoTo) Down() {
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

// Complete puts the completion under the cursor, or else the first, into the line.
func (g *GoTo) Complete() {
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

// Pick takes the line, with the completion if one is under the cursor. One that ends in a slash is the beginning of a
// route, and waits for the rest.
func (g *GoTo) Pick() Result {
	if g.cursor >= 0 {
		if !g.items[g.cursor].Disabled.Empty() {
			return Open
		}
		g.Complete()
		if strings.HasSuffix(string(g.line), "/") {
			return Open
		}
	}
	if strings.TrimSpace(string(g.line)) == "" {
		return Open
	}
	return Accepted
}

// Value is what the line says.
func (g *GoTo) Value() string { return strings.TrimSpace(string(g.line)) }

// KeyHint is the hint for the lower edge of the frame.
func (g *GoTo) KeyHint() ui.Text {
	return ui.Clean("tab completes  ↑ what was typed before  enter goes  esc closes")
}

// Height is how many lines it wants.
func (g *GoTo) Height(ui.Frame) int { return len(g.items) + 2 }

// View draws the line, its completions below it, and what more there is to say of them.
func (g *GoTo) View(f ui.Frame) string {
	lines := []string{g.line.Line(f, ": ").View(f, f.Width)}
	room, titles := max(f.Height-2, 1), 0
	for _, item := range g.items {
		titles = max(titles, item.Title.Width())
	}
	titles = min(titles, f.Width/2)
	first := windowStart(max(g.cursor, 0), len(g.items), room)
	end := min(first+room, len(g.items))
	for i := first; i < end; i++ {
		item := g.items[i]
		if !item.Detail.Empty() {
			item.Title = item.Title.Pad(titles)
		}
		lines = append(lines, item.line(f, nil, i == g.cursor).View(f, f.Width))
	}
	if note := g.note(f.Width-titles, len(g.items)-end); note != nil {
		lines = append(lines, note.View(f, f.Width))
	}
	return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
}

// note is why the completion under the cursor cannot be gone to, or all of what is said of it, or of the only one, where
// it was cut; else that there are more below.
func (g *GoTo) note(room, below int) ui.Line {
	at := g.cursor
	if len(g.items) == 1 {
		at = 0
	}
	switch {
	case at >= 0 && !g.items[at].Disabled.Empty():
		return ui.Line{ui.Styled(ui.RoleWarn, "✗ "), {Text: g.items[at].Disabled, Role: ui.RoleWarn}}
	case at >= 0 && g.items[at].Detail.Width() > room-4: // the bar, and the gap before it
		return ui.Line{ui.Styled(ui.RoleText, "  "), {Text: g.items[at].Detail, Role: ui.RoleMuted}}
	case below > 0:
		return ui.Line{ui.Styled(ui.RoleMuted, fmt.Sprintf("↓ %d more below", below))}
	}
	return nil
}
