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
	case s.all.IsLoading(), s.unlisted && s.page.IsLoading():
		return screen.Loading(f, "Reading the integrations")
	case s.unlisted && s.page.HasFailed():
		return screen.Failure(f, "The integrations cannot be listed, and neither can the connections", s.page.Err)
	case s.all.HasFailed() && !s.unlisted:
		return screen.Failure(f, "The integrations cannot be read", s.all.Err)
	case s.unlisted:
		return screen.Failure(f, "The integrations cannot be listed, and there are no connections to take their keys from", s.all.Err)
	}
	return screen.Empty(f, "There are no integrations in this environment.",
		"An integration says which provider customers connect to, and with which app.", screen.Hint(f, New, "makes one: choose its provider"))
}

// head is what stands above the table: how many, and what one has to know about the numbers.
func (s *List) head(f ui.Frame) []ui.Line {
	line := s.listing.Counts("integration")
	if s.broken > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleBad, fmt.Sprintf("✗ %d with broken connections", s.broken)))
	}
	if s.page.IsLoading() && !s.shown.whole() {
		line = append(line, ui.Styled(ui.RoleMuted, " · counting, "+ui.Count(s.next.pages.Loaded()).String()+" so far"))
	}
	head := screen.NewHead(f, line)
	s.notices(f, head.Say)
	return head.Lines()
}

// notices are what one has to know about the rows: where they are from, what is missing, what went wrong.
func (s *List) notices(f ui.Frame, say func(ui.Role, string)) {
	switch {
	case s.unlisted:
		say(ui.RoleWarn, "! Nango cannot list the integrations (500; the provider of one may be gone). These keys are taken from the connections: integrations without any are missing.")
	case s.all.HasFailed():
		say(ui.RoleBad, "✗ Not read again: "+s.all.Err.Error())
	}
	if len(s.orphans) > 0 {
		say(ui.RoleBad, "✗ Nango's catalogue does not have the provider of "+someOf(s.orphans)+".")
	}
	if s.stopped() {
		say(ui.RoleMuted, dotted("≥ counted among the newest "+ui.Count(s.shown.pages.Loaded()).String()+" connections", screen.Hint(f, CountFarther, "counts on")))
	}
	if s.page.HasFailed() {
		say(ui.RoleBad, "✗ Connections not counted: "+s.page.Err.Error())
	}
	if s.modes.HasFailed() {
		say(ui.RoleBad, "✗ Auth modes not read: "+s.modes.Err.Error())
	}
}

// maxNamed bounds how many integrations a notice names.
const maxNamed = 3

// someOf names the first of them, and counts the others.
func someOf(keys []string) string {
	if more := len(keys) - maxNamed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(keys[:maxNamed], ", "), more)
	}
	return strings.Join(keys, ", ")
}
