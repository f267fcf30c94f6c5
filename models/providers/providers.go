// Package providers has the screens of Nango's catalog: the list of providers, and one provider with what an integration
// and a connection need. It may import what any area may import, and no other area.
package providers

import "nango-tui/models/screen"

// Actions on a provider, in the list and on its own screen.
const (
	Open         screen.ActionID = "provider.open"
	Make         screen.ActionID = "provider.make"
	Integrations screen.ActionID = "provider.integrations"
	Copy         screen.ActionID = "provider.copy"
	Docs         screen.ActionID = "provider.docs"
)

// Actions that only the screen of one provider has.
const (
	OpenRow screen.ActionID = "provider.openRow"
	CopyRow screen.ActionID = "provider.copyRow"
)

// openNew opens the form for a new integration of a provider.
func openNew(name string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("new-integration", name)) }
}

func openIntegrations(name string) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Open(screen.To("integrations").With("q", "provider:"+name)) }
}
