package sandbox

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox/js"
)

// synced is a sandbox with one integration, one connection and a sync of 40 records that runs
// every hour.
func synced(t *testing.T) *bench {
	b := newBench(t, Options{RateLimit: -1})
	must(t, b.AddIntegration(IntegrationSpec{Key: "hubspot", Provider: "hubspot"}))
	must(t, b.AddFunction("hubspot", contactsSync()))
	_, err := b.AddConnection(ConnectionSpec{Integration: "hubspot", ID: "a"})
	must(t, err)
	b.clock.advance(time.Minute)
	return b
}

func contactsSync() FunctionSpec {
	spec := FunctionSpec{Kind: "sync", Name: "contacts", Returns: []string{"Contact"}, Runs: "every hour", AutoStart: true,
		TracksDeletes: true,
		Definitions:   json.RawMessage(`{"Contact":{"type":"object","properties":{"id":{"type":"string"},"email":{"type":"string"}}}}`)}
	spec.Records.Least, spec.Records.Most, spec.Records.Every = 40, 40, 3
	return spec
}

func (b *bench) syncStatus(name string) any {
	b.t.Helper()
	r := b.want(b.ask("GET", "/sync/status?provider_config_key=hubspot&connection_id=a&syncs="+name, ""), 200)
	return at(r.json, "syncs", 0)
}

func (b *bench) command(what, more string) {
	b.t.Helper()
	r := b.want(b.ask("POST", "/sync/"+what, `{"provider_config_key":"hubspot","connection_id":"a","syncs":["contacts"]`+more+`}`), 200)
	if r.text != `{"success":true}` {
		b.t.Errorf("%s: %s", what, r.text)
	}
}

func TestSyncRunsOnScheduleAndCanBePaused(t *testing.T) {
	b := synced(t)
	first := b.syncStatus("contacts")
	if at(first, "status") != "SUCCESS" || at(first, "latestResult", "Contact", "added") != 40.0 ||
		at(first, "recordCount", "Contact") != 40.0 {
		t.Fatalf("after the first run: %v", first)
	}
	b.clock.advance(3 * time.Hour)
	later := b.syncStatus("contacts")
	if at(later, "finishedAt") == at(first, "finishedAt") || at(later, "status") != "SUCCESS" {
		t.Errorf("three hours later: %v", later)
	}
	b.command("pause", "")
	b.clock.advance(3 * time.Hour)
	paused := b.syncStatus("contacts")
	if at(paused, "status") != "PAUSED" || at(paused, "nextScheduledSyncAt") != nil || at(paused, "finishedAt") != at(later, "finishedAt") {
		t.Errorf("paused: %v", paused)
	}
	b.command("start", "")
	b.clock.advance(2 * time.Hour)
	if again := b.syncStatus("contacts"); at(again, "finishedAt") == at(later, "finishedAt") {
		t.Errorf("started: %v", again)
	}
}

func TestTriggeredSyncIsRunning(t *testing.T) {
	b := synced(t)
	b.command("trigger", "")
	running := b.syncStatus("contacts")
	if _, finished := running.(map[string]any)["finishedAt"]; at(running, "status") != "RUNNING" || finished {
		t.Errorf("just triggered: %v", running)
	}
	b.clock.advance(time.Minute)
	if done := b.syncStatus("contacts"); at(done, "status") != "SUCCESS" || at(done, "latestResult", "Contact", "added") != 0.0 {
		t.Errorf("a minute later: %v", done)
	}
}

func TestCommandsAreIgnoredWithoutTheOrchestrator(t *testing.T) {
	b := synced(t)
	before := b.syncStatus("contacts")
	b.OrchestratorDown(true)
	b.command("pause", "")
	b.command("trigger", `,"opts":{"reset":true,"emptyCache":true}`)
	b.command("start", "")
	b.want(b.ask("GET", "/sync/status?provider_config_key=hubspot&syncs=*", ""), 500)
	b.OrchestratorDown(false)
	after := b.syncStatus("contacts")
	for _, k := range []string{"status", "finishedAt", "nextScheduledSyncAt"} {
		if at(before, k) != at(after, k) {
			t.Errorf("%s was %v and is %v", k, at(before, k), at(after, k))
		}
	}
}

func TestEmptyCacheDoesNothingWithoutReset(t *testing.T) {
	b := synced(t)
	seen := func() any { return at(b.records(""), "records", 0, "_nango_metadata", "first_seen_at") }
	first := seen()
	b.command("trigger", `,"opts":{"emptyCache":true}`)
	b.clock.advance(time.Minute)
	if seen() != first {
		t.Error("the cache was emptied without a reset")
	}
	b.command("trigger", `,"opts":{"emptyCache":true,"reset":true}`)
	b.clock.advance(time.Minute)
	if seen() == first || len(b.records("limit=1000").(map[string]any)["records"].([]any)) < 40 {
		t.Error("the cache was not emptied and filled again")
	}
	if added := at(b.syncStatus("contacts"), "latestResult", "Contact", "added"); added == nil || fmt.Sprint(added) == "0" {
		t.Errorf("the run that filled it says %v", b.syncStatus("contacts"))
	}
}

func TestFrequenciesAreNormalized(t *testing.T) {
	b := synced(t)
	for sent, want := range map[string]string{"every 2 hours": "2 hours", "30s": "30s", "every hour": "1h", "every month": "30d",
		"half day":  "12h",
		"every day": "1d", "45 minutes": "45 minutes", "quarter hour": "15m"} {
		r := b.want(b.ask("PUT", "/sync/update-connection-frequency",
			`{"provider_config_key":"hubspot","connection_id":"a","sync_name":"contacts","frequency":"`+sent+`"}`), 200)
		if at(r.json, "frequency") != want || at(b.syncStatus("contacts"), "frequency") != sent {
			t.Errorf("%q: %s, status %v", sent, r.text, b.syncStatus("contacts"))
		}
	}
	for _, bad := range []string{"10s", "1s", "0 hours", "every 999999999999999999 days"} {
		b.want(b.ask("PUT", "/sync/update-connection-frequency",
			`{"provider_config_key":"hubspot","connection_id":"a","sync_name":"contacts","frequency":"`+bad+`"}`), 400)
	}
	r := b.ask("PUT", "/sync/update-connection-frequency",
		`{"provider_config_key":"hubspot","connection_id":"a","sync_name":"contacts","frequency":null}`)
	if at(r.json, "frequency") != "every hour" {
		t.Errorf("back to the function's own: %s", r.text)
	}
}

func TestChangedFrequencyChangesNoRecord(t *testing.T) {
	b := synced(t)
	b.clock.advance(5 * time.Hour)
	before := b.records("limit=1000")
	b.want(b.ask("PUT", "/sync/update-connection-frequency",
		`{"provider_config_key":"hubspot","connection_id":"a","sync_name":"contacts","frequency":"30s"}`), 200)
	b.clock.advance(2 * time.Minute)
	if got := b.records("limit=1000"); string(js.Encode(got)) != string(js.Encode(before)) {
		t.Error("records changed with the frequency")
	}
	view, _ := b.syncView("hubspot", "a", "contacts")
	if b.clock.now().Sub(view.LastEnd) > time.Minute {
		t.Errorf("the last run ended %s ago", b.clock.now().Sub(view.LastEnd))
	}
}

func TestVariantsShowTheRecordCountOfTheBase(t *testing.T) {
	b := synced(t)
	body := `{"provider_config_key":"hubspot","connection_id":"a"}`
	b.want(b.ask("POST", "/sync/contacts/variant/v1", body), 200)
	if r := b.want(b.ask("POST", "/sync/contacts/variant/v1", body), 400); at(r.json, "error", "code") != "sync_variant_already_exists" {
		t.Error(r.text)
	}
	if s := b.syncStatus("contacts::v1"); at(s, "status") != "RUNNING" || at(s, "recordCount", "Contact") != 40.0 {
		t.Errorf("a variant that has saved nothing: %v", s)
	}
	b.want(b.ask("DELETE", "/sync/contacts/variant/v1", body), 200)
	b.want(b.ask("DELETE", "/sync/contacts/variant/v1", body), 404)
}

func TestFailingSyncIsInListAndStatus(t *testing.T) {
	b := synced(t)
	must(t, b.Fail("hubspot", "a", FailSync))
	if s := b.syncStatus("contacts"); at(s, "status") != "ERROR" || at(s, "latestExecutionStatus") != "STOPPED" {
		t.Errorf("status %v", s)
	}
	logOf := func() any { return at(rows(b.ask("GET", "/connections", ""))[0], "errors", 0, "log_id") }
	first := logOf()
	b.clock.advance(90 * time.Minute)
	if second := logOf(); second == nil || second == first {
		t.Errorf("after the next failure: %v, first %v", second, first)
	}
	must(t, b.Fail("hubspot", "a", Heal))
	if s := b.syncStatus("contacts"); at(s, "status") != "SUCCESS" || logOf() != nil {
		t.Errorf("healed: %v, %v", s, logOf())
	}
	b.clock.advance(24 * time.Hour)
	if s := b.syncStatus("contacts"); at(s, "status") != "SUCCESS" || logOf() != nil {
		t.Errorf("a day later: %v, %v", s, logOf())
	}
}

// failingPairs are the connections with a sync error in the list, and the ones with a failed run.
func failingPairs(b *bench) (listed, ran map[string]bool) {
	listed, ran = map[string]bool{}, map[string]bool{}
	for _, row := range rows(b.ask("GET", "/connections?limit=2000", "")) {
		errs, _ := at(row, "errors").([]any)
		for _, e := range errs {
			if at(e, "type") == "sync" {
				listed[at(row, "provider_config_key").(string)+"/"+at(row, "connection_id").(string)] = true
			}
		}
	}
	for _, i := range b.env.integrations {
		r := b.ask("GET", "/sync/status?syncs=*&provider_config_key="+url.QueryEscape(i.key), "")
		list, _ := at(r.json, "syncs").([]any)
		for _, s := range list {
			if at(s, "latestExecutionStatus") == "STOPPED" {
				ran[i.key+"/"+at(s, "connection_id").(string)] = true
			}
		}
	}
	return listed, ran
}

func TestListAndStatusAgreeOverTime(t *testing.T) {
	connections := 1500
	if testing.Short() {
		connections = 500
	}
	b := newBench(t, Options{Seed: 6, Connections: connections, RateLimit: -1})
	var sets []map[string]bool
	for range 4 {
		listed, ran := failingPairs(b)
		for who := range listed {
			if !ran[who] && b.runningNow(who) == 0 {
				t.Errorf("%s is listed with a sync error and no run failed", who)
			}
		}
		for who := range ran {
			if !listed[who] {
				t.Errorf("a run of %s failed and it is not listed", who)
			}
		}
		sets = append(sets, listed)
		b.clock.advance(13 * time.Hour)
	}
	if len(sets[0]) < 10 || string(js.Encode(sets[0])) == string(js.Encode(sets[3])) {
		t.Errorf("%d fail at first, and the same later", len(sets[0]))
	}
	b.clock.advance(30 * 24 * time.Hour)
	for who := range first(failingPairs(b)) {
		key, id, _ := strings.Cut(who, "/")
		for _, s := range b.env.connection(key, id).syncs {
			if s.completed.failed && !s.paused {
				t.Errorf("%s of %s still fails after a month, and is not paused", s.fn.name, who)
			}
		}
	}
	for _, left := range b.env.syncFailures {
		if !b.env.syncState(left.conn, left.fn, baseVariant).paused {
			t.Errorf("the trouble of %s is over and still kept", left.conn.connectionID)
		}
	}
}

func first(listed, _ map[string]bool) map[string]bool { return listed }

// runningNow counts the running syncs of a connection: the status doesn't show how their last run ended.
func (b *bench) runningNow(who string) int {
	n := 0
	for _, conn := range b.env.connections {
		if conn.integration.key+"/"+conn.connectionID == who {
			for _, s := range conn.syncs {
				if s.running(timestampMs(b.clock.now())) {
					n++
				}
			}
		}
	}
	return n
}

func TestUnusedConnectionsHaveNoSyncState(t *testing.T) {
	b := newBench(t, Options{Seed: 3, Connections: 3000, RateLimit: -1})
	made := func() int {
		n := 0
		for _, conn := range b.env.connections {
			n += len(conn.syncs)
		}
		return n
	}
	before := made()
	b.ask("GET", "/connections", "")
	if before > 150 || made() != before {
		t.Errorf("%d sync states before and %d after the list was read", before, made())
	}
}

func TestSyncWithoutScheduleBreaksTheStatusOfAll(t *testing.T) {
	b := synced(t)
	if err := b.RemoveSchedule("hubspot", "a", "contacts"); err != nil {
		t.Fatal(err)
	}
	const status = "/sync/status?provider_config_key=hubspot&connection_id=a&syncs="
	b.want(b.ask("GET", status+"*", ""), 500)
	b.want(b.ask("GET", status+"contacts", ""), 500)
	b.want(b.ask("GET", status+"another", ""), 200)
	b.command("pause", "")
	if b.RemoveSchedule("hubspot", "a", "another") == nil || b.RemoveSchedule("hubspot", "nobody", "contacts") == nil {
		t.Error("what is not there lost its schedule")
	}
}

// syncView is the stored state of a sync of a connection.
type syncView struct {
	Status                  string
	Paused                  bool
	LastStart, LastEnd, Due time.Time // zero if it never ran; Due is zero while it is paused
	Failed                  bool
}

// syncView returns the state of a sync of a connection, in the variant base.
func (s *Server) syncView(integration, id, name string) (syncView, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	conn := s.env.connection(integration, id)
	if conn == nil {
		return syncView{}, false
	}
	f := conn.integration.function(name, kindSync)
	if f == nil {
		return syncView{}, false
	}
	now := s.timestamp()
	state := s.env.syncState(conn, f, baseVariant)
	state.advance(now)
	v := syncView{Status: state.status(now), Paused: state.paused, Failed: state.completed.failed}
	if state.completed.start != 0 {
		v.LastStart, v.LastEnd = state.completed.start.time(), state.completed.end().time()
	}
	if !state.paused {
		v.Due = state.next(now).time()
	}
	return v, true
}
