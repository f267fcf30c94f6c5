package integrations

import (
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the list, or why there is none.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.table.Len() > 0:
		return s.listing.View(f, s.head(f), "No integration matches the filter.")
	case s.all.IsLoading(), s.listFails && s.page.IsLoading():
		return screen.Loading(f, "Loading integrations")
	case s.listFails && s.page.HasFailed():
		return screen.Failure(f, "Couldn't load the integrations or the connections", s.page.Err)
	case s.all.HasFailed() && !s.listFails:
		return screen.Failure(f, "Couldn't load the integrations", s.all.Err)
	case s.listFails:
		return screen.Failure(f, textListFailedEmpty, s.all.Err)
	}
	return screen.Empty(f, "There are no integrations in this environment.",
		textEmptyAdvice, screen.Hint(f, New, "creates one from a provider"))
}

// head returns the lines above the table: counts and notices.
func (s *List) head(f ui.Frame) []ui.Line {
	line := s.listing.Counts("integration")
	if s.broken > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleBad, fmt.Sprintf(textBroken, s.broken)))
	}
	if s.page.IsLoading() && !s.shownCount.isComplete() {
		line = append(line, ui.Styled(ui.RoleMuted, fmt.Sprintf(textCounting, ui.Count(s.nextCount.pages.Loaded()))))
	}
	head := screen.NewHead(f, line)
	s.notices(f, head.Say)
	return head.Lines()
}

// notices says what is missing or failed.
func (s *List) notices(f ui.Frame, say func(ui.Role, string)) {
	switch {
	case s.listFails:
		say(ui.RoleWarn, noticeListFails)
	case s.all.HasFailed():
		say(ui.RoleBad, fmt.Sprintf("✗ Couldn't refresh: %v", s.all.Err))
	}
	if len(s.missingProviders) > 0 {
		say(ui.RoleBad, fmt.Sprintf(noticeNoProvider, firstKeys(s.missingProviders)))
	}
	if s.isAtLimit() {
		say(ui.RoleMuted, joinParts(fmt.Sprintf(noticeAtLimit, ui.Count(s.shownCount.pages.Loaded())), screen.Hint(f, CountFarther, hintCount)))
	}
	if s.page.HasFailed() {
		say(ui.RoleBad, fmt.Sprintf("✗ Couldn't count the connections: %v", s.page.Err))
	}
	if s.modes.HasFailed() {
		say(ui.RoleBad, fmt.Sprintf("✗ Couldn't load the auth modes: %v", s.modes.Err))
	}
}

// maxNamed limits the integrations in a notice.
const maxNamed = 3

// firstKeys names the first keys and counts the others.
func firstKeys(keys []string) string {
	if more := len(keys) - maxNamed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(keys[:maxNamed], ", "), more)
	}
	return strings.Join(keys, ", ")
}
