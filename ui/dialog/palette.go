package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// maxListed is the maximum number of lines for items. Others are scrolled.
const maxListed = 16

// Palette is a list in which an item is found by typing. It keeps its size, whatever matches.
type Palette struct {
	// Title is for the frame around it, Hint the keys at its lower edge.
	Title, Hint ui.Text

	all, matches []Item
	hits         [][]int // where a match contains the query, per match
	cursor       int     // index of the selected match
	query        ui.Prompt
	page         int
	window       window
	aligned      bool // details stand below each other
}

// NewPalette returns a palette with all items in order.
func NewPalette(items []Item) *Palette {
	p := &Palette{all: items, page: 1, Hint: ui.Clean(hintPalette)}
	p.filter()
	return p
}

// NewMenu returns a palette of a few options, with their details in a column.
func NewMenu(title ui.Text, items []Item) *Palette {
	p := NewPalette(items)
	p.Title, p.aligned, p.Hint = title, true, ui.Clean(hintMenu)
	return p
}

// Key handles a key. A palette takes all keys.
func (p *Palette) Key(k tea.KeyPressMsg) Result {
	switch k.String() {
	case "esc", "ctrl+c":
		return Closed
	case "enter":
		if item, ok := p.Current(); ok && item.Disabled.Empty() {
			return Accepted
		}
	case "up", "ctrl+p", "shift+tab":
		p.move(-1)
	case "down", "ctrl+n", "tab":
		p.move(1)
	case "pgup":
		p.move(-p.page)
	case "pgdown":
		p.move(p.page)
	case "home":
		p.move(-len(p.matches))
	case "end":
		p.move(len(p.matches))
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

// Typed returns the query.
func (p *Palette) Typed() string { return string(p.query) }

// Replace replaces the items, with the cursor on the n-th one. The query stays.
func (p *Palette) Replace(items []Item, n int) {
	p.all = items
	p.filter()
	for i, item := range p.matches {
		if n >= 0 && n < len(items) && item.ID == items[n].ID {
			p.cursor = i
		}
	}
}

// Select moves the cursor to the n-th item.
func (p *Palette) Select(n int) { p.cursor = max(min(n, len(p.matches)-1), 0) }

func (p *Palette) move(n int) { p.Select(p.cursor + n) }

// filter shows the items that match the query, with the cursor on the best one.
func (p *Palette) filter() {
	p.matches, p.hits, p.cursor = nil, nil, 0
	for _, m := range rank(p.all, string(p.query)) {
		p.matches, p.hits = append(p.matches, m.item), append(p.hits, m.at)
	}
}

// Current returns the selected item; ok is false if none matches.
func (p *Palette) Current() (item Item, ok bool) {
	if p.cursor >= len(p.matches) {
		return Item{}, false
	}
	return p.matches[p.cursor], true
}

// KeyHint is the hint about keys for the lower edge of the frame.
func (p *Palette) KeyHint() ui.Text { return p.Hint }

// Height returns the number of lines of the palette: the query, items, and why one is disabled or what was cut of its detail.
func (p *Palette) Height(ui.Frame) int { return min(len(p.all), maxListed) + 2 }

// View draws the query, the matches, and why the one under the cursor is disabled, or its detail if that is cut.
func (p *Palette) View(f ui.Frame) string {
	p.page = max(f.Height-2, 1)
	query := p.query.Line(f, "> ")
	if p.query == "" {
		query = append(query, ui.Styled(ui.RoleMuted, textTypeToFilter))
	}
	lines := []string{query.View(f, f.Width)}
	titles := 0
	if p.aligned {
		titles = widestTitle(p.all, f.Width)
	}
	matches := p.window.view(f, p.cursor, len(p.matches), p.page, func(pen *ui.Pen, i int) {
		p.matches[i].draw(pen, f, p.hits[i], titles)
	})
	if len(p.matches) == 0 {
		matches[0] = ui.Muted(textNoMatches).View(f, f.Width)
	}
	lines = append(lines, matches...)
	if item, ok := p.Current(); ok && !item.Disabled.Empty() {
		lines = append(lines, reasonLine(item.Disabled).View(f, f.Width))
	} else if ok && p.aligned && item.isCut(f.Width, titles) {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleText, "  "), {Text: item.Detail, Role: ui.RoleMuted}}.View(f, f.Width))
	}
	return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
}
