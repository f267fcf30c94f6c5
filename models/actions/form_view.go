package actions

import (
	"cmp"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View draws what is known of the action and what is said against the input, and below it the part that takes the keys.
func (s *Form) View(f ui.Frame) string {
	switch {
	case s.onHow:
		return screen.DrawBelow(f, s.head(f), s.how.form)
	case s.input != nil:
		return screen.DrawBelow(f, s.head(f), s.input)
	}
	head := screen.DrawLines(f, screen.Wrap(f, 0, s.head(f)...)...)
	return screen.FirstLines(strings.Join(append(head, screen.Loading(f, "Reading what it needs")), "\n"), f.Height)
}

// head is what matters most first: what is said against the input, on what it runs and how, and what its author says.
func (s *Form) head(f ui.Frame) []ui.Line {
	var all []ui.Line
	for _, warning := range s.said(f) {
		all = append(all, ui.Line{ui.Styled(ui.RoleWarn, "! "), f.Styled(ui.RoleWarn, warning)})
	}
	all = append(all, s.runsOn(f))
	action, found := s.source.action(s.name)
	if !found {
		return all
	}
	if action.Description != "" {
		all = append(all, ui.Line{f.Styled(ui.RoleText, action.Description)})
	}
	all = append(all, ui.Line{f.Styled(ui.RoleMuted, needsOf(action))})
	if s.input != nil && s.input.Shown() != "" {
		for line := range strings.SplitSeq(s.input.Shown(), "\n") {
			all = append(all, ui.Line{f.Styled(ui.RoleMuted, line)})
		}
	}
	return all
}

// said is what is to be known before it is sent.
func (s *Form) said(f ui.Frame) []string {
	var all []string
	if why := screen.BlockedReason(f, s.how.operation()); why != "" {
		all = append(all, "Not to be run now: "+why)
	}
	if n := len(s.problems); n > 0 {
		things := "One thing does"
		if n > 1 {
			things = fmt.Sprintf("%d things do", n)
		}
		all = append(all, fmt.Sprintf("%s not fit the schema. %s once more sends it all the same.", things, screen.Key(f, screen.Submit)))
	}
	if s.isOff() {
		all = append(all, switchedOff)
	}
	all = append(all, s.otherwise...)
	if s.reason != "" {
		all = append(all, s.reason)
	}
	return all
}

// runsOn is the connection and the way.
func (s *Form) runsOn(f ui.Frame) ui.Line {
	o := s.order(nil)
	if o.input.Connection.ID != "" {
		return ui.Line{ui.Styled(ui.RoleMuted, "On "), f.Styled(ui.RoleStrong, o.about()), ui.Styled(ui.RoleMuted, ", "+o.way())}
	}
	line := ui.Line{ui.Styled(ui.RoleWarn, "! No connection is chosen yet")}
	if key := screen.Key(f, ChooseHow); key != "" && !s.onHow {
		line = append(line, ui.Styled(ui.RoleMuted, " · "+key+" chooses it"))
	}
	return line
}

// needsOf is what an action takes and gives, in a line.
func needsOf(f nango.Function) string {
	parts := []string{"Takes " + cmp.Or(f.Input, "no input")}
	if len(f.Returns) > 0 {
		parts = append(parts, "returns "+strings.Join(f.Returns, ", "))
	}
	if len(f.Scopes) > 0 {
		parts = append(parts, "scopes "+strings.Join(f.Scopes, ", "))
	}
	return strings.Join(parts, " · ")
}
