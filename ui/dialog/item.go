package dialog

import (
	"strings"

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

const (
	// gutter is the number of cells before an item, for the bar of the selected one in a theme that doesn't fill it.
	gutter = 2
	// scrollbar is the width of the last column, which is free if nothing scrolls.
	scrollbar = 1
	// scrollEdge is the number of items beyond the selected one that are visible after scrolling, as far as there is room.
	scrollEdge = 4
)

// window is the visible part of a list of items.
type window struct{ top int }

// view draws the items around the cursor, which is -1 if none is selected: exactly height lines. The frame is told where it is.
func (w *window) view(f ui.Frame, cursor, n, height int, draw func(p *ui.Pen, i int)) []string {
	height = max(height, 0)
	w.follow(max(cursor, 0), n, height)
	p, scroll := ui.NewPen(f, nil), ui.Scroll{Top: w.top, Visible: height, Total: n}
	for line := range height {
		if line > 0 {
			p.Newline()
		}
		i := w.top + line
		if i >= n {
			continue
		}
		if i == cursor {
			p.Select()
		}
		p.To(gutter)
		draw(&p, i)
		p.Scrollbar(scroll, line)
	}
	if at := cursor + 1; at > 0 && n > 0 {
		f.ShowPosition(at, n)
	} else if n > height {
		f.ShowPosition(w.top+height, n)
	}
	return strings.Split(string(p.Bytes()), "\n")[:height]
}

// follow scrolls so that the cursor is visible, by a few extra items: a list that moved with each key would be sent with each key.
func (w *window) follow(cursor, n, height int) {
	edge := min(scrollEdge, height/4)
	switch {
	case cursor < w.top:
		w.top = cursor - edge
	case cursor >= w.top+height:
		w.top = cursor - height + 1 + edge
	}
	w.top = max(min(w.top, n-height), 0)
}

// look returns the role of an item's title, and its detail, or why it is disabled.
func (i Item) look() (title ui.Role, detail ui.Cell) {
	if i.Disabled.Empty() {
		return ui.RoleText, ui.Cell{Text: i.Detail, Role: ui.RoleMuted}
	}
	return ui.RoleMuted, ui.Cell{Text: ui.Clean("✗ ").Concat(i.Disabled), Role: ui.RoleWarn}
}

// draw draws an item: title with highlighted matches, padded to titles cells, detail if there is room, keys at the right.
func (i Item) draw(p *ui.Pen, f ui.Frame, hits []int, titles int) {
	role, detail := i.look()
	right := f.Width - scrollbar
	keys := ui.Clean(i.Keys).Truncate(f.Width / 3)
	end := max(right-keys.Width()-1, gutter+1)
	title := i.Title.Truncate(end - gutter)
	if titles > 0 {
		title = title.Truncate(titles)
	}
	for _, c := range highlight(title, hits, role) {
		p.Cell(c.Role, c.Text.String(), end-p.Position(), false)
	}
	p.To(gutter + max(titles, title.Width()) + ui.ColumnGap)
	p.Cell(detail.Role, detail.Text.String(), end-p.Position(), false)
	p.To(right - keys.Width())
	p.Cell(ui.RoleAccent, keys.String(), keys.Width(), false)
}

// isCut reports whether there is too little room for the item's detail behind titles of that width.
func (i Item) isCut(width, titles int) bool {
	return i.Detail.Width() > width-titles-gutter-ui.ColumnGap-scrollbar-ui.Clean(i.Keys).Width()
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
