package providers

import (
	"fmt"
	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the list, or why there is none.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.table.Len() > 0:
		return s.listing.View(f, s.head(f), textNoMatches)
	case s.all.IsLoading():
		return screen.Loading(f, textLoadingList)
	case s.all.HasFailed():
		return screen.Failure(f, textListFailed, s.all.Err)
	}
	return screen.Empty(f, textEmpty, textEmptyAdvice)
}

// head returns the lines above the table: counts, filter fields and errors.
func (s *List) head(f ui.Frame) []ui.Line {
	line := s.listing.Counts("provider")
	if s.Typing() {
		line = append(line, ui.Styled(ui.RoleMuted, textFilterFields))
	}
	head := screen.NewHead(f, line)
	if s.all.HasFailed() {
		head.Say(ui.RoleBad, fmt.Sprintf(noticeStale, s.all.Err))
	}
	if s.integrations.HasFailed() {
		head.Say(ui.RoleWarn, fmt.Sprintf(noticeNoIntegrations, s.integrations.Err))
	}
	return head.Lines()
}
