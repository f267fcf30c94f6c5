package journal

import (
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// List lists the entries of the journal, newest first.
type List struct {
	*screen.List[screen.JournalEntry, string]
	book    *book
	load    reading
	mark    reading
	loaded  bool
	changes int // of the book, when it was last loaded
	profile screen.ProfileState
	unknown int
}

// NewList returns the list of a journal, which may be nil, with the route's filter.
func NewList(r screen.Route, journal screen.Journal) (*List, error) {
	const words = "q"
	if err := r.CheckQuery(words, screen.QueryView); err != nil {
		return nil, err
	}
	s := &List{book: &book{journal: journal}}
	s.List = screen.NewList(textTitle, func(e *screen.JournalEntry) string { return e.ID }, columns(), language())
	s.Name, s.ViewName = "journal", r.Query.Get(screen.QueryView)
	s.SetFilter(r.Query.Get(words))
	return s, nil
}

// Refresh reads the journal.
func (s *List) Refresh(t *screen.Turn) {
	s.profile, s.changes = t.Profile, s.book.changes
	s.load.Start(t, s.book.read, func(*screen.Turn) {
		if s.load.Err == nil {
			s.take(s.load.Value.Entries)
		}
	})
}

func (s *List) take(entries []screen.JournalEntry) {
	s.loaded, s.unknown = true, 0
	for _, e := range entries {
		if e.NeedsChecking() {
			s.unknown++
		}
	}
	s.Table.SetRows(entries)
}

// Notify reads the journal again if another screen has changed it.
func (s *List) Notify(t *screen.Turn) {
	if s.changes != s.book.changes {
		s.Refresh(t)
	}
}

// AutoRefresh is true: other programs write to the journal, too.
func (s *List) AutoRefresh() bool { return true }

// Concerns is true for everything that is recorded.
func (s *List) Concerns(c nango.Call) bool { return c.Effect > nango.Reads }

// Actions returns what can be done with the entry under the cursor and with the list.
func (s *List) Actions() []screen.Action {
	e := s.Table.Cursor()
	none := screen.DisabledIf(e == nil, textNoEntry)
	return s.ActionsAround([]screen.Action{
		{ID: OpenEntry, Title: screen.TextOpen, Disabled: none, Do: func(t *screen.Turn) { t.Show(newDetail(s.book, *e)) }},
		{ID: OpenSubject, Title: actionSubject, HideInFooter: true, Disabled: subjectDisabled(e, s.profile), Do: openSubject(e)},
		{ID: MarkChecked, Title: actionMark, Disabled: markDisabled(e), Do: func(t *screen.Turn) {
			s.book.check(t, &s.mark, e.ID, textByUser, func(t *screen.Turn, _ screen.JournalEntry) { t.Toast(textMarked) })
		}},
		undoAction(e, s.profile, func(t *screen.Turn) {
			d := NewUndo(nil, *e)
			d.book = s.book
			t.Show(d)
		}),
		{ID: CopyEntry, Title: screen.TextCopy, Disabled: none, Do: func(t *screen.Turn) { copyEntry(t, *e) }},
		{ID: ShowJSON, Title: actionJSON, HideInFooter: true, Disabled: none, Do: func(t *screen.Turn) { showJSON(t, *e) }},
	}, screen.RefreshAction(s))
}

func openSubject(e *screen.JournalEntry) func(*screen.Turn) {
	return func(t *screen.Turn) {
		if route, ok := subject(*e); ok {
			t.Open(route)
		}
	}
}

// View draws the list, or its load state.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.load.Err != nil && !s.loaded:
		return screen.Failure(f, textFailed, s.load.Err)
	case !s.loaded:
		return screen.Loading(f, textLoading)
	}
	head := screen.NewHead(f, s.summary())
	if s.load.Err != nil {
		head.Say(ui.RoleBad, "✗ "+textFailed+": "+s.load.Err.Error())
	}
	for _, c := range []struct {
		text  string
		lines int
	}{{textDamaged, s.load.Value.Damaged}, {textNewer, s.load.Value.Newer}} {
		if c.lines > 0 {
			head.Say(ui.RoleWarn, "! "+fmt.Sprintf(c.text, ui.Pluralize(c.lines, "line")))
		}
	}
	if s.Table.Len() == 0 {
		lines := screen.DrawLines(f, head.Lines()[1:]...)
		rest := f.Sized(f.Width, f.Height-len(lines))
		return screen.FirstLines(strings.Join(append(lines, screen.Empty(rest, textEmpty, textAbout)), "\n"), f.Height)
	}
	return s.List.View(f, head.Lines(), textNoMatch)
}

func (s *List) summary() ui.Line {
	line := s.Counts(textNoun)
	if s.unknown > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleWarn, "? "+ui.Count(s.unknown).String()+" not known"))
	}
	return line
}
