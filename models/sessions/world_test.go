package sessions

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// The integrations of the tests.
const (
	bearer = "private-bearer" // an API key: a reconnect empties the metadata
	hub    = "hubspot-prod"   // OAuth: a reconnect keeps it
	model  = "openai-prod"    // an API key that is checked
)

// world is a Nango, a screen over it, and one clock for both.
type world struct {
	*screentest.Stage
	t      *testing.T
	server *sandbox.Server
	now    time.Time
	// readOnly is what the profile says, before a screen is opened.
	readOnly bool
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := emptyWorld(t)
	for key, provider := range map[string]string{bearer: "private-api-bearer", hub: "hubspot", model: "openai"} {
		w.integration(key, provider)
	}
	return w
}

// emptyWorld has no integration.
func emptyWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	w.server = sandbox.New(sandbox.Options{Seed: 7, Now: func() time.Time { return w.now }, RateLimit: -1,
		ConnectURL: "https://connect.nango.dev"})
	return w
}

func (w *world) integration(key, provider string) {
	w.t.Helper()
	if err := w.server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: provider}); err != nil {
		w.t.Fatal(err)
	}
}

// open puts the screen on the stage.
func (w *world) open(s screen.Screen) {
	w.t.Helper()
	w.Stage = screentest.Closed(w.t, w.server, w.server.Keys().Environment, s)
	w.Now = w.now
	w.Profile.Remote, w.Profile.ReadOnly = true, w.readOnly
	w.Open()
}

// add puts a connection into the world.
func (w *world) add(spec sandbox.ConnectionSpec) nango.ConnectionRef {
	w.t.Helper()
	id, err := w.server.AddConnection(spec)
	if err != nil {
		w.t.Fatal(err)
	}
	return nango.ConnectionRef{Integration: spec.Integration, ID: id}
}

// fail makes the connection fail.
func (w *world) fail(ref nango.ConnectionRef, how sandbox.Failure) {
	w.t.Helper()
	if err := w.server.Fail(ref.Integration, ref.ID, how); err != nil {
		w.t.Fatal(err)
	}
}

// is is the connection as the world has it.
func (w *world) is(ref nango.ConnectionRef) sandbox.ConnectionView {
	w.t.Helper()
	v, ok := w.server.Connection(ref.Integration, ref.ID)
	if !ok {
		w.t.Fatalf("there is no connection %v", ref)
	}
	return v
}

// pass lets time pass without a look.
func (w *world) pass(d time.Duration) {
	w.now = w.now.Add(d)
	w.Now = w.now
}

// watch is the newest one.
func (w *world) watch() screen.Watch {
	w.t.Helper()
	if len(w.Watches) == 0 {
		w.t.Fatalf("nothing is waited for; the screen shows:\n%s", w.View())
	}
	return w.Watches[len(w.Watches)-1]
}

// look lets the time pass until the next look, and has it done.
func (w *world) look() {
	w.t.Helper()
	next := w.watch().Next(w.now)
	if next <= 0 {
		w.t.Fatalf("the waiting is over; toasts: %q", w.Toasts)
	}
	w.pass(next)
	w.Poll()
}

// lookUntilOver looks until the waiting ends, and says how often that was.
func (w *world) lookUntilOver() int {
	w.t.Helper()
	looks := 0
	for ; w.watch().Next(w.now) > 0; looks++ {
		if looks > 200 {
			w.t.Fatal("the waiting does not end")
		}
		w.look()
	}
	return looks
}

// customer is what the customer does with the link that was copied last.
func (w *world) customer(integration string, fields map[string]string) (string, error) {
	w.t.Helper()
	return w.server.FinishSession(w.token(), integration, fields)
}

// finishes is a customer who succeeds.
func (w *world) finishes(integration string) string {
	w.t.Helper()
	id, err := w.customer(integration, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// token is that of the link that was copied last.
func (w *world) token() string {
	w.t.Helper()
	if len(w.Copied) == 0 {
		w.t.Fatalf("no link was copied; the screen shows:\n%s", w.View())
	}
	link, err := url.Parse(w.Copied[len(w.Copied)-1].Text)
	if err != nil || link.Query().Get("session_token") == "" {
		w.t.Fatalf("what was copied is no link: %v", err)
	}
	return link.Query().Get("session_token")
}

// sent are the requests that were sent, by method and path, but for lists.
func (w *world) sent() []string {
	var all []string
	for _, r := range w.server.Requests() {
		if r.Method != "GET" || r.Path != "/connections" && r.Path != "/integrations" {
			all = append(all, r.Method+" "+r.Path)
		}
	}
	return all
}

// wantSent fails unless exactly these were sent, lists apart.
func (w *world) wantSent(want ...string) {
	w.t.Helper()
	if got := w.sent(); !reflect.DeepEqual(got, want) {
		w.t.Fatalf("sent %q\nwant %q", got, want)
	}
}

// wantToast fails unless one of the toasts holds the text.
func (w *world) wantToast(text string) {
	w.t.Helper()
	for _, toast := range w.Toasts {
		if strings.Contains(toast, text) {
			return
		}
	}
	w.t.Fatalf("no toast says %q; there are %q", text, w.Toasts)
}

// wantNoSecret fails if a link or its token stands anywhere but on the page that is for it.
func (w *world) wantNoSecret() {
	w.t.Helper()
	said := append([]string{w.Screen.Title()}, w.Toasts...)
	for _, watch := range w.Watches {
		said = append(said, watch.Title())
	}
	for _, route := range w.Opened {
		said = append(said, route.String())
	}
	for _, notice := range w.Notices {
		said = append(said, notice.Title+strings.Join(notice.Lines, " "))
	}
	for _, c := range w.Copied {
		said = append(said, c.What)
	}
	for _, entry := range w.Client.Log().Entries() {
		said = append(said, entry.Path+entry.Code)
	}
	for _, text := range said {
		if strings.Contains(text, "nango_connect_session_") {
			w.t.Errorf("a secret is in %q", text)
		}
	}
}

// sameValue compares two JSON texts, numbers by how they are written.
func sameValue(t *testing.T, got json.RawMessage, want string) {
	t.Helper()
	if a, b := decoded(t, string(got)), decoded(t, want); !reflect.DeepEqual(a, b) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var value any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}
