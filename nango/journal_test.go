package nango

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// diary is a journal that remembers in order what it was told, and what the server was asked.
type diary struct {
	told []string
	fail error
	last Intent
	end  IntentEnd
}

func (d *diary) begin(i Intent) (func(IntentEnd), error) {
	if d.fail != nil {
		return nil, d.fail
	}
	d.last = i
	d.told = append(d.told, "intent "+i.Method+" "+i.Path)
	return func(end IntentEnd) {
		d.end = end
		d.told = append(d.told, "end")
	}, nil
}

// serveDiary starts a server that answers with a status, and a client with the diary.
func serveDiary(t *testing.T, d *diary, status int, body string) *Client {
	return serve(t, func(c *Config) { c.Journal = d.begin }, func(w http.ResponseWriter, r *http.Request) {
		d.told = append(d.told, "server "+r.Method)
		reply(w, status, body)
	})
}

var oneSync = SyncSelection{Connection: ConnectionRef{"hubspot", "c1"}, Syncs: []SyncName{{Name: "contacts"}}}

func TestIntentIsRecordedBeforeARequestLeaves(t *testing.T) {
	d := &diary{}
	client := serveDiary(t, d, 200, `{"success":true}`)
	if _, err := Send(context.Background(), client, PauseSyncs(oneSync)); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(d.told, ", "); got != "intent POST /sync/pause, server POST, end" {
		t.Errorf("%s", got)
	}
	i := d.last
	if i.Operation != OpSyncPause || i.Effect != Writes || i.Host != client.Host() || i.Key != client.Fingerprint() ||
		i.About != oneSync.Connection || len(i.Syncs) != 1 || d.end != (IntentEnd{Status: 200}) {
		t.Errorf("%+v, %+v", i, d.end)
	}
}

func TestReadsAreNotRecorded(t *testing.T) {
	d := &diary{fail: errors.New("no journal")}
	client := serveDiary(t, d, 200, `{"connections":[]}`)
	if _, err := Fetch(context.Background(), client, ListConnections(ConnectionQuery{})); err != nil {
		t.Fatal(err)
	}
	compile := CompileFunction("x")
	if _, err := Send(context.Background(), client, compile); errors.Is(err, NotRecorded) {
		t.Errorf("a read by POST: %v", err)
	}
}

func TestRefreshesAreRecorded(t *testing.T) {
	d := &diary{}
	client := serveDiary(t, d, 404, `{}`)
	_, _ = Send(context.Background(), client, GetConnection(oneSync.Connection, GetOptions{}))
	if len(d.told) != 3 || d.last.Effect != Refreshes {
		t.Errorf("%q, %v", d.told, d.last.Effect)
	}
}

func TestRequestIsNotSentWithoutTheJournal(t *testing.T) {
	d := &diary{fail: errors.New("cannot write journal.jsonl: no space left on device")}
	client := serveDiary(t, d, 200, `{"success":true}`)
	before := client.Budget().Remaining
	_, err := Send(context.Background(), client, PauseSyncs(oneSync))
	e, ok := AsError(err)
	if !ok || e.Kind != NotRecorded || e.OutcomeUnknown || !strings.Contains(e.Error(), "no space left on device") || e.Advice() == "" {
		t.Errorf("%v", err)
	}
	if len(d.told) != 0 || client.Budget().Remaining != before {
		t.Errorf("it was sent: %q, budget %d of %d", d.told, client.Budget().Remaining, before)
	}
}

func TestOutcomesAreRecorded(t *testing.T) {
	for body, want := range map[string]IntentEnd{
		`{"success":true}`:                 {Status: 200},
		`not JSON`:                         {Status: 200, Code: "unreadable response", Unknown: true},
		`{"error":{"code":"unknown_sync"}`: {Status: 200, Code: "unreadable response", Unknown: true},
	} {
		d := &diary{}
		_, _ = Send(context.Background(), serveDiary(t, d, 200, body), PauseSyncs(oneSync))
		if d.end != want {
			t.Errorf("%s: %+v", body, d.end)
		}
	}
	d := &diary{}
	_, _ = Send(context.Background(), serveDiary(t, d, 400, `{"error":{"code":"unknown_connection"}}`), PauseSyncs(oneSync))
	if want := (IntentEnd{Status: 400, Code: "unknown_connection"}); d.end != want {
		t.Errorf("%+v", d.end)
	}
}

func TestInterruptedRequestsHaveNoOutcome(t *testing.T) {
	refresh := Request[Success]{call: GetConnection(oneSync.Connection, GetOptions{}).call}
	for _, request := range []Request[Success]{PauseSyncs(oneSync), refresh} {
		d := &diary{}
		ctx, quit := context.WithCancel(context.Background())
		client := serve(t, func(c *Config) { c.Journal = d.begin }, func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			quit()
			<-r.Context().Done()
		})
		_, _ = Send(ctx, client, request)
		if !d.end.Interrupted {
			t.Errorf("%s: %+v", request.call, d.end)
		}
	}
	d := &diary{}
	ctx, quit := context.WithCancel(context.Background())
	quit()
	_, err := Send(ctx, serveDiary(t, d, 200, `{"success":true}`), PauseSyncs(oneSync))
	if d.end.Interrupted || d.end.Unknown || err == nil {
		t.Errorf("one that was never sent: %+v, %v", d.end, err)
	}
}

func TestSecretsAreMaskedInAnIntent(t *testing.T) {
	d := &diary{}
	client := serveDiary(t, d, 200, `{}`)
	client.Secrets().Add("hunter2-hunter2")
	_, _ = Send(context.Background(), client, Proxy(ProxyRequest{
		Connection: oneSync.Connection, Method: "POST", Path: "/a/hunter2-hunter2", Query: "access_token=abcdefghijklmnop",
	}))
	if d.last.Path == "" || strings.Contains(d.last.Path, "hunter2") || strings.Contains(d.last.Path, "abcdefgh") {
		t.Errorf("%s", d.last.Path)
	}
}

func TestFindings(t *testing.T) {
	sent := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	next := sent.Add(time.Hour)
	connection := func(created time.Time) []Connection {
		return []Connection{{ID: "c1", Integration: "hubspot", Created: created}}
	}
	ref := oneSync.Connection
	for name, c := range map[string]struct{ got, want Found }{
		"gone":             {foundConnection(nil, ref, sent), FoundGone},
		"another id":       {foundConnection(connection(sent), ConnectionRef{"hubspot", "c2"}, sent), FoundGone},
		"there":            {foundConnection(connection(sent.Add(-time.Hour)), ref, sent), FoundThere},
		"created again":    {foundConnection(connection(sent.Add(time.Minute)), ref, sent), FoundNothing},
		"integration":      {foundIntegration([]Integration{{Key: "hubspot"}}, "hubspot"), FoundThere},
		"no integration":   {foundIntegration([]Integration{{Key: "hubspot-eu"}}, "hubspot"), FoundGone},
		"no such sync":     {foundSyncs(nil, oneSync.Syncs), FoundNothing},
		"paused":           {foundSyncs(syncs(SyncStatus{State: SyncStatePaused}), oneSync.Syncs), FoundPaused},
		"running":          {foundSyncs(syncs(SyncStatus{State: SyncStateRunning}), oneSync.Syncs), FoundNothing},
		"running, planned": {foundSyncs(syncs(SyncStatus{State: SyncStateRunning, NextAt: &next}), oneSync.Syncs), FoundScheduled},
		"stopped":          {foundSyncs(syncs(SyncStatus{State: SyncStateStopped}), oneSync.Syncs), FoundNothing},
		"failed":           {foundSyncs(syncs(SyncStatus{State: SyncStateError}), oneSync.Syncs), FoundScheduled},
		"one of two": {foundSyncs(syncs(SyncStatus{State: SyncStatePaused}), []SyncName{{Name: "contacts"}, {Name: "deals"}}),
			FoundNothing},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, not %v", name, c.got, c.want)
		}
	}
}

// syncs are states of the sync "contacts".
func syncs(s SyncStatus) []SyncStatus {
	s.Name.Name = "contacts"
	return []SyncStatus{s}
}

// BenchmarkReadUnrecorded is what the journal costs a read: no time that matters, and no memory.
func BenchmarkReadUnrecorded(b *testing.B) {
	client := clientFor(b, "http://127.0.0.1:1", func(c *Config) { c.Journal = (&diary{fail: errors.New("asked for a read")}).begin })
	call := ListConnections(ConnectionQuery{Limit: 100}).Call()
	b.ReportAllocs()
	for b.Loop() {
		if _, e := client.begin(call); e != nil {
			b.Fatal(e)
		}
	}
}
