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

// row is a sync as the list has it.
type row struct {
	screen.SyncView
	// search is what the filter looks at, in lower case.
	search string
	// states are the words that state: finds.
	states string
	// What does not change until it is read again is made once: cells are drawn for every key.
	word, did, every, saved ui.Cell
}

// rowsOf are the syncs of a connection as they were read, what is broken first.
func rowsOf(ref nango.ConnectionRef, all []nango.SyncStatus, at time.Time) []row {
	rows := make([]row, 0, len(all))
	for _, one := range all {
		if one.Connection == "" { // it is optional in Nango's reference
			one.Connection = ref.ID
		}
		rows = append(rows, newRow(screen.SyncView{SyncStatus: one, LoadedAt: at}))
	}
	slices.SortStableFunc(rows, troubleFirst)
	return rows
}

func troubleFirst(a, b row) int { return byState(&a, &b) }

func newRow(s screen.SyncView) row {
	r := row{SyncView: s, word: s.StateCell(), every: ui.Styled(ui.RoleMuted, shortEvery(s.Frequency)), saved: saved(&s)}
	r.did = r.result()
	states := r.word.Text.String()
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

// saved is how many records it has saved.
func saved(s *screen.SyncView) ui.Cell {
	n, known := s.RecordCount()
	if !known {
		return ui.Styled(ui.RoleMuted, "not known")
	}
	return ui.Cell{Text: ui.Count(int(n))}
}

// Names of the fields that the filter knows.
const (
	fieldState = "state"
	fieldSync  = "sync"
)

func (r *row) matches(q filter.Query) bool {
	return q.Match(r.search, func(field string) string {
		if field == fieldSync {
			return strings.ToLower(r.Name.String())
		}
		return r.states
	})
}

// result is what the latest run did to the records of all models, such as "+12 ~3 −1".
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

// changes is what a run did in short: "+12 ~3 −1", or that it found nothing new.
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

// shortEvery is how often it runs, for a narrow column: "30 s", "90 min", "2 h". It is empty where that cannot be read.
func shortEvery(frequency string) string {
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
