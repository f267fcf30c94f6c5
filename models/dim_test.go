package models

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"nango-tui/internal/guard"
	"nango-tui/ui"
)

// surfaces is a theme with a style for what a dialog dims, and for what destroys.
func surfaces() *ui.Theme {
	background := func(color string) ui.Style { return ui.NewStyle(lipgloss.NewStyle().Background(lipgloss.Color(color))) }
	return &ui.Theme{Header: background("1"), Dimmed: background("2"), ActiveTab: background("3"), DangerTitle: background("4")}
}

// Dimming repaints the whole screen, which a slow connection shows.
func TestADialogDimsWhatIsBehindItUnlessThatIsSlow(t *testing.T) {
	s := newScene(t, guard.Profile{})
	count := func(style ui.Style) int { return strings.Count(s.app.View().Content, style.On()) }
	for _, c := range []struct {
		name   string
		theme  *ui.Theme
		remote bool
		key    string
		dims   bool
	}{
		{"a dialog", surfaces(), false, "p", true},
		{"a dialog over SSH", surfaces(), true, "p", false},
		{"help", surfaces(), false, "?", false},
	} {
		s.app.config.Theme, s.app.config.Remote = c.theme, c.remote
		s.press(c.key)
		if got := count(c.theme.Dimmed) > 0; got != c.dims {
			t.Errorf("%s: what is behind is dimmed: %t\n%q", c.name, got, s.app.View().Content)
		}
		s.press("esc")
		if count(c.theme.Dimmed) > 0 {
			t.Errorf("%s: closed, and the screen is still dimmed", c.name)
		}
	}
	theme := surfaces()
	theme.Header = ui.Style{}
	s.app.config.Theme, s.app.config.Remote = theme, false
	s.press("p")
	if count(theme.Dimmed) > 0 {
		t.Error("it is dimmed without surfaces")
	}
	s.press("esc")
}

func TestOnlyADestroyingDialogHasADangerousTitle(t *testing.T) {
	s := newScene(t, guard.Profile{})
	theme := surfaces()
	s.app.config.Theme = theme
	for key, dangerous := range map[string]bool{"D": true, "p": false} {
		s.press(key)
		content := s.app.View().Content
		if got := strings.Contains(content, theme.DangerTitle.On()); got != dangerous {
			t.Errorf("%s: a dangerous title: %t", key, got)
		}
		if got := strings.Contains(content, theme.ActiveTab.On()); got == dangerous {
			t.Errorf("%s: a usual title: %t", key, got)
		}
		s.press("esc")
	}
}
