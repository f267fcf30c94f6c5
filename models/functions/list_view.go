package functions

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View draws the list, or says why there is none.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.table.Len() > 0:
		return s.listing.View(f, s.head(f), textNoFunctionMatchesFilter)
	case s.isLoading():
		return screen.Loading(f, textLoadingFunctions+s.integration)
	case s.err != nil:
		return screen.Failure(f, textCouldntLoadFunctions+s.integration, s.err)
	}
	advice := []string{screen.Hint(f, Templates, "deploys a template; "+screen.Hint(f, LocalFile,
		textTestsOrDeploysFile)),
		textOrDeployRepository}
	if s.legacy.used {
		advice = append([]string{s.legacy.warning()}, advice...)
	}
	return screen.Empty(f, s.integration+textHasNoFunctions,
		append(advice, s.deploymentNotes(f)...)...)
}

// head shows the counts and warnings.
func (s *List) head(f ui.Frame) []ui.Line {
	line := s.listing.Counts("function")
	if off := s.off(); off > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleWarn, "‖ "+ui.Count(off).String()+" off"))
	}
	head := screen.NewHead(f, line)
	if s.err != nil {
		head.Say(ui.RoleBad, map[bool]string{true: textNotAllLoaded, false: "✗ not reloaded: "}[s.at.IsZero()]+s.err.Error())
	}
	if s.legacy.used {
		head.Say(ui.RoleWarn, "! "+s.legacy.warning())
	}
	if more := s.pages.Missing(); more > 0 {
		head.Say(ui.RoleWarn, "! "+count(more)+textMoreNotLoaded+count(nango.FunctionsBound)+".")
	}
	for _, news := range s.deploymentNotes(f) {
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

// deploymentNotes says how the deployments since the last load went.
func (s *List) deploymentNotes(f ui.Frame) []string {
	var all []string
	for _, one := range s.runs {
		switch {
		case !one.hasEnded():
			all = append(all, "… "+one.Title()+" in progress")
		case one.endedAt.After(s.at):
			all = append(all, one.summary()+". "+screen.Hint(f, screen.Refresh, "hides this"))
		}
	}
	return all
}
