package integrations

import (
	"testing"

	"nango-tui/models/screen"
)

func TestAFilterCanComeWithTheRoute(t *testing.T) {
	w := small(t).open(NewList(screen.To("integrations").With("q", "provider:slack")))
	w.See("2 integrations, 1 shown", "slack-eu")
	w.NotSee("hubspot")
	w.Do(screen.ClearFilter)
	w.See("hubspot")
}

func TestANewIntegrationBeginsWithItsProvider(t *testing.T) {
	w := newWorld(t, 0).open(list())
	w.See("There are no integrations", "‹integration.new› creates one")
	w.Do(New)
	if len(w.Opened) != 1 || w.Opened[0].String() != "providers" {
		t.Errorf("opened %v", w.Opened)
	}
}
