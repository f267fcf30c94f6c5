package models

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/models/connections"
	"nango-tui/models/journal"
	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/models/syncs"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
	"nango-tui/ui/form"
)

// recorded is a journal that the client writes to, and the screens read.
type recorded struct {
	mu      sync.Mutex
	entries []screen.JournalEntry // the oldest first
	now     func() time.Time
	// abandoned means that open entries are those of a process that has ended.
	abandoned bool
}

func (j *recorded) begin(i nango.Intent) (func(nango.IntentEnd), error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	at := len(j.entries)
	j.entries = append(j.entries, screen.JournalEntry{Intent: i, ID: fmt.Sprint("e", at), Own: true, Profile: "acme", Sent: j.now(),
		State: screen.JournalSent})
	return func(end nango.IntentEnd) {
		j.mu.Lock()
		defer j.mu.Unlock()
		e := &j.entries[at]
		e.Status, e.Text, e.State = end.Status, end.Code, screen.JournalDone
		switch {
		case end.Unknown:
			e.State = screen.JournalNotKnown
		case end.Code != "":
			e.State = screen.JournalFailed
		}
	}, nil
}

func (j *recorded) Read() (screen.JournalContents, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var c screen.JournalContents
	undone := map[string]bool{}
	for _, e := range j.entries {
		undone[e.Undo.Undoes] = undone[e.Undo.Undoes] || e.State == screen.JournalDone
	}
	for _, e := range j.entries {
		e.Undone = undone[e.ID] || undone[e.Undo.ID] && e.Undo.ID != ""
		e.Open = e.Undo.ID != "" && !e.Undone && e.State != screen.JournalFailed && e.State != screen.JournalChecked
		e.Abandoned = e.Open && j.abandoned
		if e.Abandoned && e.State == screen.JournalSent {
			e.State = screen.JournalNotKnown
		}
		c.Entries = append([]screen.JournalEntry{e}, c.Entries...)
	}
	return c, nil
}

func (j *recorded) MarkChecked(id, text string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i := range j.entries {
		if e := &j.entries[i]; e.ID == id || e.Undo.ID == id {
			e.State, e.Text = screen.JournalChecked, text
		}
	}
	return nil
}

// newest is the entry that was recorded last.
func (j *recorded) newest() screen.JournalEntry {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.entries[len(j.entries)-1]
}

var miaRef = nango.ConnectionRef{Integration: "crm", ID: "c1"}

// undoWorld is a sandbox with a connection, and the dashboard on a route of it.
type undoWorld struct {
	*driver
	server  *sandbox.Server
	journal *recorded
}

func newUndoWorld(t *testing.T, route screen.Route) *undoWorld {
	t.Helper()
	return newUndoWorldIn(t, &recorded{}, newUndoServer(t), guard.Profile{}, route)
}

func newUndoServer(t *testing.T) *sandbox.Server {
	t.Helper()
	server := sandbox.New(sandbox.Options{RateLimit: -1, Wait: noWait})
	must(t, server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "salesforce"}))
	_, err := server.AddConnection(sandbox.ConnectionSpec{Integration: "crm", ID: "c1", Tags: map[string]string{"plan": "gold"},
		Metadata: json.RawMessage(`{"seats": 9007199254740993}`), WebhookURL: "https://hooks.acme.example/nango"})
	must(t, err)
	must(t, server.AddFunction("crm", sandbox.FunctionSpec{Kind: "sync", Name: "contacts", Returns: []string{"Contact"}, Runs: "every hour",
		AutoStart: true, Source: "catalog"}))
	return server
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newUndoWorldIn(t *testing.T, j *recorded, server *sandbox.Server, profile guard.Profile, route screen.Route) *undoWorld {
	t.Helper()
	w := &undoWorld{server: server, journal: j}
	j.now = time.Now
	_, transport := screentest.Serve(t, server)
	w.driver = newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": profile}, func(c *Config) {
		connect := c.Connect
		c.Open = route
		c.Connect = func(ctx context.Context, name string) (ActiveProfile, error) {
			s, err := connect(ctx, name)
			if err != nil {
				return s, err
			}
			s.Journal = j
			for i := range j.entries {
				if e := &j.entries[i]; e.Host == "" { // of the program before, which had another port
					e.Host, e.Key = s.Client.Host(), s.Client.Fingerprint()
				}
			}
			s.Client, err = nango.NewClient(nango.Config{Host: s.Client.Host(), Key: nango.Secret(server.Keys().Environment), Limiter: s.Limiter,
				Transport: transport, Secrets: c.Secrets, Log: c.Log, Journal: j.begin, ReadOnly: profile.ReadOnly})
			return s, err
		}
	})
	j.now = func() time.Time { return w.now }
	return w
}

func (w *undoWorld) stored() sandbox.ConnectionView {
	w.t.Helper()
	view, ok := w.server.Connection("crm", "c1")
	if !ok {
		w.t.Fatal("the connection is gone")
	}
	return view
}

// fields is the form on top.
func (w *undoWorld) fields() *form.Form {
	w.t.Helper()
	f, ok := w.app.top().screen.(*screen.Form)
	if !ok {
		w.t.Fatalf("no form is open:\n%s", w.screen())
	}
	return f.Fields
}

// yes confirms the dialog.
func (w *undoWorld) yes() { w.press("right", "enter") }

// undoNewest undoes the newest entry from the list of the journal.
func (w *undoWorld) undoNewest() {
	w.do(Journal)
	w.do(journal.Undo)
}

// serverRequests are the paths that the server got since from.
func (w *undoWorld) requestsSince(from int) string {
	var all []string
	for _, r := range w.server.Requests()[from:] {
		all = append(all, r.Method+" "+r.Path)
	}
	return strings.Join(all, ", ")
}

func TestTagsAreUndoneInTheJournal(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.do(connections.EditTags)
	w.fields().Set("tags", "plan=free")
	w.do(screen.Submit)
	w.yes()
	if got := w.stored().Tags; !maps.Equal(got, map[string]string{"plan": "free"}) {
		t.Fatalf("the tags are %v", got)
	}
	from := len(w.server.Requests())
	w.undoNewest()
	w.see("Undo: Edit connection", "Puts back the tags", "gold", "PATCH /connections/c1")
	w.notSee("changed since")
	if got := w.requestsSince(from); got != "GET /connections" {
		t.Errorf("before the dialog: %s", got)
	}
	w.yes()
	if got := w.stored().Tags; !maps.Equal(got, map[string]string{"plan": "gold"}) {
		t.Errorf("the tags are %v", got)
	}
	w.see("undone")
	if action, _ := w.action(journal.Undo); action.Disabled == "" {
		t.Error("it can be undone twice")
	}
	w.press("esc")
	w.do(screen.Top)
	w.do(journal.Undo) // the newest entry is the undo itself
	w.see("Puts back the tags", "free")
}

func TestUndoShowsWhatChangedSince(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.do(connections.EditMetadata)
	w.fields().Set("metadata", `{"seats": 1}`)
	w.do(screen.Submit)
	w.yes()
	other := nango.SetMetadata("crm", []string{"c1"}, json.RawMessage(`{"seats": 2, "vip": true}`))
	_, err := nango.Send(t.Context(), w.app.active.Client, other)
	must(t, err)
	w.journal.entries = w.journal.entries[:1] // somebody else's
	w.undoNewest()
	w.see("It was changed since", "vip", "9007199254740993")
	w.press("esc")
	if got := string(w.stored().Metadata); !strings.Contains(got, "vip") {
		t.Errorf("it was undone without a yes: %s", got)
	}
	w.do(journal.Undo)
	w.yes()
	if got := string(w.stored().Metadata); !strings.Contains(got, "9007199254740993") || strings.Contains(got, "vip") {
		t.Errorf("the metadata is %s", got)
	}
	w.journal.entries = w.journal.entries[:1]
	w.do(screen.Refresh)
	w.do(journal.Undo)
	w.see("Nothing to undo")
}

func TestSecretsAreNotKeptForAnUndo(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.do(connections.EditMetadata)
	w.fields().Set("metadata", `{"seats": 1, "api_key": "hunter2-hunter2"}`)
	w.do(screen.Submit)
	w.see("Can't be undone in the journal: it holds a secret")
	w.yes()
	if u := w.journal.newest().Undo; !u.Before.IsZero() || !u.After.IsZero() {
		t.Errorf("kept: %+v", u)
	}
	w.do(Journal)
	if action, _ := w.action(journal.Undo); !strings.Contains(action.Disabled, "doesn't have what it was before") {
		t.Errorf("the reason is %q", action.Disabled)
	}
}

func TestPauseAndFrequencyAreUndone(t *testing.T) {
	w := newUndoWorld(t, screen.To("syncs", "crm", "c1"))
	w.do(syncs.Pause)
	w.yes()
	w.undoNewest()
	w.see("Undo: Pause syncs", "POST /sync/start", "A success means that Nango accepted it")
	w.yes()
	w.press("esc", "esc")
	w.do(syncs.Frequency)
	w.send(keyNamed("ctrl+u"))
	w.typeText("every 3 hours")
	w.do(screen.Submit)
	w.yes()
	if u := w.journal.newest().Undo; u.Before.Frequency == nil || *u.Before.Frequency != "every hour" {
		t.Fatalf("kept: %+v", u)
	}
	w.undoNewest()
	w.see("Undo: Set frequency", "every hour", "every 3 hours")
}

func TestWebhookOverrideIsReadBeforeItIsUndone(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.do(connections.Fetch)
	w.do(connections.EditWebhook)
	w.fields().Set("webhook", "https://other.example/hook")
	w.do(screen.Submit)
	w.yes()
	w.do(Journal)
	if action, _ := w.action(journal.Undo); action.Operation != nango.OpConnectionGet {
		t.Errorf("the action reads by %s", action.Operation)
	}
	w.do(journal.OpenEntry)
	w.do(journal.Undo) // its key names what it does first
	w.see("Undo: Edit connection", "hooks.acme.example")
	w.yes()
	if got := w.stored().WebhookURL; got != "https://hooks.acme.example/nango" {
		t.Errorf("the override is %s", got)
	}
}

func TestUndoOfWhatIsGone(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.do(connections.EditTags)
	w.fields().Set("tags", "plan=free")
	w.do(screen.Submit)
	w.yes()
	_, err := nango.Send(t.Context(), w.app.active.Client, nango.DeleteConnection(miaRef))
	must(t, err)
	w.journal.entries = w.journal.entries[:1]
	w.undoNewest()
	w.see("it no longer exists")
}
