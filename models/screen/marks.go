package screen

import "nango-tui/ui"

// Ids of the actions that mark rows, to do something with several at once.
const (
	Mark       ActionID = "list.mark"
	MarkAll    ActionID = "list.markAll"
	ClearMarks ActionID = "list.clearMarks"
)

// Markable is a table whose rows can be marked.
type Markable interface {
	Down()
	ToggleMark()
	MarkAll()
	ClearMarks()
	MarkedCount() (marked, hidden int)
}

// MarkActions returns the actions that mark rows. None is why there is no row to mark; empty if there is one.
func MarkActions(rows Markable, none string) []Action {
	marked, _ := rows.MarkedCount()
	unmarked := DisabledIf(marked == 0, "nothing is marked")
	return []Action{
		{ID: Mark, Title: "Mark", HideInFooter: true, Disabled: none, Do: func(*Turn) {
			rows.ToggleMark()
			rows.Down()
		}},
		{ID: MarkAll, Title: "Mark all shown", HideInFooter: true, Disabled: none, Do: func(*Turn) { rows.MarkAll() }},
		{ID: ClearMarks, Title: "Clear marks", HideInFooter: true, Disabled: unmarked, Do: func(*Turn) { rows.ClearMarks() }},
	}
}

// MarkedSummary returns how many rows are marked, and how many of them the filter hides; empty if none is marked.
func MarkedSummary(rows Markable) ui.Line {
	marked, hidden := rows.MarkedCount()
	if marked == 0 {
		return nil
	}
	text := ui.Count(marked).String() + " marked"
	if hidden > 0 {
		text += ", " + ui.Count(hidden).String() + " not shown"
	}
	return ui.Line{ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleMarked, text)}
}
