package integrations

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// providerModes has the auth mode of each provider by name. The whole catalog would take almost a megabyte.
type providerModes map[string]string

func modesOf(all []nango.Provider) providerModes {
	modes := make(providerModes, len(all))
	for _, p := range all {
		modes[p.Name] = p.AuthMode
	}
	return modes
}

// loadModes loads the auth modes once, when there is an integration. They don't change while a list is open.
func (s *List) loadModes(t *screen.Turn) {
	if s.table.Len() == 0 || s.modes.IsLoaded() || s.modes.IsLoading() || s.modes.HasFailed() {
		return
	}
	s.modes.Fetch(t, nango.Map(nango.ListProviders(""), modesOf), func(*screen.Turn) { s.fill() })
}
