package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

type counts struct {
	all, unread, failed, stopped, late, paused, pausedFailed, running, never, ok int
}

func (c *counts) add(s *screen.SyncView) {
	c.all++
	switch {
	case s.State == "":
		c.unread++
	case s.State == nango.SyncStateError:
		c.failed++
	case s.State == nango.SyncStateStopped:
		c.stopped++
	case s.Late() > 0:
		c.late++
	case s.State == nango.SyncStatePaused && s.Failed():
		c.pausedFailed++
	case s.State == nango.SyncStatePaused:
		c.paused++
	case s.State == nango.SyncStateRunning:
		c.running++
	case !s.HasRun():
		c.never++
	default:
		c.ok++
	}
}

func countOf(n int) ui.Line {
	return ui.Line{ui.Styled(ui.RoleStrong, " "+ui.Count(n).String()), ui.Styled(ui.RoleMuted, " "+ui.PluralNoun(n, "sync"))}
}

// line shows the counts that aren't 0, broken syncs first.
func (c *counts) line() ui.Line {
	var line ui.Line
	for _, part := range []struct {
		n    int
		role ui.Role
		sign string
		word string
	}{
		{c.unread, ui.RoleBad, "✗ ", " not read"}, {c.failed, ui.RoleBad, "✗ ", " error"}, {c.stopped, ui.RoleBad, "■ ", " stopped"},
		{c.late, ui.RoleBad, "", " late"}, {c.pausedFailed, ui.RoleBad, "‖ ", " paused after a failed run"},
		{c.paused, ui.RoleWarn, "‖ ", " paused"}, {c.never, ui.RoleMuted, "– ", " never ran"},
		{c.running, ui.RoleAccent, "◌ ", " running"},
		{c.ok, ui.RoleGood, "✓ ", " ok"},
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

// broken is the number of syncs that need attention.
func (c *counts) broken() int { return c.unread + c.failed + c.stopped + c.late + c.pausedFailed }
