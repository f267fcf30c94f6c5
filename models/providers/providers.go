// Package providers is Nango's catalogue: the list of all providers, and one with what an integration and a
// connection of it need. It may know what any screen may know, and no other area.
package providers

import "nango-tui/models/screen"

// Ids of the actions on a provider, in the list and on its own screen.
const (
	Open         screen.ActionID = "provider.open"
	Make         screen.ActionID = "provider.make"
	Integrations screen.ActionID = "provider.integrations"
	Copy         screen.ActionID = "provider.copy"
	Docs         screen.ActionID = "provider.docs"
)

// Ids of the actions on the screen of one provider alone.
const (
	OpenRow screen.ActionID = "provider.openRow"
	CopyRow screen.ActionID = "provider.copyRow"
)

// openMake opens the form for a new integration of the provider, and openIntegrations those that there are.
func openMake(name string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("new-integration", name)) }
}

func openIntegrations(name string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("integrations").With("q", "provider:"+name)) }
}
