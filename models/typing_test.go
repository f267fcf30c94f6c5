package models

import (
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

func TestTypedTextRunsNoAction(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.page.typing = true
	s.typeText("Dp?q")
	if s.page.typed != "Dp?q" {
		t.Errorf("typed %q", s.page.typed)
	}
	s.press("esc")
	s.expectSent()
}

func TestEscClearsTheFilterBeforeItGoesBack(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 8})
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}}, func(c *Config) {
		c.Open = screen.To("integration", "hubspot")
		keys := Keymap{screen.ClearFilter: {"esc"}}
		for id, bound := range testKeys {
			keys[id] = bound
		}
		c.Keymap = keys
	})
	d.app.open(d.app.active, screen.To("connections").With("q", "hub"), nil)
	d.after(d.app.flush())
	depth := len(d.app.stack)
	d.see("esc Clear filter")
	d.notSee("esc Back") // the footer says of a key what it does now
	d.press("esc")
	d.notSee("/ hub")
	d.see("esc Back")
	if len(d.app.stack) != depth {
		t.Fatal("the screen was left with its filter")
	}
	d.press("esc")
	if len(d.app.stack) != depth-1 {
		t.Error("without a filter the key does not go back")
	}
}

// Where keys are text, all that can be done is still a key away: nothing else leads to what has no room in the footer.
func TestThePaletteOpensWhileTyping(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.page.typing = true
	s.typeText("a?")
	s.see("ctrl+p All actions")
	s.press("ctrl+p")
	s.notSee(" A  │") // a key that is text here does nothing else
	s.see("esc  │")
	s.typeText("deep")
	s.see("Deeper")
	s.press("esc")
	if s.page.typed != "a?" {
		t.Errorf("the page was given %q", s.page.typed)
	}
	s.page.typing = false
	s.notSee("ctrl+p All actions") // help leads there as well
}

// The keys that are named while the user types work there, so that a form needn't be left.
func TestArmingAndErrorsNeedNotLeaveAForm(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 3})
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {Production: true}}, func(c *Config) {
		c.Open = screen.To("new-integration", "discord")
	})
	d.see("! Send: acme is production and not armed: arm it first (ctrl+p Arm production)")
	d.press("shift+tab", "down", "tab") // Nango's own app
	d.press("ctrl+p")
	d.typeText("arm pro")
	d.press("enter", "tab", "enter")
	d.see("ARMED")
	d.notSee("arm it first")
	d.do(screen.Submit)
	d.press("tab", "enter")
	d.see("✗ Create integration failed", "ctrl+p shows details or dismisses")
	d.press("ctrl+p")
	d.typeText("error details")
	d.press("enter")
	d.see("Error", "send it again")
	d.press("esc")
	d.see("New discord integration", "Nango's app")
	d.press("esc", "down", "enter") // leaves
	d.see("E shows details, x dismisses")
}
