package dialog

import (
	"fmt"

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

// view returns the visible lines. If some are hidden, the last line says how many.
func (s *scroll) view(f ui.Frame, lines []string, height int) []string {
	if len(lines) <= height {
		*s = scroll{page: height}
		return lines
	}
	s.page = max(height-1, 1)
	s.most = len(lines) - s.page
	s.offset = min(s.offset, s.most)
	if height < 2 {
		return lines[s.offset : s.offset+height]
	}
	shown := append([]string{}, lines[s.offset:s.offset+s.page]...)
	return append(shown, s.hint().View(f, f.Width))
}

func (s *scroll) hint() ui.Line {
	above, below := s.offset, s.most-s.offset
	switch {
	case above == 0:
		return ui.Muted(fmt.Sprintf(textMoreBelow, below))
	case below == 0:
		return ui.Muted(fmt.Sprintf(textMoreAbove, above))
	}
	return ui.Muted(fmt.Sprintf(textMoreAround, above, below))
}
