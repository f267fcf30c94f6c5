package syncs

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
)

type row struct {
	screen.SyncView
	// search is the text for the filter, in lower case.
	search string
	// states are the words that the filter state: matches.
	states string
	// Cells that change only with a reload are made once, because the table is drawn for every key.
	stateCell, resultCell, frequencyCell, recordsCell ui.Cell
}

// rowsOf makes the rows of a connection, broken ones first.
func rowsOf(ref nango.ConnectionRef, all []nango.SyncStatus, at time.Time) []row {
	rows := make([]row, 0, len(all))
	for _, one := range all {
		if one.Connection == "" { // optional in Nango's API
			one.Connection = ref.ID
		}
		rows = append(rows, newRow(screen.SyncView{SyncStatus: one, LoadedAt: at}))
	}
	slices.SortStableFunc(rows, brokenFirst)
	return rows
}

func brokenFirst(a, b row) int { return byState(&a, &b) }

func newRow(s screen.SyncView) row {
	r := row{SyncView: s, stateCell: s.StateCell(), recordsCell: recordsCell(&s)}
	r.frequencyCell = ui.Styled(ui.RoleMuted, shortFrequency(s.Frequency))
	r.resultCell = r.result()
	states := r.stateCell.Text.String()
	if s.Late() > 0 {
		states += " late"
	}
	if s.Failed() {
		states += " failed"
	}
	r.states = strings.ToLower(states)
	r.search = filter.SearchText(s.Name.String(), r.states)
	return r
}

func recordsCell(s *screen.SyncView) ui.Cell {
	n, known := s.RecordCount()
	if !known {
		return ui.Styled(ui.RoleMuted, "unknown")
	}
	return ui.Cell{Text: ui.Count(int(n))}
}

// language declares the fields of the filter. A sync has several states: it can be late and have failed.
func language() filter.Language[row] {
	return filter.Language[row]{Text: func(r *row) string { return r.search }, Fields: []filter.Field[row]{
		filter.EnumField("state", func(r *row) string { return r.states },
			"ok", "running", "paused", "error", "stopped", "late", "failed", "never", "unknown"),
		filter.TextField("sync", func(r *row) string { return r.Name.String() }),
		filter.AgeField("ran", func(r *row) (time.Time, bool) { return timeOf(r.FinishedAt) }),
	}}
}

func timeOf(at *time.Time) (time.Time, bool) {
	if at == nil {
		return time.Time{}, false
	}
	return *at, true
}

// result is what the latest run changed in the records of all models, such as "+12 ~3 −1".
func (r *row) result() ui.Cell {
	switch {
	case r.State == nango.SyncStateRunning:
		return ui.Cell{}
	case r.Failed():
		return ui.Styled(ui.RoleBad, "failed")
	case r.Latest == nil:
		return ui.Cell{}
	}
	var sum nango.SyncResult
	for _, one := range r.Latest {
		sum.Added, sum.Updated, sum.Deleted = sum.Added+one.Added, sum.Updated+one.Updated, sum.Deleted+one.Deleted
	}
	return ui.Styled(ui.RoleText, changes(sum))
}

// changes is the result of a run: "+12 ~3 −1" or "no change".
func changes(sum nango.SyncResult) string {
	if sum == (nango.SyncResult{}) {
		return "no change"
	}
	var parts []string
	for _, one := range []struct {
		sign string
		n    int64
	}{{"+", sum.Added}, {"~", sum.Updated}, {"−", sum.Deleted}} {
		if one.n != 0 {
			parts = append(parts, one.sign+ui.Count(int(one.n)).String())
		}
	}
	return strings.Join(parts, " ")
}

// shortFrequency is the frequency for a narrow column: "30 s", "90 min", "2 h"; empty if it can't be parsed.
func shortFrequency(frequency string) string {
	every, err := nango.ParseFrequency(frequency)
	if err != nil {
		return ""
	}
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}} {
		if every%unit.size == 0 {
			return fmt.Sprintf("%d %s", every/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%d s", every/time.Second)
}
