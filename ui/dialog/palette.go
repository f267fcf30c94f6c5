package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// PaletteItem is something that can be done or gone to.
type PaletteItem struct {
	// ID is what the owner knows it by; in a [GoTo] it is the text that stands in the line once it is completed.
	ID string
	// Title names it, Detail says more in a few words.
	Title, Detail ui.Text
	// Keys are the keys that do the same.
	Keys string
	// Disabled is the reason why it cannot be done now; empty where it can.
	Disabled ui.Text
}

// Palette finds one item among many as one types.
type Palette struct {
	items  []PaletteItem
	query  ui.Prompt
	found  []found
	cursor int
	said   ui.Text
	page   int
}

// NewPalette shows all items in their order.
func NewPalette(items []PaletteItem) *Palette {
	p := &Palette{items: items, page: 1}
	p.filter()
	return p
}

// Key takes a key; a palette takes them all.
func (p *Palette) Key(k tea.KeyPressMsg) Result {
	p.said = ui.Text{}
	switch k.String() {
	case "esc", "ctrl+c":
		return Closed
	case "enter":
		return p.Pick()
	case "up", "ctrl+p", "shift+tab":
		p.Move(-1)
	case "down", "ctrl+n", "tab":
		p.Move(1)
	case "pgup":
		p.Move(-p.page)
	case "pgdown":
		p.Move(p.page)
	default:
		if p.query.Key(k) {
			p.filter()
		}
	}
	return Open
}

// Type adds typed or pasted text to what is looked for.
func (p *Palette) Type(s string) {
	p.query.Type(s)
	p.filter()
}

// Query is what has been typed.
func (p *Palette) Query() string { return string(p.query) }

// Move puts the cursor n items further, not over the ends.
func (p *Palette) Move(n int) { p.cursor = max(min(p.cursor+n, len(p.found)-1), 0) }

// Pick picks what is under the cursor, or says why it cannot be.
func (p *Palette) Pick() Result {
	item, ok := p.Current()
	switch {
	case !ok:
		return Open
	case !item.Disabled.Empty():
		p.said = item.Disabled
		return Open
	}
	return Accepted
}

// Current is the item under the cursor; false where nothing is found.
func (p *Palette) Current() (PaletteItem, bool) {
	if p.cursor >= len(p.found) {
		return PaletteItem{}, false
	}
	return p.items[p.found[p.cursor].item], true
}

func (p *Palette) filter() {
	p.found = rank(p.items, string(p.query))
	p.cursor = 0
}

// KeyHint is the hint for the lower edge of the frame.
func (p *Palette) KeyHint() ui.Text {
	return ui.Clean("type to find  ↑↓ move  enter does it  esc closes")
}

// Height is how many lines it wants: the line that is typed, an item each, and the reason.
func (p *Palette) Height(ui.Frame) int { return len(p.items) + 2 }

// View draws the palette in f: what is typed, what was found, and why the one under the cursor cannot be done.
func (p *Palette) View(f ui.Frame) string {
	p.page = max(f.Height-2, 1)
	lines := []string{p.query.Line(f, "> ").View(f, f.Width)}
	if len(p.found) == 0 {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleMuted, "  nothing found")}.View(f, f.Width))
	}
	first := windowStart(p.cursor, len(p.found), p.page)
	for i := first; i < min(first+p.page, len(p.found)); i++ {
		item := p.items[p.found[i].item]
		lines = append(lines, item.line(f, p.found[i].at, i == p.cursor).View(f, f.Width))
	}
	if reason := p.reason(); !reason.Empty() {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleWarn, "✗ "), {Text: reason, Role: ui.RoleWarn}}.View(f, f.Width))
	}
	return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
}

func (p *Palette) reason() ui.Text {
	if item, ok := p.Current(); ok && p.said.Empty() {
		return item.Disabled
	}
	return p.said
}

// line draws an item: its title with what was found in it, the keys at the right, the detail where there is room.
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
	line := append(ui.Line{itemBar(here)}, paintHits(i.Title, hits, role)...)
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
