package models

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
)

// profileRoute names the routes that switch to a profile.
const profileRoute = screen.ProfileRoute

// place is a kind of screen that a route can name.
type place struct {
	// shape is the form of the route, such as "connection/KEY/ID", or "syncs/KEY[/ID]" if the end is optional, and about
	// describes the screen. Both are empty for a route that isn't typed.
	shape, about string
	open         func(a *App, r screen.Route) (screen.Screen, error)
}

// build returns the screen that the route names.
func (a *App) build(r screen.Route) (screen.Screen, error) {
	p, ok := places[r.Name]
	if !ok {
		return nil, fmt.Errorf(textNoPlace, strings.Join(placeNames(), ", "))
	}
	if p.shape != "" && !p.fits(r.Args) {
		return nil, fmt.Errorf(textShape, p.shape)
	}
	return p.open(a, r)
}

// fits reports whether the names fill the shape, and none is empty.
func (p place) fits(names []string) bool {
	path, _, _ := strings.Cut(p.shape, "?")
	needed, _, _ := strings.Cut(path, "[")
	least, most := strings.Count(needed, "/"), strings.Count(path, "/")
	return len(names) >= least && len(names) <= most && !slices.Contains(names, "")
}

// Places returns the shapes of all places, for lists of keys and tests; places that aren't typed are named.
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
