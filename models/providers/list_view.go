package providers

import (
	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the catalogue, or why it is not there.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.table.Len() > 0:
		return s.listing.View(f, s.head(f), "No provider matches the filter.")
	case s.all.IsLoading():
		return screen.Loading(f, "Reading the catalogue of providers")
	case s.all.HasFailed():
		return screen.Failure(f, "The catalogue of providers cannot be read", s.all.Err)
	}
	return screen.Empty(f, "The catalogue of this Nango is empty.", "A server of your own reads it from its providers.yaml: look there.")
}

// head is what stands above the table: how many, how to narrow them, and what went wrong.
func (s *List) head(f ui.Frame) []ui.Line {
	line := s.listing.Counts("provider")
	if s.Typing() {
		line = append(line, ui.Styled(ui.RoleMuted, " · also category:crm auth:oauth2 here:yes !word"))
	}
	head := screen.NewHead(f, line)
	if s.all.HasFailed() {
		head.Say(ui.RoleBad, "✗ Not read again: "+s.all.Err.Error())
	}
	if s.here.HasFailed() {
		head.Say(ui.RoleWarn, "! Which integrations there are is not known: "+s.here.Err.Error())
	}
	return head.Lines()
}
