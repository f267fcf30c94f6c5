package sandbox

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox/js"
)

// operations lists operations with arguments, which must not fail.
func (b *bench) operations(arguments string) []*js.Object {
	b.t.Helper()
	content, problem := b.tool("logs_list_operations", arguments)
	if problem != "" {
		b.t.Fatal(problem)
	}
	var out []*js.Object
	for _, o := range content.Get("operations").([]any) {
		out = append(out, o.(*js.Object))
	}
	return out
}

// operation returns an operation and its messages, oldest first.
func (b *bench) operation(id string) (*js.Object, []*js.Object) {
	b.t.Helper()
	content, problem := b.tool("logs_get_operation", fmt.Sprintf(`{"operationId":%q,"messages":{"limit":500}}`, id))
	if problem != "" {
		b.t.Fatalf("operation %s: %s", id, problem)
	}
	var out []*js.Object
	for _, m := range content.Get("messages").([]any) {
		out = append([]*js.Object{m.(*js.Object)}, out...)
	}
	return content.Obj("operation"), out
}

func kindOf(o *js.Object) string {
	return o.Obj("operation").Str("type") + ":" + o.Obj("operation").Str("action")
}

// Whoever sees an error in the list of connections can read why, until the logs of its day are gone.
func TestEveryErrorInTheListHasItsOperation(t *testing.T) {
	b := newBench(t, Options{Seed: 7, Connections: 1500})
	seen := 0
	for page := range 2 {
		for _, row := range rows(b.want(b.ask("GET", fmt.Sprintf("/connections?limit=1000&page=%d", page), ""), 200)) {
			failures, _ := at(row, "errors").([]any)
			for _, e := range failures {
				id := at(e, "log_id").(string)
				if logTime(id).time().Before(testStart.Add(-logRetention)) {
					if _, problem := b.tool("logs_get_operation", fmt.Sprintf(`{"operationId":%q}`, id)); problem != "Operation not found" {
						t.Errorf("%s: %q", id, problem)
					}
					continue
				}
				seen++
				o, messages := b.operation(id)
				want := map[string]string{"auth": "auth:", "sync": "sync:run"}[at(e, "type").(string)]
				if o.Str("connectionName") != at(row, "connection_id") || o.Str("state") != "failed" || !strings.HasPrefix(kindOf(o), want) {
					t.Errorf("%v: %s", row, js.AppendValue(nil, o))
				}
				if want == "sync:run" && (o.Str("syncConfigName") == "" || o.Obj("error").Str("type") == "") {
					t.Errorf("a sync that failed without a reason: %s", js.AppendValue(nil, o))
				}
				if len(messages) < 2 {
					t.Errorf("%s has %d messages", o.Str("id"), len(messages))
				}
			}
		}
	}
	if seen < 40 {
		t.Fatalf("only %d errors", seen)
	}
}

// The words of the provider are in the response of the token URL, as seen on v0.71.4.
func TestFailedRefreshHasTheWordsOfTheProvider(t *testing.T) {
	b := newBench(t, Options{})
	for provider, words := range map[string]string{
		"hubspot": "missing or invalid refresh token", "google-mail": "Token has been expired or revoked.",
		"salesforce": "expired access/refresh token", "slack": "invalid_refresh_token", "xero": "invalid_grant",
	} {
		must(t, b.AddIntegration(IntegrationSpec{Key: provider, Provider: provider}))
		id, err := b.AddConnection(ConnectionSpec{Integration: provider})
		must(t, err)
		must(t, b.Fail(provider, id, FailAuth))
		view, _ := b.Connection(provider, id)
		b.clock.advance(time.Minute)
		o, messages := b.operation(view.AuthError)
		if kindOf(o) != "auth:refresh_token" || len(messages) != 2 {
			t.Fatalf("%s: %d messages", js.AppendValue(nil, o), len(messages))
		}
		call, note := messages[0], messages[1]
		if call.Str("type") != "http" || !strings.HasPrefix(call.Str("message"), "POST https://") ||
			!strings.Contains(string(js.AppendValue(nil, call.Obj("meta"))), words) {
			t.Errorf("%s: %s", provider, js.AppendValue(nil, call))
		}
		if note.Str("message") != "Failed to refresh credentials" || note.Obj("meta").Str("type") != "refresh_token_external_error" {
			t.Errorf("%s: %s", provider, js.AppendValue(nil, note))
		}
	}
}

func TestMessagesHaveACursorEvenAtTheEnd(t *testing.T) {
	b := newBench(t, Options{})
	must(t, b.AddIntegration(IntegrationSpec{Key: "crm", Provider: "hubspot"}))
	id, err := b.AddConnection(ConnectionSpec{Integration: "crm"})
	must(t, err)
	must(t, b.Fail("crm", id, FailAuth))
	view, _ := b.Connection("crm", id)
	b.clock.advance(time.Minute)
	ask := func(messages string) (int, any) {
		content, problem := b.tool("logs_get_operation", fmt.Sprintf(`{"operationId":%q,"messages":%s}`, view.AuthError, messages))
		if problem != "" {
			t.Fatal(problem)
		}
		return len(content.Get("messages").([]any)), content.Obj("pagination").Get("cursor")
	}
	count, cursor := ask(`{}`)
	if count != 2 || cursor == nil {
		t.Fatalf("%d messages, cursor %v", count, cursor)
	}
	if count, cursor = ask(fmt.Sprintf(`{"cursor":%q}`, cursor)); count != 0 || cursor != nil {
		t.Errorf("after the end: %d messages, cursor %v", count, cursor)
	}
	if count, _ = ask(`{"search":"FAILED to refresh"}`); count != 1 {
		t.Errorf("%d messages with the text", count)
	}
}
