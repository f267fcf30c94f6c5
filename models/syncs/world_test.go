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

// The names that the tests use.
var globex = nango.ConnectionRef{Integration: "hubspot", ID: "globex-1"}

// world is a sandbox with a screen, and a clock that only a test moves.
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

// acme has three syncs at hubspot, of which contacts fails for globex-1, and a second connection without errors.
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

// wait moves the clock.
func (w *world) wait(d time.Duration) {
	w.now = w.now.Add(d)
	if w.Stage != nil {
		w.Now = w.now
	}
}

// at opens the screen of a route with a full-access key.
func (w *world) at(route screen.Route) *world {
	w.t.Helper()
	return w.with(w.server.Keys().Environment, route)
}

// with opens the screen of a route with a key.
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

// moveTo moves the cursor to a sync.
func (w *world) moveTo(name string) *world {
	w.t.Helper()
	base, variant, _ := strings.Cut(name, "::")
	syncName := nango.SyncName{Name: base, Variant: variant}
	if !w.Screen.(*List).Table.SetCursor(syncName) {
		w.t.Fatalf("no sync %s:\n%s", name, w.View())
	}
	return w
}

// confirm confirms the proposal, which must succeed.
func (w *world) confirm() {
	w.t.Helper()
	w.must(w.Confirm())
}

// pollUntilDone moves the clock and polls the newest watch until it ends.
func (w *world) pollUntilDone() {
	w.t.Helper()
	watch := w.Watches[len(w.Watches)-1]
	for n := 0; ; n++ {
		next := watch.Next(w.Now)
		if next <= 0 {
			return
		}
		if n > 40 {
			w.t.Fatalf("%s doesn't end", watch.Title())
		}
		w.wait(next)
		w.Poll()
	}
}

// seeToast fails unless one toast contains all the texts.
func (w *world) seeToast(texts ...string) {
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
	w.t.Fatalf("no toast contains %q: %q", texts, w.Toasts)
}

// dialog is the text of the oldest proposal without its request.
func (w *world) dialog() string {
	w.t.Helper()
	p := w.Proposal()
	return p.Title + "\n" + p.About + "\n" + strings.Join(p.Consequences, "\n")
}

// statusRequests is how often the server was asked for the state of syncs.
func (w *world) statusRequests() int {
	n := 0
	for _, r := range w.server.Requests() {
		if r.Path == "/sync/status" {
			n++
		}
	}
	return n
}

func (w *world) backspace() { w.Key(tea.KeyPressMsg{Code: tea.KeyBackspace}) }
