package models

import (
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

func TestAnAccountKeyOpensTheEnvironmentScreen(t *testing.T) {
	for _, first := range []string{"", "connections", "integrations", "connection/crm/c1", "providers", "environment"} {
		t.Run("at "+first, func(t *testing.T) {
			server := sandbox.New(sandbox.Options{Seed: 5, Connections: 6})
			open := func(c *Config) { c.Open, _ = screen.ParseRoute(first) }
			d := newDriver(t, server, server.Keys().Account, "acme", profiles{"acme": {}}, open)
			d.see("[5 Environment]", "an account key", "can only manage environments")
			d.notSee("403 forbidden", "NANGO_API_KEY")
			for _, r := range server.Requests() {
				if r.Method != "GET" {
					t.Errorf("%s %s was sent", r.Method, r.Path)
				}
			}
		})
	}
}

func TestListsExplainAnAccountKey(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 6})
	d := newDriver(t, server, server.Keys().Account, "acme", profiles{"acme": {}})
	for _, key := range []string{"1", "2", "4"} {
		d.press(key)
		d.see("403 forbidden", "This is an account key", "Use a key")
	}
	d.press("5")
	d.see("[5 Environment]", "an account key")
}

func TestAKeyWithFewScopesStaysOnItsScreen(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 6})
	const variables = "0b0b0b0b-1111-4222-8333-444444444444"
	server.AddKey(variables, "environment:variables:read")
	d := newDriver(t, server, variables, "acme", profiles{"acme": {}})
	d.see("[1 Connections]", "403 forbidden", "environment:connections:list")
	asked := len(server.Requests())
	d.press("r")
	if more := server.Requests()[asked:]; len(more) != 1 {
		t.Errorf("whose the key is was asked again: %v", more)
	}
	d.press("5")
	d.see("[5 Environment]", "VARIABLES")
	d.notSee("an account key")
}

func TestAFormIsNotReplacedWhileTheUserTypes(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 6})
	d := newDriver(t, server, server.Keys().Account, "acme", profiles{"acme": {}}, func(c *Config) { c.Open = screen.To("link") })
	d.see("This is an account key: press 5 for what it can do")
	d.notSee("[5 Environment]")
}
