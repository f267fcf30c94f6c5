package actions

import (
	"cmp"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View draws the warnings and facts about the action, and below them the focused part.
func (s *Form) View(f ui.Frame) string {
	switch {
	case s.onOptions:
		return screen.DrawBelow(f, s.head(f), s.options.form)
	case s.input != nil:
		return screen.DrawBelow(f, s.head(f), s.input)
	}
	head := screen.DrawLines(f, screen.Wrap(f, 0, s.head(f)...)...)
	return screen.FirstLines(strings.Join(append(head, screen.Loading(f, "Loading the action")), "\n"), f.Height)
}

func (s *Form) head(f ui.Frame) []ui.Line {
	var all []ui.Line
	for _, warning := range s.notices(f) {
		all = append(all, ui.Line{ui.Styled(ui.RoleWarn, "! "), f.Styled(ui.RoleWarn, warning)})
	}
	all = append(all, s.runsOn(f))
	action, found := s.action()
	if !found {
		return all
	}
	if action.Description != "" {
		all = append(all, ui.Line{f.Styled(ui.RoleText, action.Description)})
	}
	all = append(all, ui.Line{f.Styled(ui.RoleMuted, signature(action))})
	if s.input != nil && s.input.Notes() != "" {
		for line := range strings.SplitSeq(s.input.Notes(), "\n") {
			all = append(all, ui.Line{f.Styled(ui.RoleMuted, line)})
		}
	}
	return all
}

func (s *Form) notices(f ui.Frame) []string {
	var all []string
	if why := screen.BlockedReason(f, s.options.operation()); why != "" {
		all = append(all, textCantRunNow+why)
	}
	if n := len(s.problems); n > 0 {
		things := "One value doesn't"
		if n > 1 {
			things = fmt.Sprintf("%d values don't", n)
		}
		all = append(all, fmt.Sprintf(textSendAnyway, things, screen.Key(f, screen.Submit)))
	}
	if s.isDisabled() {
		all = append(all, textDisabled)
	}
	all = append(all, s.changes...)
	if s.noFieldsReason != "" {
		all = append(all, s.noFieldsReason)
	}
	return all
}

func (s *Form) runsOn(f ui.Frame) ui.Line {
	o := s.request(nil)
	if o.input.Connection.ID != "" {
		return ui.Line{ui.Styled(ui.RoleMuted, "On "), f.Styled(ui.RoleStrong, o.about()), ui.Styled(ui.RoleMuted, ", "+o.modeText())}
	}
	line := ui.Line{ui.Styled(ui.RoleWarn, textNoConnectionSelected)}
	if key := screen.Key(f, ToggleOptions); key != "" && !s.onOptions {
		line = append(line, ui.Styled(ui.RoleMuted, " · "+key+" selects one"))
	}
	return line
}

// signature is the action's input, output and scopes in a line.
func signature(f nango.Function) string {
	parts := []string{"Takes " + cmp.Or(f.Input, "no input")}
	if len(f.Returns) > 0 {
		parts = append(parts, "returns "+strings.Join(f.Returns, ", "))
	}
	if len(f.Scopes) > 0 {
		parts = append(parts, "scopes "+strings.Join(f.Scopes, ", "))
	}
	return strings.Join(parts, " · ")
}
