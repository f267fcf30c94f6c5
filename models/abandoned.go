package models

import (
	"fmt"

	"nango-tui/models/journal"
	"nango-tui/models/screen"
	"nango-tui/ui"
)

const (
	// abandonedID identifies the message about changes that were to be put back.
	abandonedID = "abandoned"
	// maxAbandoned is the maximum number of them that are offered at once, the newest first. The journal has all.
	maxAbandoned = 8
)

// askAbandoned says which changes a program that has ended was to put back, such as a detour. Those of this profile's host are offered,
// unless the user is at something else by now.
func (a *App) askAbandoned(p *ActiveProfile, all []screen.JournalEntry) {
	if len(all) == 0 {
		a.toasts.Remove(abandonedID)
		return
	}
	var details []string
	var options []screen.Option
	for _, e := range all {
		details = append(details, journal.Abandoned(e, a.config.Now()))
		if e.Host == p.Client.Host() && len(options) < maxAbandoned {
			options = append(options, screen.Option{
				Title: fmt.Sprintf(optionPutBack, journal.Name(e)), Detail: e.About.String(),
				Do: func(t *screen.Turn) { t.Show(journal.NewUndo(p.Journal, e)) },
			})
		}
	}
	a.addError(ui.Toast{
		ID: abandonedID, Error: true, Text: a.clean(fmt.Sprintf(textAbandoned, details[0])),
		Detail: a.cleanAll(append(details, "", textAbandonedNext)),
	})
	if e := a.top(); len(options) > 0 && a.overlay == nil && e != nil && !a.typing() {
		later := screen.Option{Title: optionLater, Detail: textAbandonedLater, Do: func(*screen.Turn) {}}
		a.pick(e, screen.PickWant{Title: fmt.Sprintf(titleAbandoned, ui.Pluralize(len(all), "change")), Options: append(options, later)})
	}
}
