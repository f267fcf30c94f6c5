package proxy

import (
	"fmt"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws whom the request is for and where it goes, and below it the fields.
func (s *Form) View(f ui.Frame) string {
	s.mask = f.Mask
	return screen.DrawBelow(f, s.head(f), s.form)
}

// head says whom the request is for, where it goes, and what is known of its way.
func (s *Form) head(f ui.Frame) []ui.Line {
	all := []ui.Line{{f.Styled(ui.RoleStrong, s.ref.ID), f.Styled(ui.RoleMuted, " · "+s.ref.Integration)}, s.baseURLLine(f)}
	for _, warning := range s.warnings(f) {
		all = append(all, ui.Line{ui.Styled(ui.RoleWarn, "! "), f.Styled(ui.RoleWarn, warning)})
	}
	if v := s.form.Values(); s.sendsAttached(v) {
		text := fmt.Sprintf("Body: %s of %s that cannot be typed here. What is typed into the body is sent in its place.", ui.Bytes(int64(len(s.attached.Data))), bodyType(v))
		all = append(all, ui.Line{f.Styled(ui.RoleText, text)})
	}
	if said := s.statusLine(f); said != nil {
		all = append(all, said)
	}
	return all
}

// leads is where the provider's base URL leads; what is filled in by the connection stands there as it is written.
func (s *Form) baseURLLine(f ui.Frame) ui.Line {
	base := f.Styled(ui.RoleText, s.base())
	switch {
	case s.integration.HasFailed():
		base = f.Styled(ui.RoleBad, "not known: "+s.integration.Err.Error())
	case s.provider.HasFailed():
		base = f.Styled(ui.RoleBad, "not known: "+s.provider.Err.Error())
	case !s.provider.IsLoaded():
		base = ui.Styled(ui.RoleMuted, "reading …")
	case s.base() == "":
		base = ui.Styled(ui.RoleMuted, "the catalogue has none: the connection or a base URL of yours tells it")
	}
	return ui.Line{ui.Styled(ui.RoleMuted, "Base URL "), base}
}

// warnings are those of what is typed now, as far as it can be read.
func (s *Form) warnings(f ui.Frame) []string {
	p, _ := s.request(s.form.Values())
	all := warnings(p, s.base())
	if why := screen.BlockedReason(f, operationOf(p.Method)); why != "" {
		all = append([]string{"Not to be sent now: " + why}, all...)
	}
	return all
}

// said is what is under way, or which paths were used before.
func (s *Form) statusLine(f ui.Frame) ui.Line {
	switch {
	case s.file.IsRunning():
		return ui.Line{ui.Styled(ui.RoleMuted, "… the file is being read")}
	case s.pending.active:
		text := "… " + s.pending.status(f.Now)
		if s.pending.isSent() {
			text += ". " + screen.Key(f, screen.LeaveForm) + " leaves: it goes on, and its answer is not shown."
		}
		return ui.Line{f.Styled(ui.RoleAccent, text)}
	}
	used := s.recentMatches()
	if len(used) == 0 || s.form.Focused() != fieldPath {
		return nil
	}
	line := ui.Line{ui.Styled(ui.RoleMuted, "Used before: ")}
	for i, path := range used[:min(len(used), maxRecentShown)] {
		if i > 0 {
			line = append(line, ui.Styled(ui.RoleMuted, "  "))
		}
		line = append(line, ui.Cell{Text: f.Text(path).Truncate(max(f.Width/maxRecentShown, 1)), Role: ui.RoleText})
	}
	return line
}

// clockOf is how long something goes on, by the second.
func clockText(d time.Duration) string { return ui.Countdown(max(d, 0)).String() }
