// Package journal shows the journal: the requests that did more than read, of this and of earlier starts of the program, and
// how they ended. It sends reads that look up what is not known, and changes that put back what an earlier one changed. It may
// know what any area may know.
package journal

import (
	"context"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Ids of the actions of this area.
const (
	OpenEntry   screen.ActionID = "journal.open"
	OpenSubject screen.ActionID = "journal.openSubject"
	CopyEntry   screen.ActionID = "journal.copy"
	ShowJSON    screen.ActionID = "journal.json"
	LookUp      screen.ActionID = "journal.lookUp"
	MarkChecked screen.ActionID = "journal.markChecked"
	Undo        screen.ActionID = "journal.undo"
)

type reading = screen.Task[screen.JournalContents]

// book is the journal as its screens share it.
type book struct {
	journal screen.Journal // nil if nothing is recorded
	// changes counts what these screens have changed in it.
	changes int
}

// read reads the journal. It blocks.
func (b *book) read(context.Context, screen.Tools) (screen.JournalContents, error) {
	if b.journal == nil {
		return screen.JournalContents{}, nil
	}
	return b.journal.Read()
}

// check records what was found out about an entry, and reads the journal again. Then is called with the entry as it is now.
func (b *book) check(t *screen.Turn, task *reading, id, text string, then func(*screen.Turn, screen.JournalEntry)) {
	task.Start(t, func(ctx context.Context, tools screen.Tools) (screen.JournalContents, error) {
		if err := b.journal.MarkChecked(id, text); err != nil {
			return screen.JournalContents{}, err
		}
		return b.read(ctx, tools)
	}, func(t *screen.Turn) {
		b.changes++
		if task.Err != nil {
			t.Notice(textNotMarked, task.Err.Error())
			return
		}
		all := task.Value.Entries
		if at := slices.IndexFunc(all, func(e screen.JournalEntry) bool { return e.ID == id }); at >= 0 {
			then(t, all[at])
		}
	})
}

// markDisabled is why an entry can't be marked as checked; empty if it can.
func markDisabled(e *screen.JournalEntry) string {
	switch {
	case e == nil:
		return textNoEntry
	case e.State != screen.JournalNotKnown && !e.Abandoned:
		return textKnown
	}
	return ""
}

// subject is the screen of what an entry is about. It is false if the entry doesn't say.
func subject(e screen.JournalEntry) (screen.Route, bool) {
	key, id := e.About.Integration, e.About.ID
	switch {
	case key == "":
		return screen.Route{}, false
	case len(e.Syncs) > 0 && id != "":
		return screen.To("syncs", key, id).With("sync", e.Syncs[0].String()), true
	case len(e.Syncs) > 0:
		return screen.To("syncs", key), true
	case id != "":
		return screen.To("connection", key, id), true
	}
	return screen.To("integration", key), true
}

// subjectDisabled is why what an entry is about can't be opened; empty if it can.
func subjectDisabled(e *screen.JournalEntry, p screen.ProfileState) string {
	if e == nil {
		return textNoEntry
	}
	if _, ok := subject(*e); !ok {
		return textNoSubject
	}
	return elsewhere(e, p)
}

// elsewhere says that an entry belongs to another profile; empty if it belongs to this one.
func elsewhere(e *screen.JournalEntry, p screen.ProfileState) string {
	if e.BelongsTo(p.Host, p.Fingerprint) {
		return ""
	}
	return textElsewhere
}

// Verdict returns what a look-up has found, in a few words; empty if it isn't certain.
func Verdict(f nango.Finding) string {
	if !f.Certain {
		return ""
	}
	return verdicts[f.Found]
}
