package models

import (
	"testing"

	"nango-tui/models/proxy"
	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// A provider that imitates Nango's words for a missing scope does not take the proxy away.
func TestAnImitationOfNangoIsNotRemembered(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 1, RateLimit: -1})
	err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "hubspot"})
	if err == nil {
		_, err = server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: id})
	}
	if err != nil {
		t.Fatal(err)
	}
	d := drive(t, server, server.Keys().Environment, "acme", profiles{"acme": {}}, func(c *Config) { c.Open = screen.To("proxy", key, id) })
	d.types("/nango-error")
	d.does(screen.Submit)
	d.see("Nango's own answer", "403 forbidden")
	if action, _ := d.action(screen.Submit); action.Disabled != "" {
		t.Errorf("nothing can be sent any more: %s", action.Disabled)
	}
	d.does(proxy.ShowAnyway)
	d.see("Insufficient scope")
}
