package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// HelpGroup has the keys of one scope.
type HelpGroup struct {
	Title ui.Text
	Items []Item
}

// Help lists the keys of a scope. Typing filters it.
type Help struct {
	groups []HelpGroup
	query  ui.Prompt
	scroll scroll
}

// NewHelp returns a help with all groups in order.
func NewHelp(groups []HelpGroup) *Help { return &Help{groups: groups} }

// Key handles a key. The help takes all keys.
func (h *Help) Key(k tea.KeyPressMsg) Result {
	switch k.String() {
	case "esc", "ctrl+c", "enter":
		return Closed
	}
	if !h.scroll.key(k) && h.query.Key(k) {
		h.scroll.offset = 0
	}
	return Open
}

// Type appends typed or pasted text to the filter.
func (h *Help) Type(s string) {
	h.query.Type(s)
	h.scroll.offset = 0
}

// KeyHint is the hint about keys for the lower edge of the frame.
func (h *Help) KeyHint() ui.Text { return ui.Clean(hintHelp) }

// Height returns the number of lines of the whole help, whatever is typed.
func (h *Help) Height(f ui.Frame) int { return len(h.content(f, "")) + 1 }

// Typed returns the filter.
func (h *Help) Typed() string { return string(h.query) }

// View draws the filter and the matching keys.
func (h *Help) View(f ui.Frame) string {
	lines := []string{h.query.Line(f, "/ ").View(f, f.Width)}
	content := h.content(f, string(h.query))
	if len(content) == 0 {
		content = []string{ui.Muted(textNoKey).View(f, f.Width)}
	}
	lines = append(lines, h.scroll.view(f, content, max(f.Height-1, 0))...)
	return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
}

// content draws the groups with the items that contain all words of a query.
func (h *Help) content(f ui.Frame, query string) []string {
	f = h.scroll.inside(f)
	words := strings.Fields(strings.ToLower(query))
	keys := 0 // the width of their column, which doesn't depend on the filter
	for _, g := range h.groups {
		for _, item := range g.Items {
			keys = max(keys, ui.Clean(item.Keys).Width())
		}
	}
	keys = min(keys, f.Width/3)
	var lines []string
	for _, g := range h.groups {
		title := ui.Line{{Text: g.Title, Role: ui.RoleTitle}}.View(f, f.Width)
		for _, item := range g.Items {
			all := strings.ToLower(item.Keys + " " + item.Title.String() + " " + item.Detail.String() + " " + g.Title.String())
			if slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(all, word) }) {
				continue
			}
			if title != "" {
				if len(lines) > 0 {
					lines = append(lines, "")
				}
				lines = append(lines, title)
				title = ""
			}
			lines = append(lines, item.helpLines(f, keys)...)
		}
	}
	return lines
}

// helpLines draws keys, title and effect of an action, and the reason if it is disabled.
func (i Item) helpLines(f ui.Frame, keys int) []string {
	role, _ := i.look()
	line := ui.Line{{Text: ui.Clean(i.Keys).Pad(keys), Role: ui.RoleAccent}, ui.Styled(ui.RoleText, "  "), {Text: i.Title, Role: role}}
	if !i.Detail.Empty() {
		line = append(line, ui.Styled(ui.RoleText, "  "), ui.Cell{Text: i.Detail, Role: ui.RoleMuted})
	}
	lines := []string{line.View(f, f.Width)}
	if i.Disabled.Empty() {
		return lines
	}
	sign := ui.Clean("✗ ")
	for _, part := range i.Disabled.Wrap(max(f.Width-keys-4, 1)) {
		reason := ui.Line{ui.Styled(ui.RoleText, ui.Spaces(keys+2)), {Text: sign, Role: ui.RoleWarn}, {Text: part, Role: ui.RoleWarn}}
		lines = append(lines, reason.View(f, f.Width))
		sign = ui.Clean("  ")
	}
	return lines
}
