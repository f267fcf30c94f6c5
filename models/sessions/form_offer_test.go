package sessions

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/nango/sandbox"
)

// Five of many integrations are seen at once: what the route chose stands first, or one would not know.
func TestWhatTheRouteChoseIsSeen(t *testing.T) {
	w := newWorld(t)
	for _, key := range []string{"a1", "a2", "a3", "a4", "a5", "a6"} {
		w.integration(key, "airtable")
	}
	w.link("link?integration=" + hub)
	w.See("> " + hub) // the focus is where something is missing
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	w.See("[x] " + hub)
}

func TestALinkWhereThereAreNoIntegrations(t *testing.T) {
	w := emptyWorld(t)
	w.link("link")
	w.See("This environment has no integrations")
}

// Nobody should fill in a form to hear at its end that nothing can be sent.
func TestAReadOnlyProfileIsToldAboveTheForm(t *testing.T) {
	for name, open := range map[string]func(*world){
		"link": func(w *world) { w.link("link") },
		"reconnect": func(w *world) {
			w.reconnect(w.add(sandbox.ConnectionSpec{Integration: hub, ID: "one"}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.readOnly = true
			open(w)
			w.See("acme-dev is read-only: it can't create links")
			w.NotSee("Creates ")
		})
	}
}
