package sessions

import "testing"

// Five of many integrations are seen at once: what the route chose stands first, or one would not know.
func TestWhatTheRouteChoseIsSeen(t *testing.T) {
	w := newWorld(t)
	for _, key := range []string{"a1", "a2", "a3", "a4", "a5", "a6"} {
		w.integration(key, "airtable")
	}
	w.link("link?integration=" + hub)
	w.See("[x] " + hub)
}

func TestALinkWhereThereAreNoIntegrations(t *testing.T) {
	w := emptyWorld(t)
	w.link("link")
	w.See("there are no integrations in this environment")
}
