package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// tally counts syncs by how they stand.
type tally struct {
	all, unread, failed, stopped, late, paused, running, never, ok int
}

func tallyOf(rows []row) tally {
	var y tally
	for i := range rows {
		y.add(&rows[i].SyncView)
	}
	return y
}

func (y *tally) add(s *screen.SyncView) {
	y.all++
	switch {
	case s.State == "":
		y.unread++
	case s.State == nango.SyncStateError:
		y.failed++
	case s.State == nango.SyncStateStopped:
		y.stopped++
	case s.Late() > 0:
		y.late++
	case s.State == nango.SyncStatePaused:
		y.paused++
	case s.State == nango.SyncStateRunning:
		y.running++
	case !s.HasRun():
		y.never++
	default:
		y.ok++
	}
}

// line is how many there are of each, what is broken first; what there is none of is left out.
func (y *tally) line() ui.Line {
	var line ui.Line
	for _, part := range []struct {
		n    int
		role ui.Role
		sign string
		word string
	}{
		{y.unread, ui.RoleBad, "✗ ", " not read"}, {y.failed, ui.RoleBad, "✗ ", " error"}, {y.stopped, ui.RoleBad, "■ ", " stopped"},
		{y.late, ui.RoleBad, "", " late"},
		{y.paused, ui.RoleWarn, "‖ ", " paused"}, {y.never, ui.RoleMuted, "– ", " never ran"}, {y.running, ui.RoleAccent, "◌ ", " running"},
		{y.ok, ui.RoleGood, "✓ ", " ok"},
	} {
		if part.n == 0 {
			continue
		}
		if len(line) > 0 {
			line = append(line, ui.Styled(ui.RoleMuted, " · "))
		}
		line = append(line, ui.Styled(part.role, part.sign+ui.Count(part.n).String()+part.word))
	}
	return line
}

// broken says how many somebody has to look after.
func (y *tally) broken() int { return y.unread + y.failed + y.stopped + y.late }
