package dialog

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
)

// scroll is the scroll position in a text that is longer than its window.
type scroll struct {
	offset int
	page   int // lines of the last window
	most   int // the largest offset of the last window
}

func (s *scroll) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "up":
		s.by(-1)
	case "down":
		s.by(1)
	case "pgup":
		s.by(-s.page)
	case "pgdown":
		s.by(s.page)
	case "home":
		s.offset = 0
	case "end":
		s.offset = s.most
	default:
		return false
	}
	return true
}

func (s *scroll) by(n int) { s.offset = min(max(s.offset+n, 0), s.most) }

// inside is the frame for the lines to view: without the column of the scrollbar.
func (s *scroll) inside(f ui.Frame) ui.Frame { return f.Sized(f.Width-scrollbar, f.Height) }

// view returns the visible lines. If some are hidden, they have a scrollbar, and the frame is told where they are.
func (s *scroll) view(f ui.Frame, lines []string, height int) []string {
	height = max(height, 0)
	s.page, s.most = max(height, 1), max(len(lines)-height, 0)
	s.offset = min(s.offset, s.most)
	visible := slices.Clone(lines[s.offset:min(s.offset+height, len(lines))])
	if s.most > 0 {
		f.ShowPosition(s.offset+len(visible), len(lines))
	}
	return f.Scrollbar(visible, ui.Scroll{Top: s.offset, Visible: height, Total: len(lines)})
}
