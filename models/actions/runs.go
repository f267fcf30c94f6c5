package actions

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// fieldOutcome is the field that the filter of the history knows: "outcome:failed".
const fieldOutcome = "outcome"

// Runs is the history on the screen, newest first.
type Runs struct {
	screen.Base
	history  *History
	where    screen.ProfileState
	list     *screen.List[runRow, int]
	revision int // of the history when the rows were taken
}

// runRow is a run in the history.
type runRow struct{ *Run }

// NewRuns is the screen of the route "runs".
func NewRuns(_ screen.Route, h *History) *Runs {
	s := &Runs{history: h, revision: -1}
	table := table.New(func(r *runRow) int { return r.number }, s.columns()...)
	s.list = screen.NewList(table, "the newest stand first", matchesRun, fieldOutcome)
	return s
}

func (s *Runs) columns() []table.Column[runRow] {
	text := func(role ui.Role, of func(*runRow) string) func(ui.Frame, *runRow) ui.Cell {
		return func(f ui.Frame, r *runRow) ui.Cell { return f.Styled(role, of(r)) }
	}
	name := func(r *runRow) string { return r.input.Name }
	return []table.Column[runRow]{
		{ID: "outcome", Title: "OUTCOME", Min: 18, Max: 18, Cell: func(_ ui.Frame, r *runRow) ui.Cell { return r.outcome() },
			Compare: func(a, b *runRow) int { return cmp.Compare(a.outcome().Text.String(), b.outcome().Text.String()) }},
		{ID: "action", Title: "ACTION", Min: 14, Max: 40, Weight: 1, Cell: text(ui.RoleText, name),
			Compare: func(a, b *runRow) int { return strings.Compare(name(a), name(b)) }},
		{ID: "when", Title: "WHEN", Min: 8, Max: 8, DropOrder: 4,
			Cell:    func(f ui.Frame, r *runRow) ui.Cell { return ui.Styled(ui.RoleMuted, clockTime(f, r.began)) },
			Compare: func(a, b *runRow) int { return a.began.Compare(b.began) }},
		{ID: "took", Title: "TOOK", Min: 8, Max: 13, DropOrder: 2, Right: true, Cell: tookCell,
			Compare: func(a, b *runRow) int { return cmp.Compare(a.ended.Sub(a.began), b.ended.Sub(b.began)) }},
		{ID: "connection", Title: "CONNECTION", Min: 16, Weight: 4, Cell: s.connectionCell,
			Compare: func(a, b *runRow) int { return strings.Compare(a.profile+a.about(), b.profile+b.about()) }},
	}
}

// connectionCell names the connection, and before it the profile where that is another than the user's now.
func (s *Runs) connectionCell(f ui.Frame, r *runRow) ui.Cell {
	if r.elsewhere(s.where) != "" {
		return f.Styled(ui.RoleWarn, r.profile+": "+r.about())
	}
	return f.Styled(ui.RoleText, r.about())
}

// tookCell is how long a run took. What still runs has no clock here: that stands on its page.
func tookCell(_ ui.Frame, r *runRow) ui.Cell {
	if r.ended.IsZero() {
		return ui.Styled(ui.RoleMuted, "…")
	}
	return ui.Styled(ui.RoleMuted, took(r.ended.Sub(r.began)))
}

func matchesRun(r *runRow, q filter.Query) bool {
	outcome := strings.ToLower(r.outcome().Text.String())
	return q.Match(filter.SearchText(r.input.Name, r.about(), r.profile, outcome), func(string) string { return outcome })
}

// Title names the screen.
func (s *Runs) Title() string { return "Runs" }

// Open looks at the history.
func (s *Runs) Open(t *screen.Turn) {
	s.where = t.Profile
	s.sync()
}

// Refresh looks again.
func (s *Runs) Refresh(*screen.Turn) { s.sync() }

// Typing says that the filter takes the keys.
func (s *Runs) Typing() bool { return s.list.Typing() }

// Update gives keys and pastes to the filter, and clicks to the table.
func (s *Runs) Update(_ *screen.Turn, msg tea.Msg) { s.list.Update(msg) }

// Concerns says that no call changes what is shown: the history tells by itself.
func (s *Runs) Concerns(nango.Call) bool { return false }

// sync takes over the history where it has changed: nothing tells a screen that a run has ended.
func (s *Runs) sync() {
	if s.revision == s.history.revision {
		return
	}
	s.revision = s.history.revision
	rows := make([]runRow, 0, len(s.history.runs))
	for _, r := range s.history.runs {
		rows = append(rows, runRow{r})
	}
	s.list.Table.SetRows(rows)
}

// Actions is what can be done with the run under the cursor, and with the list.
func (s *Runs) Actions() []screen.Action {
	if s.Typing() {
		return s.list.TypingActions()
	}
	none, sends := "there is no run under the cursor", nango.OpActionRun
	notAgain, under := none, ""
	var run *Run
	if r := s.list.Table.Cursor(); r != nil {
		run, none, sends, notAgain, under = r.Run, "", r.operation(), r.notAgain(s.where), r.under()
	}
	all := []screen.Action{
		{ID: OpenRun, Title: "Open", Disabled: none, Do: func(t *screen.Turn) { t.Show(newPage(s.history, run)) }},
		{ID: RunAgain, Title: "Run again", Operation: sends, Disabled: cmp.Or(under, notAgain), Do: func(t *screen.Turn) {
			s.history.again(t, run, func(t *screen.Turn, page *Page) { t.Show(page) })
		}},
		{ID: OtherInput, Title: "With other input", Disabled: notAgain, Do: func(t *screen.Turn) { t.Show(newFormFor(s.history, run.order)) }},
	}
	return append(append(all, s.list.Actions()...), screen.MoveActions(s.list.Table)...)
}

// View draws the history as it is by now.
func (s *Runs) View(f ui.Frame) string {
	s.sync()
	if s.list.Table.Len() == 0 {
		return screen.Empty(f, "No action was run since the start.",
			"The actions of an integration are on its page, and on that of each connection.")
	}
	head := s.list.Counts("run")
	if s.list.Table.Len() == MaxRuns {
		head = append(head, ui.Styled(ui.RoleMuted, " · older ones are not kept"))
	}
	return s.list.View(f, []ui.Line{head}, "No run matches the filter.")
}
