package actions

import (
	"nango-tui/models/screen"
	"nango-tui/ui"
)

// minTable is the height from which what the action under the cursor needs stands below the table, in lines.
const minTable = 14

// View draws the actions, or why they are not there.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.list.Table.Len() > 0:
		return s.rows(f)
	case s.source.err != nil:
		return screen.Failure(f, "The actions of "+s.source.integration+" cannot be read", s.source.err)
	case s.source.waiting() || s.at.IsZero():
		return screen.Loading(f, "Reading the actions")
	}
	return screen.Empty(f, "The integration "+s.source.integration+" has no actions.",
		"An action is a function that somebody deploys to it, from a repository or from a template of its provider.")
}

func (s *List) rows(f ui.Frame) string {
	foot := s.needs(f)
	body := s.list.View(f.Sized(f.Width, f.Height-len(foot)), s.head(f), "No action matches the filter.")
	return screen.DrawAbove(f, body, foot...)
}

// head says how many there are, on what they run, and what went wrong.
func (s *List) head(f ui.Frame) []ui.Line {
	line := s.list.Counts("action")
	if n := s.source.missing(); n > 0 {
		line = append(line, ui.Styled(ui.RoleWarn, " · "+ui.Count(n).String()+" more are not read"))
	}
	if s.connection != "" {
		line = append(line, ui.Styled(ui.RoleMuted, " · to run on "), f.Styled(ui.RoleStrong, s.connection))
	}
	head := screen.NewHead(f, line)
	if s.source.err != nil {
		head.Say(ui.RoleBad, "✗ Not read again: "+s.source.err.Error())
	}
	if note := s.source.note(); note != "" {
		head.Say(ui.RoleWarn, "! "+note)
	}
	return head.Lines()
}

// needs is what the action under the cursor does and needs, where there is room for it.
func (s *List) needs(f ui.Frame) []ui.Line {
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
		fact("Does     ", r.about, "its author does not say"),
		fact("Input    ", r.input, "none is named"),
		fact("Returns  ", r.returns, "nothing is named"),
		fact("Scopes   ", r.scopes, "none are named"),
	}
}
