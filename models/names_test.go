package models

import (
	"strings"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/models/connections"
	"nango-tui/models/screen"
	"nango-tui/models/syncs"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// namedScene is a dashboard over one connection of a customer of that name; it stands on the list.
func namedScene(t *testing.T, name string) *scene {
	t.Helper()
	s := &scene{server: sandbox.New(sandbox.Options{Wait: noWait, Seed: walkSeed, RateLimit: -1})}
	err := s.server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"})
	if err == nil {
		_, err = s.server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: id, Tags: map[string]string{nango.TagUserName: name}})
	}
	if err != nil {
		t.Fatal(err)
	}
	addFunctions(t, s.server, "")
	s.driver = newDriver(t, s.server, s.server.Keys().Environment, "acme", profiles{"acme": {}}, func(c *Config) {
		c.Open = screen.To("connections")
	})
	return s
}

func (s *scene) openRoute(name string, args ...string) {
	s.app.open(s.app.active, screen.To(name, args...), nil)
	s.after(s.app.flush())
}

func TestBreadcrumbsNameTheCustomer(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.push(s.app.active, screen.NewJSONPage("Syncs of "+id+" · "+key, []byte("{}")), screen.To("syncs", key, id))
	s.after(s.app.flush())
	s.see("Syncs of " + id + " · " + key)
	s.app.active.store.Learn(s.now, nango.Connection{ID: id, Integration: key, Tags: map[string]string{nango.TagUserName: "Globex Inc."}})
	s.see("Syncs of Globex Inc. · " + key)
	s.notSee("Syncs of " + id)
	s.app.active.store.LearnGone(s.now, nango.ConnectionRef{Integration: key, ID: id})
	s.see("Syncs of Globex Inc. · " + key)
}

// What a list has read is known to the pages of its connections, which show the id themselves.
func TestPagesOfAListedConnectionHaveItsCustomersName(t *testing.T) {
	s := namedScene(t, "Uma Baker")
	for place, shows := range map[string]string{"syncs": " · " + id, "records": "No records of Contact of " + id} {
		s.openRoute(place, key, id)
		s.see(" of Uma Baker · "+key, shows)
		s.app.back()
		s.after(s.app.flush())
	}
	s.openRoute("proxy", key, id)
	s.see("Uma Baker · " + id + " · " + key)
	s.app.back()
	s.app.open(s.app.active, screen.To("actions", key).With("connection", id), nil)
	s.after(s.app.flush())
	s.see("runs on Uma Baker · " + id)
}

func TestDialogsAndMessagesNameTheCustomer(t *testing.T) {
	s := namedScene(t, "Uma Baker")
	s.openRoute("syncs", key, id)
	s.do(syncs.Pause)
	s.see("Uma Baker · "+id+" · "+key, "POST /sync/pause")
	s.press("right", "enter")
	s.advance(time.Minute)
	s.see("paused · Uma Baker · " + key)
	s.notSee(id + " · " + key)
}

// A list that is still being read is not in the store, but its rows are known.
func TestNamesOfAListThatIsBeingReadAreKnown(t *testing.T) {
	s := namedScene(t, "Uma Baker")
	s.app.active.store = screen.NewStore()
	if _, ok := s.app.top().screen.(*connections.List); !ok {
		t.Fatal("no list")
	}
	s.openRoute("syncs", key, id)
	s.see("Syncs of Uma Baker · " + key)
}

func TestANameOfACustomerIsHostile(t *testing.T) {
	s := namedScene(t, "Uma\x1b]0;owned\x07\n\u202eBaker "+id+" · "+key)
	s.openRoute("syncs", key, id)
	if view := s.app.View().Content; strings.Contains(view, "\x1b]0;") || strings.ContainsAny(view, "\x07\u202e") {
		t.Errorf("%q", view)
	}
	s.see("Syncs of Uma")
}

// Only the whole name of the connection is replaced: an id may be a word of any text.
func TestOnlyWholeConnectionsAreReplacedByNames(t *testing.T) {
	of, ref := &ActiveProfile{store: screen.NewStore()}, nango.ConnectionRef{Integration: "crm", ID: "s"}
	of.store.LearnName(ref, "Uma")
	for text, want := range map[string]string{
		"Syncs of s · crm": "Syncs of Uma · crm", "Syncs of s": "Syncs of s", "Syncs of yes · crm": "Syncs of yes · crm",
		"s · crm-eu": "s · crm-eu", "paused · s · crm.": "paused · Uma · crm.", "Uma · s · crm": "Uma · crm",
	} {
		if got := withCustomer(of, ref, text, false); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"s · crm": "Uma · s · crm", "Uma · s · crm": "Uma · s · crm", "s": "s"} {
		if got := withCustomer(of, ref, text, true); got != want {
			t.Errorf("in a dialog, %q is %q, want %q", text, got, want)
		}
	}
}
