package nango

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

func bodyOf(text string) io.ReadCloser { return io.NopCloser(strings.NewReader(text)) }

// stepClock is a clock that moves only when somebody waits.
type stepClock struct{ at time.Time }

func newStepClock() *stepClock { return &stepClock{at: time.Unix(1795357000, 0)} }

func (c *stepClock) now() time.Time { return c.at }

func (c *stepClock) wait(ctx context.Context, d time.Duration) error {
	c.at = c.at.Add(d)
	return ctx.Err()
}

var sampleToken = Secret(sessionTokenPrefix + strings.Repeat("0", 64))

// samples sends each operation with arguments that any server takes.
var samples = map[Operation]func(context.Context, *Client) (any, error){
	OpConnectionsList:       fetches(ListConnections(ConnectionQuery{})),
	OpConnectionGet:         sends(GetConnection(sampleRef, GetOptions{})),
	OpConnectionUpsert:      sends(UpsertConnection(ConnectionInput{Ref: sampleRef, Credentials: NoCredentials{}})),
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
	OpDeploymentStart: sends(DeployFunction(FunctionDeployment{Integration: "i", Name: "f", Type: ActionFunction, Code: "x"})),
	OpDeploymentGet:   fetches(GetDeployment("00000000-0000-4000-8000-000000000000")),

	OpProxyGet:    sends(Proxy(ProxyRequest{Connection: sampleRef, Method: "GET", Path: "/a"})),
	OpProxyPost:   sends(Proxy(ProxyRequest{Connection: sampleRef, Method: "POST", Path: "/a"})),
	OpProxyPut:    sends(Proxy(ProxyRequest{Connection: sampleRef, Method: "PUT", Path: "/a"})),
	OpProxyPatch:  sends(Proxy(ProxyRequest{Connection: sampleRef, Method: "PATCH", Path: "/a"})),
	OpProxyDelete: sends(Proxy(ProxyRequest{Connection: sampleRef, Method: "DELETE", Path: "/a"})),

	OpWebhookKeyRotate:  sends(RotateWebhookKey()),
	OpEnvironmentCreate: sends(CreateEnvironment(EnvironmentInput{Name: "e"})),
	OpEnvironmentDelete: sends(DeleteEnvironment(5)),
	OpAPIKeyCreate:      sends(CreateAPIKey(5, "k")),
	OpAPIKeyDelete:      sends(DeleteAPIKey(5, 6)),
}

var sampleRef = ConnectionRef{Integration: "i", ID: "c"}

var sampleSyncs = SyncSelection{Connection: sampleRef, Syncs: []SyncName{{Name: "s"}}}

func sends[T any](r Request[T]) func(context.Context, *Client) (any, error) {
	return func(ctx context.Context, c *Client) (any, error) { return Send(ctx, c, r) }
}

func fetches[T any](r Read[T]) func(context.Context, *Client) (any, error) {
	return func(ctx context.Context, c *Client) (any, error) { return Fetch(ctx, c, r) }
}

func TestEveryRecordedAnswerIsRead(t *testing.T) {
	for operation, all := range covered(t) {
		for _, r := range all {
			if r.truncated() || r.name() == "GET_scripts_config: format-openai" {
				continue // only its beginning was kept; the client does not ask for the other format
			}
			clock := newStepClock()
			client := clientFor(t, "https://nango.example", func(config *Config) {
				config.Transport, config.Now, config.Wait = recorded{r}, clock.now, clock.wait
			})
			value, err := samples[operation](context.Background(), client)
			if operation.isProxied() {
				checkProxied(t, r, value, err)
				continue
			}
			if r.Response.Status < 300 {
				checkValue(t, r, value, err)
			} else {
				checkError(t, r, operation, err)
			}
		}
	}
}

// checkError holds an error against the recorded body.
func checkError(t *testing.T, r recording, operation Operation, err error) {
	t.Helper()
	e, ok := AsError(err)
	if !ok {
		t.Errorf("%s: %d gave %v", r.name(), r.Response.Status, err)
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
	if err := json.Unmarshal([]byte(r.body()), &body); err != nil && !isMistyped(err) {
		t.Errorf("%s: %v", r.name(), err)
	}
	if e.Status != r.Response.Status || e.Code != body.Error.Code || e.Message != body.Error.Message || len(e.Fields) != len(body.Error.Errors) || e.Operation != operation {
		t.Errorf("%s: read as %+v", r.name(), e)
	}
	for i, field := range body.Error.Errors {
		if e.Fields[i].Code != field.Code || e.Fields[i].Message != field.Message {
			t.Errorf("%s: field %d is %+v", r.name(), i, e.Fields[i])
		}
	}
	if detail, found := e.Connection(); found != (body.Error.Payload.Connection != nil) || found && detail.ID != body.Error.Payload.Connection.ID {
		t.Errorf("%s: connection of the error: %v %v", r.name(), detail.Ref(), found)
	}
	want := kindsByStatus[e.Status]
	if e.Code == "server_error" && goesOnFromCursor(Call{Operation: operation, Query: url.Values{"cursor": nil}}) {
		want = BadCursor
	}
	if _, ran := functionFailed(e.Code); ran {
		want = ActionFailed
	}
	if want != 0 && e.Kind != want {
		t.Errorf("%s: kind %v, want %v", r.name(), e.Kind, want)
	}
	if strings.Contains(e.Message, "Insufficient scope") && len(e.Scopes) == 0 {
		t.Errorf("%s: no scope in %q", r.name(), e.Message)
	}
}

var kindsByStatus = map[int]Kind{401: Unauthorized, 403: Forbidden, 404: NotFound, 424: RefreshFailed, 429: RateLimited, 500: ServerFailed}

// checkValue holds a value against the recorded body, by the fields that are always there.
func checkValue(t *testing.T, r recording, value any, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", r.name(), err)
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
		if value.Updated.IsZero() || len(value.Credentials) == 0 || len(value.ConnectionConfig) == 0 {
			t.Errorf("%s: incomplete: %+v", r.name(), value)
		}
	case []Integration:
		for _, row := range value {
			checkIntegration(t, r, row)
		}
		checkCount(t, r, len(value), "data")
	case IntegrationDetail:
		checkIntegration(t, r, value.Integration)
	case []Provider:
		checkCount(t, r, len(value), "data")
	case Provider:
		checkProvider(t, value)
	default:
		checkOther(t, r, value)
	}
}

// checkOther is checkValue for what is neither a connection nor an integration nor a provider.
func checkOther(t *testing.T, r recording, value any) {
	t.Helper()
	switch value := value.(type) {
	case []Template:
		checkCount(t, r, len(value), "data")
		for _, row := range value {
			if row.Name == "" || row.Type == "" {
				t.Errorf("%s: template %+v", r.name(), row)
			}
		}
	case Session:
		if value.Token == "" || value.Link == "" || value.ExpiresAt.IsZero() {
			t.Errorf("%s: session %q %q %v", r.name(), value.Token.Reveal(), value.Link.Reveal(), value.ExpiresAt)
		}
	case SessionInfo:
		if len(value.Raw) == 0 {
			t.Errorf("%s: %+v", r.name(), value)
		}
	case Success:
		if !value.Success {
			t.Errorf("%s: no success", r.name())
		}
	case json.RawMessage: // metadata: the echo of the request
		sameJSON(t, r.name(), value, r.Response.Body)
	case []Variable:
		for _, row := range value {
			if row.Name == "" || row.Value == "" {
				t.Errorf("%s: variable %q", r.name(), row.Name)
			}
		}
	default:
		checkMore(t, r, value)
	}
}

func checkCount(t *testing.T, r recording, got int, field string) {
	t.Helper()
	var body map[string][]json.RawMessage
	if err := json.Unmarshal(r.Response.Body, &body); err != nil || len(body[field]) != got {
		t.Errorf("%s: read %d of %d (%v)", r.name(), got, len(body[field]), err)
	}
}

func checkConnection(t *testing.T, r recording, c Connection) {
	t.Helper()
	if c.ID == "" || c.Integration == "" || c.Provider == "" || c.Created.IsZero() || c.Tags == nil || len(c.Metadata) == 0 || c.Customer().Name == "" {
		t.Errorf("%s: incomplete: %+v", r.name(), c)
	}
	for _, failure := range c.Errors {
		if _, ok := failure.At(); !ok || failure.Type == "" {
			t.Errorf("%s: error %+v", r.name(), failure)
		}
	}
}

func checkIntegration(t *testing.T, r recording, i Integration) {
	t.Helper()
	if i.Key == "" || i.Provider == "" || i.DisplayName == "" || i.Created.IsZero() || i.Updated.IsZero() || i.Logo == "" {
		t.Errorf("%s: incomplete: %+v", r.name(), i)
	}
}

func checkProvider(t *testing.T, p Provider) {
	t.Helper()
	if p.Name == "" || p.DisplayName == "" || p.AuthMode == "" || len(p.Categories) == 0 || p.Docs == "" || p.Logo == "" || len(p.Raw) == 0 {
		t.Errorf("incomplete: %+v", p)
	}
}

func sameJSON(t *testing.T, name string, got, want []byte) {
	t.Helper()
	if a, b := canonical(got), canonical(want); a != b {
		t.Errorf("%s:\n got %s\nwant %s", name, a, b)
	}
}

// canonical is a JSON text with its keys in order, numbers as written.
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

// catalogueFile is a recorded answer of GET /providers.
const catalogueFile = "../../shared/nango/providers.json"

func TestTheCatalogueIsReadWhole(t *testing.T) {
	var raw json.RawMessage
	if _, err := os.Stat(catalogueFile); err != nil {
		skipOutsideCI(t, catalogueFile+" is not there")
	}
	readJSON(t, catalogueFile, &raw)
	all, err := decodeData[[]Provider](Response{Body: raw})
	if err != nil {
		t.Fatal(err)
	}
	var entries struct{ Data []json.RawMessage }
	if err := json.Unmarshal(raw, &entries); err != nil || len(all) != len(entries.Data) || len(all) < 900 {
		t.Fatalf("read %d of %d (%v)", len(all), len(entries.Data), err)
	}
	for i, provider := range all {
		checkProvider(t, provider)
		sameJSON(t, provider.Name, provider.Raw, entries.Data[i])
		var wire providerWire
		if err := json.Unmarshal(entries.Data[i], &wire); err != nil {
			t.Errorf("%s: a field of an unforeseen type: %v", provider.Name, err)
		}
	}
}
