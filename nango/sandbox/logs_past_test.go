package sandbox

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox/js"
)

const wholePast = `"period":{"from":"2026-11-01T00:00:00Z"}`

// walk pages through all operations of the past.
func (b *bench) walk(arguments string) []*js.Object {
	b.t.Helper()
	var out []*js.Object
	cursor := "null"
	for range 100 {
		content, problem := b.tool("logs_list_operations", fmt.Sprintf(`{%s%s,"limit":500,"cursor":%s}`, arguments, wholePast, cursor))
		if problem != "" {
			b.t.Fatal(problem)
		}
		for _, o := range content.Get("operations").([]any) {
			out = append(out, o.(*js.Object))
		}
		next := content.Obj("pagination").Get("cursor")
		if next == nil {
			return out
		}
		cursor = string(js.AppendValue(nil, next))
	}
	b.t.Fatal("the pages don't end")
	return nil
}

func TestPastHasTenThousandOperationsInOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Seed: 3, Connections: 3000})
	all := b.walk("")
	if len(all) < maxPast*99/100 {
		t.Fatalf("%d operations", len(all))
	}
	seen := map[string]bool{}
	born := map[string]timestamp{}
	for _, conn := range b.env.connections {
		born[conn.integration.key+"/"+conn.connectionID] = conn.created
	}
	kinds := map[string]int{}
	for n, o := range all {
		if seen[o.Str("id")] || n > 0 && all[n-1].Str("createdAt") < o.Str("createdAt") {
			t.Fatalf("%s comes twice or too late", o.Str("id"))
		}
		seen[o.Str("id")] = true
		if who := o.Str("integrationName") + "/" + o.Str("connectionName"); o.Str("createdAt") < isoZ(born[who].time()) {
			t.Fatalf("%s of %s is older than the connection", o.Str("id"), who)
		}
		kinds[kindOf(o)+":"+o.Str("state")]++
		if made, err := time.Parse(time.RFC3339, o.Str("createdAt")); err != nil || made.After(testStart) || testStart.Sub(made) > logRetention {
			t.Fatalf("%s was created at %s", o.Str("id"), o.Str("createdAt"))
		}
	}
	for _, want := range []string{
		"sync:run:success", "sync:run:failed", "sync:run:running", "proxy:call:success", "proxy:call:failed", "action:run:success",
		"action:run:failed", "auth:refresh_token:success", "auth:refresh_token:failed", "auth:create_connection:success",
		"auth:connection_test:failed", "webhook:incoming:success", "webhook:forward:success", "webhook:forward:failed",
		"sync:request_run:success", "deploy:custom:success", "function:invoke:success", "agent_session:create:success",
	} {
		if kinds[want] == 0 {
			t.Errorf("no %s in the past: %v", want, kinds)
		}
	}
}

// The past is the same for the same seed, and adds nothing to what the rest of the sandbox shows.
func TestPastDoesNotChangeTheRestOfTheWorld(t *testing.T) {
	t.Parallel()
	quiet, read := newBench(t, Options{Seed: 3, Connections: 200}), newBench(t, Options{Seed: 3, Connections: 200})
	first := read.walk("")
	if second := newBench(t, Options{Seed: 3, Connections: 200}).walk(""); fmt.Sprint(len(first), first[9].Str("id")) !=
		fmt.Sprint(len(second), second[9].Str("id")) {
		t.Error("another past for the same seed")
	}
	for _, path := range []string{"/connections", "/sync/status?syncs=*&provider_config_key=hubspot", "/integrations"} {
		if a, b := quiet.ask("GET", path, "").text, read.ask("GET", path, "").text; a != b {
			t.Errorf("%s differs after the logs were read", path)
		}
	}
}

// Whoever groups failures finds an outage: most connections of one integration failed in one hour.
func TestPastHasAnOutageOfAProvider(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Seed: 3, Connections: 3000})
	failed := map[string]bool{}
	for _, o := range b.walk(`"integrations":["jira"],"states":["failed"],"operations":[{"type":"sync"}],`) {
		if o.Obj("error").Obj("additional_properties").Obj("upstream_response").Get("status") == nil {
			continue
		}
		made, _ := time.Parse(time.RFC3339, o.Str("createdAt"))
		if ago := testStart.Sub(made); ago > outageAgo && ago <= outageAgo+outageLength {
			failed[o.Str("connectionName")] = true
		}
	}
	if all := len(b.env.integration("jira").connections); len(failed) < all*9/10 {
		t.Errorf("%d of %d connections failed", len(failed), all)
	}
}

// Broken connections have the causes that the person on call meets.
func TestBrokenConnectionsHaveAllCauses(t *testing.T) {
	t.Parallel()
	b := newBench(t, Options{Seed: 3, Connections: 10_000, Logs: LogOptions{Operations: -1}, RateLimit: -1})
	var all strings.Builder
	for _, o := range b.walk(`"states":["failed"],`) {
		_, messages := b.operation(o.Str("id"))
		all.Write(js.AppendValue(nil, o))
		for _, m := range messages {
			all.Write(js.AppendValue(nil, m))
		}
	}
	text := all.String()
	for cause, words := range map[string]string{
		"HubSpot's words": "missing or invalid refresh token", "Google's words": "Token has been expired or revoked.",
		"Salesforce's words": "expired access/refresh token", "client secret": "invalid_client", "certificate": "CERT_HAS_EXPIRED",
		"DNS": "getaddrinfo ENOTFOUND", "rate limit": `"status":429`, "deleted object": `"status":404`, "script": ".ts:",
		"scopes": `"status":403`, "outage": `"status":503`, "offline_access": "refresh_token is invalid",
	} {
		if !strings.Contains(text, words) {
			t.Errorf("%s: nothing says %q", cause, words)
		}
	}
}

func TestFailBecauseGivesTheCause(t *testing.T) {
	for cause, words := range map[Cause]string{
		CauseRevoked: "invalid_grant", CauseOfflineAccess: "refresh_token", CauseClientSecret: "invalid_client", CauseTestMode: "invalid_grant",
		CauseOutage: "503", CauseCertificate: "CERT_HAS_EXPIRED", CauseDNS: "ENOTFOUND", CauseScopes: "MISSING_SCOPES",
		CauseRateLimit: `"max":3`, CauseNotFound: "404", CauseScript: "contacts.ts:",
	} {
		b := newBench(t, Options{})
		must(t, b.AddIntegration(IntegrationSpec{Key: "crm", Provider: "hubspot"}))
		must(t, b.AddFunction("crm", FunctionSpec{Kind: kindSync, Name: "contacts", Runs: "every hour", AutoStart: true, Returns: []string{"C"}}))
		id, err := b.AddConnection(ConnectionSpec{Integration: "crm"})
		must(t, err)
		b.clock.advance(time.Minute)
		must(t, b.FailBecause("crm", id, cause))
		b.clock.advance(time.Minute)
		view, _ := b.Connection("crm", id)
		if (view.AuthError != "") != cause.isOfRefresh() || (view.SyncError == "") != cause.isOfRefresh() {
			t.Errorf("%s: auth error %q, sync error %q", cause, view.AuthError, view.SyncError)
		}
		o, messages := b.operation(view.AuthError + view.SyncError)
		text := string(js.AppendValue(nil, o))
		for _, m := range messages {
			text += string(js.AppendValue(nil, m))
		}
		if !strings.Contains(text, words) {
			t.Errorf("%s: nothing says %q in %s", cause, words, text)
		}
	}
}

func TestHangingSyncRunsSince(t *testing.T) {
	b := newBench(t, Options{})
	must(t, b.AddIntegration(IntegrationSpec{Key: "crm", Provider: "hubspot"}))
	must(t, b.AddFunction("crm", FunctionSpec{Kind: kindSync, Name: "contacts", Runs: "every hour", AutoStart: true, Returns: []string{"C"}}))
	id, err := b.AddConnection(ConnectionSpec{Integration: "crm", Created: testStart.Add(-48 * time.Hour)})
	must(t, err)
	must(t, b.HangSync("crm", id, "contacts", 7*time.Hour))
	b.clock.advance(2 * time.Hour)
	running := b.operations(`{"states":["running"]}`)
	if len(running) != 1 || running[0].Str("startedAt") != isoZ(testStart.Add(-7*time.Hour)) || running[0].Get("endedAt") != nil {
		t.Errorf("%v", running)
	}
	r := b.want(b.ask("GET", "/sync/status?syncs=*&provider_config_key=crm&connection_id="+id, ""), 200)
	if got := at(r.json, "syncs", 0, "status"); got != "RUNNING" {
		t.Errorf("status %v", got)
	}
}

func TestOutageFailsAllConnections(t *testing.T) {
	b := newBench(t, Options{Seed: 1, Connections: 400})
	n, err := b.Outage("slack", 20*time.Minute)
	must(t, err)
	failing := 0
	for _, row := range rows(b.ask("GET", "/connections?integrationId=slack", "")) {
		if failures, _ := at(row, "errors").([]any); len(failures) > 0 {
			failing++
		}
	}
	if n < 20 || failing != n {
		t.Errorf("%d of %d fail", failing, n)
	}
	if _, err := b.Outage("nope", time.Hour); err == nil {
		t.Error("no error for an unknown integration")
	}
}

// Following shows new operations, and none where nothing happens by itself.
func TestActivityAddsOperations(t *testing.T) {
	for every, want := range map[time.Duration]bool{0: false, 5 * time.Second: true} {
		b := newBench(t, Options{Seed: 1, Connections: 400, Logs: LogOptions{Activity: every}})
		b.operations(`{}`) // makes the past
		b.clock.advance(5 * time.Minute)
		since := fmt.Sprintf(`{"period":{"from":%q},"limit":500}`, isoZ(testStart))
		if got := len(b.operations(since)); (got > 20) != want || want && got > 90 {
			t.Errorf("every %s: %d operations in five minutes", every, got)
		}
	}
}

// A page of a search can be empty and have a next one, as seen on v0.71.4.
func TestSearchLooksAtOnePageOnly(t *testing.T) {
	b := newBench(t, Options{Seed: 3, Connections: 1000})
	content, _ := b.tool("logs_list_operations", `{"search":"no operation says this","limit":10}`)
	if len(content.Get("operations").([]any)) != 0 || content.Obj("pagination").Get("cursor") == nil {
		t.Errorf("%s", js.AppendValue(nil, content))
	}
	content, _ = b.tool("logs_list_operations", `{"search":"TOKEN refreshed","limit":500}`)
	if n := len(content.Get("operations").([]any)); n == 0 || n > 200 {
		t.Errorf("%d operations with the text", n)
	}
}

func BenchmarkListOperations(b *testing.B) {
	s := New(Options{Seed: 1, Connections: 10_500, RateLimit: -1})
	const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"logs_list_operations","arguments":` +
		`{"limit":100,"period":{"from":"2020-01-01T00:00:00Z"}}}}`
	ask := func() {
		r := httptest.NewRequest("POST", "/mcp", strings.NewReader(body))
		r.Host = "mcp.localhost"
		r.Header.Set("Authorization", "Bearer "+s.Keys().Environment)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		w := httptest.NewRecorder()
		if s.ServeHTTP(w, r); w.Code != 200 {
			b.Fatal(w.Body.String())
		}
		b.SetBytes(int64(w.Body.Len()))
	}
	start := time.Now()
	ask()
	b.ReportMetric(float64(time.Since(start).Milliseconds()), "first-ms")
	for b.Loop() {
		ask()
	}
}
