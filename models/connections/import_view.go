package connections

import (
	"cmp"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// head says what is imported where, and what is known of the id.
func (s *ImportForm) head(f ui.Frame) []ui.Line {
	p := s.provider.Value
	line := ui.Line{f.Styled(ui.RoleStrong, s.key), f.Styled(ui.RoleMuted, " · "+cmp.Or(p.DisplayName, p.Name)+" · "+p.AuthMode)}
	return append([]ui.Line{line}, s.state(f)...)
}

// state is what is known of the id, and what sending will do.
func (s *ImportForm) state(f ui.Frame) []ui.Line {
	say := func(role ui.Role, text string) []ui.Line { return []ui.Line{{f.Styled(role, text)}} }
	switch there := &s.there; {
	case s.sending:
		return say(ui.RoleMuted, "… it is being sent")
	case s.typedID() == "":
		return say(ui.RoleMuted, "+ a new connection: Nango makes up its id")
	case there.load.IsLoading():
		return say(ui.RoleMuted, "… asking the list whether there is such a connection")
	case there.id != "" && there.load.HasFailed():
		return say(ui.RoleWarn, "! not known whether there is such a connection: "+there.load.Err.Error())
	case !there.known():
		return say(ui.RoleMuted, "? the list is asked whether there is such a connection when you go on")
	case there.row == nil:
		return say(ui.RoleMuted, "+ a new connection: the list has none of this id")
	}
	return append(say(ui.RoleWarn, "! "+s.there.row.Customer().Name+": there is such a connection. Sending overwrites it for good, and empties what is left out."), s.filledIn(f)...)
}

// filledIn says what of the connection was filled in, and how the rest can be.
func (s *ImportForm) filledIn(f ui.Frame) []ui.Line {
	what, role := "Its metadata and tags are filled in; its webhook override and config are lost", ui.RoleText
	switch {
	case s.reading:
		what = "Its metadata and tags are filled in; its webhook override and config are being read."
	case s.there.detail != nil:
		what = "Its metadata, tags, webhook override and config are filled in."
	case s.there.readErr != nil:
		what, role = what+": reading it failed: "+s.there.readErr.Error(), ui.RoleBad
	default:
		what += " unless they are typed. " + screen.HintOrPalette(f, ImportRead, "reads them, which may refresh its token") + "."
	}
	lines := []ui.Line{{f.Styled(role, what)}}
	for _, kept := range []struct{ field, what string }{{fieldMetadata, "metadata"}, {fieldConfig, "config"}} {
		if s.filled.kept[kept.field] != nil {
			lines = append(lines, ui.Line{f.Styled(ui.RoleText, "Its "+kept.what+" fits into no field and is kept as it is, unless you type another.")})
		}
	}
	for _, key := range sortedKeys(s.filled.keptTags) {
		lines = append(lines, ui.Line{f.Styled(ui.RoleText, "Its tag "+key+" fits into no line and is kept as it is.")})
	}
	return lines
}
