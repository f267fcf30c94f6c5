package sandbox

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox/js"
)

// acting is a sandbox with a connection and an action; waits are the durations passed to Options.Wait.
func acting(t *testing.T, output string, takes time.Duration) (*bench, *time.Duration) {
	var waited time.Duration
	b := newBench(t, Options{RateLimit: -1, Wait: func(ctx context.Context, d time.Duration) error {
		waited += d
		return ctx.Err()
	}})
	must(t, b.AddIntegration(IntegrationSpec{Key: "hubspot", Provider: "hubspot"}))
	must(t, b.AddFunction("hubspot", FunctionSpec{Kind: "action", Name: "act", Output: json.RawMessage(output), Takes: takes}))
	_, err := b.AddConnection(ConnectionSpec{Integration: "hubspot", ID: "a"})
	must(t, err)
	return b, &waited
}

func (b *bench) act(name, input string, headers ...string) reply {
	b.t.Helper()
	return b.ask("POST", "/action/trigger", `{"action_name":"`+name+`","input":`+input+`,"trace":"ignored"}`, append(ofA, headers...)...)
}

func TestActionReturnsAnyJSONAfterItsDuration(t *testing.T) {
	for _, output := range []string{`null`, `0`, `false`, `"text"`, `[1,null]`, `{"a":9007199254740993}`} {
		b, waited := acting(t, output, 5*time.Second)
		if r := b.want(b.act("act", "{}"), 200); r.text != output || *waited != 5*time.Second {
			t.Errorf("%s: %s after %s", output, r.text, *waited)
		}
	}
}

func TestAsyncActionHasAResultWhenDone(t *testing.T) {
	b, waited := acting(t, `{"ok":true}`, 20*time.Second)
	first := b.want(b.act("act", "{}", "X-Async", "true"), 202)
	second := b.want(b.act("act", "{}", "X-Async", "1"), 202)
	link := at(first.json, "statusUrl").(string)
	if first.header.Get("Location") != link || *waited != 0 {
		t.Errorf("location %q, link %q, waited %s", first.header.Get("Location"), link, *waited)
	}
	pending := b.want(b.ask("GET", link, ""), 404)
	unknown := b.want(b.ask("GET", "/action/00000000-0000-4000-8000-000000000000", ""), 404)
	if pending.text != unknown.text {
		t.Errorf("pending %s, unknown %s", pending.text, unknown.text)
	}
	b.clock.advance(21 * time.Second)
	b.want(b.ask("GET", link, ""), 200)
	b.want(b.ask("GET", at(second.json, "statusUrl").(string), ""), 404) // they run one at a time
	b.clock.advance(20 * time.Second)
	b.want(b.ask("GET", at(second.json, "statusUrl").(string), ""), 200)
}

func TestAsyncNullResultIsNotFound(t *testing.T) {
	b, _ := acting(t, `null`, time.Second)
	link := at(b.act("act", "{}", "X-Async", "true").json, "statusUrl").(string)
	b.clock.advance(time.Hour)
	b.want(b.ask("GET", link, ""), 404)
}

func TestRetriesDelayAnAsyncFailure(t *testing.T) {
	b, _ := acting(t, `null`, time.Second)
	must(t, b.FailAction("hubspot", "act", 503, json.RawMessage(`{"error":"down"}`)))
	link := at(b.act("act", "{}", "X-Async", "true", "X-Max-Retries", "5").json, "statusUrl").(string)
	b.clock.advance(15 * time.Second)
	b.want(b.ask("GET", link, ""), 404)
	b.clock.advance(10 * time.Second)
	b.want(b.ask("GET", link, ""), 424)
	b.want(b.act("act", "{}", "X-Async", "true", "X-Max-Retries", "6"), 400)
}

func TestProviderAndScriptErrorsDiffer(t *testing.T) {
	b, _ := acting(t, `null`, 0)
	must(t, b.FailAction("hubspot", "act", 409, json.RawMessage(`{"message":"taken"}`)))
	refused := b.want(b.act("act", "{}"), 424)
	if at(refused.json, "error", "message") != nil || at(refused.json, "error", "upstream", "status") != 409.0 ||
		at(refused.json, "error", "payload", "message") != "taken" {
		t.Errorf("provider: %s", refused.text)
	}
	must(t, b.FailAction("hubspot", "act", 0, json.RawMessage(`{"code":"x"}`)))
	if script := b.want(b.act("act", "{}"), 500); at(script.json, "error", "code") != "action_script_runtime_error" {
		t.Errorf("script: %s", script.text)
	}
}

func TestFalsyInputArrivesAsAnEmptyObject(t *testing.T) {
	for input, want := range map[string]string{`0`: "{}", `0.0`: "{}", `""`: "{}", `false`: "{}", `null`: "{}", `1`: "1",
		`[]`: "[]", `"0"`: `"0"`} {
		v, err := js.Decode([]byte(input))
		must(t, err)
		if got := string(js.AppendValue(nil, actionInput(v))); got != want {
			t.Errorf("%s arrives as %s, want %s", input, got, want)
		}
	}
}

func TestSeededActions(t *testing.T) {
	b := newBench(t, Options{Seed: 2, Connections: 400, RateLimit: -1})
	_, headers := many(t, 400)
	act := func(name, input string) reply {
		return b.ask("POST", "/action/trigger", `{"action_name":"`+name+`","input":`+input+`}`, headers...)
	}
	for name, want := range map[string]struct {
		input  string
		status int
		code   any
	}{
		"create-contact":     {`{"email":"a@b.example","last_name":"B"}`, 200, nil},
		"update-deal":        {`{"amount":"many"}`, 400, "invalid_action_input"},
		"merge-contacts":     {`{"keep_id":"1","merge_id":"2"}`, 424, "script_http_error"},
		"recalculate-scores": {`{}`, 500, "action_script_runtime_error"},
		"import-archive":     {`{"url":"https://a.example"}`, 500, "script_internal_error"},
		"delete-contact":     {`{"id":"1"}`, 200, nil},
		"dump-everything":    {`{}`, 500, "script_internal_error"},
		"old-search":         {`{"q":"x"}`, 404, "disabled_resource"},
		"odd-schema":         {`{}`, 200, nil},
		"legacy-ping":        {`{}`, 200, nil},
		"create-folders":     {`{"name":"a"}`, 200, nil},
	} {
		if r := act(name, want.input); r.status != want.status || at(r.json, "error", "code") != want.code {
			t.Errorf("%s: %d %.300s", name, r.status, r.text)
		}
	}
	if r := act("count-contacts", "{}"); r.text != "9007199254740993" {
		t.Errorf("count-contacts: %s", r.text)
	}
	if r := act("dump-contacts", "{}"); r.status != 200 || len(r.text) < 1_900_000 || len(r.text) > maxOutput {
		t.Errorf("dump-contacts: %d, %d bytes", r.status, len(r.text))
	}
	if r := act("list-owners", "{}"); r.status != 200 || !strings.HasPrefix(r.text, "[") {
		t.Errorf("list-owners: %s", r.text)
	}
}
