package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// HelpGroup is the keys of one scope.
type HelpGroup struct {
	Title Text
	Items []HelpItem
}

// HelpItem is one thing that a key does.
type HelpItem struct {
	// Keys are as the user presses them: "ctrl+p", "g g".
	Keys string
	// Title is what is done, Effect what that does to the world; empty where it changes nothing.
	Title, Effect Text
	// Disabled is the reason why it cannot be done now; empty where it can.
	Disabled Text
}

// Help shows every key of where one is, and finds among them as one types.
type Help struct {
	groups []HelpGroup
	query  Prompt
	scroll scroll
}

// NewHelp shows all groups in their order.
func NewHelp(groups []HelpGroup) *Help { return &Help{groups: groups} }

// Key takes a key; the help takes them all.
func (h *Help) Key(k tea.KeyPressMsg) DialogResult {
	switch k.String() {
	case "esc", "ctrl+c", "enter":
		return DialogClosed
	}
	if !h.scroll.key(k) && h.query.Key(k) {
		h.scroll.offset = 0
	}
	return DialogOpen
}

// Type adds typed or pasted text to what is looked for.
func (h *Help) Type(s string) {
	h.query.Type(s)
	h.scroll.offset = 0
}

// Foot is the hint for the lower edge of the frame.
func (h *Help) Foot() Text { return Clean("type to find  ↑↓ scroll  esc closes") }

// Height is how many lines all of it takes.
func (h *Help) Height(f Frame) int { return len(h.content(f)) + 1 }

// View draws the keys in f, below what is looked for.
func (h *Help) View(f Frame) string {
	lines := []string{h.query.Line(f, "/ ").View(f, f.Width)}
	content := h.content(f)
	if len(content) == 0 {
		content = []string{Line{Say(RoleMuted, "no key does that here")}.View(f, f.Width)}
	}
	lines = append(lines, h.scroll.view(f, content, max(f.Height-1, 0))...)
	return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
}

func (h *Help) content(f Frame) []string {
	words := strings.Fields(strings.ToLower(string(h.query)))
	keys := h.keysWidth(f)
	var lines []string
	for _, g := range h.groups {
		title := Line{{Text: g.Title, Role: RoleTitle}}.View(f, f.Width)
		for _, item := range g.Items {
			if !item.has(g.Title, words) {
				continue
			}
			if title != "" {
				if len(lines) > 0 {
					lines = append(lines, "")
				}
				lines = append(lines, title)
				title = ""
			}
			lines = append(lines, item.lines(f, keys)...)
		}
	}
	return lines
}

// keysWidth is the width of the column of keys, the same whatever is found.
func (h *Help) keysWidth(f Frame) int {
	n := 0
	for _, g := range h.groups {
		for _, item := range g.Items {
			n = max(n, Clean(item.Keys).Width())
		}
	}
	return min(n, f.Width/3)
}

// has says whether every word is somewhere in the item.
func (i HelpItem) has(group Text, words []string) bool {
	all := strings.ToLower(i.Keys + " " + i.Title.String() + " " + i.Effect.String() + " " + group.String())
	for _, word := range words {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

// lines draws the item, and below it why it cannot be done.
func (i HelpItem) lines(f Frame, keys int) []string {
	role := RoleText
	if !i.Disabled.Empty() {
		role = RoleMuted
	}
	line := Line{{Text: Clean(i.Keys).Pad(keys), Role: RoleAccent}, Say(RoleText, "  "), {Text: i.Title, Role: role}}
	if !i.Effect.Empty() {
		line = append(line, Say(RoleText, "  "), Cell{Text: i.Effect, Role: RoleMuted})
	}
	lines := []string{line.View(f, f.Width)}
	if i.Disabled.Empty() {
		return lines
	}
	sign := Clean("✗ ")
	for _, part := range i.Disabled.Wrap(max(f.Width-keys-4, 1)) {
		reason := Line{Say(RoleText, Spaces(keys+2)), {Text: sign, Role: RoleWarn}, {Text: part, Role: RoleWarn}}
		lines = append(lines, reason.View(f, f.Width))
		sign = Clean("  ")
	}
	return lines
}
