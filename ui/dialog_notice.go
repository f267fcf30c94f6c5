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

// NoticeResult is what a key did to a notice.
type NoticeResult uint8

// A notice stays open until it is closed; NoticeCopy asks for its text and leaves it open.
const (
	NoticeOpen NoticeResult = iota
	NoticeClosed
	NoticeCopy
)

// Key takes a key; a notice takes them all.
func (n *Notice) Key(k tea.KeyPressMsg) NoticeResult {
	switch k.String() {
	case "esc", "enter", "q", "ctrl+c":
		return NoticeClosed
	case "ctrl+y":
		return NoticeCopy
	}
	n.scroll.key(k)
	return NoticeOpen
}

// Text is the whole of it, to be copied: masked and clean as it is drawn, a line for each.
func (n *Notice) Text() string {
	lines := make([]string, len(n.Lines))
	for i, l := range n.Lines {
		lines[i] = l.Text().s
	}
	return strings.Join(lines, "\n")
}

// Foot is the hint for the lower edge of the frame.
func (n *Notice) Foot() Text { return Text{"enter closes  ctrl+y copies all of it"} }

// Height is how many lines all of it takes at the width of f.
func (n *Notice) Height(f Frame) int { return len(n.content(f)) }

// View draws it in f; what is too long scrolls.
func (n *Notice) View(f Frame) string {
	return strings.Join(n.scroll.view(f, n.content(f), f.Height), "\n")
}

func (n *Notice) content(f Frame) []string {
	var lines []string
	for _, l := range n.Lines {
		lines = append(lines, drawWrapped(f, l)...)
	}
	return lines
}
