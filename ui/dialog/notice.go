package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// Notice shows a long text, such as an error with all details, until it is closed.
type Notice struct {
	// Title is for the frame around the notice.
	Title ui.Text
	Lines []ui.Line

	scroll scroll
}

// Key handles a key. A notice takes all keys.
func (n *Notice) Key(k tea.KeyPressMsg) Result {
	switch k.String() {
	case "esc", "enter", "q", "ctrl+c":
		return Closed
	case "ctrl+y":
		return Copy
	}
	n.scroll.key(k)
	return Open
}

// Text returns the text to copy, sanitized and masked as drawn.
func (n *Notice) Text() string {
	lines := make([]string, len(n.Lines))
	for i, l := range n.Lines {
		lines[i] = l.Text().String()
	}
	return strings.Join(lines, "\n")
}

// KeyHint is the hint about keys for the lower edge of the frame.
func (n *Notice) KeyHint() ui.Text { return ui.Clean(hintNotice) }

// Height returns the number of lines of the whole notice at the width of f.
func (n *Notice) Height(f ui.Frame) int { return len(n.content(f)) }

// View draws the notice. Longer text scrolls.
func (n *Notice) View(f ui.Frame) string {
	return strings.Join(n.scroll.view(f, n.content(f), f.Height), "\n")
}

func (n *Notice) content(f ui.Frame) []string {
	f = n.scroll.inside(f)
	var lines []string
	for _, l := range n.Lines {
		lines = append(lines, l.ViewWrapped(f)...)
	}
	return lines
}
