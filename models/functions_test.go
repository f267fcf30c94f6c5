package models

import (
	"context"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/models/functions"
	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango/sandbox"
)

// tried is the form for a local file in a profile, with the path typed. The server's clock is the driver's.
func tried(t *testing.T, profile guard.Profile) *scene {
	t.Helper()
	s := &scene{}
	now := time.Now
	s.server = sandbox.New(sandbox.Options{RateLimit: -1, Now: func() time.Time { return now() }, Wait: func(context.Context,
		time.Duration) error {
		return nil
	}})
	err := s.server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"})
	if err == nil {
		_, err = s.server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: id})
	}
	if err != nil {
		t.Fatal(err)
	}
	files := screentest.NewFiles()
	files.Put("a.ts", "export default createSync({});")
	s.driver = newDriver(t, s.server, s.server.Keys().Environment, "acme", profiles{"acme": profile}, func(c *Config) {
		c.Files, c.Open = files, screen.To("functions", key)
	})
	now = func() time.Time { return s.now }
	s.do(functions.LocalFile)
	s.typeText("a.ts")
	return s
}

func TestCompilingNeedsNoDialogAndIsDeniedReadOnly(t *testing.T) {
	s := tried(t, guard.Profile{Production: true})
	s.press("ctrl+s")
	s.see("✓ compiled")
	s.expectSent("POST /functions/compile")
	s = tried(t, guard.Profile{ReadOnly: true})
	s.press("ctrl+s")
	s.see("ERROR  no response from Nango", "read-only")
	s.expectSent()
}

func TestADryRunIsConfirmedAndItsOutcomeShownOnAnyScreen(t *testing.T) {
	s := tried(t, guard.Profile{})
	s.press("tab", "down", "ctrl+s")
	s.see("Start dry run", "POST /functions/dryruns")
	s.press("right", "enter")
	s.expectSent("POST /functions/dryruns")
	s.see("continues at Nango")
	s.app.home(screen.To("providers"))
	s.after(s.app.flush())
	s.advance(10 * time.Second)
	s.see("Dry run of a.ts succeeded")
}

func TestADryRunNeedsProductionToBeArmed(t *testing.T) {
	s := tried(t, guard.Profile{Production: true})
	s.press("tab", "down", "ctrl+s")
	s.advance(guardTime)
	s.expectSent()
	s.see("arm it first")
}

func TestTheListIsRefreshedAfterADeployment(t *testing.T) {
	s := tried(t, guard.Profile{})
	s.press("tab", "down", "down", "tab", "tab")
	s.typeText("fresh")
	s.press("ctrl+s")
	s.advance(guardTime)
	s.see("Deploy function")
	s.press("right", "enter")
	s.press("esc", "esc")
	s.see(key+" has no functions", "Deployment of fresh in progress")
	s.advance(10 * time.Second)
	s.see("1 function", "fresh", "Deployment of fresh succeeded")
}
