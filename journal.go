package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"nango-tui/internal/clean"
	"nango-tui/internal/journal"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// maxLastWords is how many requests without an answer are named at the end of the program.
const maxLastWords = 20

// newJournal returns a journal in a folder, or in memory if that is empty.
func (c *connector) newJournal(folder string) *journal.Journal {
	return journal.New(journal.Options{Folder: folder, Now: c.now, Clean: func(text string) clean.Text {
		return clean.Line(c.secrets.Mask(text))
	}})
}

// journalOf returns the journal of a profile. The demo's is in memory: its Nango is gone when the program ends, so nothing in
// it needs to be known later, and trying the program leaves no file.
func (c *connector) journalOf(profile string) *journal.Journal {
	if profile == demoProfile {
		return c.demoJournal
	}
	return c.journal
}

// recorder returns what records the requests of a profile.
func recorder(j *journal.Journal, profile string) nango.Journal {
	return func(i nango.Intent) (func(nango.IntentEnd), error) {
		end, err := j.Begin(storedIntent(i, profile))
		if err != nil {
			return nil, err
		}
		return func(e nango.IntentEnd) {
			if !e.Interrupted { // else it stays pending, and is not known when the process has ended
				end(storedOutcome(e))
			}
		}, nil
	}
}

func storedIntent(i nango.Intent, profile string) journal.Intent {
	stored := journal.Intent{
		Profile: profile, Host: i.Host, Key: i.Key, Operation: string(i.Operation), Method: i.Method, Path: i.Path,
		Effect: i.Effect.String(), Integration: i.About.Integration, Connection: i.About.ID,
	}
	for _, name := range i.Syncs {
		stored.Syncs = append(stored.Syncs, name.String())
	}
	stored.Undo = storedUndo(i.Undo)
	return stored
}

// storedUndo is what a change can be put back with, as the journal stores it; nil if there is nothing.
func storedUndo(u nango.Undo) *journal.Undo {
	stored := journal.Undo{ID: u.ID, Until: u.Until, Undoes: u.Undoes}
	for content, to := range map[*nango.Content]*json.RawMessage{&u.Before: &stored.Before, &u.After: &stored.After} {
		if raw, err := json.Marshal(content); err == nil && !content.IsZero() {
			*to = raw
		}
	}
	if stored.ID == "" && stored.Undoes == "" && stored.Before == nil {
		return nil
	}
	return &stored
}

// shownUndo is what was stored. A content that can't be read, such as one of a newer version, can't be put back.
func shownUndo(stored *journal.Undo) nango.Undo {
	if stored == nil {
		return nango.Undo{}
	}
	u := nango.Undo{ID: stored.ID, Until: stored.Until, Undoes: stored.Undoes}
	for content, from := range map[*nango.Content]json.RawMessage{&u.Before: stored.Before, &u.After: stored.After} {
		if from == nil {
			continue
		}
		if json.Unmarshal(from, content) != nil {
			*content = nango.Content{}
		}
	}
	return u
}

func storedOutcome(e nango.IntentEnd) journal.Outcome {
	o := journal.Outcome{State: journal.Done, Status: e.Status, Text: e.Code}
	switch {
	case e.Unknown:
		o.State = journal.NotKnown
	case e.Code != "":
		o.State = journal.Failed
	}
	return o
}

// screenJournal implements [screen.Journal].
type screenJournal struct{ *journal.Journal }

// Read returns all entries, newest first.
func (j screenJournal) Read() (screen.JournalContents, error) {
	stored, err := j.Journal.Read()
	c := screen.JournalContents{Damaged: stored.Damaged, Newer: stored.Newer}
	for _, e := range slices.Backward(stored.Entries) {
		c.Entries = append(c.Entries, shownEntry(e))
	}
	return c, err
}

// MarkChecked records what was found out.
func (j screenJournal) MarkChecked(id, text string) error {
	return j.Settle(id, journal.Outcome{State: journal.Checked, Text: text})
}

func shownEntry(e journal.Entry) screen.JournalEntry {
	shown := screen.JournalEntry{
		Intent: nango.Intent{
			Operation: nango.Operation(e.Operation), Effect: nango.EffectNamed(e.Effect), Method: e.Method, Host: e.Host,
			Path: e.Path, Key: e.Key, About: nango.ConnectionRef{Integration: e.Integration, ID: e.Connection}, Undo: shownUndo(e.Undo),
		},
		ID: e.ID, Profile: e.Profile, PID: e.PID, Own: e.Own, Sent: e.Time, State: screen.JournalState(e.Outcome.State),
		Ended: e.Outcome.Time, Status: e.Outcome.Status, Text: e.Outcome.Text,
		Undone: e.Undone, Open: e.IsOpen(), Abandoned: e.Abandoned,
	}
	if e.Outcome.State == journal.Sent {
		shown.State = screen.JournalSent
	}
	for _, name := range e.Syncs {
		name, variant, _ := strings.Cut(name, "::")
		shown.Syncs = append(shown.Syncs, nango.SyncName{Name: name, Variant: variant})
	}
	return shown
}

// sayUnanswered names what was sent without an answer, and what was to be put back and wasn't, when the program ends.
func (c *connector) sayUnanswered(errs *clean.Writer) {
	open := c.journal.Open()
	for _, intent := range open[:min(len(open), maxLastWords)] {
		_ = errs.Print(clean.Line(fmt.Sprintf("nango-tui: not put back: %s %s (%s)", intent.Method, intent.Path, intent.Profile)))
	}
	all := slices.Concat(c.journal.Pending(), c.demoJournal.Pending())
	for i, intent := range all {
		if i == maxLastWords {
			_ = errs.Print(clean.Line(fmt.Sprintf("nango-tui: and %d more", len(all)-i)))
			return
		}
		words := fmt.Sprintf("nango-tui: sent, no answer: %s %s (%s)", intent.Method, intent.Path, intent.Profile)
		_ = errs.Print(clean.Line(words))
	}
}

// closeJournals ends the life of this process in the journals.
func (c *connector) closeJournals() {
	c.journal.Close()
	c.demoJournal.Close()
}
