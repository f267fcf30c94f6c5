package models

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/connections/bulk"
	"nango-tui/ui"
)

// runsID identifies the toast about changes of many connections that were interrupted.
const runsID = "runs"

// runsRead says which changes of many connections were interrupted, when a profile has been connected.
type runsRead struct {
	profile     *ActiveProfile
	interrupted []string
	err         error
}

// readRuns looks for changes of many connections that a program has left unfinished.
func (a *App) readRuns(p *ActiveProfile) {
	if p.Runs == nil {
		return
	}
	a.do(func() tea.Msg {
		kept, err := p.Runs.List()
		return runsRead{p, bulk.Interrupted(kept), err}
	})
}

// runsRead shows what was interrupted, until it is dismissed. Nothing goes on by itself.
func (a *App) runsRead(msg runsRead) {
	if msg.profile != a.active {
		return
	}
	if msg.err != nil {
		a.showErrorFor(runsID, textRunsFailed, msg.err)
		return
	}
	lines := msg.interrupted
	if len(lines) == 0 {
		a.toasts.Remove(runsID)
		return
	}
	a.addError(ui.Toast{ID: runsID, Text: a.clean(lines[0]), Detail: a.cleanAll(lines), Error: true})
}
