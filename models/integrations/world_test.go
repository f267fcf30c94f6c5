package integrations

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// world is a Nango and a screen over it, with one clock that stands still.
type world struct {
	*screentest.Stage
	t      *testing.T
	server *sandbox.Server
}

// newWorld has a made-up environment with so many connections; none means none of anything.
func newWorld(t *testing.T, connections int) *world {
	t.Helper()
	return &world{t: t, server: sandbox.New(sandbox.Options{
		Seed: 7, Connections: connections, Now: func() time.Time { return noon }, RateLimit: -1,
	})}
}

// small has two integrations: hubspot with three connections, one of them broken, and slack without any.
func small(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, 0)
	w.integration("hubspot", "hubspot")
	w.integration("slack-eu", "slack")
	for i, name := range []string{"Globex", "Initech", "Acme"} {
		w.connection("hubspot", fmt.Sprintf("conn-%d", i), name)
	}
	w.fail("hubspot", "conn-1")
	return w
}

// busy is a world to be looked at: integrations of several auth modes, with customers of several scripts.
func busy(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, 0)
	for _, i := range [][2]string{
		{"hubspot", "hubspot"}, {"salesforce-eu-production", "salesforce"}, {"slack", "slack"}, {"algolia", "algolia"},
		{"netsuite", "netsuite-tba"}, {"github-app", "github-app"}, {"status page", "unauthenticated"},
	} {
		w.integration(i[0], i[1])
	}
	for i, name := range []string{"Globex", "Initech", "株式会社サンプル", "Acme Corporation", "Seán O'Hara", "Umbrella", "Hooli"} {
		for n := range 9 - i {
			w.connection("hubspot", fmt.Sprintf("hub-%d%d", i, n), name)
		}
		w.connection("salesforce-eu-production", fmt.Sprintf("sf-%d", i), name)
	}
	w.connection("slack", "T024BE7LD", "Initech")
	w.fail("hubspot", "hub-30")
	w.fail("hubspot", "hub-01")
	w.fail("salesforce-eu-production", "sf-2")
	return w
}

func (w *world) integration(key, provider string) {
	w.t.Helper()
	if err := w.server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: provider, Created: noon.AddDate(0, 0, -41)}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) connection(integration, id, customer string) {
	w.t.Helper()
	_, err := w.server.AddConnection(sandbox.ConnectionSpec{
		Integration: integration, ID: id, Tags: map[string]string{"end_user_display_name": customer}, Created: noon.Add(-3 * time.Hour),
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) fail(integration, id string) {
	w.t.Helper()
	if err := w.server.Fail(integration, id, sandbox.FailAuth); err != nil {
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
	w.close(key, s)
	w.Open()
	return w
}

// hold puts the screen on the stage and keeps every read until it is let go.
func (w *world) hold(s screen.Screen) *world {
	w.t.Helper()
	w.close(w.server.Keys().Environment, s)
	w.HoldReads = true
	w.Open()
	return w
}

func (w *world) close(key string, s screen.Screen) {
	w.Stage = screentest.Closed(w.t, w.server, key, s)
	w.Now = noon
}

// gone makes the list of integrations fail as it does when the provider of one is gone.
func (w *world) gone() {
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/integrations", Status: http.StatusInternalServerError,
		Body: `{"error":{"code":"server_error","message":"unknown provider template"}}`})
}

// asked is how many requests of a method the server has seen.
func (w *world) asked(method string) int {
	n := 0
	for _, r := range w.server.Requests() {
		if r.Method == method {
			n++
		}
	}
	return n
}

func list() *List { return NewList(screen.To("integrations")) }

func detail(key string) *Detail { return NewDetail(screen.To("integration", key)) }

func frameOf(w *world) ui.Frame {
	return ui.Frame{Width: w.Width, Height: w.Height, Theme: w.Theme, Now: w.Now, Mask: w.Mask}
}
