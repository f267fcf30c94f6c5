package syncs

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// Whom the tests are about.
var globex = nango.ConnectionRef{Integration: "hubspot", ID: "globex-1"}

// world is a Nango and a screen over it, with one clock that stands still until a test moves it.
type world struct {
	*screentest.Stage
	t      testing.TB
	server *sandbox.Server
	now    time.Time
}

func emptyWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, now: noon}
	w.server = sandbox.New(sandbox.Options{Seed: 7, Now: func() time.Time { return w.now }, RateLimit: -1})
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "hubspot", Provider: "hubspot"}))
	return w
}

// acme has three syncs at hubspot, of which contacts fails at globex-1, and a second connection that is fine.
func acme(t testing.TB) *world {
	t.Helper()
	w := emptyWorld(t)
	w.function("contacts", "Contact", "every hour", 40)
	w.function("deals", "Deal", "every 30 minutes", 12)
	w.function("tickets", "Ticket", "every day", 3)
	w.connect("globex-1")
	w.connect("initech-1")
	w.wait(10 * time.Minute)
	w.must(w.server.Fail("hubspot", "globex-1", sandbox.FailSync))
	return w
}

func (w *world) function(name, model, runs string, records int) {
	w.t.Helper()
	spec := sandbox.FunctionSpec{Kind: "sync", Name: name, Returns: []string{model}, Runs: runs, AutoStart: true, TracksDeletes: true,
		Definitions: json.RawMessage(`{"` + model + `":{"type":"object","properties":{"id":{"type":"string"}}}}`)}
	spec.Records.Least, spec.Records.Most, spec.Records.Every = records, records, 3
	w.must(w.server.AddFunction("hubspot", spec))
}

func (w *world) connect(id string) {
	w.t.Helper()
	_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: "hubspot", ID: id})
	w.must(err)
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// wait lets time pass.
func (w *world) wait(d time.Duration) {
	w.now = w.now.Add(d)
	if w.Stage != nil {
		w.Now = w.now
	}
}

// at opens the screen that a route names, with a key that may do everything.
func (w *world) at(route screen.Route) *world {
	w.t.Helper()
	return w.with(w.server.Keys().Environment, route)
}

// with opens the screen that a route names, with a key.
func (w *world) with(key string, route screen.Route) *world {
	w.t.Helper()
	parsed, err := screen.ParseRoute(route.String())
	w.must(err)
	s, err := New(parsed)
	w.must(err)
	w.Stage = screentest.Closed(w.t, w.server, key, s)
	w.Now = w.now
	w.Open()
	return w
}

func ofGlobex() screen.Route { return screen.To(Route, globex.Integration, globex.ID) }

// on puts the cursor on a sync.
func (w *world) on(name string) *world {
	w.t.Helper()
	if !w.Screen.(*List).list.Table.SetCursor(nameOf(name)) {
		w.t.Fatalf("there is no sync %s:\n%s", name, w.View())
	}
	return w
}

// agree says yes to what is proposed, which must go well.
func (w *world) agree() {
	w.t.Helper()
	w.must(w.Confirm())
}

// looks lets time pass and the newest watch look, until it has ended.
func (w *world) looks() {
	w.t.Helper()
	watch := w.Watches[len(w.Watches)-1]
	for n := 0; ; n++ {
		next := watch.Next(w.Now)
		if next <= 0 {
			return
		}
		if n > 40 {
			w.t.Fatalf("%s goes on for ever", watch.Title())
		}
		w.wait(next)
		w.Poll()
	}
}

// told fails unless some toast holds all the texts.
func (w *world) told(texts ...string) {
	w.t.Helper()
next:
	for _, toast := range w.Toasts {
		for _, text := range texts {
			if !strings.Contains(toast, text) {
				continue next
			}
		}
		return
	}
	w.t.Fatalf("no toast holds all of %q: %q", texts, w.Toasts)
}

// goes is all that the oldest proposal says besides its request.
func (w *world) goes() string {
	w.t.Helper()
	p := w.Proposal()
	return p.Title + "\n" + p.About + "\n" + strings.Join(p.Consequences, "\n")
}

// asked is how often the server was asked for the state of syncs.
func (w *world) asked() int {
	n := 0
	for _, r := range w.server.Requests() {
		if r.Path == "/sync/status" {
			n++
		}
	}
	return n
}

func (w *world) backspace() { w.Key(tea.KeyPressMsg{Code: tea.KeyBackspace}) }
