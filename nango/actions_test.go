package nango

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
)

var sampleAction = ActionInput{Connection: sampleRef, Name: "create-issue"}

const sampleRun = "8f8fa1d9-9b00-46a1-8053-24a72d4c4d4a"

func TestActionReturnsAnyJSON(t *testing.T) {
	for body, want := range map[string]string{
		`{"n":9007199254740993,"x":1e400}`: `{"n":9007199254740993,"x":1e400}`, `[1, 2]`: `[1, 2]`, `"str"`: `"str"`, "null": "null",
		"0\n": "0", "": "null",
	} {
		client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, body) })
		got, err := Send(context.Background(), client, RunAction(sampleAction))
		if err != nil || string(got) != want {
			t.Errorf("%s was read as %s: %v", body, got, err)
		}
	}
}

func TestActionInputIsSentUnchanged(t *testing.T) {
	input := sampleAction
	input.Input = []byte(`{"z":1e2,"n":12345678901234567890,"h":"<&>"}`)
	call := StartAction(input, 3).Call()
	if string(call.Body) != `{"action_name":"create-issue","input":{"z":1e2,"n":12345678901234567890,"h":"<&>"}}` ||
		call.Effect != Runs || call.About != sampleRef {
		t.Errorf("%s %s", call.Body, call.Effect)
	}
	if call.Header.Get("X-Async") != "true" || call.Header.Get("X-Max-Retries") != "3" || call.Header.Get("Connection-Id") != "c" {
		t.Errorf("%v", call.Header)
	}
	if call := RunAction(input).Call(); call.Header.Get("X-Async") != "" || call.Timeout <= StartAction(input, 0).Call().Timeout {
		t.Errorf("%v %v", call.Header, call.Timeout)
	}
	if call := RunAction(sampleAction).Call(); string(call.Body) != `{"action_name":"create-issue"}` {
		t.Errorf("%s", call.Body)
	}
}

func TestInvalidActionIsNotSent(t *testing.T) {
	bad := map[string]ActionInput{
		"no name": {Connection: sampleRef}, "a bad name": {Connection: sampleRef, Name: "a b"}, "no connection": {Name: "a"},
		"half a JSON": {Connection: sampleRef, Name: "a", Input: []byte(`{"a":`)},
		"two":         {Connection: sampleRef, Name: "a", Input: []byte(`1 2`)},
	}
	for name, input := range bad {
		if RunAction(input).Validate() == nil || StartAction(input, 0).Validate() == nil {
			t.Errorf("%s is not refused", name)
		}
	}
	if StartAction(sampleAction, 6).Validate() == nil || StartAction(sampleAction, -1).Validate() == nil ||
		StartAction(sampleAction, 5).Validate() != nil {
		t.Error("0 to 5 retries")
	}
	if GetActionResult("abc").Validate() == nil || GetActionResult(sampleRun).Validate() != nil {
		t.Error("the id of a run is a UUID")
	}
}

func TestInputSentAsNull(t *testing.T) {
	for input, want := range map[string]bool{
		"0": true, "-0": true, "0.0e5": true, `""`: true, "false": true, " false\n": true, "null": true, "": true,
		"1": false, `"0"`: false, "true": false, "{}": false, "[]": false, `" "`: false,
	} {
		if IsSentAsNull([]byte(input)) != want {
			t.Errorf("%q: %v", input, !want)
		}
	}
}

// Nango responds the same to a pending run, an unknown run and a null result. That is not a failure.
func TestMissingResultIsPending(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { reply(w, 404, `{"error":{"code":"not_found"}}`) })
	_, err := Fetch(context.Background(), client, GetActionResult(sampleRun))
	if e, _ := AsError(err); !errors.Is(err, ResultPending) || errors.Is(err, NotFound) || !strings.Contains(e.Advice(), "deadline") {
		t.Error(err)
	}
	html := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(404)
	})
	if _, err := Fetch(context.Background(), html, GetActionResult(sampleRun)); errors.Is(err, ResultPending) {
		t.Errorf("a server that does not know the path: %v", err)
	}
}

func TestErrorOrigin(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
		kind   Kind
		origin Origin
		says   string
	}{
		{424, `{"error":{"payload":{"error":"no"},"code":"script_http_error","upstream":{"status":404,` +
			`"headers":{"content-type":"application/json","set-cookie":["a","b"]},"body":{"error":"no"}}}}`,
			ActionFailed, OriginProvider, "424 script_http_error: the provider responded with 404"},
		{424, `{"error":{"payload":{},"code":"script_http_error"}}`, ActionFailed, OriginProvider, "424 script_http_error"},
		{424, `{"error":{"code":"script_api_rate_limit_error","message":"slow"}}`, ActionFailed, OriginProvider, "slow"},
		{500, `{"error":{"code":"script_network_error","message":"ENOTFOUND"}}`, ActionFailed, OriginProvider, "ENOTFOUND"},
		{500, `{"error":{"message":"The action script failed with a runtime error","code":"action_script_runtime_error",` +
			`"payload":{"code":"x"}}}`, ActionFailed, OriginFunction, "runtime error"},
		{500, `{"error":{"message":"An internal error","code":"script_internal_error","payload":{}}}`, ActionFailed, OriginFunction, "internal"},
		{500, `{"error":{"code":"function_runtime_out_of_memory"}}`, ActionFailed, OriginFunction, "memory"},
		{400, `{"error":{"code":"invalid_action_output"}}`, ActionFailed, OriginFunction, "output"},
		{410, `{"error":{"code":"script_aborted"}}`, ActionFailed, OriginNango, "aborted"},
		{500, `{"error":{"message":"The action script failed with an error: {}","code":"action_script_failure",` +
			`"payload":{"error":"POST failed"}}}`, ServerFailed, OriginNango, "failed"},
		{400, `{"error":{"message":"Failed to perform the action","code":"action_failure"}}`, Rejected, OriginNango, "perform"},
		{400, `{"error":{"code":"invalid_action_input"}}`, Invalid, OriginNango, "input"},
		{403, `{"error":{"code":"forbidden"}}`, Forbidden, OriginNango, "forbidden"},
		{400, `{"error":{"code":"invalid_credentials"}}`, RefreshFailed, OriginProvider, "credentials"},
	} {
		client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { reply(w, test.status, test.body) })
		_, err := Send(context.Background(), client, RunAction(sampleAction))
		e, ok := AsError(err)
		if !ok || e.Kind != test.kind || e.Origin() != test.origin || !strings.Contains(e.Error(), test.says) || e.OutcomeUnknown {
			t.Errorf("%s: %v, of %s: %v", test.body, e.Kind, e.Origin(), err)
		}
		if _, tells := e.Upstream(); tells != strings.Contains(test.body, "upstream") {
			t.Errorf("%s: upstream %v", test.body, tells)
		}
	}
	_, err := Send(context.Background(), clientFor(t, "https://nango.example", nil), RunAction(ActionInput{}))
	if e, _ := AsError(err); e.Origin() != OriginClient {
		t.Error(err)
	}
}

func TestUpstreamResponseIsKept(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		reply(w, 424, `{"error":{"code":"script_http_error","payload":{"password":"hunter2-secret"},"upstream":{"status":422,`+
			`"headers":{"X-A":["1","2"],"n":7},"body":{"big":9007199254740993,"token":"abc-secret-def"}}}}`)
	})
	_, err := Send(context.Background(), client, RunAction(sampleAction))
	e, _ := AsError(err)
	upstream, ok := e.Upstream()
	if !ok || upstream.Status != 422 || strings.Join(upstream.Header["X-A"], ",") != "1,2" || upstream.Header.Get("N") != "7" ||
		!strings.Contains(string(upstream.Body), "9007199254740993") {
		t.Errorf("%+v", upstream)
	}
	if said := strings.Join(e.Detail(), "\n"); strings.Contains(said, "hunter2") || client.Secrets().Mask("abc-secret-def") != Masked {
		t.Error(said)
	}
}
