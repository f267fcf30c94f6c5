package connections

import (
	"cmp"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// head says what is imported where, and what is known about the id.
func (s *ImportForm) head(f ui.Frame) []ui.Line {
	p := s.provider.Value
	line := ui.Line{f.Styled(ui.RoleStrong, s.key), f.Styled(ui.RoleMuted, " · "+cmp.Or(p.DisplayName, p.Name)+" · "+p.AuthMode)}
	return append([]ui.Line{line}, s.state(f)...)
}

// state says what is known about the id, and what sending will do.
func (s *ImportForm) state(f ui.Frame) []ui.Line {
	say := func(role ui.Role, text string) []ui.Line { return []ui.Line{{f.Styled(role, text)}} }
	switch there := &s.existing; {
	case s.sending:
		return say(ui.RoleMuted, "Sending…")
	case s.typedID() == "":
		return say(ui.RoleMuted, "+ a new connection: Nango generates its id")
	case there.load.IsLoading():
		return say(ui.RoleMuted, "Checking whether the connection exists…")
	case there.id != "" && there.load.HasFailed():
		return say(ui.RoleWarn, "! unknown whether the connection exists: "+there.load.Err.Error())
	case !there.known():
		return say(ui.RoleMuted, "? checks whether the connection exists when you leave this field")
	case there.row == nil:
		return say(ui.RoleMuted, "+ a new connection: no connection has this id")
	}
	return append(say(ui.RoleWarn, "! "+s.existing.row.Customer().Name+textExistsSendingPermanentlyOverwrites), s.filledIn(f)...)
}

// filledIn says what was filled in, and how to get the rest.
func (s *ImportForm) filledIn(f ui.Frame) []ui.Line {
	what, role := "Metadata and tags are filled in; its webhook override and config will be lost", ui.RoleText
	switch {
	case s.reading:
		what = "Metadata and tags are filled in; its webhook override and config are loading…"
	case s.existing.detail != nil:
		what = "Metadata, tags, webhook override and config are filled in."
	case s.existing.readErr != nil:
		what, role = what+": couldn't load: "+s.existing.readErr.Error(), ui.RoleBad
	default:
		what += " unless you type them. " + screen.HintOrPalette(f, ImportRead, textReadsThemMayRefresh) + "."
	}
	lines := []ui.Line{{f.Styled(role, what)}}
	for _, kept := range []struct{ field, what string }{{fieldMetadata, "metadata"}, {fieldConfig, "config"}} {
		if s.filled.kept[kept.field] != nil {
			lines = append(lines, ui.Line{f.Styled(ui.RoleText, "Its "+kept.what+textDoesntFitIntoField)})
		}
	}
	for _, key := range sortedKeys(s.filled.keptTags) {
		lines = append(lines, ui.Line{f.Styled(ui.RoleText, "Its tag "+key+textDoesntFitLineStays)})
	}
	return lines
}
