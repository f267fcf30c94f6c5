package requests

import (
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Request is one entry of the log, with everything that was kept of it.
type Request struct {
	screen.Base
	entry nango.LogEntry
	log   *nango.Log
	page  ui.Fields
	built bool
}

func newRequest(e nango.LogEntry, log *nango.Log) *Request {
	return &Request{entry: e, log: log}
}

// Title names the request by its number and operation.
func (s *Request) Title() string { return fmt.Sprintf("%d %s", s.entry.ID, s.entry.Operation) }

// Open reads nothing: the entry is there.
func (s *Request) Open(*screen.Turn) {}

// Refresh looks whether the request has ended.
func (s *Request) Refresh(*screen.Turn) { s.sync() }

// Actions is what can be done with an entry.
func (s *Request) Actions() []screen.Action {
	all := []screen.Action{{ID: CopyRequest, Title: "Copy", Do: func(t *screen.Turn) { copyEntry(t, s.entry) }}}
	return append(append(all, screen.RefreshAction(s)), screen.MoveActions(&s.page)...)
}

// sync takes over how a request ended. One that has ended stays as it is.
func (s *Request) sync() {
	if s.entry.State != nango.Pending {
		return
	}
	if e, kept := s.log.Entry(s.entry.ID); kept && e.State != nango.Pending {
		s.entry, s.built = e, false
	}
}

// View draws the entry as it is by now.
func (s *Request) View(f ui.Frame) string {
	s.sync()
	if !s.built {
		s.page.SetSections(s.sections(f))
		s.built = true
	}
	return s.page.View(f)
}

func (s *Request) sections(f ui.Frame) []ui.Section {
	var rows []ui.Row
	for _, fact := range facts(s.entry) {
		rows = append(rows, ui.Row{Label: fact.label, Lines: []ui.Line{{f.Styled(ui.RoleText, fact.value)}}})
	}
	outcome := statusCell(f, &s.entry)
	return []ui.Section{{Title: "REQUEST", Note: ui.Line{outcome}, Rows: rows}}
}

// fact is a line about an entry.
type fact struct{ label, value string }

// facts is everything that the log keeps of a call, in words.
func facts(e nango.LogEntry) []fact {
	all := []fact{
		{"Operation", string(e.Operation)},
		{"Effect", e.Effect.String()},
		{"Sent", e.Method + " " + e.Host + e.Path},
		{"Began", e.Began.Format(time.RFC3339)},
		{"Asked by", asker(e)},
	}
	if e.State == nango.Pending {
		return append(all, fact{"Outcome", "under way"})
	}
	return append(all,
		fact{"Outcome", outcome(e)},
		fact{"Took", took(e.Duration)},
		fact{"Tries", fmt.Sprint(e.Tries)},
		fact{"Response", ui.Bytes(int64(e.Size)).String()},
		fact{"Budget after", budget(e.Budget)},
	)
}

func asker(e nango.LogEntry) string {
	if e.Background {
		return "the program by itself"
	}
	return "you"
}

// outcome is status and code; a call that no answer came to has only its code.
func outcome(e nango.LogEntry) string {
	var parts []string
	if e.Status != 0 {
		parts = append(parts, fmt.Sprint(e.Status))
	}
	if e.Code != "" {
		parts = append(parts, e.Code)
	}
	return strings.Join(parts, " ")
}

// copyEntry copies an entry as lines of text.
func copyEntry(t *screen.Turn, e nango.LogEntry) {
	var b strings.Builder
	for _, f := range facts(e) {
		fmt.Fprintf(&b, "%s: %s\n", f.label, f.value)
	}
	t.Copy("request", b.String())
}
