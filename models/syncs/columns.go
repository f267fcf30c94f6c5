package syncs

import (
	"cmp"
	"math"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/table"
)

// columns returns the columns of a connection's list of syncs. Narrow terminals drop the result of the latest run
// first.
func columns() []table.Column[row] {
	return []table.Column[row]{
		{ID: "sync", Title: "SYNC", Min: 14, Max: 44, Weight: 3, Cell: table.Text(ui.RoleText, nameOf), Compare: table.By(nameOf)},
		{ID: "state", Title: "STATE", Min: 11, Cell: func(_ ui.Frame, r *row) ui.Cell { return r.stateCell }, Compare: byState},
		{ID: "last", Title: "LAST", Min: 7, DropOrder: 4, Cell: lastCell, // the latest first, and at last those that never ran
			Compare: table.By(func(r *row) int64 { return -unixOr(r.FinishedAt, -math.MaxInt64) })},
		{ID: "did", Title: "DID", Min: 12, Max: 26, Weight: 1, DropOrder: 1, Cell: func(_ ui.Frame, r *row) ui.Cell { return r.resultCell }},
		{ID: "next", Title: "NEXT", Min: 14, DropOrder: 5, // the next first, and at last those without a next run
			Compare: table.By(func(r *row) int64 { return unixOr(r.NextAt, math.MaxInt64) }),
			Cell:    func(f ui.Frame, r *row) ui.Cell { return r.NextRun(f.Now) }},
		{ID: "every", Title: "EVERY", Min: 7, Max: 10, DropOrder: 2, Cell: everyCell},
		{ID: "records", Title: "RECORDS", Min: 9, DropOrder: 3, Right: true, Compare: byRecords,
			Cell: func(_ ui.Frame, r *row) ui.Cell { return r.recordsCell }},
	}
}

func nameOf(r *row) string { return r.Name.String() }

// lastCell shows when the sync ran last. It marks a failure, because the state of a paused sync doesn't show it.
func lastCell(f ui.Frame, r *row) ui.Cell {
	if r.FinishedAt == nil {
		return ui.Cell{}
	}
	age := ui.Age(f.Now.Sub(*r.FinishedAt)).String()
	if r.Failed() {
		return ui.Styled(ui.RoleBad, "✗ "+age)
	}
	return ui.Styled(ui.RoleText, age)
}

// everyCell shows the frequency, as the server writes it if it can't be parsed.
func everyCell(f ui.Frame, r *row) ui.Cell {
	if r.frequencyCell.Text.Empty() {
		return f.Styled(ui.RoleMuted, r.Frequency)
	}
	return r.frequencyCell
}

func byState(a, b *row) int { return screen.CompareSyncs(&a.SyncView, &b.SyncView) }

func byRecords(a, b *row) int {
	left, _ := a.RecordCount()
	right, _ := b.RecordCount()
	return cmp.Compare(right, left)
}

func unixOr(at *time.Time, otherwise int64) int64 {
	if at == nil {
		return otherwise
	}
	return at.UnixMilli()
}
