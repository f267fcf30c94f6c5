package nango

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestFunctionWithFewFields(t *testing.T) {
	page, err := decodeFunctions(Response{Body: []byte(`{"data":[{"name":"a","type":"sync","json_schema":null,"runs":null,` +
		`"scopes":null,"last_deployed":"?","version":null,"input":{"odd":1}},{"name":"b","type":"on-event",` +
		`"event":"post-connection-creation"}],"pagination":{"total":12}}`)}, 1<<20)
	if err != nil || len(page.Functions) != 2 || page.Total != 12 {
		t.Fatalf("%+v: %v", page, err)
	}
	if f := page.Functions[0]; f.Schema != nil || f.Frequency != "" || f.Deployed != nil || f.Input != "" ||
		!strings.Contains(string(f.Raw), `"odd":1`) {
		t.Errorf("%+v", f)
	}
	for body, says := range map[string]string{`{}`: `no "data"`, `{"data":[{}]}`: `no "name"`, `{"data":`: "can't be decoded"} {
		if _, err := decodeFunctions(Response{Body: []byte(body)}, 1<<20); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestInputThatAllowsOnlyNullIsNone(t *testing.T) {
	for model, isNone := range map[string]bool{
		`{"type":"null"}`: true, `{"type":"null","deprecated":"use a model"}`: true, `{"type":[ "null" ]}`: true, `{"const":null}`: true,
		`{"enum":[ null ]}`: true, `{"$ref":"#/definitions/Nothing"}`: true,
		`{}`: false, `true`: false, `{"type":"object"}`: false, `{"type":["object","null"]}`: false, `{"enum":[null,1]}`: false,
		`{"const":0}`:                 false,
		`{"$ref":"#/definitions/In"}`: false, `{"$ref":"#/definitions/Lost"}`: false, `{"enum":[{}],"type":[{}]}`: false, `7`: false,
	} {
		var f Function
		err := json.Unmarshal([]byte(`{"name":"a","input":"In","json_schema":{"definitions":{"Nothing":{"type":"null"},"In":`+model+`}}}`), &f)
		if err != nil || (f.Input == "") != isNone || f.Schema == nil {
			t.Errorf("%s: %q, %v", model, f.Input, err)
		}
	}
	for _, schema := range []string{`null`, `{}`, `[]`, `{"definitions":[]}`} {
		var f Function
		if err := json.Unmarshal([]byte(`{"name":"a","input":"In","json_schema":`+schema+`}`), &f); err != nil || f.Input != "In" {
			t.Errorf("%s: %q, %v", schema, f.Input, err)
		}
	}
}

func TestFunctionPages(t *testing.T) {
	pages := NewFunctionPages(FunctionQuery{Integration: "i", Type: ActionFunction, Limit: 3, Page: 9})
	var asked []string
	for _, count := range []int{100, 100, 17} {
		next, more := pages.Next()
		if !more {
			t.Fatal("ended early")
		}
		asked = append(asked, next.Call().RequestURI())
		pages.Add(FunctionPage{Functions: make([]Function, count), Total: 217})
	}
	if _, more := pages.Next(); more || !pages.Done() || pages.Missing() != 0 {
		t.Errorf("%+v", pages)
	}
	if strings.Join(asked,
		" ") != "/integrations/i/functions?limit=100&type=action /integrations/i/functions?limit=100&page=1&type=action "+
		"/integrations/i/functions?limit=100&page=2&type=action" {
		t.Error(asked)
	}
	endless := NewFunctionPages(FunctionQuery{Integration: "i"})
	for _, more := endless.Next(); more; _, more = endless.Next() {
		endless.Add(FunctionPage{Functions: make([]Function, 100), Total: 5000})
	}
	if endless.Missing() != 3000 {
		t.Errorf("%d are missing", endless.Missing())
	}
}

func TestInvalidFunctionRequestsAreNotSent(t *testing.T) {
	fine, deploy := DryRunInput{Connection: sampleRef, Type: ActionFunction, Code: "x"},
		FunctionDeployment{Integration: "i", Name: "f", Type: SyncFunction, Code: "x"}
	for name, refusal := range map[string]error{
		"a bad type":       ListFunctions(FunctionQuery{Integration: "i", Type: "foo"}).Validate(),
		"a large page":     ListFunctions(FunctionQuery{Integration: "i", Limit: 101}).Validate(),
		"a page before":    ListFunctions(FunctionQuery{Integration: "i", Page: -1}).Validate(),
		"a long search":    ListFunctions(FunctionQuery{Integration: "i", Search: strings.Repeat("x", 256)}).Validate(),
		"a bad name":       GetFunction("i", "a b", "").Validate(),
		"no integration":   GetFunctionCode("", "f", "").Validate(),
		"no type":          DeleteFunction("i", "f", "").Validate(),
		"an event":         DeleteFunction("i", "f", OnEventFunction).Validate(),
		"no code":          CompileFunction("").Validate(),
		"a run of events":  StartDryRun(DryRunInput{Connection: sampleRef, Type: OnEventFunction, Code: "x"}).Validate(),
		"half an input":    StartDryRun(DryRunInput{Connection: sampleRef, Type: ActionFunction, Code: "x", Input: []byte("{")}).Validate(),
		"metadata":         StartDryRun(DryRunInput{Connection: sampleRef, Type: ActionFunction, Code: "x", Metadata: []byte("[]")}).Validate(),
		"a checkpoint":     StartDryRun(DryRunInput{Connection: sampleRef, Type: ActionFunction, Code: "x", Checkpoint: []byte("1")}).Validate(),
		"no connection":    StartDryRun(DryRunInput{Type: ActionFunction, Code: "x"}).Validate(),
		"an id":            GetDryRun("abc").Validate(),
		"another id":       GetDeployment("abc").Validate(),
		"no template":      DeployTemplate("i", "", "").Validate(),
		"an unnamed thing": DeployFunction(FunctionDeployment{Integration: "i", Type: SyncFunction, Code: "x"}).Validate(),
	} {
		if refusal == nil {
			t.Errorf("%s is not refused", name)
		}
	}
	if err := firstError(StartDryRun(fine).Validate(), DeployFunction(deploy).Validate(),
		DeployTemplate("i", "t", ActionFunction).Validate(), DeleteFunction("i", "f", SyncFunction).Validate()); err != nil {
		t.Error(err)
	}
}

func TestDeploymentEffect(t *testing.T) {
	input := FunctionDeployment{Integration: "i", Name: "f", Type: SyncFunction, Code: "a < b", Version: "1.0.0"}
	call := DeployFunction(input).Call()
	if call.Effect != Runs ||
		string(call.Body) != `{"type":"function","integration_id":"i","function_name":"f","function_type":"sync","code":"a < `+
			`b","version":"1.0.0"}` {
		t.Errorf("%s %s", call.Effect, call.Body)
	}
	input.AllowDestructive = true
	if call := DeployFunction(input).Call(); call.Effect != Destroys || !strings.Contains(string(call.Body), `"allow_destructive":true`) {
		t.Errorf("%s %s", call.Effect, call.Body)
	}
	if call := DeployTemplate("i", "t", "").Call(); call.Effect != Runs ||
		string(call.Body) != `{"type":"template","integration_id":"i","template":"t"}` {
		t.Errorf("%s %s", call.Effect, call.Body)
	}
	dry := StartDryRun(DryRunInput{Connection: sampleRef, Type: SyncFunction, Code: "x", Input: []byte(`{"n":1e400}`),
		Metadata: []byte(`{}`), LastSync: time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600))}).Call()
	if dry.Effect != Runs ||
		string(dry.Body) != `{"integration_id":"i","function_type":"sync","code":"x","connection_id":"c","input":{"n":1e400},`+
			`"metadata":{},"last_sync_date":"2026-01-02T02:04:05Z"}` {
		t.Errorf("%s %s", dry.Effect, dry.Body)
	}
}

// Compiling changes nothing, but no screen may send it by itself, and no client twice.
func TestCompileIsNotRetriedAndRefusedByReadOnly(t *testing.T) {
	times := 0
	client := serve(t, still, func(w http.ResponseWriter, _ *http.Request) {
		times++
		if times > 1 {
			reply(w, 200, `{"bundle_size_bytes":3,"bundled_js":"x;","compiled_at":"2026-11-22T14:37:49.204Z"}`)
			return
		}
		reply(w, 503, `{"error":{"code":"execution_environment_unavailable","message":"none"}}`)
	})
	if _, err := Send(context.Background(), client, CompileFunction("x")); times != 1 || !errors.Is(err, ServerFailed) ||
		errors.Is(err, OutcomeUnknown) {
		t.Errorf("sent %d times: %v", times, err)
	}
	compiled, err := Send(context.Background(), client, CompileFunction("x"))
	if err != nil || compiled.Size != 3 || compiled.Bundle != "x;" || compiled.At.IsZero() {
		t.Errorf("%+v: %v", compiled, err)
	}
	reading := clientFor(t, "https://nango.example", func(c *Config) { c.ReadOnly, c.MayRefresh, c.Transport = true, true, unreachable{t} })
	if _, err := Send(context.Background(), reading, CompileFunction("x")); !errors.Is(err, ReadOnly) ||
		!strings.Contains(err.Error(), "can't send POST") {
		t.Error(err)
	}
}

func TestCompilationErrorOrigin(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		reply(w, 400, `{"error":{"code":"compilation_error","message":"TS2304"}}`)
	})
	_, err := Send(context.Background(), client, CompileFunction("x"))
	if e, _ := AsError(err); e == nil || e.Origin() != OriginFunction {
		t.Error(err)
	}
}

func TestDryRunKeepsResult(t *testing.T) {
	for body, want := range map[string]string{
		`{"id":"a","status":"success","duration_ms":1.5,"result":{"n":9007199254740993}}`: `{"n":9007199254740993}`,
		`{"id":"a","status":"success","duration_ms":1.5,"result":null}`:                   "null",
		`{"id":"a","status":"running","duration_ms":1.5}`:                                 "",
	} {
		run, err := decodeDryRun(Response{Body: []byte(body)})
		if err != nil || string(run.Result) != want || run.Duration != 1500*time.Microsecond || run.State.Ended() == (want == "") {
			t.Errorf("%s: %+v: %v", body, run, err)
		}
	}
	for _, body := range []string{`{}`, `{"id":"a"}`, `[]`} {
		if _, err := decodeDryRun(Response{Body: json.RawMessage(body)}); err == nil {
			t.Errorf("%s is no dry run", body)
		}
	}
}

func TestRunFailureOrigin(t *testing.T) {
	for code, want := range map[string]Origin{
		"compilation_error": OriginFunction, "function_error": OriginFunction, "function_runtime_out_of_memory": OriginFunction,
		"script_http_error": OriginProvider,
		"server_error":      OriginNango, "plan_limit": OriginNango, "something_new": 0, "": 0,
	} {
		if got := (RunFailure{Code: code}).Origin(); got != want {
			t.Errorf("%q is of %v, want %v", code, got, want)
		}
	}
}
