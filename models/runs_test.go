package models

import (
	"encoding/json"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/models/actions"
	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// actionForm is a dashboard that stands on the form of an action, filled in by its defaults.
func actionForm(t *testing.T, p guard.Profile) *scene {
	t.Helper()
	s := &scene{}
	began := time.Now()
	s.server = sandbox.New(sandbox.Options{Wait: noWait, Seed: walkSeed, RateLimit: -1, Now: func() time.Time {
		if s.driver == nil {
			return began
		}
		return s.driver.now
	}})
	err := s.server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"})
	if err == nil {
		_, err = s.server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: id, Tags: map[string]string{"end_user_id": "u1"}})
	}
	if err != nil {
		t.Fatal(err)
	}
	addFunctions(t, s.server, "")
	s.driver = newDriver(t, s.server, s.server.Keys().Environment, "acme", profiles{"acme": p, "other": {}}, func(c *Config) {
		c.Open = screen.To("run", key, walkAction).With("connection", id)
	})
	return s
}

func TestARunIsKeptWhenTheProfileIsSwitched(t *testing.T) {
	s := actionForm(t, guard.Profile{})
	s.do(screen.Submit)
	s.see("Run " + walkAction)
	s.holdCmds = true
	s.press("right", "enter")
	s.see("… Running for 00:00", "The run continues if you leave")
	underWay := s.cmds
	s.cmds, s.holdCmds = nil, false
	s.app.connect("other")
	s.after(s.app.flush())
	s.cmds = underWay
	s.run()
	s.see("acme: " + walkAction + " returned")
	s.advance(time.Hour)
	s.see("acme: " + walkAction + " returned") // nobody has looked
	s.app.open(s.app.active, screen.To("runs"), nil)
	s.after(s.app.flush())
	s.see("✓ returned", "acme: u1")
	if again, _ := s.action(actions.RunAgain); again.Disabled == "" {
		t.Error("a run of one profile can be run again in another")
	}
}

func TestTheScreenOfAPendingRunCanBeOpenedAgain(t *testing.T) {
	s := actionForm(t, guard.Profile{})
	s.do(actions.ToggleOptions)
	s.press("tab", "down")
	s.do(screen.Submit)
	s.see("Start " + walkAction)
	s.press("right", "enter")
	s.see("◌ In the background")
	s.app.home(screen.To("integrations"))
	s.after(s.app.flush())
	s.see("◌ " + walkAction)
	s.do(Quit)
	s.see("The result won't be shown, but the action continues to run")
	s.do(OpenWatch)
	s.see("◌ In the background")
	s.advance(time.Minute)
	s.see("✓ Returned after", walkAction+" on u1 returned")
}

// What a page tells is not said over it once more; elsewhere it is.
func TestTheOutcomeOfARunIsShownOnce(t *testing.T) {
	s := actionForm(t, guard.Profile{})
	if err := s.server.FailAction(key, walkAction, 409, json.RawMessage(`{"message":"taken"}`)); err != nil {
		t.Fatal(err)
	}
	s.do(screen.Submit)
	s.press("right", "enter")
	s.see("✗ Provider error: it answered 409 Conflict")
	s.notSee("Run "+walkAction+" failed", "dismisses")
	s.press("E")
	s.see("424", "script_http_error")
	s.press("esc")
	s.do(actions.RunAgain)
	s.holdCmds = true
	s.press("right", "enter")
	underWay := s.cmds
	s.cmds, s.holdCmds = nil, false
	s.app.home(screen.To("connections"))
	s.after(s.app.flush())
	s.cmds = underWay
	s.run()
	s.see("✗ Run " + walkAction + " failed")
}

// A form can be seen and filled in where nothing may be run, and says why from its first line on.
func TestAFormShowsWhyItIsBlocked(t *testing.T) {
	readOnly := actionForm(t, guard.Profile{ReadOnly: true})
	readOnly.see("! Can't be run now: acme is read-only")

	s := actionForm(t, guard.Profile{Production: true})
	s.see("! Can't be run now: acme is production and not armed: arm it first (ctrl+p Arm production)")
	s.typeText("typed")
	s.press("ctrl+p")
	s.typeText("arm prod")
	s.press("enter")
	s.see("Allows changes for 15 min")
	s.press("right", "enter")
	s.notSee("Can't be run now")
	s.see("typed")
	s.do(screen.Submit)
	s.see("POST /action/trigger")
}

// The form of an action opens from the list of them, whatever the profile allows.
func TestAFormOpensInAReadOnlyProfile(t *testing.T) {
	s := actionForm(t, guard.Profile{ReadOnly: true})
	s.app.home(screen.To("actions", key))
	s.after(s.app.flush())
	s.do(actions.OpenAction)
	s.see("! Can't be run now: acme is read-only", "Takes")
}
