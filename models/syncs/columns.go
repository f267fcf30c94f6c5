package syncs

import (
	"cmp"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/table"
)

// columns are those of a connection's syncs. Narrow terminals lose what the latest run did first, which the page of the
// sync tells.
func columns() []table.Column[row] {
	return []table.Column[row]{
		{ID: "sync", Title: "SYNC", Min: 14, Max: 44, Weight: 3, Cell: nameCell, Compare: byName},
		{ID: "state", Title: "STATE", Min: 11, Cell: func(_ ui.Frame, r *row) ui.Cell { return r.word }, Compare: byState},
		{ID: "last", Title: "LAST", Min: 7, DropOrder: 4, Cell: lastCell, Compare: byLast},
		{ID: "did", Title: "DID", Min: 12, Max: 26, Weight: 1, DropOrder: 1, Cell: func(_ ui.Frame, r *row) ui.Cell { return r.did }},
		{ID: "next", Title: "NEXT", Min: 14, DropOrder: 5, Cell: nextCell, Compare: byNext},
		{ID: "every", Title: "EVERY", Min: 7, Max: 10, DropOrder: 2, Cell: everyCell},
		{ID: "records", Title: "RECORDS", Min: 9, DropOrder: 3, Right: true,
			Cell: func(_ ui.Frame, r *row) ui.Cell { return r.saved }, Compare: byRecords},
	}
}

func nameCell(f ui.Frame, r *row) ui.Cell { return f.Styled(ui.RoleText, r.Name.String()) }

// lastCell is when it ran last. Of a paused one the state does not tell that this run failed.
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

func nextCell(f ui.Frame, r *row) ui.Cell { return r.NextRun(f.Now) }

// everyCell is how often it runs, in the server's own text where that is not to be read.
func everyCell(f ui.Frame, r *row) ui.Cell {
	if r.every.Text.Empty() {
		return f.Styled(ui.RoleMuted, r.Frequency)
	}
	return r.every
}

func byName(a, b *row) int { return cmp.Compare(a.Name.String(), b.Name.String()) }

func byState(a, b *row) int { return screen.CompareSyncs(&a.SyncView, &b.SyncView) }

// byLast puts what ran last first, and what did not run behind everything.
func byLast(a, b *row) int { return orZero(b.FinishedAt).Compare(orZero(a.FinishedAt)) }

// byNext puts what is due first, and what has no time behind everything.
func byNext(a, b *row) int {
	if a.NextAt == nil || b.NextAt == nil {
		return cmp.Compare(btoi(a.NextAt == nil), btoi(b.NextAt == nil))
	}
	return a.NextAt.Compare(*b.NextAt)
}

func byRecords(a, b *row) int {
	left, _ := a.RecordCount()
	right, _ := b.RecordCount()
	return cmp.Compare(right, left)
}

func orZero(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}

func btoi(is bool) int {
	if is {
		return 1
	}
	return 0
}
