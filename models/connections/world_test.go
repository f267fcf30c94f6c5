package connections

import (
	"encoding/json"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// world is a Nango and a screen over it, with one clock that stands still until a test moves it.
type world struct {
	*screentest.Stage
	t      testing.TB
	server *sandbox.Server
}

// bigWorld has a made-up environment with so many connections; none means none of anything.
func bigWorld(t testing.TB, connections int) *world {
	t.Helper()
	return &world{t: t, server: sandbox.New(sandbox.Options{
		Seed: 7, Connections: connections, Now: func() time.Time { return noon }, RateLimit: -1,
	})}
}

// acme has two integrations: hubspot with Globex, which is broken, and Initech; slack with Globex.
func acme(t testing.TB) *world {
	t.Helper()
	w := bigWorld(t, 0)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "hubspot", Provider: "hubspot"}))
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "slack", Provider: "slack"}))
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "globex-slack", Tags: globex(), Created: noon.Add(-26 * time.Hour)})
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "initech-1",
		Tags: map[string]string{"end_user_display_name": "Initech", "plan": "team", "region": "eu"}, Created: noon.Add(-5 * time.Hour)})
	w.add(sandbox.ConnectionSpec{
		Integration: "hubspot", ID: "Globex/1", Tags: globex(), Created: noon.Add(-41 * 24 * time.Hour),
		Metadata: json.RawMessage(`{"seats":9007199254740993,"api_key":"metadata-secret-1","nested":{"a":[1,2]}}`),
		Config:   json.RawMessage(`{"subdomain":"globex"}`), WebhookURL: "https://hooks.example.com/globex",
	})
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.FailAuth))
	return w
}

func globex() map[string]string {
	return map[string]string{"end_user_id": "usr_812", "end_user_email": "ops@globex.io", "end_user_display_name": "Globex Inc.",
		"organization_id": "org_globex", "plan": "growth"}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) add(spec sandbox.ConnectionSpec) {
	w.t.Helper()
	_, err := w.server.AddConnection(spec)
	w.must(err)
}

// open puts the screen on the stage, with a key that may do everything.
func (w *world) open(s screen.Screen) *world {
	w.t.Helper()
	return w.hold(w.server.Keys().Environment, s).start()
}

// hold puts the screen on the stage and does not open it yet.
func (w *world) hold(key string, s screen.Screen) *world {
	w.t.Helper()
	w.Stage = screentest.Closed(w.t, w.server, key, s)
	w.Now = noon.Add(2 * time.Minute)
	if l, ok := s.(*List); ok {
		l.preview.after = func(_ time.Duration, msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
	}
	return w
}

func (w *world) start() *world {
	w.Open()
	return w
}

// imported is how many requests of a method the server has seen.
func (w *world) sent(method string) int {
	n := 0
	for _, r := range w.server.Requests() {
		if r.Method == method {
			n++
		}
	}
	return n
}

// copied is what was copied last.
func (w *world) copied() screen.CopyWant {
	w.t.Helper()
	if len(w.Copied) == 0 {
		w.t.Fatal("nothing was copied")
	}
	return w.Copied[len(w.Copied)-1]
}

// list is the list that a route names.
func list(t testing.TB, route string) *List {
	t.Helper()
	r, err := screen.ParseRoute(route)
	if err != nil {
		t.Fatal(err)
	}
	l, err := NewList(r)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (w *world) filter(text string) {
	w.t.Helper()
	w.Do(screen.Filter)
	w.Type(text)
}

func refOf(integration, id string) nango.ConnectionRef {
	return nango.ConnectionRef{Integration: integration, ID: id}
}
