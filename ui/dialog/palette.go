package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// Palette is a menu in which an item is found by typing.
type Palette struct {
	Menu  // of the matches
	all   []Item
	hits  [][]int // where a match contains the query, per item of the menu
	query ui.Prompt
	page  int
}

// NewPalette returns a palette with all items in order.
func NewPalette(items []Item) *Palette {
	p := &Palette{all: items, page: 1}
	p.filter()
	return p
}

// Key handles a key. A palette takes all keys.
func (p *Palette) Key(k tea.KeyPressMsg) Result {
	switch k.String() {
	case "esc", "ctrl+c":
		return Closed
	case "enter":
		return p.accept()
	case "up", "ctrl+p", "shift+tab":
		p.move(-1)
	case "down", "ctrl+n", "tab":
		p.move(1)
	case "pgup":
		p.move(-p.page)
	case "pgdown":
		p.move(p.page)
	default:
		if p.query.Key(k) {
			p.filter()
		}
	}
	return Open
}

// Type appends typed or pasted text to the query.
func (p *Palette) Type(s string) {
	p.query.Type(s)
	p.filter()
}

func (p *Palette) filter() {
	p.Items, p.hits, p.cursor = nil, nil, 0
	for _, m := range rank(p.all, string(p.query)) {
		p.Items, p.hits = append(p.Items, m.item), append(p.hits, m.at)
	}
}

// KeyHint is the hint about keys for the lower edge of the frame.
func (p *Palette) KeyHint() ui.Text { return ui.Clean(hintPalette) }

// Height returns the number of lines of the whole palette.
func (p *Palette) Height(ui.Frame) int { return len(p.all) + 2 }

// View draws the query, the matches, and why the one under the cursor is disabled.
func (p *Palette) View(f ui.Frame) string {
	p.page = max(f.Height-2, 1)
	lines := []string{p.query.Line(f, "> ").View(f, f.Width)}
	if len(p.Items) == 0 {
		lines = append(lines, ui.Muted(textNoMatches).View(f, f.Width))
	}
	matches, _ := window(f, p.cursor, len(p.Items), p.page, func(i int) ui.Line {
		return p.Items[i].line(f, p.hits[i], i == p.cursor)
	})
	lines = append(lines, matches...)
	if item, ok := p.Current(); ok && !item.Disabled.Empty() {
		lines = append(lines, reasonLine(item.Disabled).View(f, f.Width))
	}
	return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
}

// line draws an item: title with highlighted matches, detail if there is room, keys at the right.
func (i Item) line(f ui.Frame, hits []int, selected bool) ui.Line {
	bar, role, detail := i.look(selected)
	keys := ui.Clean(i.Keys).Truncate(f.Width / 3)
	room := max(f.Width-keys.Width()-1, 1)
	line := append(ui.Line{bar}, highlight(i.Title, hits, role)...)
	if !detail.Text.Empty() {
		line = append(line, ui.Styled(ui.RoleText, "  "), detail)
	}
	line = truncate(line, room)
	if keys.Empty() {
		return line
	}
	return append(line, ui.Styled(ui.RoleText, ui.Spaces(room+1-line.Width())), ui.Cell{Text: keys, Role: ui.RoleAccent})
}

func truncate(l ui.Line, cells int) ui.Line {
	var out ui.Line
	for _, c := range l {
		w := c.Text.Width()
		if w > cells {
			return append(out, ui.Cell{Text: c.Text.Truncate(cells), Role: c.Role})
		}
		out, cells = append(out, c), cells-w
	}
	return out
}
