package journal

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// undoAction puts back a change. Do reads first what is there now.
func undoAction(e *screen.JournalEntry, p screen.ProfileState, do func(*screen.Turn)) screen.Action {
	a := screen.Action{ID: Undo, Title: actionUndo, Disabled: textNoEntry, Do: do}
	if e != nil {
		a.Operation = undoOperation(e.Undo.Before, e.Operation)
		a.Disabled = cmp.Or(e.UndoProblem(), screen.DisabledIf(e.Host != p.Host, textElsewhere))
	}
	return a
}

// undoOperation is the operation that putting back begins with. The webhook override is in no list: reading it may refresh a token.
func undoOperation(before nango.Content, of nango.Operation) nango.Operation {
	switch {
	case before.Webhook != nil:
		return nango.OpConnectionGet
	case before.Metadata != nil:
		return nango.OpMetadataSet
	case before.Tags != nil:
		return nango.OpConnectionUpdate
	case before.Frequency != nil:
		return nango.OpSyncFrequency
	case before.Paused != nil && of == nango.OpSyncPause:
		return nango.OpSyncStart
	case before.Paused != nil:
		return nango.OpSyncPause
	}
	return ""
}

// undo reads what is there now, and then proposes to put back what was there before.
func (s *Detail) undo(t *screen.Turn) {
	if read, ok := nango.ReadContent(s.entry.Intent); ok {
		s.current.Fetch(t, read, func(t *screen.Turn) {
			s.Rebuild(t)
			if s.current.Err == nil {
				s.decide(t, s.current.Value)
			}
		})
		return
	}
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(s.entry.About, nango.GetOptions{}), Title: titleReadFirst, About: s.entry.About.String(),
		Consequences: []string{textReadFirst},
		Then: func(t *screen.Turn, c nango.ConnectionDetail, err error) {
			switch {
			case errors.Is(err, screen.ErrDeclined):
			case err != nil:
				s.decide(t, nango.Reading{Err: err})
			default:
				s.decide(t, nango.Reading{Content: nango.WebhookOf(c)})
			}
		},
	})
}

// decide proposes to put back what was there before, unless it is there already.
func (s *Detail) decide(t *screen.Turn, now nango.Reading) {
	e := &s.entry
	switch {
	case now.Err != nil:
		t.Notice(textNotRead, now.Err.Error())
		return
	case now.Content.Equal(e.Undo.Before) && e.Operation == nango.OpSessionReconnect && t.Now.Before(e.Undo.Until):
		t.Toast(fmt.Sprintf(textLinkStillWorks, e.Undo.Until.Local().Format("15:04")))
		return
	case now.Content.Equal(e.Undo.Before) && e.Open:
		s.check(t, textAlreadyBack)
		return
	case now.Content.Equal(e.Undo.Before):
		t.Toast(textIsAsBefore)
		return
	}
	request, err := nango.PutBack(e.Intent, cmp.Or(e.Undo.ID, e.ID), now.Content)
	if err != nil {
		t.Notice(textNotUndone, err.Error())
		return
	}
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: request, Title: fmt.Sprintf(titleUndo, Name(*e)), About: e.About.String(),
		Consequences: s.undoConsequences(t, now.Content), Before: now.Content.JSON(), After: e.Undo.Before.JSON(),
		ConfirmLabel: confirmUndo, SuccessText: textUndone,
		Then: screen.AfterSuccess[nango.Success](s.Refresh),
	})
}

func (s *Detail) undoConsequences(t *screen.Turn, now nango.Content) []string {
	u := s.entry.Undo
	all := []string{fmt.Sprintf(textPutsBack, u.Before, ui.AgoWithTime(t.Now, s.entry.Sent))}
	switch {
	case u.After.IsZero():
		all = append(all, textMayHaveChanged)
	case !now.Equal(u.After):
		all = append(all, textHasChanged)
	}
	if s.entry.Key != t.Profile.Fingerprint {
		all = append(all, fmt.Sprintf(textOtherKey, s.entry.Profile))
	}
	if u.Before.Paused != nil {
		all = append(all, textOnlyAccepted)
	}
	return all
}

// undoText says whether and how an entry can be put back.
func undoText(e screen.JournalEntry) string {
	switch {
	case e.Abandoned:
		return textAbandoned
	case e.Open && !e.Undo.Until.IsZero():
		return fmt.Sprintf(textOpenUntil, e.Undo.Until.Local().Format("15:04"))
	case e.UndoProblem() == "":
		return fmt.Sprintf(textCanUndo, e.Undo.Before)
	case e.Undone:
		return textWasUndone
	}
	return ""
}

// NewUndo returns the page of an entry that is put back at once: it reads what is there now, and proposes the request.
func NewUndo(j screen.Journal, e screen.JournalEntry) *Detail {
	d := newDetail(&book{journal: j}, e)
	d.undoFirst = true
	return d
}

// Name is the operation of an entry in plain words. Its connection is not part of it.
func Name(e screen.JournalEntry) string {
	if e.Operation == nango.OpSessionReconnect {
		return textAfterReconnect
	}
	return operationName(&e)
}

// Abandoned says what a program that has ended was to put back.
func Abandoned(e screen.JournalEntry, now time.Time) string {
	return fmt.Sprintf("%s, %s, in %s, %s", Name(e), e.About, profileName(e), ui.AgoWithTime(now, e.Sent))
}
