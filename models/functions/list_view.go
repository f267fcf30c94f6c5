package functions

import (
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View draws the list, or says why there is none.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.Table.Len() > 0:
		return s.List.View(f, s.head(f), textNoFunctionMatchesFilter)
	case s.functions.IsLoading():
		return screen.Loading(f, textLoadingFunctions+s.integration)
	case s.functions.Err != nil:
		return screen.Failure(f, textCouldntLoadFunctions+s.integration, s.functions.Err)
	}
	advice := []string{
		screen.Hint(f, Templates, "deploys a template; "+screen.Hint(f, LocalFile, textTestsOrDeploysFile)), textOrDeployRepository,
	}
	if s.functions.Legacy {
		advice = append([]string{legacyWarning(s.functions.LegacyProvider)}, advice...)
	}
	return screen.Empty(f, s.integration+textHasNoFunctions, append(advice, s.deploymentNotes(f)...)...)
}

// legacyWarning says how the list of an older server differs.
func legacyWarning(provider string) string {
	info, _ := nango.OpFunctionsList.Info()
	return fmt.Sprintf(textOlderServer, info.Since, provider)
}

func (s *List) head(f ui.Frame) []ui.Line {
	line := s.Counts("function")
	off := 0
	for r := range s.Table.Each() {
		if r.off {
			off++
		}
	}
	if off > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleWarn, "‖ "+ui.Count(off).String()+" off"))
	}
	head := screen.NewHead(f, line)
	if s.functions.Err != nil {
		head.Say(ui.RoleBad, map[bool]string{true: textNotAllLoaded, false: "✗ not reloaded: "}[s.functions.At.IsZero()]+s.functions.Err.Error())
	}
	if s.functions.Legacy {
		head.Say(ui.RoleWarn, "! "+legacyWarning(s.functions.LegacyProvider))
	}
	if more := s.functions.Missing(); more > 0 {
		head.Say(ui.RoleWarn, "! "+count(more)+textMoreNotLoaded+count(nango.FunctionsBound)+".")
	}
	for _, news := range s.deploymentNotes(f) {
		head.Say(ui.RoleAccent, news)
	}
	return head.Lines()
}

// deploymentNotes says how the deployments since the last load went.
func (s *List) deploymentNotes(f ui.Frame) []string {
	var all []string
	for _, one := range s.runs {
		switch {
		case !one.hasEnded():
			all = append(all, "… "+one.Title()+" in progress")
		case one.endedAt.After(s.functions.At):
			all = append(all, one.summary()+". "+screen.Hint(f, screen.Refresh, "hides this"))
		}
	}
	return all
}
