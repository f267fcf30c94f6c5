package requests

import (
	"strconv"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
)

// fieldState is the field that the filter knows: "state:failed".
const fieldState = "state"

// matches says whether a filter lets a call pass.
func matches(e *nango.LogEntry, q filter.Query) bool {
	state := stateWord(e.State)
	haystack := filter.SearchText(string(e.Operation), e.Method, e.Host+e.Path, strconv.Itoa(e.Status), e.Code, state)
	return q.Match(haystack, func(string) string { return state })
}

func stateWord(state nango.LogState) string {
	switch state {
	case nango.Pending:
		return "under way"
	case nango.Failed:
		return "failed"
	}
	return "done"
}

// View draws the log as it is by now: nothing tells a screen that another one has sent something.
func (s *List) View(f ui.Frame) string {
	s.sync()
	if s.table.Len() == 0 {
		return screen.Empty(f, "Nothing was sent yet.", "Every call to Nango stands here once it is made, without its headers and its body.")
	}
	return s.listing.View(f, []ui.Line{s.summary()}, "No request matches the filter.")
}

func (s *List) summary() ui.Line {
	line := s.listing.Counts("call")
	if s.failed > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleBad, "✗ "+ui.Count(s.failed).String()+" failed"))
	}
	if s.underWay > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleAccent, "… "+ui.Count(s.underWay).String()+" under way"))
	}
	if s.table.Len() == nango.LogSize {
		line = append(line, ui.Styled(ui.RoleMuted, " · older ones are not kept"))
	}
	return line
}
