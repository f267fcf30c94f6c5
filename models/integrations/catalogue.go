package integrations

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// catalogue is the auth mode of each provider by its name. Nango's own, with everything, takes near a megabyte.
type catalogue map[string]string

func authModes(all []nango.Provider) catalogue {
	modes := make(catalogue, len(all))
	for _, p := range all {
		modes[p.Name] = p.AuthMode
	}
	return modes
}

// readCatalogue reads the catalogue once there is a provider to look up in it. It does not change while one
// looks at a list, so it is read once.
func (s *List) readCatalogue(t *screen.Turn) {
	if s.table.Len() == 0 || s.modes.IsLoaded() || s.modes.IsLoading() || s.modes.HasFailed() {
		return
	}
	s.modes.Fetch(t, nango.Map(nango.ListProviders(""), authModes), func(*screen.Turn) { s.fill() })
}
