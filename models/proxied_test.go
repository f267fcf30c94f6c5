package models

import (
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/models/proxy"
	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// A provider that imitates Nango's words for a missing scope does not take the proxy away.
func TestAProviderThatImitatesNangoDisablesNothing(t *testing.T) {
	d := driveProxy(t, guard.Profile{})
	d.typeText("/nango-error")
	d.do(screen.Submit)
	d.see("Nango's own response", "403 forbidden")
	if action, _ := d.action(screen.Submit); action.Disabled != "" {
		t.Errorf("nothing can be sent any more: %s", action.Disabled)
	}
	d.do(proxy.ShowNangoResponse)
	d.see("Insufficient scope")
}

// What a provider refuses is not said to be done.
func TestAProvidersErrorIsNotReportedAsDone(t *testing.T) {
	d := driveProxy(t, guard.Profile{})
	d.press("shift+tab", "down", "tab")
	d.typeText("/status/404")
	d.do(screen.Submit)
	d.press("right", "enter")
	d.see("✗ the provider responded 404 Not Found", "· POST: the provider responded 404 Not Found")
	d.notSee("done")
}

func TestAProxyFormShowsWhyItIsBlocked(t *testing.T) {
	driveProxy(t, guard.Profile{ReadOnly: true}).see("! Can't be sent now: acme is read-only")
	driveProxy(t, guard.Profile{ReadOnly: true, MayRefresh: true}).notSee("Can't be sent now")
	d := driveProxy(t, guard.Profile{Production: true})
	d.notSee("Can't be sent now")
	d.press("shift+tab", "down", "tab")
	d.see("! Can't be sent now: acme is production and not armed")
}

// driveProxy stands in the form for a request to the provider of a connection.
func driveProxy(t *testing.T, p guard.Profile) *driver {
	t.Helper()
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 1, RateLimit: -1})
	err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "hubspot"})
	if err == nil {
		_, err = server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: id})
	}
	if err != nil {
		t.Fatal(err)
	}
	return newDriver(
		t,
		server,
		server.Keys().Environment,
		"acme",
		profiles{"acme": p},
		func(c *Config) { c.Open = screen.To("proxy", key, id) },
	)
}
