package providers

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango/sandbox"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// world is a Nango and a screen over it, with one clock that stands still.
type world struct {
	*screentest.Stage
	t      *testing.T
	server *sandbox.Server
}

// newWorld has two integrations of hubspot, one of slack, and templates for hubspot.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, server: sandbox.New(sandbox.Options{Seed: 7, Now: func() time.Time { return noon }, RateLimit: -1})}
	for _, i := range [][2]string{{"hubspot", "hubspot"}, {"hubspot-eu", "hubspot"}, {"slack", "slack"}} {
		w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: i[0], Provider: i[1]}))
	}
	w.must(w.server.LoadTemplates("hubspot", strings.NewReader(templatesOfHubspot)))
	return w
}

const templatesOfHubspot = `[
	{"name":"whoami","type":"action","description":"Fetch the current user","scopes":["oauth"],"input":"In",` +
	`"returns":["User"],"json_schema":null},
	{"name":"contacts","type":"sync","description":"Fetch a list\n  of contacts","scopes":["crm.objects.contacts.read"],` +
	`"returns":["Contact","Company"],"json_schema":null,"runs":"every day","auto_start":true,"track_deletes":true},
	{"name":"whoami","type":"sync","returns":[],"json_schema":null,"runs":"every 1h","auto_start":true,"track_deletes":false}
]`

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// open puts the screen on the stage, with a key that may do everything.
func (w *world) open(s screen.Screen) *world {
	w.t.Helper()
	return w.openWith(w.server.Keys().Environment, s)
}

func (w *world) openWith(key string, s screen.Screen) *world {
	w.t.Helper()
	w.Stage = screentest.Closed(w.t, w.server, key, s)
	w.Now = noon
	w.Stage.Open()
	return w
}

// asked is how often the server was asked for a path.
func (w *world) asked(path string) int {
	n := 0
	for _, r := range w.server.Requests() {
		if r.Path == path {
			n++
		}
	}
	return n
}

func list(t *testing.T) *List {
	t.Helper()
	s, err := NewList(screen.To("providers"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func detail(name string) *Detail { return NewDetail(screen.To("provider", name)) }

func stageOf(t *testing.T, handler http.Handler, s screen.Screen) *screentest.Stage {
	t.Helper()
	st := screentest.New(t, handler, "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", s)
	st.Now = noon
	return st
}
