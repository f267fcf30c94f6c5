package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// Completion is what a typed text may become.
type Completion struct {
	// Items are the completions, best first. The id of one replaces the text.
	Items []Item
	// Note describes the text, or what can be typed while there is none; empty if there is nothing to say.
	Note ui.Text
	// Complete means that the text itself can be taken. Otherwise the first item is selected.
	Complete bool
}

// GoTo is a line for free text, such as a route, with completion and history. It keeps its size, whatever is typed.
type GoTo struct {
	complete func(typed string) Completion
	history  []string
	line     ui.Prompt
	found    Completion
	cursor   int // index of the completion, -1 for the typed text
	back     int // steps back in the history, 0 for the typed text
	window   window
}

// NewGoTo returns an empty line. complete returns the completions of the typed text. history has the latest text last.
func NewGoTo(complete func(typed string) Completion, history []string) *GoTo {
	g := &GoTo{complete: complete, history: history}
	g.Complete()
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
			g.Complete()
		}
	}
	return Open
}

// Type appends typed or pasted text.
func (g *GoTo) Type(s string) {
	g.line.Type(s)
	g.back = 0
	g.Complete()
}

// Complete completes the text, and again when more is known to complete it. The best completion is selected if the text can't be
// taken as it is.
func (g *GoTo) Complete() {
	g.found, g.cursor = g.complete(string(g.line)), -1
	if g.line != "" && !g.found.Complete && len(g.found.Items) > 0 {
		g.cursor = 0
	}
}

// up moves to the completion above, and from the text back in the history.
func (g *GoTo) up() {
	switch {
	case g.cursor >= 0 && g.back == 0:
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
	case g.cursor < len(g.found.Items)-1:
		g.cursor++
	}
}

func (g *GoTo) recall(back int) {
	g.line, g.back = "", back
	if back > 0 {
		g.line.Type(g.history[len(g.history)-back])
	}
	g.Complete()
}

// completeLine replaces the text by the selected or first completion.
func (g *GoTo) completeLine() {
	if len(g.found.Items) == 0 {
		return
	}
	item := g.found.Items[max(g.cursor, 0)]
	if !item.Disabled.Empty() {
		return
	}
	g.line = ui.Prompt(item.ID)
	g.Complete()
}

// accept takes the text, or the selected completion. After one that ends in a slash the line stays open for the rest.
func (g *GoTo) accept() Result {
	if g.cursor >= 0 {
		if !g.found.Items[g.cursor].Disabled.Empty() {
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

// Typed returns the text as it was typed.
func (g *GoTo) Typed() string { return string(g.line) }

// Current returns the selected completion; ok is false if the text itself would be taken.
func (g *GoTo) Current() (item Item, ok bool) {
	if g.cursor < 0 {
		return Item{}, false
	}
	return g.found.Items[g.cursor], true
}

// KeyHint is the hint about keys for the lower edge of the frame.
func (g *GoTo) KeyHint() ui.Text { return ui.Clean(hintGoTo) }

// Height returns the number of lines: the text, completions, and a note.
func (g *GoTo) Height(ui.Frame) int { return maxListed + 2 }

// View draws the line, its completions, and a note.
func (g *GoTo) View(f ui.Frame) string {
	line := g.line.Line(f, ": ")
	if g.line == "" && !g.found.Note.Empty() {
		line = append(line, ui.Styled(ui.RoleMuted, " "), ui.Cell{Text: g.found.Note, Role: ui.RoleMuted})
	}
	lines := []string{line.View(f, f.Width)}
	titles := widestTitle(g.found.Items, f.Width)
	items := g.window.view(f, g.cursor, len(g.found.Items), max(f.Height-2, 1), func(p *ui.Pen, i int) {
		g.found.Items[i].draw(p, f, nil, titles)
	})
	if none := g.noMatches(); none != "" {
		items[0] = ui.Muted(none).View(f, f.Width)
	}
	lines = append(lines, items...)
	if note := g.note(f.Width, titles); note != nil {
		lines = append(lines, note.View(f, f.Width))
	}
	return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
}

// noMatches says that nothing completes the text; empty if something does.
func (g *GoTo) noMatches() string {
	switch {
	case g.line == "" || len(g.found.Items) > 0:
		return ""
	case g.found.Complete:
		return textOpensTyped
	}
	return textNoMatches
}

// note says why the selected completion is disabled, or has its detail if that was cut, or describes the text.
func (g *GoTo) note(width, titles int) ui.Line {
	item, ok := g.Current()
	switch {
	case ok && !item.Disabled.Empty():
		return reasonLine(item.Disabled)
	case ok && item.isCut(width, titles):
		return ui.Line{ui.Styled(ui.RoleText, "  "), {Text: item.Detail, Role: ui.RoleMuted}}
	case g.line != "" && !g.found.Note.Empty():
		return ui.Line{ui.Styled(ui.RoleText, "  "), {Text: g.found.Note, Role: ui.RoleMuted}}
	}
	return nil
}
