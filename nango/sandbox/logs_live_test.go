package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox/js"
)

// recordedLogs are requests of the log tools and the answers of a real server, if they are beside the checkout.
const recordedLogs = "../../../shared/nango/logs/mcp_logs.json"

// busyEnvironment did one of everything that leaves an operation.
func busyEnvironment(t *testing.T) *bench {
	b := newBench(t, Options{Logs: LogOptions{Operations: -1}})
	for key, provider := range map[string]string{"crm": "hubspot", "key": "anthropic"} {
		must(t, b.AddIntegration(IntegrationSpec{Key: key, Provider: provider}))
	}
	b.SetWebhook("https://hooks.example.com/x", 0)
	for _, spec := range []FunctionSpec{
		{Kind: kindSync, Name: "contacts", Runs: "every hour", AutoStart: true, Returns: []string{"Contact"}, SyncType: "full"},
		{Kind: kindAction, Name: "slow", Returns: []string{}, Output: json.RawMessage(`{"ok":true}`), Takes: 7 * time.Second},
		{Kind: kindAction, Name: "fails", Returns: []string{}},
		{Kind: kindOnEvent, Name: "hello", Event: "post-connection-creation"},
	} {
		if spec.Kind == kindSync {
			spec.Records.Least, spec.Records.Most = 5, 9
		}
		must(t, b.AddFunction("crm", spec))
	}
	must(t, b.FailAction("crm", "fails", 500, json.RawMessage(`{"detail":"upstream exploded"}`)))
	create := `{"provider_config_key":"crm","connection_id":"acme","credentials":{"type":"OAUTH2","access_token":"a","refresh_token":"r"}}`
	b.want(b.ask("POST", "/connections", create), 201)
	b.want(b.ask("POST", "/connections",
		`{"provider_config_key":"key","connection_id":"k","credentials":{"type":"API_KEY","apiKey":"bad"}}`), 400)
	b.clock.advance(time.Minute)
	conn := []string{"Connection-Id", "acme", "Provider-Config-Key", "crm"}
	b.want(b.ask("POST", "/action/trigger", `{"action_name":"slow"}`, append(conn, "X-Async", "true")...), 202)
	b.want(b.ask("POST", "/action/trigger", `{"action_name":"fails","input":{"how":"action"}}`, conn...), 424)
	b.want(b.ask("GET", "/proxy/crm/v3/objects/contacts", "", conn...), 200)
	b.want(b.ask("GET", "/proxy/status/401", "", conn...), 401)
	syncs := `{"provider_config_key":"crm","connection_id":"acme","syncs":["contacts"]}`
	b.want(b.ask("POST", "/sync/pause", syncs), 200)
	b.want(b.ask("POST", "/sync/start", syncs), 200)
	b.want(b.ask("POST", "/sync/trigger", syncs), 200)
	b.want(b.ask("POST", "/sync/contacts/variant/eu", `{"provider_config_key":"crm","connection_id":"acme"}`), 200)
	for name, code := range map[string]string{
		"good": `export default createAction({exec: async () => {}})`, "bad": `export default createAction({`,
	} {
		b.want(b.ask("POST", "/functions/deployments", fmt.Sprintf(
			`{"type":"function","integration_id":"crm","function_name":%q,"function_type":"action","code":%q}`, name, code)), 202)
	}
	b.clock.advance(time.Minute)
	must(t, b.Fail("crm", "acme", FailNextRefresh))
	b.want(b.ask("GET", "/connections/acme?provider_config_key=crm&force_refresh=true", ""), 400)
	must(t, b.Fail("crm", "acme", FailSync))
	b.clock.advance(time.Minute)
	return b
}

func TestEveryCallLeavesItsOperation(t *testing.T) {
	b := busyEnvironment(t)
	var got []string
	for _, o := range b.operations(`{"limit":500}`) {
		got = append(got, kindOf(o)+":"+o.Str("state"))
	}
	for _, want := range []string{
		"auth:create_connection:success", "auth:create_connection:failed", "auth:refresh_token:failed", "sync:init:success",
		"sync:run:success", "sync:run:failed", "sync:pause:success", "sync:unpause:success", "sync:request_run:success",
		"sync:create_variant:success", "action:run:success", "action:run:failed", "proxy:call:success", "proxy:call:failed",
		"deploy:custom:success", "deploy:custom:failed", "events:post_connection_creation:success",
		"webhook:connection_create:failed", "webhook:connection_refresh:failed", "webhook:sync:failed",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s in %q", want, got)
		}
	}
	if at := slices.Index(got, "auth:refresh_token:failed"); at >= 0 {
		view, _ := b.Connection("crm", "acme")
		if id := b.operations(`{"limit":500}`)[at].Str("id"); id != view.AuthError {
			t.Errorf("the operation is %s, the error in the list %s", id, view.AuthError)
		}
	}
}

// Fields, their order, and the types of their values are those of a real server.
func TestOperationsHaveTheRecordedShapes(t *testing.T) {
	data, err := os.ReadFile(recordedLogs)
	if err != nil {
		t.Skip("no recorded logs beside the checkout")
	}
	v, err := js.Decode(data)
	must(t, err)
	b := busyEnvironment(t)
	own := map[string][]string{}
	for _, o := range b.operations(`{"limit":500}`) {
		kind := kindOf(o) + ":" + o.Str("state")
		own[kind] = append(own[kind], o.Str("id"))
	}
	compared := 0
	for _, c := range v.([]any) {
		recorded := c.(*js.Object).Obj("response").Obj("body").Obj("result").Obj("structuredContent")
		want := recorded.Obj("operation")
		if want == nil {
			continue
		}
		kind := kindOf(want) + ":" + want.Str("state")
		if len(own[kind]) == 0 {
			t.Errorf("the sandbox has no %s", kind)
			continue
		}
		compared++
		var shapes [][]string
		matched := false
		for _, id := range own[kind] {
			o, messages := b.operation(id)
			matched = matched || reflect.DeepEqual(shapeOf(o), shapeOf(want))
			for _, m := range messages {
				shapes = append(shapes, shapeOf(m))
			}
		}
		if !matched {
			o, _ := b.operation(own[kind][0])
			t.Errorf("%s:\n got %q\nwant %q", kind, shapeOf(o), shapeOf(want))
		}
		for _, m := range recorded.Get("messages").([]any) {
			if shape := shapeOf(m.(*js.Object)); !slices.ContainsFunc(shapes, func(s []string) bool { return slices.Equal(s, shape) }) {
				t.Errorf("%s: no message like %q in %q", kind, shape, shapes)
			}
		}
	}
	if compared < 12 {
		t.Errorf("compared only %d operations", compared)
	}
}

// shapeOf has the fields of a row and their types, two levels deep except in what differs with every call.
func shapeOf(o *js.Object) []string {
	var out []string
	for k, v := range o.All() {
		out = append(out, k+" "+js.TypeOf(v))
		inner, ok := v.(*js.Object)
		if !ok || k == "meta" || k == "payload" {
			continue
		}
		fields := inner.Keys()
		if k == "request" || k == "response" || k == "retry" { // of both orders that were recorded
			fields = slices.Sorted(slices.Values(fields))
		}
		for _, name := range fields {
			out = append(out, "  "+name+" "+js.TypeOf(inner.Get(name)))
		}
	}
	return out
}

// A link's operation runs until the customer has finished, so that whoever waits sees the end.
func TestOperationOfALinkEndsWhenTheCustomerIsDone(t *testing.T) {
	b := newBench(t, Options{})
	must(t, b.AddIntegration(IntegrationSpec{Key: "crm", Provider: "hubspot"}))
	r := b.want(b.ask("POST", "/connect/sessions", `{"tags":{"a":"b"},"allowed_integrations":["crm"]}`), 201)
	state := func() *js.Object {
		return b.operations(`{"operations":[{"type":"auth","actions":["create_connection"]}]}`)[0]
	}
	if o := state(); o.Str("state") != "running" || o.Get("endedAt") != nil || o.Has("connectionName") {
		t.Errorf("before: %s", js.AppendValue(nil, o))
	}
	b.clock.advance(time.Minute)
	id, err := b.FinishSession(at(r.json, "data", "token").(string), "", nil)
	must(t, err)
	if o := state(); o.Str("state") != "success" || o.Str("connectionName") != id || o.Str("endedAt") != isoZ(b.clock.now()) {
		t.Errorf("after: %s", js.AppendValue(nil, o))
	}
	b.clock.advance(2 * logLifetime)
	if o, _ := b.operation(state0(b)); o.Str("state") != "success" {
		t.Errorf("a day later: %s", o.Str("state"))
	}
}

func state0(b *bench) string {
	return b.operations(`{"period":{"from":"2026-11-01T00:00:00Z"}}`)[0].Str("id")
}

func TestCredentialsAreRedactedInLogs(t *testing.T) {
	b := busyEnvironment(t)
	for _, o := range b.operations(`{"limit":500}`) {
		head, messages := b.operation(o.Str("id"))
		text := string(js.AppendValue(nil, head))
		for _, m := range messages {
			text += string(js.AppendValue(nil, m))
		}
		if strings.Contains(text, b.Keys().Environment) || strings.Contains(text, "Bearer ") {
			t.Errorf("%s: %s", kindOf(o), text)
		}
	}
}
