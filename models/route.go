package models

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
)

// profileRoute switches to a profile instead of opening a screen: "profile/acme-dev".
const profileRoute = "profile"

// place is a kind of screen that a route can name.
type place struct {
	// shape is how the route is written, such as "connection/KEY/ID", or "syncs/KEY[/ID]" where the end can be left out;
	// about is what is found there. Both are empty for what nobody types.
	shape, about string
	open         func(a *App, r screen.Route) (screen.Screen, error)
}

// build makes the screen that the route names.
func (a *App) build(r screen.Route) (screen.Screen, error) {
	p, ok := places[r.Name]
	if !ok {
		return nil, fmt.Errorf("there is no place of that name: there are %s", strings.Join(placeNames(), ", "))
	}
	if p.shape != "" && !p.fits(r.Args) {
		return nil, fmt.Errorf("it is written %s, with / in a name as %%2F", p.shape)
	}
	return p.open(a, r)
}

// fits says that there are as many names as the shape has places for, and none is empty.
func (p place) fits(names []string) bool {
	path, _, _ := strings.Cut(p.shape, "?")
	needed, _, _ := strings.Cut(path, "[")
	least, most := strings.Count(needed, "/"), strings.Count(path, "/")
	return len(names) >= least && len(names) <= most && !slices.Contains(names, "")
}

// Places are the shapes of all places, those that nobody types by their names: what a list of keys or a walk begins with.
func Places() []string {
	shapes := make([]string, 0, len(places))
	for name, p := range places {
		shapes = append(shapes, cmp.Or(p.shape, name))
	}
	slices.Sort(shapes)
	return shapes
}

// Routes returns the shapes of the routes that a user can type, and what each opens.
func Routes() map[string]string {
	routes := map[string]string{}
	for _, p := range places {
		if p.shape != "" {
			routes[p.shape] = p.about
		}
	}
	return routes
}

func placeNames() []string {
	names := make([]string, 0, len(places))
	for name, p := range places {
		if p.shape != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
