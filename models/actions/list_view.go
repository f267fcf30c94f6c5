package actions

import (
	"nango-tui/models/screen"
	"nango-tui/ui"
)

// minTable is the minimum height for details below the table, in lines.
const minTable = 14

// View draws the actions, or says why there are none.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.list.Table.Len() > 0:
		return s.rows(f)
	case s.functions.err != nil:
		return screen.Failure(f, textCouldntLoadActions+s.functions.integration, s.functions.err)
	case s.functions.isLoading() || s.at.IsZero():
		return screen.Loading(f, "Loading actions")
	}
	return screen.Empty(f, "The integration "+s.functions.integration+" has no actions.",
		textWhatActionsAre)
}

func (s *List) rows(f ui.Frame) string {
	foot := s.details(f)
	body := s.list.View(f.Sized(f.Width, f.Height-len(foot)), s.head(f), textNoActionMatchesFilter)
	return screen.DrawAbove(f, body, foot...)
}

// head shows the counts, the connection, and errors.
func (s *List) head(f ui.Frame) []ui.Line {
	line := s.list.Counts("action")
	if n := s.functions.missing(); n > 0 {
		line = append(line, ui.Styled(ui.RoleWarn, " · "+ui.Count(n).String()+textMoreNotLoaded))
	}
	if s.connection != "" {
		line = append(line, ui.Styled(ui.RoleMuted, " · runs on "), f.Styled(ui.RoleStrong, s.connection))
	}
	head := screen.NewHead(f, line)
	if s.functions.err != nil {
		head.Say(ui.RoleBad, "✗ not reloaded: "+s.functions.err.Error())
	}
	if note := s.functions.warning(); note != "" {
		head.Say(ui.RoleWarn, "! "+note)
	}
	return head.Lines()
}

// details describes the action under the cursor if there is room.
func (s *List) details(f ui.Frame) []ui.Line {
	r := s.list.Table.Cursor()
	if r == nil || f.Height < minTable {
		return nil
	}
	fact := func(label, text, none string) ui.Line {
		value := f.Styled(ui.RoleText, text)
		if text == "" {
			value = ui.Styled(ui.RoleMuted, none)
		}
		return ui.Line{ui.Styled(ui.RoleMuted, " "+label), value}
	}
	return []ui.Line{
		{},
		fact("Does     ", r.about, "no description"),
		fact("Input    ", r.input, "none"),
		fact("Returns  ", r.returns, "nothing"),
		fact("Scopes   ", r.scopes, "none"),
	}
}
