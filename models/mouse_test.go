package models

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/internal/guard"
	"nango-tui/nango/sandbox"
)

// clickOn clicks on a text in a line of the screen; negative lines count from its end.
func (d *driver) clickOn(line int, text string) {
	d.t.Helper()
	lines := strings.Split(d.screen(), "\n")
	y := (line + len(lines)) % len(lines)
	before, _, found := strings.Cut(lines[y], text)
	if !found {
		d.t.Fatalf("%q is not in line %d: %q", text, y, lines[y])
	}
	d.send(tea.MouseClickMsg{X: ansi.StringWidth(before), Y: y, Button: tea.MouseLeft})
}

// lineOf returns the line of the screen with a text.
func (d *driver) lineOf(text string) int {
	for y, line := range strings.Split(d.screen(), "\n") {
		if strings.Contains(line, text) {
			return y
		}
	}
	d.t.Fatalf("%q is not on the screen", text)
	return 0
}

func mouseDriver(t *testing.T) *driver {
	t.Helper()
	server := sandbox.New(sandbox.Options{Seed: 1})
	for _, key := range []string{"crm", "crm-eu"} {
		if err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"}); err != nil {
			t.Fatal(err)
		}
	}
	return newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": guard.Profile{}})
}

func TestTabsPathAndFooterAreClicked(t *testing.T) {
	d := mouseDriver(t)
	d.clickOn(1, "Integrations")
	d.see("[2 Integrations]", "crm-eu", "1 of 2")
	d.app.open(d.app.active, d.app.top().route, nil)
	d.clickOn(-1, "All keys")
	if d.app.overlay == nil {
		t.Fatal("the footer's hint does nothing")
	}
	d.press("esc")
	d.see("Integrations › ")
	d.clickOn(1, "Integrations")
	d.notSee(" › ")
	d.send(tea.MouseClickMsg{X: 99, Y: 1})
	d.send(tea.MouseClickMsg{X: 0, Y: 29})
	d.see("[2 Integrations]")
}

func TestDoubleClickOpens(t *testing.T) {
	for wait, opens := range map[time.Duration]bool{0: true, time.Second: false} {
		d := mouseDriver(t)
		d.app.config.Keymap = Keymap{"integration.open": {"enter"}}
		for id := range testKeys {
			d.app.config.Keymap[id] = testKeys[id]
		}
		d.clickOn(1, "Integrations")
		y := d.lineOf("crm-eu")
		d.clickOn(y, "crm-eu")
		d.now = d.now.Add(wait)
		d.clickOn(y, "crm-eu")
		if got := len(d.app.stack) == 2; got != opens {
			t.Errorf("after %s: opened %v\n%s", wait, got, d.screen())
		}
	}
}

func TestTheWheelMovesInOverlays(t *testing.T) {
	turn := func(s *scene, button tea.MouseButton) { s.send(tea.MouseWheelMsg{X: 5, Y: 5, Button: button}) }
	s, picked := newScene(t, guard.Profile{}), ""
	pickFruit(s, &picked)
	turn(s, tea.MouseWheelDown) // not seen yet
	s.see("1 of 3")
	s.look()
	turn(s, tea.MouseWheelDown)
	s.see("3 of 3")
	turn(s, tea.MouseWheelUp)
	s.see("1 of 3")
	s.press("esc", ":")
	s.typeText("con")
	turn(s, tea.MouseWheelDown)
	turn(s, tea.MouseWheelUp)
	turn(s, tea.MouseWheelUp)
	s.see(": con")
	if picked != "" {
		t.Errorf("the wheel picked %s", picked)
	}
}
