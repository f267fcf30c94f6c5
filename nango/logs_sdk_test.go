package nango

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// sdkServer is a server made with the official SDK of MCP, which has the log tools.
func sdkServer(t *testing.T, options mcp.StreamableHTTPOptions) *httptest.Server {
	t.Helper()
	server := mcp.NewServer(&mcp.Implementation{Name: "logs", Version: "1"}, nil)
	mcp.AddTool(server, &mcp.Tool{Name: toolList}, listSDKLogs)
	mcp.AddTool(server, &mcp.Tool{Name: toolGet}, getSDKLog)
	options.Stateless = true
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &options)
	web := httptest.NewServer(handler)
	t.Cleanup(web.Close)
	return web
}

func listSDKLogs(_ context.Context, _ *mcp.CallToolRequest, in sdkList) (*mcp.CallToolResult, map[string]any, error) {
	if in.Search == "fail" {
		return nil, nil, errors.New("Nango logs are disabled")
	}
	return nil, sdkPage(in.Limit), nil
}

func getSDKLog(_ context.Context, _ *mcp.CallToolRequest, in sdkGet) (*mcp.CallToolResult, map[string]any, error) {
	return nil, map[string]any{"operation": map[string]any{"id": in.ID}, "messages": []any{}, "pagination": map[string]any{"total": 0}}, nil
}

type sdkList struct {
	Limit  int      `json:"limit,omitempty"`
	States []string `json:"states,omitempty"`
	Search string   `json:"search,omitempty"`
}

type sdkGet struct {
	ID string `json:"operationId"`
}

func sdkPage(n int) map[string]any {
	rows := make([]any, n)
	for i := range rows {
		rows[i] = map[string]any{"id": fmt.Sprint(i), "message": "x\u001b[31m\n", "meta": json.RawMessage(`{"a":1}`)}
	}
	return map[string]any{"operations": rows, "pagination": map[string]any{"total": n, "cursor": nil}}
}

// versioned sends a version of MCP with each request.
type versioned struct{ version string }

func (v versioned) RoundTrip(request *http.Request) (*http.Response, error) {
	if v.version != "" {
		request.Header.Set("MCP-Protocol-Version", v.version)
	}
	return http.DefaultTransport.RoundTrip(request)
}

func TestLogsOfAServerMadeWithTheSDK(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"", "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"} {
		for _, asJSON := range []bool{false, true} {
			t.Run(fmt.Sprintf("version %s, JSON %v", version, asJSON), func(t *testing.T) {
				t.Parallel()
				web := sdkServer(t, mcp.StreamableHTTPOptions{JSONResponse: asJSON})
				client := clientFor(t, "https://nango.intern", func(c *Config) { c.Logs, c.Transport = web.URL, versioned{version} })
				page, err := Fetch(context.Background(), client, ListLogOperations(LogQuery{Limit: 40, States: []string{LogFailed}}))
				if err != nil || len(page.Operations) != 40 || page.Operations[39].ID != "39" || page.Total != 40 {
					t.Fatalf("%+v, %v", page, err)
				}
				for range 2 {
					batch, err := Fetch(context.Background(), client, sampleBatchWithoutFilter)
					if err != nil || batch.Details[0].Operation.ID != sampleLogID || batch.Pages[0].Total != 3 {
						t.Fatalf("%+v, %v", batch, err)
					}
				}
				if takes := version < "2025-06-18"; takes == client.logs.oneByOne.Load() {
					t.Errorf("sends calls one by one: %v", !takes)
				}
				if _, err = Fetch(context.Background(), client, ListLogOperations(LogQuery{Search: "fail"})); !errors.Is(err, LogsDisabled) {
					t.Error(err)
				}
				if _, err = Fetch(context.Background(), client, ListLogOperations(LogQuery{Cursor: "c"})); !errors.Is(err, LogsTooNew) {
					t.Error(err) // the server doesn't have this argument
				}
			})
		}
	}
}

var sampleBatchWithoutFilter = GetLogBatch(LogBatchQuery{Details: []LogSelection{{ID: sampleLogID}}, Pages: []LogQuery{{Limit: 3}}})

func TestServersOfTheSDKWithoutLogs(t *testing.T) {
	t.Parallel()
	server := mcp.NewServer(&mcp.Implementation{Name: "empty", Version: "1"}, nil)
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{Stateless: true})
	empty := httptest.NewServer(handler)
	t.Cleanup(empty.Close)
	client := clientFor(t, "https://nango.intern", func(c *Config) { c.Logs = empty.URL })
	if _, err := Fetch(context.Background(), client, sampleLogs); !errors.Is(err, LogsTooOld) {
		t.Errorf("no tools: %v", err)
	}
	unknown := clientFor(t, "https://nango.intern", func(c *Config) { c.Logs, c.Transport = empty.URL, versioned{"2031-01-01"} })
	if _, err := Fetch(context.Background(), unknown, sampleLogs); !errors.Is(err, LogsTooNew) {
		t.Errorf("another version: %v", err)
	}
	// The SDK refuses a Host that is not this machine's own name.
	guess := clientFor(t, sdkServer(t, mcp.StreamableHTTPOptions{}).URL, nil)
	if _, err := Fetch(context.Background(), guess, sampleLogs); !errors.Is(err, LogsNoAddress) {
		t.Errorf("another name: %v", err)
	}
}
