package screen

import "nango-tui/ui"

// Ids of marking rows, where something is done with several at once.
const (
	Mark       ActionID = "list.mark"
	MarkAll    ActionID = "list.markAll"
	ClearMarks ActionID = "list.clearMarks"
)

// Markable is a table as far as its rows can be marked.
type Markable interface {
	Down()
	ToggleMark()
	MarkAll()
	ClearMarks()
	MarkedCount() (marked, hidden int)
}

// MarkActions is the table of actions that mark rows. None is why there is no row that could be; empty where there is one.
func MarkActions(rows Markable, none string) []Action {
	unmarked := ""
	if marked, _ := rows.MarkedCount(); marked == 0 {
		unmarked = "nothing is marked"
	}
	return []Action{
		{ID: Mark, Title: "Mark", HideInFooter: true, Disabled: none, Do: func(*Turn) {
			rows.ToggleMark()
			rows.Down()
		}},
		{ID: MarkAll, Title: "Mark all that are shown", HideInFooter: true, Disabled: none, Do: func(*Turn) { rows.MarkAll() }},
		{ID: ClearMarks, Title: "Clear the marks", HideInFooter: true, Disabled: unmarked, Do: func(*Turn) { rows.ClearMarks() }},
	}
}

// MarkedSummary says behind other facts how many rows are marked, and how many of them the filter leaves out. Nothing where none is.
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
