package requests

import (
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Request shows all fields of a log entry.
type Request struct {
	screen.Page
	entry nango.LogEntry
	log   *nango.Log
}

// Title is the number and operation.
func (s *Request) Title() string { return fmt.Sprintf("%d %s", s.entry.ID, s.entry.Operation) }

// Refresh updates the entry if the request has ended.
func (s *Request) Refresh(*screen.Turn) { s.sync() }

// Actions returns what can be done with the entry.
func (s *Request) Actions() []screen.Action {
	all := []screen.Action{{ID: CopyRequest, Title: screen.TextCopy, Do: func(t *screen.Turn) { copyEntry(t, s.entry) }}}
	return append(append(all, screen.RefreshAction(s)), screen.MoveActions(&s.Rows)...)
}

// sync updates the entry while the request is in progress.
func (s *Request) sync() {
	if s.entry.State != nango.Pending {
		return
	}
	if e, kept := s.log.Entry(s.entry.ID); kept && e.State != nango.Pending {
		s.entry = e
		s.Rebuild(nil)
	}
}

// View draws the current entry.
func (s *Request) View(f ui.Frame) string {
	s.sync()
	return s.Draw(f, s.sections)
}

func (s *Request) sections(f ui.Frame) []ui.Section {
	all := facts(s.entry)
	sent := all[:factsOfRequest].Section(f, titleRequest, ui.Cell{})
	return append(ui.At(ui.Side, sent), all[factsOfRequest:].Section(f, titleOutcome, statusCell(f, &s.entry)))
}

// factsOfRequest is how many facts say what was sent. Those that follow are the outcome.
const factsOfRequest = 5

func facts(e nango.LogEntry) screen.Facts {
	all := screen.Facts{
		{labelOperation, string(e.Operation)},
		{labelEffect, e.Effect.String()},
		{labelSent, e.Method + " " + e.Host + e.Path},
		{labelBegan, e.Began.Format(time.RFC3339)},
		{labelSentBy, valueUser},
	}
	if e.Background {
		all[len(all)-1][1] = valueProgram
	}
	if e.State == nango.Pending {
		return append(all, [2]string{labelOutcome, valueInProgress})
	}
	return append(all, screen.Facts{
		{labelOutcome, outcome(e)},
		{labelTook, took(e.Duration)},
		{labelTries, fmt.Sprint(e.Tries)},
		{labelResponse, ui.Bytes(int64(e.Size)).String()},
		{labelBudget, budget(e.Budget)},
	}...)
}

// outcome is the status and code; a request without a response has only a code.
func outcome(e nango.LogEntry) string {
	if e.Status == 0 {
		return e.Code
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, e.Code))
}

func copyEntry(t *screen.Turn, e nango.LogEntry) { facts(e).Copy(t, copiedRequest) }
