package models

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

func TestARouteNeedsAsManyNamesAsItsShape(t *testing.T) {
	a := newDriver(t, walkWorld(t), "", "", profiles{}).app
	for text, fits := range map[string]bool{
		"connections": true, "connections/hubspot": false, "integration/hubspot": true, "integration": false, "integration/": false,
		"integration/hub/spot": false, "integration/hub%2Fspot": true, "provider": false, "syncs/hubspot": true, "syncs/hubspot/globex": true,
		"syncs": false, "syncs/hubspot/globex/more": false, "proxy": true, "proxy/hubspot/globex": true,
		"requests/all": false, "run/hubspot/send?connection=globex": true,
	} {
		r, err := screen.ParseRoute(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.build(r); (err == nil) != fits {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Nothing that led there stands above a screen that the command line opened, and an id without its integration names nothing.
func TestTheFirstScreenShowsItsConnection(t *testing.T) {
	server := walkWorld(t)
	records := screen.To("records", key, id)
	for _, route := range append(walkRoutes(), records.With("model", "Contact"), records.With("model", "None")) {
		d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}}, func(c *Config) { c.Open = route })
		d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		for _, name := range append(slices.Clone(route.Args), route.Query.Get("connection"), route.Query.Get("model")) {
			if seen := d.screen(); !strings.Contains(seen, name) {
				t.Errorf("%s does not say %s:\n%s", route, name, seen)
			}
		}
	}
}

func TestGoToShowsTheShapeOfARouteWhileItIsTyped(t *testing.T) {
	server := walkWorld(t)
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}})
	d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	d.press(":")
	d.see("16 of 3", "▐")
	d.typeText("records/" + key)
	d.see("records/KEY/ID", "records of a connection; ?model=, ?variant=")
	d.press("tab")
	d.see(": records/" + key)
	d.typeText("/" + id)
	d.press("enter")
	d.see("Contact of " + id)
}
