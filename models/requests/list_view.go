package requests

import (
	"strconv"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
)

// fieldState is the filter's field: "state:failed".
const fieldState = "state"

// matches reports whether a request matches a filter.
func matches(e *nango.LogEntry, q filter.Query) bool {
	state := stateWord(e.State)
	haystack := filter.SearchText(string(e.Operation), e.Method, e.Host+e.Path, strconv.Itoa(e.Status), e.Code, state)
	return q.Match(haystack, func(string) string { return state })
}

func stateWord(state nango.LogState) string {
	switch state {
	case nango.Pending:
		return "in progress"
	case nango.Failed:
		return "failed"
	}
	return "done"
}

// View draws the current log: screens aren't notified of requests that others send.
func (s *List) View(f ui.Frame) string {
	s.sync()
	if s.table.Len() == 0 {
		return screen.Empty(f, "No requests yet.", "Every request to Nango is listed here, without its headers and body.")
	}
	return s.listing.View(f, []ui.Line{s.summary()}, "No request matches the filter.")
}

func (s *List) summary() ui.Line {
	line := s.listing.Counts("call")
	if s.failed > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleBad, "✗ "+ui.Count(s.failed).String()+" failed"))
	}
	if s.underWay > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleAccent, "… "+ui.Count(s.underWay).String()+" in progress"))
	}
	if s.table.Len() == nango.LogSize {
		line = append(line, ui.Styled(ui.RoleMuted, " · older requests are not kept"))
	}
	return line
}
