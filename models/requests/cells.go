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

// timeCell is the time of day, since it stands still where an age would not; for another day it is the date.
func timeCell(f ui.Frame, e *nango.LogEntry) ui.Cell {
	began, layout := e.Began.In(f.Now.Location()), timeOfDay
	if began.YearDay() != f.Now.YearDay() || began.Year() != f.Now.Year() {
		layout = dayOfOther
	}
	return ui.Styled(ui.RoleText, began.Format(layout))
}

func operationCell(f ui.Frame, e *nango.LogEntry) ui.Cell {
	return f.Styled(ui.RoleText, string(e.Operation))
}

func methodCell(_ ui.Frame, e *nango.LogEntry) ui.Cell { return ui.Styled(ui.RoleMuted, e.Method) }

// pathCell names the host as well where the log has several: then two servers would look like one.
func (s *List) pathCell(f ui.Frame, e *nango.LogEntry) ui.Cell {
	path := e.Path
	if len(s.hosts) > 1 {
		path = e.Host + e.Path
	}
	return f.Styled(ui.RoleMuted, path)
}

// statusCell is a sign and a word: what the server answered, or what became of the call where it did not.
func statusCell(f ui.Frame, e *nango.LogEntry) ui.Cell {
	switch {
	case e.State == nango.Pending:
		return ui.Styled(ui.RoleAccent, "… under way")
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

// compareStatus puts what is under way first, then what succeeded, then failures by status.
func compareStatus(a, b *nango.LogEntry) int {
	return cmp.Or(cmp.Compare(a.State, b.State), cmp.Compare(a.Status, b.Status), cmp.Compare(a.Code, b.Code))
}

// took is how long a call went on: in milliseconds, from one second on in seconds.
func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// budget is what was left of what a minute allows, with a tilde where the server does not tell.
func budget(b nango.Budget) string {
	sign := ""
	if !b.Known {
		sign = "~"
	}
	return fmt.Sprintf("%s%d/%d", sign, b.Remaining, b.Limit)
}
