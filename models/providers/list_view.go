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
	case s.all.Waiting():
		return screen.Waiting(f, "Reading the catalogue of providers")
	case s.all.Failed():
		return screen.Failure(f, "The catalogue of providers cannot be read", s.all.Err)
	}
	return screen.Empty(f, "The catalogue of this Nango is empty.", "A server of your own reads it from its providers.yaml: look there.")
}

// head is what stands above the table: how many, how to narrow them, and what went wrong.
func (s *List) head(f ui.Frame) []ui.Line {
	line := ui.Line{ui.Say(ui.RoleText, " "), {Text: ui.Count(s.table.Len()), Role: ui.RoleStrong}, ui.Say(ui.RoleMuted, plural(s.table.Len(), " provider"))}
	if s.table.Shown() != s.table.Len() {
		line = append(line, ui.Say(ui.RoleMuted, ", "), ui.Cell{Text: ui.Count(s.table.Shown()), Role: ui.RoleStrong}, ui.Say(ui.RoleMuted, " shown"))
	}
	if s.Typing() {
		line = append(line, ui.Say(ui.RoleMuted, " · also category:crm auth:oauth2 here:yes !word"))
	}
	lines := []ui.Line{line}
	say := func(role ui.Role, text string) {
		for _, part := range (ui.Line{{Text: f.Text(text), Role: role}}).Wrap(max(f.Width-1, 1)) {
			lines = append(lines, append(ui.Line{ui.Say(ui.RoleText, " ")}, part...))
		}
	}
	if s.all.Failed() {
		say(ui.RoleBad, "✗ Not read again: "+s.all.Err.Error())
	}
	if s.here.Failed() {
		say(ui.RoleWarn, "! Which integrations there are is not known: "+s.here.Err.Error())
	}
	return lines[:min(len(lines), 2+f.Height/3)] // the rows matter more on a small screen
}
