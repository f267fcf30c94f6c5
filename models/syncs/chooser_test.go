package syncs

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

// chooser stands in for a screen while one of the things that it offered is done.
type chooser struct {
	screen.Screen
	do func(*screen.Turn)
}

func (c chooser) Update(t *screen.Turn, _ tea.Msg) { c.do(t) }
