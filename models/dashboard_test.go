package models

import (
	"slices"
	"strings"
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
)

func TestRoutesHavePagesInTheDashboard(t *testing.T) {
	for route, want := range map[string]string{
		"connections?q=acme": "connections", "connection/hub/a%2Fb": "connections hub a/b", "syncs/hub/a": "connections hub a",
		"syncs/hub": "integrations hub", "records/hub/a": "connections hub a", "proxy/hub/a": "connections hub a", "proxy": "",
		"integrations": "integrations", "integration/hub": "integrations hub", "function/hub/f": "integrations hub",
		"actions/hub?connection=a": "integrations hub", "environment": "environment-settings", "requests": "", "provider/hubspot": "",
	} {
		r, err := screen.ParseRoute(route)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(dashboardPage(r), " "); got != want {
			t.Errorf("%s: %q, want %q", route, got, want)
		}
	}
}

// logPage is a page with an operation under its cursor.
type logPage struct {
	*page
	log string
}

func (p logPage) SelectedOperation() string { return p.log }

func TestTheDashboardOpensAtWhatIsOnTheScreen(t *testing.T) {
	s := newScene(t, guard.Profile{Dashboard: "https://nango.intern/prod"})
	if got := s.disabled(Dashboard); got != textNoDashboardPage {
		t.Errorf("on a page of no route it is disabled because %q", got)
	}
	show := func(p screen.Screen) {
		s.app.push(s.app.active, p, screen.To("connection", key, id))
		s.after(s.app.flush())
	}
	show(s.page)
	s.do(Dashboard)
	s.see("This page in Nango's dashboard", "https://nango.intern/prod/connections/")
	s.press("enter")
	s.see("Opened in the browser")
	show(logPage{s.page, "1772366400000_ZYT2uysI"})
	s.do(Dashboard)
	s.press("enter")
	show(logPage{s.page, ""})
	s.do(Dashboard)
	s.press("down", "enter")
	page := "https://nango.intern/prod/connections/" + key + "/" + id
	if want := []string{page, "https://nango.intern/prod/logs?operationId=1772366400000_ZYT2uysI"}; !slices.Equal(s.browsed, want) {
		t.Errorf("opened %q", s.browsed)
	}
	if !slices.Equal(s.clipboard, []string{page}) {
		t.Errorf("copied %q", s.clipboard)
	}
}

// A remote terminal has no browser: the address is shown, and sent to the clipboard of the terminal.
func TestARemoteTerminalShowsAndCopiesTheAddress(t *testing.T) {
	s := newScene(t, guard.Profile{Dashboard: "https://nango.intern/prod"})
	s.app.config.Remote = true
	s.press("1")
	s.do(Dashboard)
	s.see("Open in a browser", "https://nango.intern/prod/connections")
	s.press("esc")
	s.see("address sent to your terminal's clipboard")
	if len(s.browsed) > 0 {
		t.Errorf("a browser was started: %q", s.browsed)
	}
}

func TestAnUnknownDashboardIsSaid(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.press("1")
	if got := s.disabled(Dashboard); got != textNoDashboard {
		t.Errorf("it is disabled because %q", got)
	}
}
