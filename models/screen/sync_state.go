package screen

import (
	"cmp"
	"strings"
	"time"

	"nango-tui/nango"
	"nango-tui/ui"
)

// syncGrace is how late a run may be before the sync is shown as late: schedules aren't checked every second, and the clocks of
// two machines differ.
const syncGrace = 2 * time.Minute

// SyncView is a sync's status with the time it was loaded. Lateness is relative to that time, not to the time it is drawn: a run
// that was due since may have happened. Without a state only the name is known, because Nango didn't report it.
type SyncView struct {
	nango.SyncStatus
	LoadedAt time.Time
}

// HasRun reports whether it has run at least once.
func (s *SyncView) HasRun() bool { return s.FinishedAt != nil || s.LatestState != "" }

// Failed reports whether the latest run failed. It may have been paused since.
func (s *SyncView) Failed() bool {
	return s.State == nango.SyncStateError || s.LatestState == nango.SyncStateStopped || s.LatestState == nango.SyncStateError
}

// Late is how late its next run is; 0 if it isn't late, or is running.
func (s *SyncView) Late() time.Duration {
	if s.State == nango.SyncStateRunning || s.NextAt == nil {
		return 0
	}
	if late := s.LoadedAt.Sub(*s.NextAt); late > syncGrace {
		return late
	}
	return 0
}

// StateCell is the state as a symbol and a word, so that it isn't shown by color alone.
func (s *SyncView) StateCell() ui.Cell {
	switch s.State {
	case "":
		return ui.Styled(ui.RoleBad, "✗ unknown")
	case nango.SyncStateRunning:
		return ui.Styled(ui.RoleAccent, "◌ running")
	case nango.SyncStatePaused:
		if s.Failed() {
			return ui.Styled(ui.RoleBad, "‖ paused")
		}
		return ui.Styled(ui.RoleWarn, "‖ paused")
	case nango.SyncStateStopped:
		return ui.Styled(ui.RoleBad, "■ stopped")
	case nango.SyncStateError:
		return ui.Styled(ui.RoleBad, "✗ error")
	case nango.SyncStateSuccess: // it waits for its next run, whether it ran or not
		switch {
		case s.Late() > 0:
			return ui.Styled(ui.RoleBad, "! late")
		case !s.HasRun():
			return ui.Styled(ui.RoleMuted, "– never ran")
		}
		return ui.Styled(ui.RoleGood, "✓ ok")
	}
	return ui.Styled(ui.RoleWarn, "? "+unknownState(s.State))
}

// StateText is the state in words: "paused · last run failed 40 h ago".
func (s *SyncView) StateText(now time.Time) ui.Cell {
	cell := s.StateCell()
	if s.State != nango.SyncStatePaused || !s.Failed() {
		return cell
	}
	text := textLastRunFailed
	if s.FinishedAt != nil {
		text += " " + ui.Ago(now.Sub(*s.FinishedAt))
	}
	cell.Text = cell.Text.Concat(ui.Clean(text))
	return cell
}

// maxState is the maximum length of an unknown state.
const maxState = 16

// unknownState is the word for a state that this program doesn't know, if it is a short word in capitals.
func unknownState(state nango.SyncState) string {
	if len(state) > maxState || strings.Trim(string(state), "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
		return "unknown"
	}
	return strings.ToLower(string(state))
}

// NextRun is when it runs next: "in 41 min", "late by 2 h", or empty if no run is scheduled.
func (s *SyncView) NextRun(now time.Time) ui.Cell {
	switch {
	case s.NextAt == nil:
		return ui.Cell{}
	case s.Late() > 0:
		return ui.Styled(ui.RoleBad, "late by "+ui.Age(s.Late()).String())
	case s.NextAt.Sub(now) >= time.Minute:
		return ui.Styled(ui.RoleText, "in "+ui.Age(s.NextAt.Sub(now)).String())
	}
	return ui.Styled(ui.RoleText, "due now")
}

// FrequencyText is how often it runs, in the same words whichever way it was set: "every 2 hours".
func (s *SyncView) FrequencyText() string {
	if every, err := nango.ParseFrequency(s.Frequency); err == nil {
		return nango.FrequencyText(every)
	}
	return s.Frequency
}

// RecordCount is how many records it has saved, of all models. It is unknown for a variant, for which Nango reports the numbers of
// the base variant (seen on v0.71.4).
func (s *SyncView) RecordCount() (n int64, known bool) {
	for _, count := range s.Records {
		n += count
	}
	return n, s.Name.Variant == "" && s.State != ""
}

// rank orders states: those that need attention come first.
func (s *SyncView) rank() int {
	switch {
	case s.State == nango.SyncStateError || s.State == "":
		return 0
	case s.State == nango.SyncStateStopped:
		return 1
	case s.Late() > 0, s.State == nango.SyncStatePaused && s.Failed():
		return 2
	case s.State == nango.SyncStatePaused:
		return 3
	case s.State == nango.SyncStateRunning:
		return 5
	case s.State == nango.SyncStateSuccess && s.HasRun():
		return 6
	}
	return 4
}

// CompareSyncs orders syncs: broken and late ones first, then by name and variant.
func CompareSyncs(a, b *SyncView) int {
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Name.Name, b.Name.Name), cmp.Compare(a.Name.Variant, b.Name.Variant))
}
