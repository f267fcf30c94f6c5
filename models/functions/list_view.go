package functions

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View draws the list, or why there is none.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.table.Len() > 0:
		return s.listing.View(f, s.head(f), "No function matches the filter.")
	case s.waiting():
		return screen.Loading(f, "Reading the functions of "+s.integration)
	case s.err != nil:
		return screen.Failure(f, "The functions of "+s.integration+" cannot be read", s.err)
	}
	advice := []string{screen.Hint(f, Templates, "deploys one that Nango has ready; "+screen.Hint(f, LocalFile,
		"tries or deploys one of your own.")),
		"A repository with the Nango CLI is the other way."}
	if s.older.used {
		advice = append([]string{s.older.said()}, advice...)
	}
	return screen.Empty(f, s.integration+" has no functions: no syncs, no actions, nothing that runs on events.",
		append(advice, s.news(f)...)...)
}

// head is what stands above the table: how many, and what one has to know about them.
func (s *List) head(f ui.Frame) []ui.Line {
	line := s.listing.Counts("function")
	if off := s.off(); off > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleWarn, "‖ "+ui.Count(off).String()+" off"))
	}
	head := screen.NewHead(f, line)
	if s.err != nil {
		head.Say(ui.RoleBad, map[bool]string{true: "✗ Not all are read: ", false: "✗ Not read again: "}[s.at.IsZero()]+s.err.Error())
	}
	if s.older.used {
		head.Say(ui.RoleWarn, "! "+s.older.said())
	}
	if more := s.pages.Missing(); more > 0 {
		head.Say(ui.RoleWarn, "! "+count(more)+" more are not read: "+count(nango.FunctionsBound)+" are the bound.")
	}
	for _, news := range s.news(f) {
		head.Say(ui.RoleAccent, news)
	}
	return head.Lines()
}

func (s *List) off() int {
	n := 0
	for r := range s.table.Each() {
		if r.off {
			n++
		}
	}
	return n
}

// news is what the deployments that were begun here have come to since the list was read.
func (s *List) news(f ui.Frame) []string {
	var all []string
	for _, one := range s.runs {
		switch {
		case !one.ended():
			all = append(all, "… "+one.Title()+" goes on")
		case one.at.After(s.at):
			all = append(all, one.outcome()+". "+screen.Hint(f, screen.Refresh, "takes this away"))
		}
	}
	return all
}
