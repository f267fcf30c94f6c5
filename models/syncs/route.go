package syncs

import (
	"errors"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// New creates the screen for a route: the syncs of a connection or of an integration.
func New(r screen.Route) (screen.Screen, error) {
	switch {
	case len(r.Args) == 2 && r.Arg(0) != "" && r.Arg(1) != "":
		return newList(nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}, r.Query.Get(querySync)), nil
	case len(r.Args) == 1 && r.Arg(0) != "":
		return newFleet(r.Arg(0)), nil
	}
	return nil, errors.New(textRouteUsage + Route + "/INTEGRATION or " + Route + textRouteUsageID)
}
