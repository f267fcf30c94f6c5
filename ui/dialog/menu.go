package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// Menu is a small menu. An item is selected with the cursor or by its own key.
type Menu struct {
	// Title is for the frame around the menu.
	Title ui.Text
	Items []Item

	cursor int
}

// Item is an action or a place.
type Item struct {
	// ID identifies the item. In a [GoTo] it is the completed text.
	ID string
	// Title names the item, Detail describes it.
	Title, Detail ui.Text
	// Keys are the keys for the same action, as the user presses them: "ctrl+p", "g g".
	Keys string
	// Disabled is the reason why the item is unavailable; empty if it is available.
	Disabled ui.Text
}

// Key handles a key. A menu takes all keys.
func (c *Menu) Key(k tea.KeyPressMsg) Result {
	name := k.String()
	for i, item := range c.Items {
		if item.Keys != "" && item.Keys == name {
			c.cursor = i
			return c.accept()
		}
	}
	switch name {
	case "esc", "ctrl+c":
		return Closed
	case "enter":
		return c.accept()
	case "up", "k", "shift+tab":
		c.move(-1)
	case "down", "j", "tab":
		c.move(1)
	case "home":
		c.move(-len(c.Items))
	case "end":
		c.move(len(c.Items))
	}
	return Open
}

func (c *Menu) move(n int) { c.cursor = max(min(c.cursor+n, len(c.Items)-1), 0) }

// accept takes the item under the cursor, unless it is disabled.
func (c *Menu) accept() Result {
	if item, ok := c.Current(); ok && item.Disabled.Empty() {
		return Accepted
	}
	return Open
}

// Current returns the item under the cursor.
func (c *Menu) Current() (Item, bool) {
	if c.cursor >= len(c.Items) {
		return Item{}, false
	}
	return c.Items[c.cursor], true
}

// KeyHint is the hint about keys for the lower edge of the frame.
func (c *Menu) KeyHint() ui.Text { return ui.Clean(hintMenu) }

// Height returns the number of lines of the whole menu.
func (c *Menu) Height(ui.Frame) int { return len(c.Items) + 1 }

// View draws the items, and on the last line why one is disabled.
func (c *Menu) View(f ui.Frame) string {
	lines, _ := window(f, c.cursor, len(c.Items), max(f.Height-1, 1), func(i int) ui.Line { return c.line(f, i) })
	if item, ok := c.Current(); ok && !item.Disabled.Empty() && f.Height > 1 {
		lines = append(lines, reasonLine(item.Disabled).View(f, f.Width))
	}
	return strings.Join(lines, "\n")
}

// window draws the lines around the cursor, and returns how many of n are below.
func window(f ui.Frame, cursor, n, height int, line func(i int) ui.Line) (lines []string, below int) {
	first := max(min(cursor-height/2, n-height), 0)
	end := min(first+height, n)
	for i := first; i < end; i++ {
		lines = append(lines, line(i).View(f, f.Width))
	}
	return lines, n - end
}

func (c *Menu) line(f ui.Frame, i int) ui.Line {
	item := c.Items[i]
	keys, titles := 0, 0
	for _, other := range c.Items {
		keys, titles = max(keys, ui.Clean(other.Keys).Width()), max(titles, other.Title.Width())
	}
	titles = min(titles, max(f.Width/2, 1))
	bar, role, detail := item.look(i == c.cursor)
	line := ui.Line{bar}
	if keys > 0 {
		line = append(line, ui.Cell{Text: ui.Clean(item.Keys).Pad(keys + 2), Role: ui.RoleAccent})
	}
	line = append(line, ui.Cell{Text: item.Title.Truncate(titles), Role: role})
	if !detail.Text.Empty() {
		line = append(line, ui.Styled(ui.RoleText, ui.Spaces(titles-min(item.Title.Width(), titles)+2)), detail)
	}
	return line
}

// look returns the bar before an item, the role of its title, and its detail, or why it is disabled.
func (i Item) look(selected bool) (bar ui.Cell, title ui.Role, detail ui.Cell) {
	bar, title = ui.Styled(ui.RoleText, "  "), ui.RoleText
	if selected {
		bar, title = ui.Styled(ui.RoleAccent, "▌ "), ui.RoleSelected
	}
	if i.Disabled.Empty() {
		return bar, title, ui.Cell{Text: i.Detail, Role: ui.RoleMuted}
	}
	return bar, ui.RoleMuted, ui.Cell{Text: ui.Clean("✗ ").Concat(i.Disabled), Role: ui.RoleWarn}
}

func reasonLine(reason ui.Text) ui.Line {
	return ui.Line{ui.Styled(ui.RoleWarn, "✗ "), {Text: reason, Role: ui.RoleWarn}}
}
