package logs

import (
	"strconv"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// fieldState is the field that the filter knows: "state:failed".
const fieldState = "state"

// narrow shows what the filter lets pass.
func (s *Requests) narrow() {
	q := s.listing.Filter.Query()
	if q.Empty() {
		s.table.Filter(nil)
		return
	}
	s.table.Filter(func(e *nango.LogEntry) bool { return matches(e, q) })
}

func matches(e *nango.LogEntry, q ui.Query) bool {
	state := stateWord(e.State)
	for _, field := range q.Fields {
		if strings.Contains(state, field.Value) == field.Not {
			return false
		}
	}
	return q.MatchWords(strings.ToLower(strings.Join([]string{
		string(e.Operation), e.Method, e.Host + e.Path, strconv.Itoa(e.Status), e.Code, state,
	}, "\n")))
}

func stateWord(state nango.LogState) string {
	switch state {
	case nango.UnderWay:
		return "under way"
	case nango.Failed:
		return "failed"
	}
	return "done"
}

// View draws the log as it is by now: nothing tells a screen that another one has sent something.
func (s *Requests) View(f ui.Frame) string {
	s.sync()
	if s.table.Len() == 0 {
		return screen.Empty(f, "Nothing was sent yet.", "Every call to Nango stands here once it is made, without its headers and its body.")
	}
	lines := []string{s.summary().View(f, f.Width)}
	if s.listing.Filter.Focused() || s.listing.Filter.Value() != "" {
		lines = append(lines, " "+s.listing.Filter.View(f.Sized(f.Width-1, 1)))
	}
	s.tableTop = len(lines)
	rest := f.Sized(f.Width, f.Height-len(lines))
	if s.table.Shown() == 0 {
		lines = append(lines, screen.Empty(rest, "No request matches the filter.", s.listing.WayOut(f)))
	} else {
		lines = append(lines, s.table.View(rest))
	}
	return firstLines(strings.Join(lines, "\n"), f.Height)
}

// firstLines is as much of a text as a height has room for.
func firstLines(text string, height int) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[:min(len(lines), max(height, 0))], "\n")
}

func (s *Requests) summary() ui.Line {
	line := ui.Line{ui.Say(ui.RoleText, " "), {Text: ui.Count(s.table.Len()), Role: ui.RoleStrong}, ui.Say(ui.RoleMuted, " calls")}
	if shown := s.table.Shown(); shown != s.table.Len() {
		line = append(line, ui.Say(ui.RoleMuted, ", "), ui.Cell{Text: ui.Count(shown), Role: ui.RoleStrong}, ui.Say(ui.RoleMuted, " shown"))
	}
	if s.failed > 0 {
		line = append(line, ui.Say(ui.RoleMuted, " · "), ui.Say(ui.RoleBad, "✗ "+ui.Count(s.failed).String()+" failed"))
	}
	if s.underWay > 0 {
		line = append(line, ui.Say(ui.RoleMuted, " · "), ui.Say(ui.RoleAccent, "… "+ui.Count(s.underWay).String()+" under way"))
	}
	if s.table.Len() == nango.LogSize {
		line = append(line, ui.Say(ui.RoleMuted, " · older ones are not kept"))
	}
	return line
}
