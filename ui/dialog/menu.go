package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// Menu is a small menu: one of a few things, picked with the cursor or by its own key.
type Menu struct {
	// Title is for the frame around it.
	Title ui.Text
	Items []MenuItem

	cursor int
	said   ui.Text // why the last one could not be picked
}

// MenuItem is one thing to pick.
type MenuItem struct {
	// ID is what the owner knows it by. It is not drawn.
	ID string
	// Title names it, Detail says what it would give.
	Title, Detail ui.Text
	// Key picks it at once; empty for none.
	Key string
	// Disabled is the reason why it cannot be picked; empty where it can.
	Disabled ui.Text
}

// Key takes a key; a choice takes them all.
func (c *Menu) Key(k tea.KeyPressMsg) Result {
	c.said = ui.Text{}
	name := k.String()
	for i, item := range c.Items {
		if item.Key != "" && item.Key == name {
			c.cursor = i
			return c.Pick()
		}
	}
	switch name {
	case "esc", "ctrl+c":
		return Closed
	case "enter":
		return c.Pick()
	case "up", "k", "shift+tab":
		c.Move(-1)
	case "down", "j", "tab":
		c.Move(1)
	case "home":
		c.Move(-len(c.Items))
	case "end":
		c.Move(len(c.Items))
	}
	return Open
}

// Move puts the cursor n items further, not over the ends.
func (c *Menu) Move(n int) { c.cursor = max(min(c.cursor+n, len(c.Items)-1), 0) }

// Select puts the cursor on an item; an unknown id changes nothing.
func (c *Menu) Select(id string) {
	for i, item := range c.Items {
		if item.ID == id {
			c.cursor = i
		}
	}
}

// Pick picks what is under the cursor, or says why it cannot be.
func (c *Menu) Pick() Result {
	item, ok := c.Current()
	if !ok {
		return Open
	}
	if !item.Disabled.Empty() {
		c.said = item.Disabled
		return Open
	}
	return Accepted
}

// Current is the item under the cursor; false where there is none.
func (c *Menu) Current() (MenuItem, bool) {
	if c.cursor >= len(c.Items) {
		return MenuItem{}, false
	}
	return c.Items[c.cursor], true
}

// KeyHint is the hint for the lower edge of the frame.
func (c *Menu) KeyHint() ui.Text { return ui.Clean("enter picks  esc closes") }

// Height is how many lines all of it takes.
func (c *Menu) Height(ui.Frame) int { return len(c.Items) + 1 }

// View draws the items in f, its last line saying why one cannot be picked.
func (c *Menu) View(f ui.Frame) string {
	room := max(f.Height-1, 1)
	first := windowStart(c.cursor, len(c.Items), room)
	var lines []string
	for i := first; i < min(first+room, len(c.Items)); i++ {
		lines = append(lines, c.line(f, i).View(f, f.Width))
	}
	if reason := c.reason(); !reason.Empty() && f.Height > 1 {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleWarn, "✗ "), {Text: reason, Role: ui.RoleWarn}}.View(f, f.Width))
	}
	return strings.Join(lines, "\n")
}

// reason is why what is under the cursor cannot be picked.
func (c *Menu) reason() ui.Text {
	if item, ok := c.Current(); ok && c.said.Empty() {
		return item.Disabled
	}
	return c.said
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

// detailOr is what stands behind the title of an item: its detail, or why it cannot be had.
func detailOr(detail, disabled ui.Text) ui.Cell {
	if disabled.Empty() {
		return ui.Cell{Text: detail, Role: ui.RoleMuted}
	}
	return ui.Cell{Text: ui.Clean("✗ ").Concat(disabled), Role: ui.RoleWarn}
}

// itemBar begins a line of a list: a bar under the cursor, space elsewhere.
func itemBar(here bool) ui.Cell {
	if here {
		return ui.Styled(ui.RoleAccent, "▌ ")
	}
	return ui.Styled(ui.RoleText, "  ")
}

// windowStart is the first of n lines in a window of that height that has the cursor in it, near its middle.
func windowStart(cursor, n, height int) int {
	return max(min(cursor-height/2, n-height), 0)
}
