package proxy

import (
	"net/http"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// Integration and connections of the tests.
const (
	hub   = "hubspot-prod"
	works = "globex-77e2"
	other = "initech-12"
)

// world is a sandbox and a screen that uses it.
type world struct {
	*screentest.Stage
	t      testing.TB
	server *sandbox.Server
	// handler serves the stage's requests; by default the sandbox.
	handler http.Handler
	recent  Recent
	// saved is the file of saved requests for a new stage; nil for none.
	saved []byte
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	w.server = sandbox.New(sandbox.Options{Seed: 7, RateLimit: -1, Now: func() time.Time { return now }})
	err := w.server.AddIntegration(sandbox.IntegrationSpec{Key: hub, Provider: "hubspot"})
	for _, id := range []string{works, other} {
		if err == nil {
			_, err = w.server.AddConnection(sandbox.ConnectionSpec{Integration: hub, ID: id,
				Credentials: []byte(`{"type":"OAUTH2","access_token":"tok_` + id + `_0123456789"}`)})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	w.handler = w.server
	return w
}

// open opens a route on a new stage.
func (w *world) open(route string) {
	w.t.Helper()
	w.put(w.screen(route))
}

// reopen opens a route on a new stage with the saved requests of the current one.
func (w *world) reopen(route string) {
	w.t.Helper()
	var err error
	if w.saved, err = w.Files.ReadOwn(screen.SavedRequests); err != nil {
		w.t.Fatal(err)
	}
	w.open(route)
}

func (w *world) screen(route string) screen.Screen {
	w.t.Helper()
	r, err := screen.ParseRoute(route)
	if err != nil {
		w.t.Fatal(err)
	}
	var s screen.Screen
	switch r.Name {
	case savedRoute:
		s, err = NewSavedList(r, &w.recent)
	case ProbeRoute:
		s, err = NewProbe(r)
	default:
		s, err = New(r, &w.recent)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func (w *world) put(s screen.Screen) {
	w.t.Helper()
	w.Stage = screentest.Closed(w.t, w.handler, w.server.Keys().Environment, s)
	w.Now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	if w.saved != nil {
		if err := w.Files.WriteOwn(screen.SavedRequests, w.saved); err != nil {
			w.t.Fatal(err)
		}
	}
	w.Open()
}

// begin opens the form of a connection.
func (w *world) begin() {
	w.t.Helper()
	w.open(Route + "/" + hub + "/" + works)
}

// fill sets fields of the form.
func (w *world) fill(values map[string]string) {
	w.t.Helper()
	form := w.Screen.(*Form)
	for id, value := range values {
		form.Fields.Set(id, value)
	}
	for id, value := range values {
		if got := form.Fields.Values()[id]; got != value {
			w.t.Fatalf("%s holds %q and not %q", id, got, value)
		}
	}
}

// send sends the form and confirms.
func (w *world) send() error {
	w.t.Helper()
	w.Do(screen.Submit)
	return w.Confirm()
}

// proxied returns method and path of the requests to the provider.
func (w *world) proxied() []string {
	var all []string
	for _, r := range w.server.Requests() {
		if len(r.Path) > 7 && r.Path[:7] == "/proxy/" {
			all = append(all, r.Method+" "+r.Path)
		}
	}
	return all
}

// effect is the effect of the oldest proposal.
func (w *world) effect() nango.Effect {
	w.t.Helper()
	return w.Proposal().Call.Effect
}
