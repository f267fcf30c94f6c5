package doctor

import (
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/cause"
	"nango-tui/nango/sandbox"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

type world struct {
	*screentest.Stage
	t      *testing.T
	server *sandbox.Server
}

// newWorld has an integration without offline access, whose function needs a scope that it doesn't ask for, and a healthy one.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, server: sandbox.New(sandbox.Options{Seed: 3, Now: func() time.Time { return noon }, RateLimit: -1})}
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "issues", Provider: "jira", Scopes: "read:jira-work"}))
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "hubspot", Scopes: "a"}))
	w.must(w.server.AddFunction("issues", sandbox.FunctionSpec{Kind: "action", Name: "close", Scopes: []string{"write:jira-work"}}))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) open(route, key string) *world {
	w.t.Helper()
	r, err := screen.ParseRoute(route)
	w.must(err)
	l, err := NewList(r)
	w.must(err)
	w.Stage = screentest.Closed(w.t, w.server, key, l)
	w.Now, w.Width, w.Height = noon, 120, 30
	return w
}

func (w *world) sent(op nango.Operation) (n int) {
	for _, call := range w.Fetched {
		if call.Operation == op {
			n++
		}
	}
	return n
}

func TestAnEnvironmentIsCheckedByAKey(t *testing.T) {
	w := newWorld(t)
	w.open("doctor", w.server.Keys().Environment).Open()
	w.See("integrations not checked")
	if w.sent(nango.OpIntegrationGet) != 0 {
		t.Error("integrations were read unasked")
	}
	if title := w.Action(CheckAll).Title; title != "Load checks (4 requests)" {
		t.Error(title)
	}
	w.Do(CheckAll)
	w.SeeLine("✗ no offline access", "issues", "read:jira-work")
	w.SeeLine("✗ function scope", "issues", "close")
	w.See("2 integrations checked", "Add offline_access")
	w.NotSee("crm")
	w.Do(OpenFinding)
	if got := w.Opened[0].String(); got != "integration/issues" {
		t.Error(got)
	}
	w.FitsEverywhere()
	w.NoControls()
}

func TestAnIntegrationIsCheckedAtOnce(t *testing.T) {
	w := newWorld(t)
	w.open("doctor/crm", w.server.Keys().Environment).Open()
	w.See("Nothing found", "offline access")
}

func TestWhatTheKeyMayNotReadIsSaid(t *testing.T) {
	w := newWorld(t)
	const key = "11111111-1111-4111-8111-111111111111"
	w.server.AddKey(key, "environment:integrations:list", "environment:integrations:read")
	w.open("doctor/issues", key).Open()
	w.SeeLine("? app credentials", "may not read the credentials")
	w.SeeLine("? webhooks", "environment:logs:read")
}

func TestKnownCausesAreShown(t *testing.T) {
	w := newWorld(t)
	w.open("doctor/crm", w.server.Keys().Environment)
	w.Store.LearnCause(noon, nango.ConnectionRef{Integration: "crm", ID: "1"}, "", cause.Finding{Cause: cause.Cause{Kind: cause.TestMode}})
	w.Store.LearnCause(noon, nango.ConnectionRef{Integration: "issues", ID: "1"}, "", cause.Finding{Cause: cause.Cause{Kind: cause.TestMode}})
	w.Open()
	w.SeeLine("✗ test mode", "crm", "1 of the checked")
	w.NotSee("issues ")
}

// What was checked is still there at the next visit; a reload checks again.
func TestASecondVisitChecksNothingAgain(t *testing.T) {
	w := newWorld(t)
	w.open("doctor", w.server.Keys().Environment).Open()
	w.Do(CheckAll)
	store := w.Store
	w.open("doctor", w.server.Keys().Environment)
	w.Store = store
	before := len(w.server.Requests())
	w.Open()
	w.See("2 integrations checked", "no offline access")
	if sent := len(w.server.Requests()) - before; sent > 1 {
		t.Errorf("%d requests", sent)
	}
	w.Refresh()
	if sent := len(w.server.Requests()) - before; sent < 5 {
		t.Errorf("a reload took %d requests", sent)
	}
}

// A check that fails says so, also if nothing was found before.
func TestACheckThatFailsSaysWhy(t *testing.T) {
	w := newWorld(t)
	w.server.SetWebhook("https://hooks.example.com/x", 200)
	w.server.Inject(sandbox.Fault{Method: "GET", PathPrefix: "/integrations/crm", Status: 500, Times: 9,
		Body: `{"error":{"code":"server_error"}}`})
	w.open("doctor/crm", w.server.Keys().Environment).Open()
	w.See("Couldn't check", "server_error")
}
