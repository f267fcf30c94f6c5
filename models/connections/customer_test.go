package connections

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// customer is the screen that a route names.
func customer(t testing.TB, route string, profiles ...string) *Customer {
	t.Helper()
	r, err := screen.ParseRoute(route)
	if err != nil {
		t.Fatal(err)
	}
	c, err := NewCustomer(r, profiles)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// globexTwice is acme with two more connections of Globex to hubspot, which work.
func globexTwice(t testing.TB) *world {
	w := acme(t)
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "globex-new", Tags: globex(), Created: noon.Add(-time.Hour)})
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "globex-old", Tags: globex(), Created: noon.Add(-50 * 24 * time.Hour)})
	return w
}

func TestACustomerIsFoundByEachOfItsNames(t *testing.T) {
	for route, requests := range map[string]int{
		"customer/usr_812": 4, "customer/ops@globex.io": 5, "customer/Globex%20Inc.": 4, "customer/usr_812?by=end_user_id": 2,
		"organization/org_globex": 3, "organization/org_globex?by=organization_id": 2,
	} {
		w := globexTwice(t)
		w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "initech-ops@globex.io"}) // the server's search finds it by its id
		w.open(customer(t, route))
		w.SeeLine("hubspot", "✗ auth", "Globex/1")
		w.SeeLine("slack", "✓ ok", "globex-slack")
		w.NotSee("initech")
		if n := len(w.server.Requests()); n != requests {
			t.Errorf("%s took %d requests", route, n)
		}
		w.FitsEverywhere()
	}
}

// The deprecated end user is the same as the tags, and neither is found by the search for the other.
func TestADeprecatedEndUserIsTheSameCustomer(t *testing.T) {
	user := nango.EndUser{ID: "u1", Email: "Ops@Globex.io", DisplayName: "Globex",
		Organization: &nango.Organization{ID: "o1", DisplayName: "Globex Group"}}
	legacy := newRow(&nango.Connection{ID: "c", Integration: "crm", EndUser: &user})
	for route, owned := range map[string]bool{
		"customer/u1": true, "customer/U1": false, "customer/ops@globex.io": true, "customer/globex": true, "customer/Glob": false,
		"customer/o1": false, "organization/o1": true, "organization/globex%20group": true, "organization/u1": false,
		"customer/u1?by=end_user_email": false,
	} {
		if c := customer(t, route); c.owns(&legacy) != owned {
			t.Errorf("%s: %v", route, !owned)
		}
	}
	queries := fmt.Sprint(customer(t, "customer/u1").queries)
	for _, part := range []string{"end_user_id:u1", "end_user_display_name:u1"} {
		if !strings.Contains(queries, part) {
			t.Errorf("%s is not in %s", part, queries)
		}
	}
}

// A loaded list has all that the page needs.
func TestACustomerOfALoadedListCostsNoRequest(t *testing.T) {
	w := globexTwice(t).open(list(t, "connections"))
	before := len(w.server.Requests())
	store := w.Store
	w.hold(w.server.Keys().Environment, customer(t, "customer/usr_812"))
	w.Store = store
	w.Open()
	w.See("4 connections · 2 integrations · 1 broken · 2 duplicates")
	if n := len(w.server.Requests()) - before; n != 0 {
		t.Errorf("%d requests", n)
	}
	w.Refresh()
	if n := len(w.server.Requests()) - before; n == 0 {
		t.Error("a reload reads nothing")
	}
}

func TestDuplicatesAreMarkedWithAdvice(t *testing.T) {
	w := globexTwice(t).open(customer(t, "customer/usr_812"))
	w.See("2 duplicates", "hubspot · Globex/1 has an auth error, 2 min ago.",
		"Duplicate, one of 3 of this end user: keep globex-new (the newest of")
	w.SeeLine("globex-new", "keep")
	w.SeeLine("globex-old", "! duplicate")
	if line := w.SeeLine("globex-slack"); strings.Contains(line, "keep") || strings.Contains(line, "duplicate") {
		t.Errorf("the only connection to slack is marked: %s", line)
	}
	w.Do(Delete)
	if text := strings.Join(w.Proposal().Consequences, "\n"); !strings.Contains(text, "keeps globex-new") {
		t.Errorf("the dialog says %s", text)
	}
	w.must(w.Confirm())
	w.NotSee("Globex/1")
	w.See("3 connections", "1 duplicate")
	w.Screen.(*Customer).SetFilter("state:duplicate")
	w.See("globex-old")
	w.NotSee("globex-slack")
}

// Of several end users of an organization, each may have a connection.
func TestEndUsersOfAnOrganizationAreNoDuplicates(t *testing.T) {
	w := acme(t)
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "other-user", Tags: map[string]string{"end_user_id": "usr_9",
		"organization_id": "org_globex"}})
	w.open(customer(t, "organization/org_globex"))
	w.See("3 connections")
	w.NotSee("duplicate")
}

func TestWhichOfSeveralConnectionsToKeep(t *testing.T) {
	connection := func(id string, age time.Duration, failures ...string) nango.Connection {
		tags := map[string]string{"end_user_email": "a@b.example"}
		c := nango.Connection{ID: id, Integration: "crm", Created: noon.Add(-age * time.Hour), Tags: tags}
		for _, kind := range failures {
			c.Errors = append(c.Errors, nango.ConnectionError{Type: kind})
		}
		return c
	}
	for name, test := range map[string]struct {
		all    []nango.Connection
		keep   string
		reason string
	}{
		"the newest":     {[]nango.Connection{connection("old", 9), connection("new", 1)}, "new", reasonNewest},
		"what works":     {[]nango.Connection{connection("old", 9), connection("new", 1, "sync")}, "old", reasonOnlyWorking},
		"none works":     {[]nango.Connection{connection("old", 9, "auth"), connection("new", 1, "auth")}, "new", reasonAllBroken},
		"syncs are less": {[]nango.Connection{connection("old", 9, "sync"), connection("new", 1, "auth")}, "old", reasonAllBroken},
	} {
		var rows []ownedRow
		for i := range test.all {
			rows = append(rows, ownedRow{row: newRow(&test.all[i])})
		}
		judgeDuplicates(rows)
		for _, r := range rows {
			if r.twins != 2 || r.keep.ID != test.keep || r.reason != test.reason {
				t.Errorf("%s: %s is one of %d, of which %s is kept: %s", name, r.id(), r.twins, r.keep.ID, r.reason)
			}
		}
	}
}

// Other profiles are searched on request, with their own keys. Their rows name them and are opened there.
func TestACustomerInOtherProfiles(t *testing.T) {
	w := acme(t).open(customer(t, "customer/usr_812", "eu", "us"))
	if title := w.Action(OtherProfiles).Title; title != "Load from other profiles (8 requests)" {
		t.Errorf("the key says %q", title)
	}
	w.InProfiles = map[string]error{"eu": nil, "us": fmt.Errorf("no key")}
	w.Do(OtherProfiles)
	w.See("4 connections", "✗ Couldn't search the profile us: no key")
	w.SeeLine("eu", "hubspot", "✗ auth")
	w.Screen.(*Customer).SetFilter("profile:eu")
	if reason := w.Action(Delete).Disabled; !strings.Contains(reason, "belongs to the profile eu") {
		t.Errorf("a connection of another profile can be deleted: %q", reason)
	}
	w.Do(Copy)
	if text := fmt.Sprint(w.Picks[len(w.Picks)-1]); !strings.Contains(text, optionID) || strings.Contains(text, optionListCurl) {
		t.Errorf("a curl line of another profile has this one's host: %s", text)
	}
	w.Do(OpenConnection)
	if got := w.Opened[0].String(); got != "profile/eu?open=connection%2Fhubspot%2FGlobex%252F1" {
		t.Errorf("opened %s", got)
	}
	if facts := w.Store.FactsSince(0); len(facts) > 2 {
		t.Errorf("%d facts of another profile are in the store", len(facts))
	}
}

func TestACustomerWithoutConnections(t *testing.T) {
	w := acme(t).open(customer(t, "customer/nobody", "eu"))
	w.See("No connection belongs to nobody.", "‹customer.otherProfiles›")
	for _, route := range []string{"customer/%20", "customer/a?by=plan"} {
		r, _ := screen.ParseRoute(route)
		if _, err := NewCustomer(r, nil); err == nil || !strings.Contains(err.Error(), "end_user_email") {
			t.Errorf("%s: %v", route, err)
		}
	}
}

// A search in other profiles replaces one in progress, and a note about missing rows ends with the search that it is about.
func TestACustomerIsSearchedAgain(t *testing.T) {
	w := acme(t).open(customer(t, "customer/usr_812", "eu"))
	c := w.Screen.(*Customer)
	own := ownedPage{all: []nango.Connection{{ID: "c1", Integration: "hubspot", Tags: map[string]string{nango.TagUserID: "usr_812"}}}}
	w.Do(OtherProfiles)
	first := c.others["eu"]
	w.Do(OtherProfiles)
	if c.others["eu"] != first {
		t.Error("two searches of one profile are in progress")
	}
	c.take("", own)
	c.take("eu", ownedPage{cut: true})
	w.See("Only the newest")
	c.take("", own)
	w.See("Only the newest")
	c.take("eu", ownedPage{})
	w.NotSee("Only the newest")
}

// A name that is too long for a tag is not searched for, and the page says that it found nothing.
func TestAnOwnerThatTheServerCantSearchFor(t *testing.T) {
	w := acme(t).open(customer(t, "organization/"+strings.Repeat("o", 300)+"?by=organization_display_name"))
	w.See("No connection belongs to")
}
