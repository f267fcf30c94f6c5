package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Choice is a small menu: one of a few things, picked with the cursor or by its own key.
type Choice struct {
	// Title is for the frame around it.
	Title Text
	Items []ChoiceItem

	cursor int
	said   Text // why the last one could not be picked
}

// ChoiceItem is one thing to pick.
type ChoiceItem struct {
	// ID is what the owner knows it by. It is not drawn.
	ID string
	// Title names it, Detail says what it would give.
	Title, Detail Text
	// Key picks it at once; empty for none.
	Key string
	// Disabled is the reason why it cannot be picked; empty where it can.
	Disabled Text
}

// Key takes a key; a choice takes them all.
func (c *Choice) Key(k tea.KeyPressMsg) DialogResult {
	c.said = Text{}
	name := k.String()
	for i, item := range c.Items {
		if item.Key != "" && item.Key == name {
			c.cursor = i
			return c.Pick()
		}
	}
	switch name {
	case "esc", "ctrl+c":
		return DialogClosed
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
	return DialogOpen
}

// Move puts the cursor n items further, not over the ends.
func (c *Choice) Move(n int) { c.cursor = max(min(c.cursor+n, len(c.Items)-1), 0) }

// Select puts the cursor on an item; an unknown id changes nothing.
func (c *Choice) Select(id string) {
	for i, item := range c.Items {
		if item.ID == id {
			c.cursor = i
		}
	}
}

// Pick picks what is under the cursor, or says why it cannot be.
func (c *Choice) Pick() DialogResult {
	item, ok := c.Current()
	if !ok {
		return DialogOpen
	}
	if !item.Disabled.Empty() {
		c.said = item.Disabled
		return DialogOpen
	}
	return DialogAccepted
}

// Current is the item under the cursor; false where there is none.
func (c *Choice) Current() (ChoiceItem, bool) {
	if c.cursor >= len(c.Items) {
		return ChoiceItem{}, false
	}
	return c.Items[c.cursor], true
}

// Foot is the hint for the lower edge of the frame.
func (c *Choice) Foot() Text { return Clean("enter picks  esc closes") }

// Height is how many lines all of it takes.
func (c *Choice) Height(Frame) int { return len(c.Items) + 1 }

// View draws the items in f, its last line saying why one cannot be picked.
func (c *Choice) View(f Frame) string {
	room := max(f.Height-1, 1)
	first := windowStart(c.cursor, len(c.Items), room)
	var lines []string
	for i := first; i < min(first+room, len(c.Items)); i++ {
		lines = append(lines, c.line(f, i).View(f, f.Width))
	}
	if reason := c.reason(); !reason.Empty() && f.Height > 1 {
		lines = append(lines, Line{Say(RoleWarn, "✗ "), {Text: reason, Role: RoleWarn}}.View(f, f.Width))
	}
	return strings.Join(lines, "\n")
}

// reason is why what is under the cursor cannot be picked.
func (c *Choice) reason() Text {
	if item, ok := c.Current(); ok && c.said.Empty() {
		return item.Disabled
	}
	return c.said
}

func (c *Choice) line(f Frame, i int) Line {
	item := c.Items[i]
	keys, titles := 0, 0
	for _, other := range c.Items {
		keys, titles = max(keys, Clean(other.Key).Width()), max(titles, other.Title.Width())
	}
	titles = min(titles, max(f.Width/2, 1))
	role := RoleText
	switch {
	case !item.Disabled.Empty():
		role = RoleMuted
	case i == c.cursor:
		role = RoleSelected
	}
	line := Line{itemBar(i == c.cursor)}
	if keys > 0 {
		line = append(line, Cell{Text: Clean(item.Key).Pad(keys + 2), Role: RoleAccent})
	}
	line = append(line, Cell{Text: item.Title.Truncate(titles), Role: role})
	if detail := detailOr(item.Detail, item.Disabled); !detail.Text.Empty() {
		line = append(line, Say(RoleText, Spaces(titles-min(item.Title.Width(), titles)+2)), detail)
	}
	return line
}

// detailOr is what stands behind the title of an item: its detail, or why it cannot be had.
func detailOr(detail, disabled Text) Cell {
	if disabled.Empty() {
		return Cell{Text: detail, Role: RoleMuted}
	}
	return Cell{Text: Clean("✗ ").Concat(disabled), Role: RoleWarn}
}

// itemBar begins a line of a list: a bar under the cursor, space elsewhere.
func itemBar(here bool) Cell {
	if here {
		return Say(RoleAccent, "▌ ")
	}
	return Say(RoleText, "  ")
}

// windowStart is the first of n lines in a window of that height that has the cursor in it, near its middle.
func windowStart(cursor, n, height int) int {
	return max(min(cursor-height/2, n-height), 0)
}
