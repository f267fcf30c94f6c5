package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"nango-tui/nango/sandbox/js"
)

// mcp sends a body to the management endpoint. pairs are headers.
func (b *bench) mcp(body string, pairs ...string) reply {
	b.t.Helper()
	pairs = append([]string{"Host", "mcp.localhost:3003", "Accept", "application/json, text/event-stream"}, pairs...)
	return b.ask("POST", "/mcp", body, pairs...)
}

// tool calls a tool and returns its structured content; problem is the text of an error.
func (b *bench) tool(name, arguments string, pairs ...string) (content *js.Object, problem string) {
	b.t.Helper()
	r := b.want(b.mcp(fmt.Sprintf(`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":%q,"arguments":%s}}`, name, arguments),
		pairs...), 200)
	events := events(b.t, r.text)
	if len(events) != 1 || string(js.AppendValue(nil, events[0].Get("id"))) != "7" {
		b.t.Fatalf("not one answer with the id of the call: %s", r.text)
	}
	result := events[0].Obj("result")
	text := result.Get("content").([]any)[0].(*js.Object).Str("text")
	if result.Get("isError") == true {
		return nil, text
	}
	content = result.Obj("structuredContent")
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(text)); err != nil || compact.String() != string(js.AppendValue(nil, content)) {
		b.t.Errorf("the text is not the content: %v %s", err, text)
	}
	return content, ""
}

// events are the data of an event stream.
func events(t testing.TB, stream string) []*js.Object {
	t.Helper()
	var out []*js.Object
	for event := range strings.SplitSeq(strings.TrimSuffix(stream, "\n\n"), "\n\n") {
		data, ok := strings.CutPrefix(event, "event: message\ndata: ")
		v, err := js.Decode([]byte(data))
		if !ok || err != nil {
			t.Fatalf("not an event with JSON: %q", event)
		}
		out = append(out, v.(*js.Object))
	}
	return out
}

func TestLogToolsAreListedForKeysThatMayReadLogs(t *testing.T) {
	b := newBench(t, Options{})
	const ask = `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`
	for key, want := range map[string]string{
		b.Keys().Environment: "logs_list_operations logs_get_operation", b.Keys().NoCredentials: "logs_list_operations logs_get_operation",
		b.Keys().ListOnly: "",
	} {
		var names []string
		for _, tool := range events(t, b.want(b.mcp(ask, "Authorization", "Bearer "+key), 200).text)[0].Obj("result").Get("tools").([]any) {
			names = append(names, tool.(*js.Object).Str("name"))
			var schema struct{ Type string }
			if err := json.Unmarshal(js.AppendValue(nil, tool.(*js.Object).Get("inputSchema")), &schema); err != nil || schema.Type != "object" {
				t.Errorf("%v: %v", tool, err)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("tools %q, want %q", got, want)
		}
	}
	if _, problem := b.tool("logs_get_operation", `{}`, "Authorization", "Bearer "+b.Keys().ListOnly); problem !=
		"MCP error -32602: Tool logs_get_operation disabled" {
		t.Error(problem)
	}
}

func TestLogToolsRefuseWrongArguments(t *testing.T) {
	b := newBench(t, Options{})
	const anyState = `"waiting"|"running"|"success"|"failed"|"timeout"|"cancelled"`
	many := strings.TrimSuffix(strings.Repeat(`"a",`, 21), ",")
	for arguments, want := range map[string]string{
		`{"limit":0}`:                                            "Too small: expected number to be >=1 at limit",
		`{"limit":"5"}`:                                          "Invalid input: expected number, received string at limit",
		`{"states":["broken"]}`:                                  "Invalid option: expected one of " + anyState + " at states.0",
		`{"connections":[` + many + `]}`:                         "Too big: expected array to have <=20 items at connections",
		`{"connections":[""]}`:                                   "Too small: expected string to have >=1 characters at connections.0",
		`{"operations":[{"type":"function"}]}`:                   "Invalid input at operations.0",
		`{"operations":[{"type":"agent_session"}]}`:              "Invalid input at operations.0",
		`{"operations":[{"type":"sync","actions":["refresh"]}]}`: "Invalid input at operations.0",
		`{"operations":[{"type":"sync","more":1}]}`:              "Invalid input at operations.0",
		`{"period":{}}`:                                          "Invalid input: expected string, received undefined at period.from",
		`{"period":{"from":"2026-11-22"}}`:                       "Invalid ISO datetime at period.from",
		`{"period":{"from":"2026-02-30T10:00:00Z"}}`:             "Invalid ISO datetime at period.from",
		`{"period":{"from":"2026-11-22T10:00:00Z","to":"2026-11-22T10:00:00+01:00"}}`: "Invalid ISO datetime at period.to",
		`{"a":1,"b":2}`: `Unrecognized keys: "a", "b"`,
		`{"search":"` + strings.Repeat("x", 257) + `"}`: "Too big: expected string to have <=256 characters at search",
	} {
		if _, problem := b.tool("logs_list_operations", arguments); problem !=
			"MCP error -32602: Input validation error: Invalid arguments for tool logs_list_operations: "+want {
			t.Errorf("%s: %s", arguments, problem)
		}
	}
	if _, problem := b.tool("logs_get_operation", `{"operationId":"1795357740251_EKmT7arm"}`); problem != "Operation not found" {
		t.Error(problem)
	}
	if _, problem := b.tool("logs_list_operations", `{"cursor":"nonsense"}`); problem != "Internal error" {
		t.Error(problem)
	}
}

func TestEndpointHasItsOwnHost(t *testing.T) {
	b := newBench(t, Options{Connections: 3})
	for _, path := range []string{"/connections", "/", "/mcp/x"} {
		r := b.want(b.ask("GET", path, "", "Host", "mcp.127.0.0.1:9", "Authorization", ""), 404)
		if r.text != `{"error":{"code":"not_found","message":"Not found"}}` {
			t.Errorf("%s: %s", path, r.text)
		}
	}
	without := newBench(t, Options{Logs: LogOptions{NoEndpoint: true}})
	r := without.want(without.mcp(`{"jsonrpc":"2.0","id":1,"method":"tools/list"}`), 400)
	if at(r.json, "error", "code") != "invalid_headers" {
		t.Error(r.text)
	}
	without.want(without.ask("GET", "/integrations", "", "Host", "mcp.localhost"), 200)
}

func TestTransportOfTheEndpoint(t *testing.T) {
	b := newBench(t, Options{})
	const ping = `{"jsonrpc":"2.0","id":"a","method":"ping"}`
	r := b.want(b.mcp("["+ping+`,{"jsonrpc":"2.0","method":"notifications/initialized"},{"jsonrpc":"2.0","id":2,"method":"no/such"}]`), 200)
	if r.text != "event: message\ndata: {\"result\":{},\"jsonrpc\":\"2.0\",\"id\":\"a\"}\n\n"+
		"event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}\n\n" {
		t.Error(r.text)
	}
	b.want(b.mcp(ping, "MCP-Protocol-Version", "2025-11-25"), 200)
	r = b.want(b.mcp(ping, "MCP-Protocol-Version", "2020-01-01"), 400)
	if !strings.Contains(r.text, "Unsupported protocol version: 2020-01-01 (supported versions: 2025-11-25, ") {
		t.Error(r.text)
	}
	b.want(b.mcp(ping, "Authorization", "Bearer "+b.Keys().Account), 403)
	b.want(b.mcp(`{"jsonrpc":"1.0"}`), 400)
	b.want(b.mcp(`[1]`), 400)

	alone := newBench(t, Options{Logs: LogOptions{NoBatches: true}})
	alone.want(alone.mcp("["+ping+"]"), 400)
	alone.want(alone.mcp(ping), 200)

	off := newBench(t, Options{Logs: LogOptions{Disabled: true}})
	for name, arguments := range map[string]string{
		"logs_list_operations": `{}`, "logs_get_operation": `{"operationId":"1795357740251_EKmT7arm"}`,
	} {
		if _, problem := off.tool(name, arguments); problem != "Nango logs are disabled" {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

// A batch costs one request of the budget, as seen on v0.71.4.
func TestBatchCostsOneRequest(t *testing.T) {
	b := newBench(t, Options{RateLimit: 1})
	const ping = `{"jsonrpc":"2.0","id":1,"method":"ping"}`
	b.want(b.mcp("["+ping+","+ping+"]"), 200)
	b.want(b.mcp(ping), http.StatusTooManyRequests)
}
