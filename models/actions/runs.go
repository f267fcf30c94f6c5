package actions

import (
	"cmp"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// Runs lists the history, newest first.
type Runs struct {
	*screen.List[runRow, int]
	history  *History
	profile  screen.ProfileState
	revision int // the history's revision of the rows
}

type runRow struct{ *Run }

// NewRuns creates the screen of the route "runs".
func NewRuns(_ screen.Route, h *History) *Runs {
	s := &Runs{history: h, revision: -1}
	s.List = screen.NewList("Runs", func(r *runRow) int { return r.number }, s.columns(), runLanguage())
	return s
}

func (s *Runs) columns() []table.Column[runRow] {
	name := func(r *runRow) string { return r.input.Name }
	return []table.Column[runRow]{
		{ID: "outcome", Title: "OUTCOME", Min: 18, Max: 18, Cell: func(_ ui.Frame, r *runRow) ui.Cell { return r.outcomeCell() },
			Compare: table.By(func(r *runRow) string { return r.outcomeCell().Text.String() })},
		{ID: "action", Title: "ACTION", Min: 14, Max: 40, Weight: 1, Cell: table.Text(ui.RoleText, name), Compare: table.By(name)},
		{ID: "when", Title: "WHEN", Min: 8, Max: 8, DropOrder: 4,
			Cell:    func(f ui.Frame, r *runRow) ui.Cell { return ui.Styled(ui.RoleMuted, clockTime(f, r.start)) },
			Compare: func(a, b *runRow) int { return a.start.Compare(b.start) }},
		{ID: "took", Title: "TOOK", Min: 8, Max: 13, DropOrder: 2, Right: true, Cell: durationCell,
			Compare: table.By(func(r *runRow) time.Duration { return r.end.Sub(r.start) })},
		{ID: "connection", Title: "CONNECTION", Min: 16, Weight: 4, Cell: s.connectionCell,
			Compare: table.By(func(r *runRow) string { return r.profile + r.about() })},
	}
}

// connectionCell names the connection, and the profile if it isn't the current one.
func (s *Runs) connectionCell(f ui.Frame, r *runRow) ui.Cell {
	if r.otherProfile(s.profile) != "" {
		return f.Styled(ui.RoleWarn, r.profile+": "+r.about())
	}
	return f.Styled(ui.RoleText, r.about())
}

// durationCell is how long a run took. A run in progress shows no time here, only on its page.
func durationCell(_ ui.Frame, r *runRow) ui.Cell {
	if r.end.IsZero() {
		return ui.Styled(ui.RoleMuted, "…")
	}
	return ui.Styled(ui.RoleMuted, formatDuration(r.end.Sub(r.start)))
}

func runLanguage() filter.Language[runRow] {
	outcome := filter.TextField("outcome", func(r *runRow) string { return r.outcomeCell().Text.String() })
	outcome.Values = filter.Words("returned", "failed", "running", "waiting", "refused", "unknown")
	return filter.Language[runRow]{
		Text: func(r *runRow) string {
			return filter.SearchText(r.input.Name, r.about(), r.profile, r.outcomeCell().Text.String())
		},
		Fields: []filter.Field[runRow]{
			outcome,
			filter.TextField("action", func(r *runRow) string { return r.input.Name }),
			filter.TextField("connection", func(r *runRow) string { return r.about() }),
			filter.TextField("profile", func(r *runRow) string { return r.profile }),
			filter.AgeField("age", func(r *runRow) (time.Time, bool) { return r.start, true }),
		},
	}
}

// Refresh shows the history.
func (s *Runs) Refresh(t *screen.Turn) {
	s.profile = t.Profile
	s.updateRows()
}

// updateRows shows the history if it has changed. No message tells the screen that a run has ended.
func (s *Runs) updateRows() {
	if s.revision == s.history.revision {
		return
	}
	s.revision = s.history.revision
	rows := make([]runRow, 0, len(s.history.runs))
	for _, r := range s.history.runs {
		rows = append(rows, runRow{r})
	}
	s.Table.SetRows(rows)
}

// Actions returns the actions on the run under the cursor and on the list.
func (s *Runs) Actions() []screen.Action {
	var run *Run
	none, sends := textNoRun, nango.OpActionRun
	notAgain, under := none, ""
	if r := s.Table.Cursor(); r != nil {
		run, none, sends, notAgain, under = r.Run, "", r.operation(), r.notRepeatable(s.profile), r.stillRunning()
	}
	return s.ActionsAround([]screen.Action{
		{ID: OpenRun, Title: "Open", Disabled: none, Do: func(t *screen.Turn) { t.Show(newPage(s.history, run)) }},
		{ID: RunAgain, Title: "Run again", Operation: sends, Disabled: cmp.Or(under, notAgain), Do: func(t *screen.Turn) {
			s.history.runAgain(t, run, func(t *screen.Turn, page *Page) { t.Show(page) })
		}},
		{ID: OtherInput, Title: textRunWithOtherInput, Disabled: notAgain,
			Do: func(t *screen.Turn) { t.Show(newFormFor(s.history, run.runRequest)) }},
	})
}

// View draws the current history.
func (s *Runs) View(f ui.Frame) string {
	s.updateRows()
	if s.Table.Len() == 0 {
		return screen.Empty(f, textNoRuns, textWhereActionsAre)
	}
	head := s.Counts("run")
	if s.Table.Len() == MaxRuns {
		head = append(head, ui.Styled(ui.RoleMuted, textOlderRunsNotKept))
	}
	return s.List.View(f, []ui.Line{head}, textNoRunMatchesFilter)
}
