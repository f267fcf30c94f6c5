package models

import (
	"slices"
	"strings"
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/models/connections"
	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// Other profiles are searched with their own clients, without switching to them, and opening a row switches.
func TestOtherProfilesAreSearchedAndOpened(t *testing.T) {
	server := walkWorld(t)
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}, "other": {Production: true}},
		func(c *Config) { c.Open = screen.To("customer", "u1") })
	before := len(server.Requests())
	d.see("1 connection")
	d.do(connections.OtherProfiles)
	d.see("2 connections", "other")
	if d.app.active.Profile.Name != "acme" {
		t.Fatal("the search switched the profile")
	}
	for _, r := range server.Requests()[before:] {
		if r.Method != "GET" {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	}
	d.do(screen.Bottom)
	d.do(connections.OpenConnection)
	if d.app.active.Profile.Name != "other" || d.app.top().route.String() != "connection/"+key+"/"+id {
		t.Errorf("%s is open in %s", d.app.top().route, d.app.active.Profile.Name)
	}
	if n := len(d.app.profiles); n != 3 { // acme, other for the search, and other that is open
		t.Errorf("%d profiles are connected", n)
	}
}

// A profile is connected once for all searches; one that can't be read says why, and a switch that fails opens nothing later.
func TestAnotherProfileThatCannotBeRead(t *testing.T) {
	server := walkWorld(t)
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}, "other": {}},
		func(c *Config) { c.Open = screen.To("customer", "u1") })
	d.do(connections.OtherProfiles)
	d.do(connections.OtherProfiles)
	if n := len(d.app.profiles); n != 2 {
		t.Errorf("%d profiles are connected", n)
	}
	server.Inject(sandbox.Fault{Status: 403, Body: `{"error":{"code":"forbidden","message":"No."}}`})
	d.do(connections.OtherProfiles)
	d.see("Couldn't search the profile other", "403")
	if !slices.ContainsFunc(d.app.stack, func(e *entry) bool { return strings.HasPrefix(e.route.String(), "customer") }) {
		t.Error("the customer's page is gone")
	}
}

// Work in another profile can't do more than read.
func TestWorkInAnotherProfileOnlyReads(t *testing.T) {
	s := newScene(t, guard.Profile{})
	var task screen.Task[int]
	s.turns(func(t *screen.Turn) {
		task.StartIn(t, s.app.active.Profile.Name, "connection.delete", nil, nil)
	})
	if task.IsRunning() || task.Err == nil || !strings.Contains(task.Err.Error(), "more than read") {
		t.Errorf("%v", task.Err)
	}
}
