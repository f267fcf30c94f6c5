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
		return s.listing.View(f, s.head(f), "No provider matches the filter.")
	case s.all.IsLoading():
		return screen.Loading(f, "Loading providers")
	case s.all.HasFailed():
		return screen.Failure(f, "Couldn't load the providers", s.all.Err)
	}
	return screen.Empty(f, "This Nango's catalog of providers is empty.", textEmptyAdvice)
}

// head returns the lines above the table: counts, filter fields and errors.
func (s *List) head(f ui.Frame) []ui.Line {
	line := s.listing.Counts("provider")
	if s.Typing() {
		line = append(line, ui.Styled(ui.RoleMuted, " · also category:crm auth:oauth2 here:yes !word"))
	}
	head := screen.NewHead(f, line)
	if s.all.HasFailed() {
		head.Say(ui.RoleBad, fmt.Sprintf("✗ Couldn't refresh: %v", s.all.Err))
	}
	if s.integrations.HasFailed() {
		head.Say(ui.RoleWarn, fmt.Sprintf("! Couldn't load the integrations: %v", s.integrations.Err))
	}
	return head.Lines()
}
