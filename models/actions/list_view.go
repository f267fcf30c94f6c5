package actions

import (
	"cmp"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// minTable is the minimum height for details below the table, in lines.
const minTable = 14

// View draws the actions, or says why there are none.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.Table.Len() > 0:
		return s.rows(f)
	case s.functions.IsLoading():
		return screen.Loading(f, "Loading actions")
	case s.functions.Err != nil:
		return screen.Failure(f, textCouldntLoadActions+s.functions.Integration, s.functions.Err)
	}
	return screen.Empty(f, "The integration "+s.functions.Integration+" has no actions.", textWhatActionsAre)
}

func (s *List) rows(f ui.Frame) string {
	foot := s.details(f)
	body := s.List.View(f.Sized(f.Width, f.Height-len(foot)), s.head(f), textNoActionMatchesFilter)
	return screen.DrawAbove(f, body, foot...)
}

func (s *List) head(f ui.Frame) []ui.Line {
	line := s.Counts("action")
	if n := s.functions.Missing(); n > 0 {
		line = append(line, ui.Styled(ui.RoleWarn, " · "+ui.Count(n).String()+textMoreNotLoaded))
	}
	if s.connection != "" {
		line = append(line, ui.Styled(ui.RoleMuted, " · runs on "), f.Styled(ui.RoleStrong, cmp.Or(s.customer, s.connection)))
		if s.customer != "" {
			line = append(line, f.Styled(ui.RoleMuted, " · "+s.connection))
		}
	}
	head := screen.NewHead(f, line)
	if s.functions.Err != nil {
		head.Say(ui.RoleBad, "✗ not reloaded: "+s.functions.Err.Error())
	}
	if s.functions.Legacy && !s.functions.IsLoading() {
		head.Say(ui.RoleWarn, "! "+textOlderServer)
	}
	return head.Lines()
}

// details describes the action under the cursor if there is room.
func (s *List) details(f ui.Frame) []ui.Line {
	r := s.Table.Cursor()
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
