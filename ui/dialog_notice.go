package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Notice shows a text in full, such as an error with all that is known of it, until it is closed.
type Notice struct {
	// Title is for the frame around it.
	Title Text
	Lines []Line

	scroll scroll
}

// Key takes a key; a notice takes them all.
func (n *Notice) Key(k tea.KeyPressMsg) DialogResult {
	switch k.String() {
	case "esc", "enter", "q", "ctrl+c":
		return DialogClosed
	case "ctrl+y":
		return DialogCopy
	}
	n.scroll.key(k)
	return DialogOpen
}

// Text is the whole of it, to be copied: masked and clean as it is drawn, a line for each.
func (n *Notice) Text() string {
	lines := make([]string, len(n.Lines))
	for i, l := range n.Lines {
		lines[i] = l.Text().String()
	}
	return strings.Join(lines, "\n")
}

// Foot is the hint for the lower edge of the frame.
func (n *Notice) Foot() Text { return Clean("enter closes  ctrl+y copies all of it") }

// Height is how many lines all of it takes at the width of f.
func (n *Notice) Height(f Frame) int { return len(n.content(f)) }

// View draws it in f; what is too long scrolls.
func (n *Notice) View(f Frame) string {
	return strings.Join(n.scroll.view(f, n.content(f), f.Height), "\n")
}

func (n *Notice) content(f Frame) []string {
	var lines []string
	for _, l := range n.Lines {
		lines = append(lines, l.ViewWrapped(f)...)
	}
	return lines
}
