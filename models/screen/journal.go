package screen

import (
	"time"

	"nango-tui/nango"
)

// Journal is the screens' access to the record of the requests that did more than read: a file in the program. Its methods
// block, so they must not be called on App's goroutine.
type Journal interface {
	// Read returns all entries.
	Read() (JournalContents, error)
	// MarkChecked records what was found out about an entry whose outcome was not known, or that is open, in a few words. The id is
	// that of the entry, or of its [nango.Undo].
	MarkChecked(id, text string) error
}

// JournalContents are the entries of a journal, newest first, and the number of lines that can't be read: damaged or cut off,
// and those of a newer version of the program.
type JournalContents struct {
	Entries        []JournalEntry
	Damaged, Newer int
}

// JournalState says how a request in the journal ended.
type JournalState string

// The states of an entry of the journal.
const (
	// JournalSent means that there is no response yet, and that the program that sent the request is still running.
	JournalSent   JournalState = "in progress"
	JournalDone   JournalState = "done"
	JournalFailed JournalState = "failed"
	// JournalNotKnown means that the request may have been carried out.
	JournalNotKnown JournalState = "not known"
	// JournalChecked means that it was not known, until it was looked up or the user checked it.
	JournalChecked JournalState = "checked"
)

// JournalEntry is a request that did more than read, and its outcome.
type JournalEntry struct {
	nango.Intent
	ID      string
	Profile string
	// PID is the id of the process that sent it, and Own means that it is this one.
	PID  int
	Own  bool
	Sent time.Time
	// State is how it ended, Ended when; zero if there is no outcome.
	State JournalState
	Ended time.Time
	// Status is the status of the response, or 0. Text is an error or what was found, in a few words.
	Status int
	Text   string
	// Undone means that a later change has put it back. Open means that it is to be put back and wasn't yet, and Abandoned that
	// the program that was to do so has ended.
	Undone, Open, Abandoned bool
}

// UndoProblem is why the entry can't be put back; empty if it can, once a read has shown what it is now.
func (e JournalEntry) UndoProblem() string {
	switch {
	case e.Undone:
		return textAlreadyUndone
	case e.State == JournalSent:
		return textStillSent
	case e.State == JournalFailed:
		return textNothingChangedByIt
	case e.Undo.Before.IsZero() || e.About.ID == "":
		return textBeforeNotStored
	}
	return ""
}

// NeedsChecking reports whether the request may have changed something that the user has not seen.
func (e JournalEntry) NeedsChecking() bool {
	return e.State == JournalNotKnown && e.Effect.Changes() && !e.Undone
}

// BelongsTo reports whether the entry was sent with the key and to the host of a profile, whatever its name was.
func (e JournalEntry) BelongsTo(host, fingerprint string) bool {
	return e.Host == host && e.Key == fingerprint
}
