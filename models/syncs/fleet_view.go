package syncs

import (
	"cmp"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View draws the syncs by connection, or what loading them costs.
func (s *Fleet) View(f ui.Frame) string {
	switch {
	case s.Table.Len() > 0:
		return s.List.View(f, s.head(f), textNoConnectionMatchesFilter)
	case s.isLoading():
		return screen.Loading(f, s.progress()+"; "+screen.HintOrPalette(f, StopLoading, "stops"))
	case s.load.HasFailed():
		hint := screen.HintOrPalette(f, LoadOne, textHintLoadOneOrEach) + "."
		return failure(f, textCouldntLoadSyncs, s.load.Err, hint)
	case s.serial.stopped != nil:
		return screen.Failure(f, textCouldntLoadSyncs, s.serial.stopped)
	case s.serial.err != nil:
		return failure(f, textCouldntLoadAnySync, s.serial.err, "")
	case s.only != nil && len(s.only) == 0:
		return s.offer(f)
	case !s.at.IsZero():
		what := strings.TrimSuffix("No connection of "+s.key+" has a sync "+s.requested, " ") + "."
		return screen.Empty(f, what, screen.HintOrPalette(f, screen.Refresh, "reloads")+".")
	}
	return s.offer(f)
}

func (s *Fleet) progress() string {
	if s.serial.load.IsLoading() {
		return s.serial.progress() + textMayTakeMinutes
	}
	return fmt.Sprintf(textLoadingOfEach, cmp.Or(s.requested, "the syncs"))
}

func (s *Fleet) offer(f ui.Frame) string {
	lines := []string{screen.Empty(f, textNotLoadedAutomatically,
		fmt.Sprintf(textCostOfLoading, s.cost()),
		screen.HintOrPalette(f, screen.Refresh, "loads all")+", "+screen.HintOrPalette(f, LoadOne, textHintLoadOne)+".")}
	lines = append(lines, "", "  "+f.Theme.Style(ui.RoleTitle).Paint(ui.Clean("DEPLOYED SYNCS")))
	lines = append(lines, screen.DrawLines(f, screen.Wrap(f, 2, s.functionLines(f)...)...)...)
	return screen.FirstLines(strings.Join(lines, "\n"), f.Height)
}

func (s *Fleet) cost() string {
	connections, known := s.connections()
	syncs := len(s.functions.Value.Functions)
	switch {
	case !known:
		return textUnknownConnections
	case syncs == 0:
		return connections
	}
	return connections + " and " + ui.Pluralize(syncs, "sync function")
}

// connections is the number of connections in words, and whether it is known.
func (s *Fleet) connections() (string, bool) {
	n := len(s.customers.Value.names)
	text := ui.Pluralize(n, "connection")
	if s.customers.Value.more {
		text = "at least " + text
	}
	return text, s.customers.IsLoaded()
}

// functionLines lists the sync functions of the integration, or says why they are unknown.
func (s *Fleet) functionLines(f ui.Frame) []ui.Line {
	switch {
	case s.functions.HasFailed():
		return []ui.Line{{f.Styled(ui.RoleMuted, textCouldntLoadFunctions+s.functions.Err.Error())}}
	case s.functions.IsLoading():
		return []ui.Line{ui.Muted("Loading …")}
	case len(s.functions.Value.Functions) == 0:
		return []ui.Line{ui.Muted(textNoFunctions)}
	}
	var lines []ui.Line
	for _, one := range s.functions.Value.Functions {
		text := one.Name + "   " + one.Frequency + "   " + strings.Join(one.Returns, ", ")
		if !one.Enabled {
			text += "   disabled"
		}
		lines = append(lines, ui.Line{f.Styled(ui.RoleText, text)})
	}
	return lines
}

func (s *Fleet) head(f ui.Frame) []ui.Line {
	line := append(countOf(s.counts.all), ui.Styled(ui.RoleMuted, " of"))
	line = append(append(line, s.Counts("connection")...), ui.Styled(ui.RoleMuted, " · "))
	head := screen.NewHead(f, append(line, s.counts.line()...))
	switch {
	case s.isLoading():
		head.Say(ui.RoleMuted, s.progress()+"; "+screen.HintOrPalette(f, StopLoading, "stops"))
	case s.load.HasFailed():
		head.Say(ui.RoleBad, "✗ not reloaded: "+s.load.Err.Error())
	case s.isCut:
		head.Say(ui.RoleWarn, fmt.Sprintf(textFleetCut, ui.Count(nango.MaxRows)))
	case s.serial.hasStarted():
		head.Say(s.serial.status())
	case s.only != nil:
		head.Say(ui.RoleMuted, "Only "+someOf(s.only)+" is loaded; "+screen.HintOrPalette(f, screen.Refresh, "loads all"))
	}
	return head.Lines()
}
