package journal

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Detail shows all fields of an entry.
type Detail struct {
	screen.Page
	book   *book
	entry  screen.JournalEntry
	load   reading
	lookUp screen.Load[nango.Finding]
	// current is what is there now, for an undo; undoFirst means that the page was opened for one.
	current   screen.Load[nango.Reading]
	undoFirst bool
	profile   screen.ProfileState
}

func newDetail(b *book, e screen.JournalEntry) *Detail { return &Detail{book: b, entry: e} }

// Title is the operation.
func (s *Detail) Title() string { return operationName(&s.entry) }

// Open notes the profile.
func (s *Detail) Open(t *screen.Turn) {
	s.profile = t.Profile
	if s.undoFirst {
		s.undo(t)
	}
}

// Refresh reads the entry again.
func (s *Detail) Refresh(t *screen.Turn) {
	s.profile = t.Profile
	s.load.Start(t, s.book.read, func(t *screen.Turn) {
		s.Rebuild(t)
		for _, e := range s.load.Value.Entries {
			if e.ID == s.entry.ID {
				s.entry = e
			}
		}
	})
}

// Concerns is true while the request is in progress.
func (s *Detail) Concerns(nango.Call) bool { return s.entry.State == screen.JournalSent }

// Actions returns what can be done with the entry.
func (s *Detail) Actions() []screen.Action {
	e := &s.entry
	all := []screen.Action{
		{ID: OpenSubject, Title: actionSubject, Disabled: subjectDisabled(e, s.profile), Do: openSubject(e)},
		{ID: LookUp, Title: actionLookUp, Disabled: s.lookUpDisabled(), Do: s.look},
		undoAction(e, s.profile, s.undo),
		{ID: MarkChecked, Title: actionMark, Disabled: markDisabled(e), Do: func(t *screen.Turn) { s.check(t, textByUser) }},
		{ID: CopyEntry, Title: screen.TextCopy, Do: func(t *screen.Turn) { copyEntry(t, *e) }},
		{ID: ShowJSON, Title: actionJSON, Do: func(t *screen.Turn) { showJSON(t, *e) }},
	}
	return append(append(all, screen.RefreshAction(s)), screen.MoveActions(&s.Rows)...)
}

func (s *Detail) lookUpDisabled() string {
	switch {
	case markDisabled(&s.entry) != "":
		return markDisabled(&s.entry)
	case !canLookUp(s.entry):
		return textCannotLookUp
	}
	return elsewhere(&s.entry, s.profile)
}

// look looks up what became of the request. Only what is certain is recorded.
func (s *Detail) look(t *screen.Turn) {
	read, ok := nango.LookUp(s.entry.Intent, s.entry.Sent, t.Now)
	if !ok {
		return
	}
	s.lookUp.Fetch(t, read, func(t *screen.Turn) {
		s.Rebuild(t)
		switch verdict := Verdict(s.lookUp.Value); {
		case s.lookUp.Err != nil:
		case verdict == "":
			t.Toast(textNotCertain)
		default:
			s.check(t, verdict)
		}
	})
}

func (s *Detail) check(t *screen.Turn, text string) {
	s.book.check(t, &s.load, s.entry.ID, text, func(t *screen.Turn, now screen.JournalEntry) {
		s.entry = now
		s.Rebuild(t)
	})
}

// View draws the entry.
func (s *Detail) View(f ui.Frame) string { return s.Draw(f, s.sections) }

func (s *Detail) sections(f ui.Frame) []ui.Section {
	all := facts(s.entry, f.Now)
	sections := []ui.Section{all[:factsOfOutcome].Section(f, titleEntry, outcomeCell(f, &s.entry))}
	if note := s.note(); note != "" {
		sections = append(sections, ui.Section{Title: "NEXT", Rows: []ui.Row{{Lines: []ui.Line{{f.Styled(ui.RoleText, note)}}}}})
	}
	return append(sections, ui.At(ui.Side, all[factsOfOutcome:].Section(f, titleAbout, ui.Cell{}))...)
}

// factsOfOutcome is how many facts say what was sent and what became of it. Those that follow say what it is about.
const factsOfOutcome = 5

// note says what to do about an outcome that is not known.
func (s *Detail) note() string {
	switch {
	case s.lookUp.Err != nil:
		return textLookUpFailed + ": " + s.lookUp.Err.Error()
	case s.current.Err != nil:
		return textNotRead + ": " + s.current.Err.Error()
	case s.entry.Abandoned:
		return textAbandonedNext
	case s.entry.NeedsChecking():
		return textCheckFirst
	}
	return ""
}

// facts is everything that the journal has about a request.
func facts(e screen.JournalEntry, now time.Time) screen.Facts {
	var syncs []string
	for _, s := range e.Syncs {
		syncs = append(syncs, s.String())
	}
	process := fmt.Sprintf("%d", e.PID)
	if e.Own {
		process += ", this one"
	}
	all := screen.Facts{
		{"Operation", operationName(&e)},
		{"Request", e.Method + " " + e.Host + e.Path},
		{"Effect", e.Effect.String()},
		{"Outcome", outcome(&e)},
		{"Sent", ui.AgoWithTime(now, e.Sent)},
		{"Profile", e.Profile},
		{"Integration", e.About.Integration},
		{"Connection", e.About.ID},
		{"Syncs", strings.Join(syncs, ", ")},
		{"Undo", undoText(e)},
		{"Key fingerprint", e.Key},
		{"Process", process},
		{"Entry", e.ID},
	}
	if !e.Ended.IsZero() {
		all = append(all, [2]string{"Recorded", ui.AgoWithTime(now, e.Ended)})
	}
	return all
}

func copyEntry(t *screen.Turn, e screen.JournalEntry) { facts(e, t.Now).Copy(t, "entry") }

func showJSON(t *screen.Turn, e screen.JournalEntry) {
	shown := map[string]any{
		"id": e.ID, "pid": e.PID, "sent": e.Sent, "profile": e.Profile, "host": e.Host, "fingerprint": e.Key, "operation": e.Operation,
		"method": e.Method, "path": e.Path, "effect": e.Effect.String(), "integration": e.About.Integration,
		"connection": e.About.ID, "syncs": e.Syncs, "state": e.State, "status": e.Status, "text": e.Text, "ended": e.Ended,
	}
	for name, content := range map[string]nango.Content{"before": e.Undo.Before, "written": e.Undo.After} {
		if !content.IsZero() {
			shown[name] = content
		}
	}
	raw, err := json.Marshal(shown)
	if err != nil {
		t.Notice(textFailed, err.Error())
		return
	}
	t.Show(screen.NewJSONPage(operationName(&e), raw))
}
