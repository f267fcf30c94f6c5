package nango

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"nango-tui/internal/contract/facts"
	"nango-tui/internal/longtest"
)

const (
	// contractFolder holds the facts about the responses of a real server.
	contractFolder = "testdata/contract"
	// recordingsFolder holds the full recordings that the facts come from, if they are beside the checkout.
	recordingsFolder = "../../shared/nango/recordings"
	recordedServer   = "0.71.4"
	// logsFolder holds recordings of Nango's logs, in the same form or as a response alone.
	logsFolder = "../../shared/nango/logs"
)

// recording is a request to a real server and its response.
type recording struct{ facts.Exchange }

// source is a set of recordings: the facts, filled in with sample values, or the full recordings.
type source struct {
	name       string
	recordings []recording
}

// sources returns the facts, and the full recordings if they are beside the checkout.
func sources(t testing.TB) []source {
	t.Helper()
	all := []source{{name: "facts"}, {name: "recordings"}}
	for _, c := range readFacts(t) {
		all[0].recordings = append(all[0].recordings, recording{c.Sample()})
	}
	for _, e := range append(readRecordings(t), readLogs(t)...) {
		all[1].recordings = append(all[1].recordings, recording{e})
	}
	if len(all[1].recordings) == 0 {
		return all[:1]
	}
	return all
}

func readFacts(t testing.TB) []facts.Case {
	t.Helper()
	cases, err := facts.Read(contractFolder)
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) == 0 {
		t.Fatal("no facts in " + contractFolder)
	}
	return cases
}

func readRecordings(t testing.TB) []facts.Exchange {
	t.Helper()
	all, err := facts.ReadRecordings(recordingsFolder)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// readLogs reads the recordings of logs. Their cases become slugs; a response alone becomes a case.
func readLogs(t testing.TB) []facts.Exchange {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(logsFolder, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []facts.Exchange
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var some []facts.Exchange
		if json.Unmarshal(raw, &some) != nil {
			some = []facts.Exchange{logsAlone(strings.TrimSuffix(filepath.Base(name), ".json"), raw)}
		}
		for _, e := range some {
			e.File, e.Case = logsFile, notSlug.ReplaceAllString(e.Case, "-")
			maps.Copy(e.Request.Headers, logsHeaders) // the recordings of logs leave out what all have
			all = append(all, e)
		}
	}
	return all
}

// logsFile is the file of facts about logs.
const logsFile = "POST_management_mcp_logs"

var logsHeaders = map[string]string{"Content-Type": jsonMedia, "Accept": mcpAccept, "Authorization": "Bearer SECRET"}

var notSlug = regexp.MustCompile(`[^\w-]+`)

// logsAlone is a recorded response to a list of operations.
func logsAlone(name string, raw []byte) facts.Exchange {
	e := facts.Exchange{Case: name}
	e.Request = facts.Request{Method: http.MethodPost, Path: "/mcp", Body: sampleLogs.Call().Body,
		Headers: map[string]string{"Host": logsHostName}}
	e.Response = facts.Response{Status: http.StatusOK, Headers: map[string]string{"content-type": eventStream}, Body: raw}
	return e
}

// forEachSource runs a test with the recordings of each source, by operation.
func forEachSource(t *testing.T, test func(t *testing.T, byOperation map[Operation][]recording)) {
	t.Helper()
	t.Parallel()
	for _, source := range sources(t) {
		t.Run(source.name, func(t *testing.T) {
			t.Parallel()
			test(t, byOperation(t, source.recordings))
		})
	}
}

// notCovered are the files of operations that this package does not have, with the reason.
var notCovered = map[string]string{
	"GET_connection":                         "deprecated: the client uses /connections",
	"GET_connection_connectionId":            "deprecated: the client uses /connections",
	"POST_connection":                        "deprecated: its response contains every secret that was sent",
	"DELETE_connection_connectionId":         "deprecated: the client uses /connections",
	"POST_connection_metadata":               "deprecated: the client uses /connections",
	"PATCH_connection_metadata":              "deprecated: the client uses /connections",
	"POST_connection_connectionId_metadata":  "deprecated: the client uses /connections",
	"PATCH_connection_connectionId_metadata": "deprecated: the client uses /connections",
	"HEAD_proxy":                             "the client proxies GET, POST, PUT, PATCH and DELETE",
	"OPTIONS_proxy":                          "the client proxies GET, POST, PUT, PATCH and DELETE",
	"x_api-auth_api-key":                     "used by the connect page only",
	"x_sync_deploy":                          "used by Nango's own command line only",
}

// otherOperations are recordings of operations that this package does not have, in files of operations that it has.
var otherOperations = map[string]bool{
	"misc/DELETE_integrations": true, "misc/GET_nope-nope": true, "misc/GET_root_config_deprecated": true,
	"misc/POST_providers": true, "misc/PUT_integrations_posthog": true, "misc/functions-invocations": true,
	"misc/mcp-post": true, "misc/providers.json": true, "misc/ready": true, "misc/v1-passthrough": true,
	"misc/v1-passthrough-unknown": true,
	"POST_management_mcp/batch":   true, "POST_management_mcp/connections-list": true, "POST_management_mcp/get-method": true,
	"POST_management_mcp/initialize": true, "POST_management_mcp/malformed-jsonrpc": true, "POST_management_mcp/notification": true,
	"POST_management_mcp/tools-list": true, "POST_management_mcp/tools-list-limited-key": true, "POST_management_mcp/unknown-tool": true,
	"POST_management_mcp/wrong-path-on-mcp-host": true,
}

// proxyRoutes are the operations of the proxy by method.
var proxyRoutes = map[string]Operation{
	"GET": OpProxyGet, "POST": OpProxyPost, "PUT": OpProxyPut, "PATCH": OpProxyPatch, "DELETE": OpProxyDelete,
}

// operation returns the operation of a recording, and the name or id in its path.
func (r recording) operation() (operation Operation, name string, ok bool) {
	parts := strings.Split(strings.Trim(r.Request.Path, "/"), "/")
	if strings.HasPrefix(r.File, "POST_management_mcp") {
		operation, ok = logTools[r.tool()]
		return operation, "", ok && r.Request.Path == "/mcp"
	}
	if len(parts) > 1 && (parts[0] == "connections" && parts[1] != "metadata" || parts[0] == "providers" ||
		parts[0] == "integrations" && parts[1] != "quickstart") {
		unescaped, err := url.PathUnescape(parts[1])
		if err != nil {
			return "", "", false
		}
		name, parts[1] = unescaped, "*"
	}
	if len(parts) == 2 && (parts[0] == "environments" || parts[0] == "action" && parts[1] != "trigger") {
		name, parts[1] = parts[1], "*"
	}
	if len(parts) > 2 && parts[0] == "environments" {
		name, parts[1] = parts[1], "*"
	}
	if len(parts) == 4 && parts[0] == "environments" {
		parts[3] = "*"
	}
	if len(parts) == 3 && parts[0] == "functions" {
		name, parts[2] = parts[2], "*"
	}
	if len(parts) > 3 && parts[0] == "integrations" && parts[2] == "functions" {
		parts[3] = "*"
	}
	if len(parts) == 4 && parts[0] == "sync" && parts[2] == "variant" {
		parts[1], parts[3] = "*", "*"
	}
	if parts[0] == "proxy" {
		operation, ok = proxyRoutes[r.Request.Method]
		return operation, "", ok
	}
	operation, ok = routes[r.Request.Method+" "+strings.Join(parts, "/")]
	if operation == OpActionRun && r.Request.Headers["X-Async"] != "" {
		operation = OpActionStart
	}
	return operation, name, ok
}

// logTools are the operations that call a tool.
var logTools = map[string]Operation{toolList: OpLogsList, toolGet: OpLogGet}

// tool returns the tool that a recorded request calls, if it calls one.
func (r recording) tool() string {
	var call rpcCall
	if json.Unmarshal(r.Request.Body, &call) != nil {
		return ""
	}
	return call.Params.Name
}

var routes = map[string]Operation{
	"GET connections": OpConnectionsList, "GET connections/*": OpConnectionGet, "POST connections": OpConnectionUpsert,
	"PATCH connections/*": OpConnectionUpdate, "DELETE connections/*": OpConnectionDelete,
	"POST connections/metadata": OpMetadataSet, "PATCH connections/metadata": OpMetadataMerge,
	"GET integrations": OpIntegrationsList, "GET integrations/*": OpIntegrationGet,
	"POST integrations":            OpIntegrationCreate,
	"POST integrations/quickstart": OpIntegrationQuickstart, "PATCH integrations/*": OpIntegrationUpdate,
	"DELETE integrations/*": OpIntegrationDelete,
	"GET providers":         OpProvidersList, "GET providers/*": OpProviderGet,
	"GET providers/*/templates": OpProviderTemplates,
	"POST connect/sessions":     OpSessionCreate, "POST connect/sessions/reconnect": OpSessionReconnect,
	"GET connect/session": OpSessionGet, "DELETE connect/session": OpSessionDelete,
	"GET environment-variables": OpEnvironmentVariables,
	"GET sync/status":           OpSyncsList, "POST sync/trigger": OpSyncTrigger, "POST sync/start": OpSyncStart,
	"POST sync/pause":                             OpSyncPause,
	"PUT sync/update-connection-frequency":        OpSyncFrequency,
	"POST environment/webhook-signing-key/rotate": OpWebhookKeyRotate, "POST environments": OpEnvironmentCreate,
	"DELETE environments/*":     OpEnvironmentDelete,
	"POST environment/api-keys": OpAPIKeyCreate, "DELETE environment/api-keys": OpAPIKeyDelete,
	"GET environments": OpEnvironmentsList, "GET environments/*/api-keys": OpAPIKeysList,
	"GET environments/*/api-keys/*": OpAPIKeyGet, "POST environments/*/api-keys": OpAPIKeyCreate,
	"DELETE environments/*/api-keys/*": OpAPIKeyDelete,
	"GET scripts/config":               OpScriptsList, "GET integrations/*/functions": OpFunctionsList,
	"GET integrations/*/functions/*":      OpFunctionGet,
	"GET integrations/*/functions/*/code": OpFunctionCode, "DELETE integrations/*/functions/*": OpFunctionDelete,
	"POST functions/compile": OpFunctionCompile, "POST functions/dryruns": OpDryRunStart,
	"GET functions/dryruns/*":    OpDryRunGet,
	"POST functions/deployments": OpDeploymentStart, "GET functions/deployments/*": OpDeploymentGet,
	"POST action/trigger": OpActionRun, "GET action/*": OpActionResult,
	"GET records": OpRecordsList, "PATCH records/prune": OpRecordsPrune,
	"POST sync/*/variant/*": OpVariantCreate, "DELETE sync/*/variant/*": OpVariantDelete,
}

// byOperation groups recordings by operation. It fails for a recording of an unknown operation that is not listed.
func byOperation(t testing.TB, all []recording) map[Operation][]recording {
	t.Helper()
	found := map[Operation][]recording{}
	for _, r := range all {
		operation, _, ok := r.operation()
		switch {
		case notCovered[r.File] != "":
		case ok:
			found[operation] = append(found[operation], r)
		case !otherOperations[r.Name()]:
			t.Errorf("%s: unknown operation: add its method and path to routes", r.Name())
		}
	}
	return found
}

// matches returns the patterns of a list that match the name of a recording.
func matches(list map[string]string, name string) []string {
	var found []string
	for pattern := range list {
		if matched, err := path.Match(pattern, name); err == nil && matched {
			found = append(found, pattern)
		}
	}
	return found
}

// The facts alone count: recordings beside the checkout may be of an older server.
func TestEveryOperationIsRecorded(t *testing.T) {
	t.Parallel()
	found := byOperation(t, sources(t)[0].recordings)
	for _, operation := range Operations() {
		if len(found[operation]) == 0 {
			t.Errorf("no recording of %s: record one, see internal/contract", operation)
		}
	}
}

// Where the full recordings are beside the checkout, they give the facts that the repository has, byte for byte.
func TestFactsAreCurrent(t *testing.T) {
	longtest.SkipInShort(t)
	t.Parallel()
	recordings := readRecordings(t)
	if len(recordings) == 0 {
		return
	}
	server := map[string]string{}
	old := readFacts(t)
	for _, c := range old {
		server[c.Name()] = c.Server
	}
	var cases []facts.Case
	for _, c := range facts.OfAll(recordings, recordedServer) {
		if server[c.Name()] == recordedServer || server[c.Name()] == "" {
			cases = append(cases, c) // a newer server may have replaced the others
		}
	}
	if raw, err := os.ReadFile(providersFile); err == nil {
		catalog, err := facts.Catalog(raw)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, facts.OfAll([]facts.Exchange{catalog}, recordedServer)...)
	}
	for name, want := range facts.Files(facts.Merge(old, cases)) {
		have, err := os.ReadFile(filepath.Join(contractFolder, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != string(want) {
			t.Errorf("%s differs from the recordings: run go run ./internal/contract -from DIR", name)
		}
	}
}

// replay is a transport that returns the response of a recording to every request.
type replay struct{ recording }

func (r replay) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Body != nil {
		_ = request.Body.Close()
	}
	response := &http.Response{StatusCode: r.Response.Status, Header: http.Header{}, Request: request,
		Body: bodyOf(string(r.Response.Bytes()))}
	for name, value := range r.Response.Headers {
		response.Header.Set(name, value)
	}
	return response, nil
}
