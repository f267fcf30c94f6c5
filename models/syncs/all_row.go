package syncs

import (
	"cmp"
	"fmt"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// condition is what is wrong with a sync, the worst first.
type condition int

const (
	notLoaded condition = iota // the integration's syncs couldn't be loaded
	failing
	unscheduled
	late
	tooLong // running for longer than [longRun] and than its frequency
	expired // no run for [recordsExpire]
	pausedFailing
	paused
	neverRan
	running
	unknownState
	healthy
	conditions // the number of them
)

// conditionWords are the words by which a filter finds a condition.
var conditionWords = [conditions]string{
	"unknown", "failing error", "stopped", "late", "long running", "expired", "paused failing", "paused", "never", "running", "unknown", "ok",
}

const (
	// lateAfter is how many times its frequency a sync may be without success.
	lateAfter = 2
	// recordsExpire is after how long without a run Nango deletes a sync's records.
	recordsExpire = 60 * 24 * time.Hour
	// longRun is how long any run may take.
	longRun = time.Hour
)

// conditionOf judges a sync. During a run Nango doesn't report when the previous one ended, nor when this one started.
func conditionOf(s *screen.SyncView) condition {
	idle := s.FinishedAt != nil && s.LoadedAt.Sub(*s.FinishedAt) >= recordsExpire
	switch {
	case s.State == nango.SyncStateRunning:
		return running
	case s.State == nango.SyncStatePaused && idle:
		return expired
	case s.State == nango.SyncStatePaused && s.Failed():
		return pausedFailing
	case s.State == nango.SyncStatePaused:
		return paused
	case s.State == nango.SyncStateStopped:
		return unscheduled
	case s.Failed():
		return failing
	case idle:
		return expired
	case s.State != nango.SyncStateSuccess:
		return unknownState
	case overdue(s) > 0 || s.Late() > 0:
		return late
	case !s.HasRun():
		return neverRan
	}
	return healthy
}

// overdue is how long a sync has been without success, if that is more than [lateAfter] times its frequency; otherwise 0.
func overdue(s *screen.SyncView) time.Duration {
	every, err := nango.ParseFrequency(s.Frequency)
	if err != nil || s.FinishedAt == nil {
		return 0
	}
	if since := s.LoadedAt.Sub(*s.FinishedAt); since > lateAfter*every {
		return since
	}
	return 0
}

// allRow is a sync of any connection, or an integration whose syncs couldn't be loaded.
type allRow struct {
	screen.SyncView
	ref       nango.ConnectionRef
	customer  string
	condition condition
	started   time.Time // when the run in progress began, from the logs; zero if unknown
	err       error     // why the integration couldn't be loaded
	search    string
}

func newAllRow(ref nango.ConnectionRef, customer string, s screen.SyncView) allRow {
	r := allRow{SyncView: s, ref: ref, customer: customer, condition: conditionOf(&s)}
	r.search = filter.SearchText(ref.Integration, ref.ID, customer, s.Name.String(), conditionWords[r.condition])
	return r
}

// runningSince sets when the run in progress began.
func (r *allRow) runningSince(started time.Time) {
	r.started = started
	every, _ := nango.ParseFrequency(r.Frequency)
	if ran := r.LoadedAt.Sub(started); r.condition == running && ran > max(longRun, every) {
		r.condition = tooLong
		r.search = filter.SearchText(r.ref.Integration, r.ref.ID, r.customer, r.Name.String(), conditionWords[r.condition])
	}
}

func newFailedRow(integration string, err error) allRow {
	ref := nango.ConnectionRef{Integration: integration}
	return allRow{ref: ref, err: err, search: filter.SearchText(integration, conditionWords[notLoaded])}
}

func (r *allRow) key() allKey { return allKey{r.ref, r.Name} }

// who is the customer, or else the connection.
func (r *allRow) who() string { return cmp.Or(r.customer, r.ref.ID, textEveryConnection) }

// byCondition orders the worst first, and those that ran last the longest ago.
func byCondition(a, b *allRow) int {
	return cmp.Or(cmp.Compare(a.condition, b.condition), cmp.Compare(unixOr(a.FinishedAt, 0), unixOr(b.FinishedAt, 0)),
		cmp.Compare(a.ref.Integration, b.ref.Integration), cmp.Compare(a.ref.ID, b.ref.ID), cmp.Compare(a.Name.String(), b.Name.String()))
}

// stateCell is the condition as a sign and a word.
func (r *allRow) stateCell() ui.Cell {
	switch r.condition {
	case notLoaded:
		return ui.Styled(ui.RoleBad, "✗ unknown")
	case failing:
		return ui.Styled(ui.RoleBad, "✗ failing")
	case late:
		return ui.Styled(ui.RoleBad, "! late")
	case tooLong:
		return ui.Styled(ui.RoleBad, "! too long")
	case expired:
		return ui.Styled(ui.RoleBad, "! 60 days")
	}
	return r.StateCell()
}

// allColumns are the columns of [All]. What identifies a row stays the longest.
func allColumns() []table.Column[allRow] {
	text := func(of func(*allRow) string) func(ui.Frame, *allRow) ui.Cell { return table.Text(ui.RoleText, of) }
	integration := func(r *allRow) string { return r.ref.Integration }
	name := func(r *allRow) string { return r.Name.String() }
	return []table.Column[allRow]{
		{ID: "who", Title: "CUSTOMER", Min: 16, Ideal: 28, Weight: 3, Cell: text((*allRow).who), Compare: table.By((*allRow).who)},
		{ID: "integration", Title: "INTEGRATION", Min: 11, Max: 24, Weight: 1, Cell: text(integration), Compare: table.By(integration)},
		{ID: "sync", Title: "SYNC", Min: 12, Max: 30, Weight: 2, Cell: text(name), Compare: table.By(name)},
		{ID: "state", Title: "STATE", Min: 11, Cell: func(_ ui.Frame, r *allRow) ui.Cell { return r.stateCell() }, Compare: byCondition},
		{ID: "last", Title: "LAST", Min: 6, DropOrder: 4, Right: true, Cell: func(f ui.Frame, r *allRow) ui.Cell {
			if r.FinishedAt == nil {
				return ui.Cell{}
			}
			return ui.Cell{Text: ui.Age(f.Now.Sub(*r.FinishedAt)), Role: ui.RoleText}
		}, Compare: table.By(func(r *allRow) int64 { return unixOr(r.FinishedAt, 0) })},
		{ID: "every", Title: "EVERY", Min: 7, DropOrder: 3, Right: true, Cell: func(f ui.Frame, r *allRow) ui.Cell {
			return f.Styled(ui.RoleMuted, cmp.Or(shortFrequency(r.Frequency), r.Frequency))
		}},
		{ID: "next", Title: "NEXT", Min: 14, DropOrder: 2, Extra: true, Cell: func(f ui.Frame, r *allRow) ui.Cell { return r.NextRun(f.Now) }},
		{ID: "id", Title: "CONNECTION ID", Min: 16, Max: 36, Weight: 1, DropOrder: 1, Extra: true,
			Cell: table.Text(ui.RoleMuted, func(r *allRow) string { return r.ref.ID })},
	}
}

// why says what is wrong with the row and what to do about it, with the keys for that.
func (r *allRow) why(f ui.Frame) (role ui.Role, what, now string) {
	opens, runs := screen.HintOrPalette(f, OpenAll, "opens it"), screen.HintOrPalette(f, Trigger, "runs it now")
	resumes := screen.HintOrPalette(f, Start, "resumes it")
	ended, every := "", r.FrequencyText()
	if r.FinishedAt != nil {
		ended = ui.Ago(r.LoadedAt.Sub(*r.FinishedAt))
	}
	switch r.condition {
	case notLoaded:
		return ui.RoleBad, fmt.Sprintf(whyNotLoaded, r.err), screen.HintOrPalette(f, OpenAll, nowOneByOne)
	case failing:
		return ui.RoleBad, fmt.Sprintf(whyFailing, cmp.Or(ended, textTimeUnknown)), opens + "; " + runs + "; " + nowFailing
	case unscheduled:
		return ui.RoleBad, whyUnscheduled, resumes + "; " + nowUnscheduled
	case late:
		if since := overdue(&r.SyncView); since > 0 {
			return ui.RoleBad, fmt.Sprintf(whyLate, ui.Age(since), every), runs + "; " + nowLate
		}
		return ui.RoleBad, fmt.Sprintf(whyMissed, ui.Ago(r.Late())), runs + "; " + nowLate
	case expired:
		return ui.RoleBad, fmt.Sprintf(whyExpired, ended), resumes + "; " + runs
	case pausedFailing:
		return ui.RoleWarn, fmt.Sprintf(whyPausedFailing, cmp.Or(ended, textTimeUnknown)), opens + "; " + resumes
	case paused:
		return ui.RoleWarn, whyPaused, resumes
	case neverRan:
		return ui.RoleText, whyNeverRan, runs
	case tooLong:
		return ui.RoleBad, fmt.Sprintf(whyTooLong, ui.Ago(r.LoadedAt.Sub(r.started)), cmp.Or(every, textTimeUnknown)), opens + "; " + nowTooLong
	case running:
		if !r.started.IsZero() {
			return ui.RoleText, fmt.Sprintf(whyRunningSince, ui.Ago(r.LoadedAt.Sub(r.started))), opens
		}
		return ui.RoleText, whyRunning, opens
	}
	return ui.RoleMuted, fmt.Sprintf(whyHealthy, cmp.Or(ended, textTimeUnknown), cmp.Or(every, textTimeUnknown)), opens
}
