package nango

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recordingsFolder holds recorded answers of a running server, v0.71.4, one file for each operation.
const recordingsFolder = "../../shared/nango/recordings"

// recording is a request to a running server, and its answer.
type recording struct {
	File    string
	Case    string
	Request struct {
		Method, Path, Query string
		Headers             map[string]string
		Body                json.RawMessage
	}
	Response struct {
		Status  int
		Headers map[string]string
		Body    json.RawMessage
	}
}

func (r recording) name() string { return r.File + ": " + r.Case }

// recordings are all of them. Where there are none the test is skipped, but not in CI.
func recordings(t *testing.T) []recording {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(recordingsFolder, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		skipOutsideCI(t, recordingsFolder+" is not there")
	}
	var all []recording
	for _, file := range files {
		var some []recording
		readJSON(t, file, &some)
		for i := range some {
			some[i].File = strings.TrimSuffix(filepath.Base(file), ".json")
		}
		all = append(all, some...)
	}
	return all
}

func skipOutsideCI(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// truncated says that the recording kept only the beginning of a long answer.
func (r recording) truncated() bool {
	var body struct {
		Truncated bool `json:"_truncated"`
	}
	return json.Unmarshal(r.Response.Body, &body) == nil && body.Truncated
}

// body is the answer's body as it was sent: JSON, or the text that a JSON string stands for.
func (r recording) body() string {
	var text string
	media := r.Response.Headers["content-type"]
	switch {
	case string(r.Response.Body) == "null" && media == "":
		return ""
	case !strings.HasPrefix(media, "application/json") && json.Unmarshal(r.Response.Body, &text) == nil:
		return text
	}
	return string(r.Response.Body)
}

// notCovered are the files of what this package does not have, with the reason.
var notCovered = map[string]string{
	"GET_connection":                         "deprecated: the client asks for connections",
	"GET_connection_connectionId":            "deprecated: the client asks for connections",
	"POST_connection":                        "deprecated: its answer holds every secret that was sent",
	"DELETE_connection_connectionId":         "deprecated: the client asks for connections",
	"POST_connection_metadata":               "deprecated: the client asks for connections",
	"PATCH_connection_metadata":              "deprecated: the client asks for connections",
	"POST_connection_connectionId_metadata":  "deprecated: the client asks for connections",
	"PATCH_connection_connectionId_metadata": "deprecated: the client asks for connections",
	"HEAD_proxy":                             "the proxy is for GET, POST, PUT, PATCH and DELETE",
	"OPTIONS_proxy":                          "the proxy is for GET, POST, PUT, PATCH and DELETE",
	"POST_management_mcp":                    "logs are another protocol on another host",
	"x_api-auth_api-key":                     "the connect page's own",
	"x_sync_deploy":                          "the command line of Nango's own",
}

// strays are recordings of no operation of this package in files that have such as well.
var strays = map[string]bool{
	"misc: DELETE_integrations": true, "misc: GET_nope-nope": true, "misc: GET_root_config_deprecated": true,
	"misc: POST_providers": true, "misc: PUT_integrations_posthog": true, "misc: functions-invocations": true,
	"misc: mcp-post": true, "misc: providers.json": true, "misc: ready": true, "misc: v1-passthrough": true,
	"misc: v1-passthrough-unknown": true,
}

// proxyRoutes are the methods of the proxy that this package has.
var proxyRoutes = map[string]Operation{
	"GET": OpProxyGet, "POST": OpProxyPost, "PUT": OpProxyPut, "PATCH": OpProxyPatch, "DELETE": OpProxyDelete,
}

// routed finds the operation of a recording, and the part of the path that names something.
func (r recording) routed() (operation Operation, name string, ok bool) {
	parts := strings.Split(strings.Trim(r.Request.Path, "/"), "/")
	if len(parts) > 1 && (parts[0] == "connections" && parts[1] != "metadata" || parts[0] == "providers" || parts[0] == "integrations" && parts[1] != "quickstart") {
		unescaped, err := url.PathUnescape(parts[1])
		if err != nil {
			return "", "", false
		}
		name, parts[1] = unescaped, "*"
	}
	if len(parts) == 2 && (parts[0] == "environments" || parts[0] == "action" && parts[1] != "trigger") {
		name, parts[1] = parts[1], "*"
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

var routes = map[string]Operation{
	"GET connections": OpConnectionsList, "GET connections/*": OpConnectionGet, "POST connections": OpConnectionUpsert,
	"PATCH connections/*": OpConnectionUpdate, "DELETE connections/*": OpConnectionDelete,
	"POST connections/metadata": OpMetadataSet, "PATCH connections/metadata": OpMetadataMerge,
	"GET integrations": OpIntegrationsList, "GET integrations/*": OpIntegrationGet, "POST integrations": OpIntegrationCreate,
	"POST integrations/quickstart": OpIntegrationQuickstart, "PATCH integrations/*": OpIntegrationUpdate,
	"DELETE integrations/*": OpIntegrationDelete,
	"GET providers":         OpProvidersList, "GET providers/*": OpProviderGet, "GET providers/*/templates": OpProviderTemplates,
	"POST connect/sessions": OpSessionCreate, "POST connect/sessions/reconnect": OpSessionReconnect,
	"GET connect/session": OpSessionGet, "DELETE connect/session": OpSessionDelete,
	"GET environment-variables": OpEnvironmentVariables,
	"GET sync/status":           OpSyncsList, "POST sync/trigger": OpSyncTrigger, "POST sync/start": OpSyncStart, "POST sync/pause": OpSyncPause,
	"PUT sync/update-connection-frequency":        OpSyncFrequency,
	"POST environment/webhook-signing-key/rotate": OpWebhookKeyRotate, "POST environments": OpEnvironmentCreate, "DELETE environments/*": OpEnvironmentDelete,
	"POST environment/api-keys": OpAPIKeyCreate, "DELETE environment/api-keys": OpAPIKeyDelete,
	"GET scripts/config": OpScriptsList, "GET integrations/*/functions": OpFunctionsList, "GET integrations/*/functions/*": OpFunctionGet,
	"GET integrations/*/functions/*/code": OpFunctionCode, "DELETE integrations/*/functions/*": OpFunctionDelete,
	"POST functions/compile": OpFunctionCompile, "POST functions/dryruns": OpDryRunStart, "GET functions/dryruns/*": OpDryRunGet,
	"POST functions/deployments": OpDeploymentStart, "GET functions/deployments/*": OpDeploymentGet,
	"POST action/trigger": OpActionRun, "GET action/*": OpActionResult,
	"GET records": OpRecordsList, "PATCH records/prune": OpRecordsPrune,
	"POST sync/*/variant/*": OpVariantCreate, "DELETE sync/*/variant/*": OpVariantDelete,
}

// covered are the recordings of this package's operations, by operation. Every other one must be listed.
func covered(t *testing.T) map[Operation][]recording {
	t.Helper()
	found := map[Operation][]recording{}
	for _, r := range recordings(t) {
		operation, _, ok := r.routed()
		switch {
		case notCovered[r.File] != "":
		case ok:
			found[operation] = append(found[operation], r)
		case !strays[r.name()]:
			t.Errorf("%s: no operation, and not listed", r.name())
		}
	}
	return found
}

func TestEveryOperationWasRecorded(t *testing.T) {
	found := covered(t)
	for _, operation := range Operations() {
		if len(found[operation]) == 0 {
			t.Errorf("no recording of %s", operation)
		}
	}
}

// recorded is a transport that gives the recorded answer to whatever it is sent.
type recorded struct{ recording }

func (r recorded) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Body != nil {
		_ = request.Body.Close()
	}
	response := &http.Response{StatusCode: r.Response.Status, Header: http.Header{}, Request: request, Body: bodyOf(r.body())}
	for name, value := range r.Response.Headers {
		response.Header.Set(name, value)
	}
	return response, nil
}
