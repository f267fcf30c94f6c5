package dialog

import (
	"fmt"

	"nango-tui/ui"
)

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

// window draws the lines around the cursor of n, fills them up to height, and returns how many are below.
func window(f ui.Frame, cursor, n, height int, line func(i int) ui.Line) (lines []string, below int) {
	first := max(min(cursor-height/2, n-height), 0)
	lines = make([]string, 0, max(height, 0))
	for i := first; i < min(first+height, n); i++ {
		lines = append(lines, line(i).View(f, f.Width))
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines, max(n-first-height, 0)
}

// position is where the cursor is: "3 of 41". It is empty if nothing is selected.
func position(cursor, n int) ui.Line {
	if cursor < 0 || n == 0 {
		return nil
	}
	return ui.Muted(fmt.Sprintf(textPosition, ui.Count(cursor+1), ui.Count(n)))
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

// line draws an item: title with highlighted matches, padded to titles cells, detail if there is room, keys at the right.
func (i Item) line(f ui.Frame, hits []int, titles int, selected bool) ui.Line {
	bar, role, detail := i.look(selected)
	keys := ui.Clean(i.Keys).Truncate(f.Width / 3)
	room := max(f.Width-keys.Width()-1, 1)
	line := append(ui.Line{bar}, highlight(i.Title, hits, role)...)
	if titles > 0 && i.Title.Width() > titles {
		line = append(ui.Line{bar}, highlight(i.Title.Truncate(titles), hits, role)...)
	}
	if !detail.Text.Empty() {
		line = append(line, ui.Styled(ui.RoleText, ui.Spaces(max(titles-i.Title.Width(), 0)+2)), detail)
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

// widestTitle is the width of the column of titles in a frame of that width.
func widestTitle(items []Item, width int) int {
	titles := 0
	for _, item := range items {
		titles = max(titles, item.Title.Width())
	}
	return min(titles, max(width/2, 1))
}

func reasonLine(reason ui.Text) ui.Line {
	return ui.Line{ui.Styled(ui.RoleWarn, "✗ "), {Text: reason, Role: ui.RoleWarn}}
}
