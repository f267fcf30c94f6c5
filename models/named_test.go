package models

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

// Nothing that led there stands above a screen that the command line opened, and an id without its integration names nothing.
func TestAScreenOpenedFirstSaysWhoseItIs(t *testing.T) {
	server := walkWorld(t)
	for _, route := range append(walkRoutes(), screen.To("records", key, id).With("model", "Contact"), screen.To("records", key, id).With("model", "None")) {
		d := drive(t, server, server.Keys().Environment, "acme", profiles{"acme": {}}, func(c *Config) { c.Open = route })
		d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
		for _, name := range append(slices.Clone(route.Args), route.Query.Get("connection"), route.Query.Get("model")) {
			if seen := d.screen(); !strings.Contains(seen, name) {
				t.Errorf("%s does not say %s:\n%s", route, name, seen)
			}
		}
	}
}
