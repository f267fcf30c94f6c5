package syncs

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the syncs by connection, or what reading them costs.
func (s *Fleet) View(f ui.Frame) string {
	switch {
	case s.list.Table.Len() > 0:
		return s.list.View(f, s.head(f), "No connection matches the filter.")
	case s.waiting():
		return screen.Loading(f, s.reading()+"; "+screen.HintOrPalette(f, StopReading, "stops it"))
	case s.load.HasFailed():
		return failure(f, "The syncs could not be read", s.load.Err,
			screen.HintOrPalette(f, Choose, "reads one sync of every connection, or each by itself")+".")
	case s.pieces.stopped != nil:
		return screen.Failure(f, "The syncs could not be read", s.pieces.stopped)
	case s.pieces.err != nil:
		return failure(f, "No sync could be read", s.pieces.err, "")
	case s.only != nil && len(s.only) == 0:
		return s.offer(f)
	case !s.at.IsZero():
		return screen.Empty(f, "No connection of "+s.key+" has a sync"+s.named()+".", screen.HintOrPalette(f, screen.Refresh, "reads again")+".")
	}
	return s.offer(f)
}

// named is the sync that was asked for, in words.
func (s *Fleet) named() string {
	if s.asked == "" {
		return ""
	}
	return " " + s.asked
}

func (s *Fleet) reading() string {
	switch {
	case s.pieces.load.IsLoading():
		return s.pieces.progress() + ", which may take minutes"
	case s.asked == "":
		return "Reading the syncs of every connection, which may take minutes"
	}
	return "Reading " + s.asked + " of every connection, which may take minutes"
}

// offer says what reading costs, and what is known without it.
func (s *Fleet) offer(f ui.Frame) string {
	lines := []string{screen.Empty(f, "How the syncs stand is not read by itself.",
		"Nango looks up each sync of each connection, one after the other: "+s.cost()+". That may take minutes, and it slows the server down.",
		screen.HintOrPalette(f, screen.Refresh, "reads all of them")+", "+
			screen.HintOrPalette(f, Choose, "reads one sync of every connection")+".")}
	if text := s.functionLines(f); len(text) > 0 {
		lines = append(lines, "", "  "+f.Theme.Style(ui.RoleTitle).Paint(ui.Clean("SYNCS THAT ARE DEPLOYED")))
		lines = append(lines, text...)
	}
	return screen.FirstLines(strings.Join(lines, "\n"), f.Height)
}

// cost is how much there is to look up, as far as it is known.
func (s *Fleet) cost() string {
	connections, known := s.connections()
	syncs := len(s.functions.Value.Functions)
	switch {
	case !known:
		return "how many connections there are is not known"
	case syncs == 0:
		return "there are " + connections
	}
	return "there are " + connections + " and " + ui.Pluralize(syncs, "sync function")
}

// connections is how many there are in words, and whether that is known.
func (s *Fleet) connections() (string, bool) {
	n := len(s.who.Value.names)
	text := ui.Pluralize(n, "connection")
	if s.who.Value.more {
		text = "at least " + text
	}
	return text, s.who.IsLoaded()
}

// functionLines are the sync functions of the integration, or why they are not known.
func (s *Fleet) functionLines(f ui.Frame) []string {
	switch {
	case s.functions.HasFailed():
		return drawn(f, ui.RoleMuted, "not known: "+s.functions.Err.Error())
	case s.functions.IsLoading():
		return drawn(f, ui.RoleMuted, "being read …")
	case len(s.functions.Value.Functions) == 0:
		return drawn(f, ui.RoleMuted, "None: there is nothing to read.")
	}
	var lines []string
	for _, one := range s.functions.Value.Functions {
		text := one.Name + "   " + one.Frequency + "   " + strings.Join(one.Returns, ", ")
		if !one.Enabled {
			text += "   switched off"
		}
		lines = append(lines, drawn(f, ui.RoleText, text)...)
	}
	return lines
}

// drawn is a text as lines, a little to the right.
func drawn(f ui.Frame, role ui.Role, text string) []string {
	var lines []string
	for _, line := range (ui.Line{f.Styled(role, text)}).Wrap(f.Width - 2) {
		lines = append(lines, append(ui.Line{ui.Styled(role, "  ")}, line...).View(f, f.Width))
	}
	return lines
}

// head is how the syncs stand, and what was asked for.
func (s *Fleet) head(f ui.Frame) []ui.Line {
	line := ui.Line{ui.Styled(ui.RoleStrong, " "+ui.Count(s.tally.all).String()),
		ui.Styled(ui.RoleMuted, " "+ui.PluralNoun(s.tally.all, "sync")+" of")}
	line = append(append(line, s.list.Counts("connection")...), ui.Styled(ui.RoleMuted, " · "))
	head := screen.NewHead(f, append(line, s.tally.line()...))
	switch {
	case s.waiting():
		head.Say(ui.RoleMuted, s.reading()+"; "+screen.HintOrPalette(f, StopReading, "stops it"))
	case s.load.HasFailed():
		head.Say(ui.RoleBad, "✗ not read again: "+s.load.Err.Error())
	case s.pieces.begun():
		head.Say(s.pieces.says())
	case s.only != nil:
		head.Say(ui.RoleMuted, "Only "+someOf(s.only)+" was read; "+screen.HintOrPalette(f, screen.Refresh, "reads all of them"))
	}
	return head.Lines()
}
