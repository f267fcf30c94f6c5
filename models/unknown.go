package models

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/journal"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// unknownID identifies the toast about outcomes that are not known.
	unknownID = "journal"
	// maxLookUps is the maximum number of outcomes that are looked up after a profile has been connected, the newest first.
	maxLookUps = 20
)

// journalRead is what the journal has when a profile has been connected.
type journalRead struct {
	profile *ActiveProfile
	journal screen.JournalContents
	err     error
}

// lookedUp is what reads have shown about changes whose outcome was not known.
type lookedUp struct {
	profile *ActiveProfile
	unknown []screen.JournalEntry
	// verdicts are what was found and recorded, by entry.
	verdicts map[string]string
	err      error
}

// journal is the journal of the active profile; nil if there is none.
func (a *App) journal() screen.Journal {
	if a.active == nil {
		return nil
	}
	return a.active.Journal
}

// ofJournal passes on what was read from the journal or written to it.
func (a *App) ofJournal(msg tea.Msg) {
	switch msg := msg.(type) {
	case journalRead:
		a.journalRead(msg)
	case lookedUp:
		a.lookedUp(msg)
	case settled:
		a.settled(msg)
	}
}

// readJournal looks for changes whose outcome is not known, of processes that have ended.
func (a *App) readJournal(p *ActiveProfile) {
	if p.Journal == nil {
		return
	}
	a.do(func() tea.Msg {
		contents, err := p.Journal.Read()
		return journalRead{p, contents, err}
	})
}

// journalRead shows what is not known, in all profiles, and looks up what a read of this profile can tell.
func (a *App) journalRead(msg journalRead) {
	if msg.profile != a.active {
		return
	}
	if msg.err != nil {
		a.showErrorFor(unknownID, textJournalFailed, msg.err)
		return
	}
	var unknown, abandoned []screen.JournalEntry
	for _, e := range msg.journal.Entries {
		switch {
		case e.Own: // the outcomes of this process were shown
		case e.Abandoned:
			abandoned = append(abandoned, e)
		case e.NeedsChecking():
			unknown = append(unknown, e)
		}
	}
	a.showUnknown(unknown)
	a.askAbandoned(msg.profile, abandoned)
	a.lookUp(msg.profile, unknown)
}

// showUnknown shows changes whose outcome is not known, until they are dismissed.
func (a *App) showUnknown(unknown []screen.JournalEntry) {
	if len(unknown) == 0 {
		a.toasts.Remove(unknownID)
		return
	}
	text, details := journal.Notice(unknown, a.config.Now())
	a.addError(ui.Toast{ID: unknownID, Text: a.clean(text), Detail: a.cleanAll(details), Error: true})
}

// lookUp looks up what became of changes, with reads that yield to the user's.
func (a *App) lookUp(p *ActiveProfile, unknown []screen.JournalEntry) {
	now := a.config.Now()
	reads := map[string]nango.Read[nango.Finding]{}
	for _, e := range unknown {
		read, ok := nango.LookUp(e.Intent, e.Sent, now)
		belongs := e.BelongsTo(p.Client.Host(), p.Client.Fingerprint())
		if ok && belongs && len(reads) < maxLookUps && p.guard.CheckRead(read.Call(), now) == nil {
			reads[e.ID] = read
		}
	}
	if len(reads) == 0 {
		return
	}
	a.fetching++
	ctx := a.ctx
	a.do(func() tea.Msg {
		verdicts, err := lookUpAll(ctx, p, reads)
		return lookedUp{p, unknown, verdicts, err}
	})
}

// lookUpAll sends reads and records what is certain, by entry. What can't be read stays not known.
func lookUpAll(ctx context.Context, p *ActiveProfile, reads map[string]nango.Read[nango.Finding]) (map[string]string, error) {
	verdicts := map[string]string{}
	for id, read := range reads {
		finding, err := nango.Fetch(ctx, p.Client.Background(), read)
		if err != nil || journal.Verdict(finding) == "" {
			continue
		}
		if err := p.Journal.MarkChecked(id, journal.Verdict(finding)); err != nil {
			return verdicts, err
		}
		verdicts[id] = journal.Verdict(finding)
	}
	return verdicts, nil
}

// lookedUp says what was found, and shows what is still not known.
func (a *App) lookedUp(msg lookedUp) {
	a.fetching--
	var unknown []screen.JournalEntry
	for _, e := range msg.unknown {
		if verdict := msg.verdicts[e.ID]; verdict != "" {
			a.news(a.named(msg.profile, fmt.Sprintf(textLookedUp, e.Method, e.Path, verdict)))
		} else {
			unknown = append(unknown, e)
		}
	}
	if msg.profile == a.active {
		a.showUnknown(unknown)
	}
	if msg.err != nil {
		a.showError(textNotRecorded, msg.err)
	}
}
