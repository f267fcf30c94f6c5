package proxy

import (
	"fmt"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

func (s *Form) head(f ui.Frame) []ui.Line {
	all := []ui.Line{{f.Styled(ui.RoleStrong, s.ref.ID), f.Styled(ui.RoleMuted, " · "+s.ref.Integration)}, s.baseURLLine(f)}
	for _, warning := range s.warnings(f) {
		all = append(all, ui.Line{ui.Styled(ui.RoleWarn, "! "), f.Styled(ui.RoleWarn, warning)})
	}
	if v := s.Fields.Values(); s.sendsAttached(v) {
		text := fmt.Sprintf(textAttachedBody, ui.Bytes(int64(len(s.attached.Data))), bodyType(v))
		all = append(all, ui.Line{f.Styled(ui.RoleText, text)})
	}
	if said := s.statusLine(f); said != nil {
		all = append(all, said)
	}
	return all
}

func (s *Form) baseURLLine(f ui.Frame) ui.Line {
	base := f.Styled(ui.RoleText, s.base())
	switch {
	case s.integration.HasFailed():
		base = f.Styled(ui.RoleBad, textBaseURLUnknown+s.integration.Err.Error())
	case s.provider.HasFailed():
		base = f.Styled(ui.RoleBad, textBaseURLUnknown+s.provider.Err.Error())
	case !s.provider.IsLoaded():
		base = ui.Styled(ui.RoleMuted, textBaseURLLoading)
	case s.base() == "":
		base = ui.Styled(ui.RoleMuted, textBaseURLNone)
	}
	return ui.Line{ui.Styled(ui.RoleMuted, textBaseURL+" "), base}
}

// warnings are the warnings for the input, and why it can't be sent now.
func (s *Form) warnings(f ui.Frame) []string {
	p, _ := s.request(s.Fields.Values())
	all := warnings(p, s.base())
	if why := screen.BlockedReason(f, operationOf(p.Method)); why != "" {
		all = append([]string{textBlocked + why}, all...)
	}
	return all
}

// statusLine is the pending request, or the recent paths.
func (s *Form) statusLine(f ui.Frame) ui.Line {
	switch {
	case s.file.IsRunning():
		return ui.Line{ui.Styled(ui.RoleMuted, "… "+textFileLoading)}
	case s.pending.active:
		text := "… " + s.pending.status(f.Now)
		if s.pending.isSent() {
			text += fmt.Sprintf(textLeaveHint, screen.Key(f, screen.LeaveForm))
		}
		return ui.Line{f.Styled(ui.RoleAccent, text)}
	}
	used := s.recentMatches()
	if len(used) == 0 || s.Fields.Focused() != fieldPath {
		return nil
	}
	line := ui.Line{ui.Styled(ui.RoleMuted, textUsedBefore+": ")}
	for i, path := range used[:min(len(used), maxRecentShown)] {
		if i > 0 {
			line = append(line, ui.Styled(ui.RoleMuted, "  "))
		}
		line = append(line, ui.Cell{Text: f.Text(path).Truncate(max(f.Width/maxRecentShown, 1)), Role: ui.RoleText})
	}
	return line
}

func clockText(d time.Duration) string { return ui.Countdown(max(d, 0)).String() }
