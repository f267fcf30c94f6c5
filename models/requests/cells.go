package requests

import (
	"cmp"
	"fmt"
	"time"

	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	timeOfDay  = "15:04:05"
	dayOfOther = "Jan 02"
)

// timeCell is the time of day, which doesn't change as an age would; for another day it is the date.
func timeCell(f ui.Frame, e *nango.LogEntry) ui.Cell {
	began, layout := e.Began.In(f.Now.Location()), timeOfDay
	if began.YearDay() != f.Now.YearDay() || began.Year() != f.Now.Year() {
		layout = dayOfOther
	}
	return ui.Styled(ui.RoleText, began.Format(layout))
}

// pathCell includes the host if the log has several.
func (s *List) pathCell(f ui.Frame, e *nango.LogEntry) ui.Cell {
	path := e.Path
	if len(s.hosts) > 1 {
		path = e.Host + e.Path
	}
	return f.Styled(ui.RoleMuted, path)
}

// statusCell is a symbol and the status code, or the outcome if there was no response.
func statusCell(f ui.Frame, e *nango.LogEntry) ui.Cell {
	switch {
	case e.State == nango.Pending:
		return ui.Styled(ui.RoleAccent, textPending)
	case e.State == nango.Done:
		return ui.Styled(ui.RoleGood, fmt.Sprintf("✓ %d", e.Status))
	case e.Status == 0:
		return f.Styled(ui.RoleBad, "✗ "+e.Code)
	}
	return f.Styled(ui.RoleBad, fmt.Sprintf("✗ %d %s", e.Status, e.Code))
}

func tookCell(_ ui.Frame, e *nango.LogEntry) ui.Cell {
	if e.State == nango.Pending {
		return ui.Cell{}
	}
	return ui.Styled(ui.RoleText, took(e.Duration))
}

func sizeCell(_ ui.Frame, e *nango.LogEntry) ui.Cell {
	if e.Size == 0 {
		return ui.Cell{}
	}
	return ui.Cell{Text: ui.Bytes(int64(e.Size)), Role: ui.RoleText}
}

func budgetCell(_ ui.Frame, e *nango.LogEntry) ui.Cell {
	if e.Budget.Limit == 0 {
		return ui.Cell{}
	}
	return ui.Styled(ui.RoleMuted, budget(e.Budget))
}

// compareStatus orders requests in progress first, then successful ones, then failures by status.
func compareStatus(a, b *nango.LogEntry) int {
	return cmp.Or(cmp.Compare(a.State, b.State), cmp.Compare(a.Status, b.Status), cmp.Compare(a.Code, b.Code))
}

// took is how long a request took: in milliseconds, or in seconds from one second.
func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// budget is what was left of the minute's budget, with a tilde if the server doesn't report it.
func budget(b nango.Budget) string {
	sign := ""
	if !b.Known {
		sign = "~"
	}
	return fmt.Sprintf("%s%d/%d", sign, b.Remaining, b.Limit)
}
