package nango

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"
	"time"
)

func bodyOf(text string) io.ReadCloser { return io.NopCloser(strings.NewReader(text)) }

// stepClock is a clock that only waiting moves.
type stepClock struct{ at time.Time }

func newStepClock() *stepClock { return &stepClock{at: time.Unix(1795357000, 0)} }

func (c *stepClock) now() time.Time { return c.at }

func (c *stepClock) wait(ctx context.Context, d time.Duration) error {
	c.at = c.at.Add(d)
	return ctx.Err()
}

var sampleToken = Secret(sessionTokenPrefix + strings.Repeat("0", 64))

// samples send each operation with valid arguments.
var samples = map[Operation]func(context.Context, *Client) (any, error){
	OpConnectionsList:       fetches(ListConnections(ConnectionQuery{})),
	OpConnectionGet:         sends(GetConnection(sampleRef, GetOptions{})),
	OpConnectionUpsert:      sends(UpsertConnection(ConnectionInput{Ref: sampleRef, Credentials: Credentials{Type: "NONE"}})),
	OpConnectionUpdate:      sends(UpdateConnection(sampleRef, ConnectionPatch{})),
	OpConnectionDelete:      sends(DeleteConnection(sampleRef)),
	OpMetadataSet:           sends(SetMetadata("i", []string{"c"}, json.RawMessage("{}"))),
	OpMetadataMerge:         sends(MergeMetadata("i", []string{"c"}, json.RawMessage("{}"))),
	OpIntegrationsList:      fetches(ListIntegrations()),
	OpIntegrationGet:        fetches(GetIntegration("i", Include{})),
	OpIntegrationCreate:     sends(CreateIntegration(IntegrationInput{Key: "i", Provider: "p"})),
	OpIntegrationQuickstart: sends(QuickstartIntegration(IntegrationInput{Key: "i", Provider: "p"})),
	OpIntegrationUpdate:     sends(UpdateIntegration("i", IntegrationPatch{DisplayName: "x"})),
	OpIntegrationDelete:     sends(DeleteIntegration("i")),
	OpProvidersList:         fetches(ListProviders("")),
	OpProviderGet:           fetches(GetProvider("p")),
	OpProviderTemplates:     fetches(ProviderTemplates("p")),
	OpSessionCreate:         sends(CreateSession(SessionInput{Tags: map[string]string{"a": "b"}})),
	OpSessionReconnect:      sends(ReconnectSession(sampleRef, SessionInput{})),
	OpSessionGet:            fetches(GetSession(sampleToken)),
	OpSessionDelete:         sends(DeleteSession(sampleToken)),
	OpEnvironmentVariables:  fetches(ListVariables()),

	OpSyncsList:     fetches(ListSyncs(sampleSyncs)),
	OpSyncTrigger:   sends(TriggerSyncs(sampleSyncs, TriggerOptions{})),
	OpSyncStart:     sends(StartSyncs(sampleSyncs)),
	OpSyncPause:     sends(PauseSyncs(sampleSyncs)),
	OpSyncFrequency: sends(SetFrequency(sampleRef, SyncName{Name: "s"}, "")),
	OpVariantCreate: sends(CreateVariant(sampleRef, SyncName{"s", "v"})),
	OpVariantDelete: sends(DeleteVariant(sampleRef, SyncName{"s", "v"})),

	OpRecordsList:  fetches(ListRecords(RecordQuery{Connection: sampleRef, Model: "Mo", Cursor: "x"})),
	OpRecordsPrune: sends(PruneRecords(PruneInput{Connection: sampleRef, Model: "Mo", Until: "x"})),

	OpActionRun:    sends(RunAction(ActionInput{Connection: sampleRef, Name: "a"})),
	OpActionStart:  sends(StartAction(ActionInput{Connection: sampleRef, Name: "a"}, 1)),
	OpActionResult: fetches(GetActionResult("00000000-0000-4000-8000-000000000000")),

	OpScriptsList:     fetches(ListScripts()),
	OpFunctionsList:   fetches(ListFunctions(FunctionQuery{Integration: "i"})),
	OpFunctionGet:     fetches(GetFunction("i", "f", "")),
	OpFunctionCode:    fetches(GetFunctionCode("i", "f", "")),
	OpFunctionDelete:  sends(DeleteFunction("i", "f", ActionFunction)),
	OpFunctionCompile: sends(CompileFunction("x")),
	OpDryRunStart:     sends(StartDryRun(DryRunInput{Connection: sampleRef, Type: ActionFunction, Code: "x"})),
	OpDryRunGet:       fetches(GetDryRun("00000000-0000-4000-8000-000000000000")),
	OpDeploymentStart: sends(DeployFunction(FunctionDeployment{Integration: "i", Name: "f", Type: ActionFunction,
		Code: "x"})),
	OpDeploymentGet: fetches(GetDeployment("00000000-0000-4000-8000-000000000000")),

	OpProxyGet:    sends(Proxy(ProxyRequest{Connection: sampleRef, Method: "GET", Path: "/a"})),
	OpProxyPost:   sends(Proxy(ProxyRequest{Connection: sampleRef, Method: "POST", Path: "/a"})),
	OpProxyPut:    sends(Proxy(ProxyRequest{Connection: sampleRef, Method: "PUT", Path: "/a"})),
	OpProxyPatch:  sends(Proxy(ProxyRequest{Connection: sampleRef, Method: "PATCH", Path: "/a"})),
	OpProxyDelete: sends(Proxy(ProxyRequest{Connection: sampleRef, Method: "DELETE", Path: "/a"})),

	OpLogsList: fetches(sampleLogs),
	OpLogGet:   fetches(GetLogOperation(sampleLogID, MessageQuery{})),

	OpWebhookKeyRotate:  sends(RotateWebhookKey()),
	OpEnvironmentCreate: sends(CreateEnvironment(EnvironmentInput{Name: "e"})),
	OpEnvironmentDelete: sends(DeleteEnvironment(EnvironmentRef{ID: 5})),
	OpAPIKeyCreate:      sends(CreateAPIKey(EnvironmentRef{ID: 5}, "k")),
	OpAPIKeyDelete:      sends(DeleteAPIKey(APIKeyRef{Environment: EnvironmentRef{ID: 5}, ID: 6})),
	OpEnvironmentsList:  fetches(ListEnvironments()),
	OpAPIKeysList:       fetches(ListAPIKeys(sampleUUID)),
	OpAPIKeyGet:         fetches(GetAPIKey(APIKeyRef{Environment: EnvironmentRef{UUID: sampleUUID}, UUID: sampleUUID})),
}

const sampleUUID = "e0000000-0000-4000-8000-000000000004"

var sampleRef = ConnectionRef{Integration: "i", ID: "c"}

var sampleSyncs = SyncSelection{Connection: sampleRef, Syncs: []SyncName{{Name: "s"}}}

func sends[T any](r Request[T]) func(context.Context, *Client) (any, error) {
	return func(ctx context.Context, c *Client) (any, error) { return Send(ctx, c, r) }
}

func fetches[T any](r Read[T]) func(context.Context, *Client) (any, error) {
	return func(ctx context.Context, c *Client) (any, error) { return Fetch(ctx, c, r) }
}

func TestClientDecodesEveryRecordedResponse(t *testing.T) {
	forEachSource(t, func(t *testing.T, found map[Operation][]recording) {
		for operation, all := range found {
			for _, r := range all {
				checkResponse(t, operation, r)
			}
		}
	})
}

// checkResponse compares what the client decodes from a response with the response.
func checkResponse(t testing.TB, operation Operation, r recording) {
	t.Helper()
	if r.IsTruncated() || r.Name() == "GET_scripts_config/format-openai" {
		return // only the beginning was recorded; the client does not request that format
	}
	clock := newStepClock()
	client := clientFor(t, "https://nango.example", func(config *Config) {
		config.Transport, config.Now, config.Wait = replay{r}, clock.now, clock.wait
	})
	send, ok := samples[operation]
	if !ok {
		t.Fatalf("%s: add it to samples", operation)
	}
	value, err := send(context.Background(), client)
	switch {
	case r.Response.Status >= 400 && movedToUUIDs[r.Name()]:
		if !errors.Is(err, Moved) {
			t.Errorf("%s: %v", r.Name(), err)
		}
	case operation.ofLogs():
		checkLogs(t, r, value, err)
	case operation.isProxied():
		checkProxied(t, r, value, err)
	case r.Response.Status < 300:
		checkValue(t, r, value, err)
	default:
		checkError(t, r, operation, err)
	}
}

// movedToUUIDs are answers that say that a request by number is not taken any more.
var movedToUUIDs = map[string]bool{
	"POST_environment_api-keys/gone-0.71.7": true, "DELETE_environment_api-keys/gone-0.71.7": true,
	"DELETE_environments_environmentUuid/bad-number": true,
}

// checkError compares an error with its response.
func checkError(t testing.TB, r recording, operation Operation, err error) {
	t.Helper()
	e, ok := AsError(err)
	if !ok {
		t.Errorf("%s: %d gave %v", r.Name(), r.Response.Status, err)
		return
	}
	var body struct {
		Error struct {
			Code, Message string
			Errors        []struct{ Code, Message string }
			Payload       struct {
				Connection *struct {
					ID string `json:"connection_id"`
				}
			}
		}
	}
	if err := json.Unmarshal(r.Response.Bytes(), &body); err != nil && !isMistyped(err) {
		t.Errorf("%s: %v", r.Name(), err)
	}
	if e.Status != r.Response.Status || e.Code != body.Error.Code || e.Message != body.Error.Message ||
		len(e.Fields) != len(body.Error.Errors) || e.Operation != operation {
		t.Errorf("%s: decoded as %+v", r.Name(), e)
	}
	if e.Code == "" {
		t.Errorf("%s: no code", r.Name())
	}
	for i, field := range body.Error.Errors {
		if e.Fields[i].Code != field.Code || e.Fields[i].Message != field.Message {
			t.Errorf("%s: field %d is %+v", r.Name(), i, e.Fields[i])
		}
	}
	if detail, found := e.Connection(); found != (body.Error.Payload.Connection != nil) ||
		found && detail.ID != body.Error.Payload.Connection.ID {
		t.Errorf("%s: connection of the error: %v %v", r.Name(), detail.Ref(), found)
	}
	want := kindsByStatus[e.Status]
	if e.Code == "server_error" && usesCursor(Call{Operation: operation, Query: url.Values{"cursor": nil}}) {
		want = BadCursor
	}
	if _, ran := functionFailed(e.Code); ran {
		want = ActionFailed
	}
	if want != 0 && e.Kind != want {
		t.Errorf("%s: kind %v, want %v", r.Name(), e.Kind, want)
	}
	if strings.Contains(e.Message, "Insufficient scope") && len(e.Scopes) == 0 {
		t.Errorf("%s: no scope in %q", r.Name(), e.Message)
	}
}

var kindsByStatus = map[int]Kind{401: Unauthorized, 403: Forbidden, 404: NotFound, 424: RefreshFailed,
	429: RateLimited, 500: ServerFailed}

// checkValue checks that a value has what its response has: the fields that are always there, and all items of a list.
func checkValue(t testing.TB, r recording, value any, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", r.Name(), err)
		return
	}
	switch value := value.(type) {
	case []Connection:
		for _, row := range value {
			checkConnection(t, r, row)
		}
		checkCount(t, r, len(value), "connections")
	case ConnectionDetail:
		checkConnection(t, r, value.Connection)
		if value.Updated.IsZero() || !isObject(value.Credentials) || !isObject(value.ConnectionConfig) {
			t.Errorf("%s: incomplete: %+v", r.Name(), value)
		}
	case []Integration:
		for _, row := range value {
			checkIntegration(t, r, row)
		}
		checkCount(t, r, len(value), "data")
	case IntegrationDetail:
		checkIntegration(t, r, value.Integration)
	case []Provider:
		for _, row := range value {
			checkProvider(t, row)
		}
		checkCount(t, r, len(value), "data")
	case Provider:
		checkProvider(t, value)
	default:
		checkSessionValue(t, r, value)
	}
}

// checkSessionValue is checkValue for connect sessions, templates, metadata and variables.
func checkSessionValue(t testing.TB, r recording, value any) {
	t.Helper()
	switch value := value.(type) {
	case []Template:
		checkCount(t, r, len(value), "data")
		for _, row := range value {
			if row.Name == "" || row.Type == "" {
				t.Errorf("%s: template %+v", r.Name(), row)
			}
		}
	case Session:
		if value.Token == "" || value.Link == "" || value.ExpiresAt.IsZero() {
			t.Errorf("%s: session %q %q %v", r.Name(), value.Token.Reveal(), value.Link.Reveal(), value.ExpiresAt)
		}
	case SessionInfo:
		if len(value.Raw) == 0 {
			t.Errorf("%s: %+v", r.Name(), value)
		}
	case Success:
		if !value.Success {
			t.Errorf("%s: no success", r.Name())
		}
	case json.RawMessage: // metadata
		sameJSON(t, r.Name(), value, r.Response.Body)
	case []Variable:
		for _, row := range value {
			if row.Name == "" || row.Value == "" {
				t.Errorf("%s: variable %q", r.Name(), row.Name)
			}
		}
	default:
		checkSyncValue(t, r, value)
	}
}

// checkSyncValue is checkValue for syncs, records and actions.
func checkSyncValue(t testing.TB, r recording, value any) {
	t.Helper()
	switch value := value.(type) {
	case []SyncStatus:
		checkCount(t, r, len(value), "syncs")
		for _, sync := range value {
			checkSync(t, r, sync)
		}
	case string: // a frequency
		if _, err := ParseFrequency(value); err != nil {
			t.Errorf("%s: %q: %v", r.Name(), value, err)
		}
	case Variant:
		if value.ID == "" || value.Name.check() != nil || value.Name.Variant == "" {
			t.Errorf("%s: %+v", r.Name(), value)
		}
	case ActionRun:
		if checkUUID("", value.ID) != nil {
			t.Errorf("%s: %+v", r.Name(), value)
		}
	case RecordPage:
		checkRecords(t, r, value)
	case Pruned:
		var body map[string]any
		if err := json.Unmarshal(r.Response.Body, &body); err != nil || body["count"] != float64(value.Count) ||
			body["has_more"] != value.More {
			t.Errorf("%s: %+v: %v", r.Name(), value, err)
		}
	default:
		checkFunctionValue(t, r, value)
	}
}

// checkFunctionValue is checkValue for functions, dry runs and deployments.
func checkFunctionValue(t testing.TB, r recording, value any) {
	t.Helper()
	switch value := value.(type) {
	case []ProviderScripts:
		checkScripts(t, r, value)
	case FunctionPage:
		checkFunctionPage(t, r, value)
	case Function:
		checkFunction(t, r, value)
	case FunctionCode:
		if value.Type == "" || value.Code == "" {
			t.Errorf("%s: %+v", r.Name(), value)
		}
	case DryRun:
		checkRun(t, r, value.FunctionRun)
		sameJSON(t, r.Name(), value.Result, bodyField(r, "result"))
	case Deployment:
		checkRun(t, r, value.FunctionRun)
		if value.Deployed != (value.State == RunSuccess) ||
			value.Deployed != (len(value.Functions) > 0 && value.Functions[0].Version != "") {
			t.Errorf("%s: %+v", r.Name(), value)
		}
	default:
		checkEnvironmentValue(t, r, value)
	}
}

// checkEnvironmentValue is checkValue for environments and their keys.
func checkEnvironmentValue(t testing.TB, r recording, value any) {
	t.Helper()
	switch value := value.(type) {
	case Secret:
		if checkUUID("", value.Reveal()) != nil {
			t.Errorf("%s: a webhook key", r.Name())
		}
	case Environment:
		checkEnvironment(t, r, value)
	case []Environment:
		checkCount(t, r, len(value), "data")
		prod := r.Request.Query != ""
		for _, row := range value {
			checkEnvironment(t, r, row)
			prod = prod || row.Production
		}
		if !prod {
			t.Errorf("%s: none is production", r.Name())
		}
	case APIKey:
		checkKey(t, r, value)
		if value.Secret == "" || !strings.Contains(string(r.Response.Body), value.Secret.Reveal()) {
			t.Errorf("%s: its secret", r.Name())
		}
	case []APIKey:
		checkCount(t, r, len(value), "data")
		for _, row := range value {
			checkKey(t, r, row)
		}
	default:
		t.Errorf("%s: no check for a %T", r.Name(), value)
	}
}

func checkEnvironment(t testing.TB, r recording, e Environment) {
	t.Helper()
	if e.ID == 0 || e.Name == "" || r.hasUUIDs() && checkUUID("", e.UUID) != nil {
		t.Errorf("%s: %+v", r.Name(), e)
	}
}

func checkKey(t testing.TB, r recording, k APIKey) {
	t.Helper()
	if k.ID == 0 || k.Name == "" || len(k.Scopes) != 1 || k.Created.IsZero() || r.hasUUIDs() && checkUUID("", k.UUID) != nil ||
		strings.HasSuffix(r.Name(), "/good-used") && k.Used.IsZero() {
		t.Errorf("%s: %+v", r.Name(), k)
	}
}

// hasUUIDs reports whether the recording is of a server that identifies environments and keys by UUID.
func (r recording) hasUUIDs() bool {
	return strings.Contains(r.File, "Uuid") || r.File == "GET_environments" || r.Case == "good-uuid"
}

// checkCount compares the length of a list with that of the only field of the response.
func checkCount(t testing.TB, r recording, got int, field string) {
	t.Helper()
	var body map[string][]json.RawMessage
	if err := json.Unmarshal(r.Response.Body, &body); err != nil || len(body[field]) != got {
		t.Errorf("%s: decoded %d of %d (%v)", r.Name(), got, len(body[field]), err)
	}
}

// checkField compares the length of a list with that of a field in the response.
func checkField[T any](t testing.TB, r recording, got []T, field string) {
	t.Helper()
	var body map[string]json.RawMessage
	var list []json.RawMessage
	if err := json.Unmarshal(r.Response.Body, &body); err != nil {
		t.Errorf("%s: %v", r.Name(), err)
	}
	if err := json.Unmarshal(body[field], &list); err != nil || len(list) != len(got) {
		t.Errorf("%s: decoded %d of %d (%v)", r.Name(), len(got), len(list), err)
	}
}

// bodyField returns a field of the recorded response.
func bodyField(r recording, name string) json.RawMessage {
	var body map[string]json.RawMessage
	if json.Unmarshal(r.Response.Body, &body) != nil {
		return nil
	}
	return body[name]
}

func isObject(raw json.RawMessage) bool { return strings.HasPrefix(string(raw), "{") }

func checkConnection(t testing.TB, r recording, c Connection) {
	t.Helper()
	if c.ID == "" || c.Integration == "" || c.Provider == "" || c.Created.IsZero() || c.Tags == nil ||
		!isObject(c.Metadata) || c.Customer().Name == "" {
		t.Errorf("%s: incomplete: %+v", r.Name(), c)
	}
	for _, failure := range c.Errors {
		if _, ok := failure.At(); !ok || failure.Type == "" {
			t.Errorf("%s: error %+v", r.Name(), failure)
		}
	}
}

func checkIntegration(t testing.TB, r recording, i Integration) {
	t.Helper()
	if i.Key == "" || i.Provider == "" || i.DisplayName == "" || i.Created.IsZero() || i.Updated.IsZero() || i.Logo == "" {
		t.Errorf("%s: incomplete: %+v", r.Name(), i)
	}
}

func checkProvider(t testing.TB, p Provider) {
	t.Helper()
	if p.Name == "" || p.DisplayName == "" || p.AuthMode == "" || len(p.Categories) == 0 || p.Docs == "" || p.Logo == "" ||
		len(p.Raw) == 0 {
		t.Errorf("incomplete: %+v", p)
	}
	var wire providerWire
	if err := json.Unmarshal(p.Raw, &wire); err != nil {
		t.Errorf("%s: a field of an unexpected type: %v", p.Name, err)
	}
}

func checkSync(t testing.TB, r recording, s SyncStatus) {
	t.Helper()
	if s.ID == "" || s.Connection == "" || s.Name.check() != nil || s.State == "" || s.Type == "" || s.Records == nil ||
		s.Checkpoint != nil {
		t.Errorf("%s: incomplete: %+v", r.Name(), s)
	}
	if _, err := ParseFrequency(s.Frequency); err != nil {
		t.Errorf("%s: frequency %q: %v", r.Name(), s.Frequency, err)
	}
	if (s.NextAt == nil) != (s.State == SyncStatePaused) || (s.FinishedAt == nil) != (s.LatestState == "") {
		t.Errorf("%s: times of %+v", r.Name(), s)
	}
	if s.Name.Variant == BaseVariant {
		t.Errorf("%s: the base variant must have no name: %+v", r.Name(), s)
	}
}

func checkRecords(t testing.TB, r recording, page RecordPage) {
	t.Helper()
	checkField(t, r, page.Records, "records")
	var body struct {
		Next    *string `json:"next_cursor"`
		Records []map[string]json.RawMessage
	}
	if err := json.Unmarshal(r.Response.Body, &body); err != nil || (body.Next == nil) != (page.Next == "") ||
		body.Next != nil && *body.Next != page.Next {
		t.Errorf("%s: next %q: %v", r.Name(), page.Next, err)
	}
	for i, record := range page.Records {
		if record.ID == "" || record.FirstSeen.IsZero() || record.LastModified.IsZero() || record.Action == "" ||
			record.Cursor == "" {
			t.Errorf("%s: incomplete: %+v", r.Name(), record)
		}
		full, err := json.Marshal(body.Records[i])
		if err != nil {
			t.Fatal(err)
		}
		sameJSON(t, r.Name(), record.Raw, full)
		delete(body.Records[i], recordMetadata)
		payload, err := json.Marshal(body.Records[i])
		if err != nil {
			t.Fatal(err)
		}
		sameJSON(t, r.Name(), record.Payload(), payload)
	}
}

func checkFunction(t testing.TB, r recording, f Function) {
	t.Helper()
	event := f.Type == OnEventFunction
	if f.ID == 0 || f.Name == "" || f.Deployed == nil || f.Source == "" || !f.Enabled || len(f.Raw) == 0 ||
		event != (f.Event != "") || event == (len(f.Schema) > 0) || event == (len(f.Returns) > 0) {
		t.Errorf("%s: incomplete: %+v", r.Name(), f)
	}
	if _, err := ParseFrequency(f.Frequency); f.Type == SyncFunction && err != nil {
		t.Errorf("%s: runs %q: %v", r.Name(), f.Frequency, err)
	}
}

func checkFunctionPage(t testing.TB, r recording, page FunctionPage) {
	t.Helper()
	checkField(t, r, page.Functions, "data")
	if page.Total < len(page.Functions) {
		t.Errorf("%s: %d of %d", r.Name(), len(page.Functions), page.Total)
	}
	for _, function := range page.Functions {
		checkFunction(t, r, function)
	}
}

func checkScripts(t testing.TB, r recording, all []ProviderScripts) {
	t.Helper()
	var body []map[string]json.RawMessage
	if err := json.Unmarshal(r.Response.Body, &body); err != nil || len(body) != len(all) || len(all) == 0 {
		t.Errorf("%s: %d of %d: %v", r.Name(), len(all), len(body), err)
	}
	for _, one := range all {
		if one.Integration == "" || one.Provider == "" || len(one.Functions) == 0 {
			t.Errorf("%s: %+v", r.Name(), one)
		}
		for _, function := range one.Functions {
			checkFunction(t, r, function)
			if function.Version == "" && function.Source == "repo" {
				t.Errorf("%s: no version: %+v", r.Name(), function)
			}
		}
	}
}

func checkRun(t testing.TB, r recording, run FunctionRun) {
	t.Helper()
	if checkUUID("", run.ID) != nil || run.Integration == "" || run.Type == "" || run.Created.IsZero() ||
		run.Updated.IsZero() {
		t.Errorf("%s: incomplete: %+v", r.Name(), run)
	}
	var milliseconds float64
	_ = json.Unmarshal(bodyField(r, "duration_ms"), &milliseconds) // missing until a run succeeds
	took := time.Duration(milliseconds * float64(time.Millisecond))
	if (run.State == RunSuccess) != (took > 0 && run.Output != "") || run.Duration != took {
		t.Errorf("%s: took %v: %+v", r.Name(), took, run)
	}
	if (run.Completed != nil) != run.State.Ended() || (run.Failure != nil) != (run.State == RunFailed) {
		t.Errorf("%s: %+v", r.Name(), run)
	}
	if run.Failure != nil && (run.Failure.Code == "" || run.Failure.Message == "") {
		t.Errorf("%s: %+v", r.Name(), run.Failure)
	}
}

// providersErrors are the recorded responses of 400 and more that come from the provider.
var providersErrors = []string{"*_proxy/upstream-*", "GET_proxy/retries-0-flaky-503", "GET_proxy/retries-1-429-*",
	"GET_proxy/root*", "GET_proxy/query-only-path"}

func checkProxied(t testing.TB, r recording, value any, err error) {
	t.Helper()
	providers := r.Response.Status < 400
	for _, pattern := range providersErrors {
		matched, _ := path.Match(pattern, r.Name())
		providers = providers || matched
	}
	answer, _ := value.(ProxyResponse)
	if !providers {
		e, ok := AsError(err)
		if !ok {
			t.Errorf("%s: %d is mistaken for a response of the provider", r.Name(), r.Response.Status)
			return
		}
		answer, ok = e.Proxied()
		if !ok || e.Kind == ProviderUnreachable != (e.Origin() == OriginProvider && e.Kind != RefreshFailed) ||
			e.Error() == "" {
			t.Errorf("%s: %v (%v)", r.Name(), err, e.Kind)
		}
	} else if err != nil {
		t.Errorf("%s: mistaken for a response of Nango: %v", r.Name(), err)
		return
	}
	if answer.Status != r.Response.Status || string(answer.Body) != string(r.Response.Bytes()) || answer.Cut ||
		answer.Size != int64(len(answer.Body)) || len(answer.Header) != len(r.Response.Headers) {
		t.Errorf("%s: %+v", r.Name(), answer)
	}
}

func sameJSON(t testing.TB, name string, got, want []byte) {
	t.Helper()
	if a, b := canonical(got), canonical(want); a != b {
		t.Errorf("%s:\n got %s\nwant %s", name, a, b)
	}
}

// canonical returns a JSON text with sorted keys and unchanged numbers.
func canonical(raw []byte) string {
	if len(raw) == 0 {
		return "null"
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return fmt.Sprintf("%q", raw)
	}
	out, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(out)
}

// providersFile is the full response to GET /providers, if it is beside the checkout.
const providersFile = "../../shared/nango/providers.json"

func TestClientDecodesAllProviders(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(providersFile)
	if errors.Is(err, fs.ErrNotExist) {
		return // the facts have the providers that differ in a field or a type
	}
	if err != nil {
		t.Fatal(err)
	}
	all, err := decodeData[[]Provider](Response{Body: raw})
	if err != nil {
		t.Fatal(err)
	}
	var entries struct{ Data []json.RawMessage }
	if err := json.Unmarshal(raw, &entries); err != nil || len(all) != len(entries.Data) || len(all) < 900 {
		t.Fatalf("decoded %d of %d (%v)", len(all), len(entries.Data), err)
	}
	for i, provider := range all {
		checkProvider(t, provider)
		sameJSON(t, provider.Name, provider.Raw, entries.Data[i])
	}
}
