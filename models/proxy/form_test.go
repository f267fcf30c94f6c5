package proxy

import (
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func TestAGETIsAPathAndAKey(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.See("globex-77e2 · hubspot-prod", "Base URL https://api.hubapi.com")
	w.Type("/contacts")
	w.Do(SendHere)
	if w.effect() != nango.Refreshes {
		t.Errorf("it %v", w.effect())
	}
	if err := w.Agree(); err != nil {
		t.Fatal(err)
	}
	w.See("✓ the provider answered 200 OK", "GET /contacts", `"data": [`)
	w.Leave()
	w.See("> /contacts")
	w.Do(screen.Submit)
}
