package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// PaletteItem is an action or a place.
type PaletteItem struct {
	// ID identifies the item. In a [GoTo] it is the completed text.
	ID string
	// Title names the item, Detail describes it.
	Title, Detail ui.Text
	// Keys are the keys for the same action.
	Keys string
	// Disabled is the reason why it is unavailable; empty if it is available.
	Disabled ui.Text
}

// Palette finds an item by typing.
type Palette struct {
	items   []PaletteItem
	query   ui.Prompt
	matches []match
	cursor  int
	page    int
}

// NewPalette returns a palette with all items in order.
func NewPalette(items []PaletteItem) *Palette {
	p := &Palette{items: items, page: 1}
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

func (p *Palette) move(n int) { p.cursor = max(min(p.cursor+n, len(p.matches)-1), 0) }

// accept takes the item under the cursor, unless it is disabled.
func (p *Palette) accept() Result {
	if item, ok := p.Current(); ok && item.Disabled.Empty() {
		return Accepted
	}
	return Open
}

// Current returns the item under the cursor.
func (p *Palette) Current() (PaletteItem, bool) {
	if p.cursor >= len(p.matches) {
		return PaletteItem{}, false
	}
	return p.items[p.matches[p.cursor].item], true
}

func (p *Palette) filter() {
	p.matches = rank(p.items, string(p.query))
	p.cursor = 0
}

// KeyHint is the hint about keys for the lower edge of the frame.
func (p *Palette) KeyHint() ui.Text {
	return ui.Clean(hintPalette)
}

// Height returns the number of lines of the whole palette.
func (p *Palette) Height(ui.Frame) int { return len(p.items) + 2 }

// View draws the query, the matches, and why the one under the cursor is disabled.
func (p *Palette) View(f ui.Frame) string {
	p.page = max(f.Height-2, 1)
	lines := []string{p.query.Line(f, "> ").View(f, f.Width)}
	if len(p.matches) == 0 {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleMuted, textNoMatches)}.View(f, f.Width))
	}
	first := windowStart(p.cursor, len(p.matches), p.page)
	for i := first; i < min(first+p.page, len(p.matches)); i++ {
		item := p.items[p.matches[i].item]
		lines = append(lines, item.line(f, p.matches[i].at, i == p.cursor).View(f, f.Width))
	}
	if item, ok := p.Current(); ok && !item.Disabled.Empty() {
		lines = append(lines, reasonLine(item.Disabled).View(f, f.Width))
	}
	return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
}

// line draws an item: title with highlighted matches, detail if there is room, keys at the right.
func (i PaletteItem) line(f ui.Frame, hits []int, here bool) ui.Line {
	role := ui.RoleText
	switch {
	case !i.Disabled.Empty():
		role = ui.RoleMuted
	case here:
		role = ui.RoleSelected
	}
	keys := ui.Clean(i.Keys).Truncate(f.Width / 3)
	room := max(f.Width-keys.Width()-1, 1)
	line := append(ui.Line{itemBar(here)}, highlight(i.Title, hits, role)...)
	if detail := detailOr(i.Detail, i.Disabled); !detail.Text.Empty() {
		line = append(line, ui.Styled(ui.RoleText, "  "), detail)
	}
	line = truncate(line, room)
	if keys.Empty() {
		return line
	}
	return append(line, ui.Styled(ui.RoleText, ui.Spaces(room+1-line.Width())), ui.Cell{Text: keys, Role: ui.RoleAccent})
}

// truncate cuts a line to cells cells.
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
