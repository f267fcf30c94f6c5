package models

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

// unfinished are the watches that have work to do before the program quits.
func (a *App) unfinished() (all []*watcher) {
	for _, w := range a.watches {
		if _, ok := w.watch.(screen.Finisher); ok {
			all = append(all, w)
		}
	}
	return all
}

// finish has watches do what they must do before the program quits. It is false if none has anything to do. If the user asks to quit
// a second time, the program quits at once: then the journal offers to do it at the next start.
func (a *App) finish() bool {
	if a.finishing != nil {
		a.stop()
		a.do(tea.Quit)
		return true
	}
	var titles []string
	for _, w := range a.unfinished() {
		finisher := w.watch.(screen.Finisher)
		a.finishing = append(a.finishing, finisher)
		titles = append(titles, a.titleOfWatch(w))
		a.call(watchOrigin(w), finisher.Finish)
	}
	if titles != nil {
		a.news(fmt.Sprintf(textFinishing, strings.Join(titles, ", ")))
	}
	return titles != nil
}

// quitFinished quits when all watches have finished. If one couldn't, the program stays, and shows why.
func (a *App) quitFinished() {
	if a.finishing == nil || a.sending > 0 {
		return
	}
	if rest := a.unfinished(); len(rest) > 0 { // such as one whose own request was awaited
		for _, w := range rest {
			a.call(watchOrigin(w), w.watch.(screen.Finisher).Finish)
		}
		return
	}
	failed := slices.ContainsFunc(a.finishing, func(w screen.Finisher) bool { return w.FinishError() != nil })
	a.finishing = nil
	if !failed {
		a.quit()
	}
}
