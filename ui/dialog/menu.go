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
	Items []MenuItem

	cursor int
}

// MenuItem is an item of a [Menu].
type MenuItem struct {
	// ID identifies the item. It is not drawn.
	ID string
	// Title names the item, Detail describes it.
	Title, Detail ui.Text
	// Key selects it directly; empty for none.
	Key string
	// Disabled is the reason why it cannot be selected; empty if it can.
	Disabled ui.Text
}

// Key handles a key. A menu takes all keys.
func (c *Menu) Key(k tea.KeyPressMsg) Result {
	name := k.String()
	for i, item := range c.Items {
		if item.Key != "" && item.Key == name {
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
func (c *Menu) Current() (MenuItem, bool) {
	if c.cursor >= len(c.Items) {
		return MenuItem{}, false
	}
	return c.Items[c.cursor], true
}

// KeyHint is the hint about keys for the lower edge of the frame.
func (c *Menu) KeyHint() ui.Text { return ui.Clean(hintMenu) }

// Height returns the number of lines of the whole menu.
func (c *Menu) Height(ui.Frame) int { return len(c.Items) + 1 }

// View draws the items, and on the last line why one is disabled.
func (c *Menu) View(f ui.Frame) string {
	room := max(f.Height-1, 1)
	first := windowStart(c.cursor, len(c.Items), room)
	var lines []string
	for i := first; i < min(first+room, len(c.Items)); i++ {
		lines = append(lines, c.line(f, i).View(f, f.Width))
	}
	if item, ok := c.Current(); ok && !item.Disabled.Empty() && f.Height > 1 {
		lines = append(lines, reasonLine(item.Disabled).View(f, f.Width))
	}
	return strings.Join(lines, "\n")
}

func (c *Menu) line(f ui.Frame, i int) ui.Line {
	item := c.Items[i]
	keys, titles := 0, 0
	for _, other := range c.Items {
		keys, titles = max(keys, ui.Clean(other.Key).Width()), max(titles, other.Title.Width())
	}
	titles = min(titles, max(f.Width/2, 1))
	role := ui.RoleText
	switch {
	case !item.Disabled.Empty():
		role = ui.RoleMuted
	case i == c.cursor:
		role = ui.RoleSelected
	}
	line := ui.Line{itemBar(i == c.cursor)}
	if keys > 0 {
		line = append(line, ui.Cell{Text: ui.Clean(item.Key).Pad(keys + 2), Role: ui.RoleAccent})
	}
	line = append(line, ui.Cell{Text: item.Title.Truncate(titles), Role: role})
	if detail := detailOr(item.Detail, item.Disabled); !detail.Text.Empty() {
		line = append(line, ui.Styled(ui.RoleText, ui.Spaces(titles-min(item.Title.Width(), titles)+2)), detail)
	}
	return line
}

// detailOr returns the detail of an item, or why it is disabled.
func detailOr(detail, disabled ui.Text) ui.Cell {
	if disabled.Empty() {
		return ui.Cell{Text: detail, Role: ui.RoleMuted}
	}
	return ui.Cell{Text: ui.Clean("✗ ").Concat(disabled), Role: ui.RoleWarn}
}

// itemBar begins an item: a bar under the cursor, otherwise spaces.
func itemBar(here bool) ui.Cell {
	if here {
		return ui.Styled(ui.RoleAccent, "▌ ")
	}
	return ui.Styled(ui.RoleText, "  ")
}

// windowStart returns the first of n lines in a window that has the cursor near its middle.
func windowStart(cursor, n, height int) int {
	return max(min(cursor-height/2, n-height), 0)
}

// reasonLine says why an item is disabled.
func reasonLine(reason ui.Text) ui.Line {
	return ui.Line{ui.Styled(ui.RoleWarn, "✗ "), {Text: reason, Role: ui.RoleWarn}}
}
