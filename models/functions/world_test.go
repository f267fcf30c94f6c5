package functions

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// world is a sandbox with a screen, and a clock that only a test moves.
type world struct {
	*screentest.Stage
	t      testing.TB
	server *sandbox.Server
	now    time.Time
}

// newWorld has hubspot with two connections and a few functions, and a second integration of the same provider.
func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, now: noon}
	w.server = sandbox.New(sandbox.Options{
		Seed: 7, RateLimit: -1, Now: func() time.Time { return w.now }, Wait: func(context.Context, time.Duration) error { return nil },
	})
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "hubspot", Provider: "hubspot"}))
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "hubspot-eu", Provider: "hubspot"}))
	for _, id := range []string{"conn-1", "conn-2"} {
		_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: "hubspot", ID: id,
			Tags: map[string]string{"end_user_display_name": "Globex"}})
		w.must(err)
	}
	off := false
	for _, f := range []sandbox.FunctionSpec{
		{Kind: "sync", Name: "contacts", Description: "Contacts with their company.", Scopes: []string{"crm.read"},
			Returns: []string{"Contact", "Company"}, Definitions: definitions, Runs: "every hour", AutoStart: true, TracksDeletes: true,
			DaysAgo: 41},
		{Kind: "sync", Name: "notes", Returns: []string{"Note"}, Runs: "every day", Source: "standalone", DaysAgo: 3},
		{Kind: "action", Name: "notes", Description: "Writes a note.", Input: "NoteInput", Returns: []string{"Note"},
			Definitions: definitions, Source: "catalog", Enabled: &off},
		{Kind: "action", Name: "whoami", Returns: []string{"User"}, Code: whoamiCode},
		{Kind: "on-event", Name: "hello", Event: "post-connection-creation"},
	} {
		w.must(w.server.AddFunction("hubspot", f))
	}
	return w
}

var definitions = json.RawMessage(`{
	"Contact":{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"email":{"type":["string","null"]},` +
	`"labels":{"type":"array","items":{"type":"string"}},"company":{"$ref":"#/definitions/Company"},"stage":{"enum":["a","b"]}}},
	"Company":{"type":"object","properties":{"name":{"type":"string"}}},
	"NoteInput":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}},
	"Note":{"type":"object","properties":{"id":{"type":"string"}}}}`)

const whoamiCode = `import { createAction } from 'nango';

// Who am I?
export default createAction({
    description: 'whoami',
    exec: async (nango) => {
        const key = '' + "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.` +
	`dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U" + '';
        return nango.get({ endpoint: '/me', retries: 3 });
    }
});
`

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// open shows the screen with a full-access key.
func (w *world) open(s screen.Screen, err error) *world {
	w.t.Helper()
	w.must(err)
	w.Stage = screentest.Closed(w.t, w.server, w.server.Keys().Environment, s)
	w.Now = w.now
	w.Stage.Open()
	return w
}

// list opens the list of hubspot's functions.
func (w *world) list() *world {
	w.t.Helper()
	return w.open(NewList(screen.To(ListRoute, "hubspot")))
}

// detail opens the page of one of them.
func (w *world) detail(kind nango.FunctionType, name string) *world {
	w.t.Helper()
	return w.open(NewDetail(routeTo("hubspot", kind, name)))
}

// moveTo moves the cursor of the list to a function.
func (w *world) moveTo(kind nango.FunctionType, name string) {
	w.t.Helper()
	list := w.Screen.(*List)
	for r := range list.Table.Each() {
		if r.key.kind == kind && r.key.name == name {
			list.Table.SetCursor(r.key)
			return
		}
	}
	w.t.Fatalf("the list has no %s %s:\n%s", kind, name, w.View())
}

// wait moves the clock.
func (w *world) wait(d time.Duration) {
	w.now = w.now.Add(d)
	w.Now = w.now
}

// pollUntilDone moves the clock and polls the newest watch until it ends.
func (w *world) pollUntilDone() {
	w.t.Helper()
	watch := w.Watches[len(w.Watches)-1]
	for range 100 {
		next := watch.Next(w.now)
		if next == 0 {
			return
		}
		w.wait(next)
		w.Poll()
	}
	w.t.Fatal("the watch does not end")
}

// removeFunctionList removes the operations that came with the list of functions from the server.
func (w *world) removeFunctionList() {
	for _, path := range []string{"/integrations/hubspot/functions", "/integrations/hubspot-eu/functions", "/providers/hubspot/templates"} {
		w.server.Inject(sandbox.Fault{PathPrefix: path, Status: 404, ContentType: "text/html", Body: "<html>Cannot GET</html>"})
	}
}

// requestCount is the number of requests for a path.
func (w *world) requestCount(path string) int {
	n := 0
	for _, r := range w.server.Requests() {
		if r.Path == path {
			n++
		}
	}
	return n
}
