package syncs

import (
	"errors"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// New makes the screen that the route names: the syncs of a connection, or those of an integration.
func New(r screen.Route) (screen.Screen, error) {
	switch {
	case len(r.Args) == 2 && r.Arg(0) != "" && r.Arg(1) != "":
		return newList(nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}, r.Query.Get(querySync)), nil
	case len(r.Args) == 1 && r.Arg(0) != "":
		return newFleet(r.Arg(0)), nil
	}
	return nil, errors.New("syncs are those of an integration or of one of its connections: " + Route + "/INTEGRATION or " +
		Route + "/INTEGRATION/ID, with / in the id written as %2F")
}
