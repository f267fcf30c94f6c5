package models

import (
	"maps"
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// withElsewhere gives the dashboard actions of screens that are not open.
func withElsewhere(s *scene) {
	s.app.config.Keymap = maps.Clone(s.app.config.Keymap)
	s.app.config.Keymap["thing.stop"] = []string{"X"}
	s.app.config.Elsewhere = []Elsewhere{
		{Where: "on the integrations list", Route: "integrations", Screens: []string{"integrations.List"},
			Actions: []ElsewhereAction{{ID: "thing.stop", Title: "Halt it", Operation: nango.OpSyncPause}}},
		{Where: "on a thing's page", Screens: []string{"things.Page"}, Actions: []ElsewhereAction{{ID: "thing.spin", Title: "Spin it"}}},
		{Where: "on this page", Screens: []string{"models.page"}, Actions: []ElsewhereAction{{ID: "thing.here", Title: "Never shown"}}},
		{Where: "on another page", Screens: []string{"others.Page"}, Actions: []ElsewhereAction{{ID: patch, Title: "Never shown either"}}},
	}
}

func TestThePaletteHasTheActionsOfOtherScreens(t *testing.T) {
	s := newScene(t, guard.Profile{})
	withElsewhere(s)
	s.press("ctrl+p")
	s.typeText("never shown")
	s.see("no matches")
	s.press("ctrl+u")
	s.typeText("halt")
	s.see("on the integrations list: Halt it", "writes", "X")
	s.press("enter")
	s.see("Halt it is here", `"X"`)
	if got := s.app.top().route.Name; got != "integrations" {
		t.Errorf("it went to %q", got)
	}
}

func TestThePaletteSaysWhatToOpenFirst(t *testing.T) {
	s := newScene(t, guard.Profile{})
	withElsewhere(s)
	here := s.app.top()
	s.press("ctrl+p")
	s.typeText("spin")
	s.press("enter")
	s.see("Spin it is on a thing's page", "Open that first")
	if s.app.top() != here {
		t.Errorf("it opened something:\n%s", s.screen())
	}
}

func TestActionsOfThisScreenComeFirst(t *testing.T) {
	s := newScene(t, guard.Profile{})
	withElsewhere(s)
	s.app.openPalette()
	var order []screen.ActionID
	palette := s.app.overlay.(*paletteOverlay).palette
	for item, ok := palette.Current(); ok && len(order) < 100; item, ok = palette.Current() {
		if len(order) > 0 && order[len(order)-1] == screen.ActionID(item.ID) {
			break
		}
		order = append(order, screen.ActionID(item.ID))
		palette.Key(keyNamed("down"))
	}
	if len(order) < 4 || order[0] != read || order[len(order)-1] != "elsewhere thing.spin on a thing's page" {
		t.Errorf("the palette has %v", order)
	}
}

func TestTheHelpFindsTheKeysOfOtherScreens(t *testing.T) {
	s := newScene(t, guard.Profile{})
	withElsewhere(s)
	s.press("?")
	s.typeText("halt")
	s.see("On the integrations list", "Halt it", "X")
}
