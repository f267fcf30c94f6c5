package models

import (
	"fmt"
	"testing"
	"time"

	"nango-tui/nango/sandbox"
)

// named is a dashboard on a list of connections with names.
func named(t *testing.T) *driver {
	t.Helper()
	server := sandbox.New(sandbox.Options{Seed: 1})
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: "salesforce-eu", Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	for i, who := range []map[string]string{
		{"end_user_display_name": "Mia Chen", "organization_display_name": "Globex"},
		{"end_user_display_name": "Ada \x1b[31mSmith", "organization_display_name": "Globex"},
		{"end_user_display_name": "Noor Khan", "organization_display_name": "Initech"},
	} {
		spec := sandbox.ConnectionSpec{Integration: "salesforce-eu", ID: fmt.Sprintf("conn-%d", i), Tags: who}
		if _, err := server.AddConnection(spec); err != nil {
			t.Fatal(err)
		}
	}
	return newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}, "other": {}})
}

func TestTheLineFindsNames(t *testing.T) {
	for typed, want := range map[string]string{
		"mia":          "connection/salesforce-eu/conn-0", // a customer
		"globex":       "connections?q=org%3A%22Globex%22",
		"initech":      "connection/salesforce-eu/conn-2", // the only one of its organization
		"sales":        "integration/salesforce-eu",
		"conn-1":       "connection/salesforce-eu/conn-1",
		"records/noor": "records/salesforce-eu/conn-2",
		"sfeu":         "integration/salesforce-eu", // the letters in order
		"mchn":         "connection/salesforce-eu/conn-0",
		"glx":          "connections?q=org%3A%22Globex%22",
		"cn2":          "connection/salesforce-eu/conn-2",
		"records/nkhn": "records/salesforce-eu/conn-2",
		"eu":           "integration/salesforce-eu", // what contains it is better
		"broken":       "connections?view=broken",
		"prov":         "providers",
		"integrations": "integrations",
	} {
		d := named(t)
		d.press(":")
		d.typeText(typed)
		d.press("enter")
		if got := d.app.top().route.String(); got != want {
			t.Errorf("%q goes to %s, not to %s:\n%s", typed, got, want, d.screen())
		}
	}
}

// A route whose names the user doesn't know by heart is no dead end.
func TestTheLineOffersWhatAPlaceNeeds(t *testing.T) {
	d := named(t)
	d.press(":")
	d.see(textWhatToType)
	d.typeText("syncs/")
	d.see("salesforce-eu", "Mia Chen", "Noor Khan")
	d.press("enter")
	if got := d.app.top().route.String(); got != "syncs/salesforce-eu" {
		t.Errorf("the first one is %s:\n%s", got, d.screen())
	}
	for typed, want := range map[string]string{
		"syncs/zzzz":    "no matches; enter opens what was typed",
		"records/zzzz":  "no matches",
		"zzzz":          "no matches",
		"provider/":     "no matches", // an integration is no provider
		"run/noor":      "no matches", // a connection is no action
		"records/":      "Mia Chen",
		"integration/":  "salesforce-eu",
		"reconnect/":    "Noor Khan",
		"actions/sales": "salesforce-eu",
	} {
		d := named(t)
		d.press(":")
		d.typeText(typed)
		d.see(want)
	}
}

func TestNamesOnTheLineAreSanitized(t *testing.T) {
	d := named(t)
	d.press(":")
	d.typeText("ada")
	d.see("Ada ␛[31mSmith", "customer")
}

// The time of a key at 100,000 connections is logged; the bound is generous because the machine may be busy.
func TestTheLineIsQuickOverManyConnections(t *testing.T) {
	if testing.Short() {
		t.Skip("loads many connections")
	}
	const many = 20_000
	server := sandbox.New(sandbox.Options{Seed: 1, RateLimit: -1, Connections: many})
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}})
	for _, typed := range []string{"a", "smith", "zzzz", "e@x", "sfe", "qzx"} {
		began := time.Now()
		c := d.app.completeRoute(typed)
		t.Logf("%q: %d items in %s", typed, len(c.Items), time.Since(began))
		if len(c.Items) > maxNameItems+len(placeNames()) {
			t.Errorf("%q offers %d items", typed, len(c.Items))
		}
	}
}
