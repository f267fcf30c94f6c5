package nango

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const sampleLogID = "1796030748200_hBpKyqH3"

var sampleLogs = ListLogOperations(LogQuery{})

// stream writes messages as a stream of events.
func stream(w http.ResponseWriter, messages ...string) {
	w.Header().Set("Content-Type", "text/event-stream")
	for _, message := range messages {
		_, _ = fmt.Fprintf(w, "event: message\ndata: %s\n\n", message)
	}
}

func pageAnswer(id int, operation string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":{"content":[],"structuredContent":{"operations":[{"id":%q}],`+
		`"pagination":{"total":1,"cursor":null}}}}`, id, operation)
}

func detailAnswer(id int, operation string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":{"content":[],"structuredContent":{"operation":{"id":%q},"messages":[],`+
		`"pagination":{"total":0,"cursor":null}}}}`, id, operation)
}

func toolFailure(id int, text string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":{"content":[{"type":"text","text":%q}],"isError":true}}`, id, text)
}

func TestLogsAreReadAtTheProfilesOwnAddress(t *testing.T) {
	t.Parallel()
	var got *http.Request
	var body []byte
	client := serve(t, func(c *Config) { c.ReadOnly = true }, func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		stream(w, pageAnswer(1, "a"))
	})
	page, err := Fetch(context.Background(), client, sampleLogs)
	if err != nil || len(page.Operations) != 1 || page.Operations[0].ID != "a" || page.Total != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	_, port, _ := strings.Cut(strings.TrimPrefix(client.Host(), "http://"), ":")
	if got.Method != "POST" || got.URL.Path != "/mcp" || got.Host != "mcp.localhost:"+port {
		t.Errorf("%s %s at %s", got.Method, got.URL, got.Host)
	}
	if got.Header.Get("Accept") != "application/json, text/event-stream" || got.Header.Get("Content-Type") != "application/json" ||
		got.Header.Get("Authorization") != "Bearer "+testKey.Reveal() || got.Header.Get("Mcp-Session-Id") != "" {
		t.Errorf("%v", got.Header)
	}
	if !strings.Contains(string(body), `"name":"logs_list_operations","arguments":{}`) {
		t.Errorf("%s", body)
	}
}

func TestLogAddresses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ host, logs, url, name string }{
		{CloudHost, "", "https://mcp.nango.dev/mcp", ""},
		{"https://API.nango.dev:443/", "", "https://mcp.nango.dev/mcp", ""},
		{"https://nango.intern", "", "https://nango.intern/mcp", "mcp.nango.intern"},
		{"https://nango.intern:8443", "", "https://nango.intern:8443/mcp", "mcp.nango.intern:8443"},
		{"http://127.0.0.1:3003", "", "http://127.0.0.1:3003/mcp", "mcp.localhost:3003"},
		{"http://[::1]:3003", "", "http://[::1]:3003/mcp", "mcp.localhost:3003"},
		{"http://dev.localhost:3003", "", "http://dev.localhost:3003/mcp", "mcp.dev.localhost:3003"},
		{"https://nango.intern", "https://MCP.example:443/mcp", "https://mcp.example/mcp", ""},
		{"https://nango.intern", "https://mcp.example", "https://mcp.example/mcp", ""},
		{"https://nango.intern", "https://nango.intern/x/mcp/", "https://nango.intern/x/mcp", ""},
		{CloudHost, "https://mcp.example/mcp", "https://mcp.example/mcp", ""},
	} {
		client := clientFor(t, c.host, func(config *Config) { config.Logs = c.logs })
		there := &Client{core: client.logs.core}
		request, err := there.httpRequest(context.Background(), sampleLogs.Call())
		if err != nil {
			t.Fatal(err)
		}
		if request.URL.String() != c.url || request.Host != cmpOr(c.name, request.URL.Host) {
			t.Errorf("%s, %q: %s at %s", c.host, c.logs, request.URL, request.Host)
		}
		line := (*Secrets)(nil).CurlLogs(sampleLogs.Call(), c.host, c.logs).Line
		if !strings.Contains(line, "'"+c.url+"'") || strings.Contains(line, "-H 'Host: "+c.name+"'") != (c.name != "") ||
			strings.Count(line, "Accept:") != 1 {
			t.Error(line)
		}
		line = (*Secrets)(nil).CurlLogs(ListConnections(ConnectionQuery{}).Call(), c.host, c.logs).Line
		if strings.Contains(line, "mcp") {
			t.Error("a call of the API goes to the logs")
		}
	}
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func TestLogAddressesThatAreRefused(t *testing.T) {
	t.Parallel()
	for _, logs := range []string{
		"mcp.example", "http://mcp.example/mcp", "ftp://mcp.example", "https://u:p@mcp.example", "https://mcp.example?a=b", "-",
	} {
		if _, err := NewClient(Config{Host: CloudHost, Key: testKey, Insecure: true, Logs: logs}); !errors.Is(err, ErrLogsAddress) {
			t.Errorf("%s: %v", logs, err)
		}
		if _, err := CheckLogsAddress(logs); !errors.Is(err, ErrLogsAddress) {
			t.Errorf("%s: %v", logs, err)
		}
	}
	if got, err := CheckLogsAddress("http://LOCALHOST:3003/mcp"); got != "http://localhost:3003" || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := CheckLogsAddress(""); err == nil {
		t.Error("no address is one")
	}
}

func TestTheHostOfAnIPAddressIsNotTried(t *testing.T) {
	t.Parallel()
	client := clientFor(t, "https://10.1.2.3", func(c *Config) { c.Transport = refuseAll(t) })
	if _, err := Fetch(context.Background(), client, sampleLogs); !errors.Is(err, LogsNoAddress) {
		t.Error(err)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func refuseAll(t *testing.T) roundTrip {
	return func(r *http.Request) (*http.Response, error) {
		t.Errorf("sent to %s", r.URL)
		return nil, io.EOF
	}
}

// The own address is tried once, even by calls at the same time. What is no answer about that is not remembered.
func TestAnAddressWithoutLogsIsTriedOnce(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"Nango's API": func(w http.ResponseWriter, _ *http.Request) {
			reply(w, 400, `{"error":{"code":"invalid_headers","errors":[{"code":"invalid_type","message":"m","path":["connection-id"]}]}}`)
		},
		"unknown path": func(w http.ResponseWriter, _ *http.Request) {
			reply(w, 404, `{"error":{"code":"not_found","message":"Not found"}}`)
		},
		"dashboard": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<html>"))
		},
		"other method": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(405) },
		"misdirected":  func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "misdirected", 421) },
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.example/", http.StatusFound)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			client := serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
				calls.Add(1)
				answer(w, r)
			})
			failed := make(chan error)
			for range 3 {
				go func() {
					_, err := Fetch(context.Background(), client, sampleLogs)
					failed <- err
				}()
			}
			for range 3 {
				err := <-failed
				kind := LogsNoAddress
				if name == "redirect" {
					kind = Redirected
				}
				if reason, ok := LogsUnavailable(err); !errors.Is(err, kind) || !ok || kind == LogsNoAddress && !strings.Contains(reason, "logs:") {
					t.Errorf("%v, %q", err, reason)
				}
			}
			if calls.Load() != 1 {
				t.Errorf("tried %d times", calls.Load())
			}
		})
	}
}

func TestAnOutageDoesNotMeanThatThereAreNoLogs(t *testing.T) {
	t.Parallel()
	answers := []func(w http.ResponseWriter){
		func(w http.ResponseWriter) { w.WriteHeader(500) },
		func(w http.ResponseWriter) { reply(w, 401, `{"error":{"code":"unknown_account"}}`) },
		func(w http.ResponseWriter) { stream(w, pageAnswer(1, "a")) },
		func(w http.ResponseWriter) { w.WriteHeader(404) },
		func(w http.ResponseWriter) { stream(w, pageAnswer(1, "b")) },
	}
	at := 0
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { at++; answers[at-1](w) })
	var found []string
	for range answers {
		page, err := Fetch(context.Background(), client, sampleLogs)
		if err == nil {
			found = append(found, page.Operations[0].ID)
		}
	}
	if strings.Join(found, "") != "ab" {
		t.Errorf("found %q", found)
	}
}

func TestKindsOfLogErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body  string
		kind        Kind
		unavailable bool
	}{
		{"switched off", toolFailure(1, "Nango logs are disabled"), LogsDisabled, true},
		{"no scope", toolFailure(1, "MCP error -32602: Tool logs_list_operations disabled"), Forbidden, true},
		{"no tool", toolFailure(1, "MCP error -32602: Tool logs_list_operations not found"), LogsTooOld, true},
		{"no tool by the Go SDK", `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"unknown tool \"logs_list_operations\""}}`,
			LogsTooOld, true},
		{"no tools", `{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}`, LogsTooOld, true},
		{"an argument is gone", toolFailure(1, `MCP error -32602: Input validation error: Invalid arguments for tool logs_list_operations: `+
			`Unrecognized key: "syncs"`), LogsTooNew, true},
		{"an argument is new", toolFailure(1, `MCP error -32602: Input validation error: Invalid arguments for tool logs_list_operations: `+
			`Invalid input: expected string, received undefined at environment`), LogsTooNew, true},
		{"a wrong argument", toolFailure(1, `MCP error -32602: Input validation error: Invalid arguments for tool logs_list_operations: `+
			`Too big: expected number to be <=500 at limit`), Invalid, false},
		{"wants a handshake", `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Server not initialized"}}`, LogsTooNew, true},
		{"failure", toolFailure(1, "Internal error"), ServerFailed, false},
		{"unknown operation", toolFailure(1, "Operation not found"), NotFound, false},
		{"another form", `{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"rows":[]}}}`, Malformed, false},
		{"no value", `{"jsonrpc":"2.0","id":1,"result":{}}`, Malformed, false},
		{"no result", `{"jsonrpc":"2.0","id":1}`, Rejected, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { stream(w, c.body) })
			_, err := Fetch(context.Background(), client, sampleLogs)
			if !errors.Is(err, c.kind) {
				t.Errorf("%v", err)
			}
			if reason, unavailable := LogsUnavailable(err); unavailable != c.unavailable || unavailable && (reason == "" || len(reason) > 76) {
				t.Errorf("unavailable %v: %q", unavailable, reason)
			}
			if e, _ := AsError(err); c.unavailable && e.Advice() == "" {
				t.Error("no advice")
			}
		})
	}
}

func TestAKeyWithoutTheScopeOfLogsIsTold(t *testing.T) {
	t.Parallel()
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		stream(w, toolFailure(1, "Tool logs_get_operation disabled"))
	})
	_, err := Fetch(context.Background(), client, GetLogOperation(sampleLogID, MessageQuery{}))
	const scope = "environment:logs:read"
	if e, _ := AsError(err); e == nil || len(e.Scopes) != 1 || e.Scopes[0] != scope || !strings.Contains(e.Advice(), scope) {
		t.Errorf("%v", err)
	}
}

func TestAnUnreachableServerOfLogs(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	clock := newStepClock()
	client := clientFor(t, server.URL, func(c *Config) { c.Now, c.Wait = clock.now, clock.wait })
	_, err := Fetch(context.Background(), client, sampleLogs)
	if reason, ok := LogsUnavailable(err); !errors.Is(err, Network) || !ok || !strings.Contains(reason, "not reachable") {
		t.Errorf("%v, %q", err, reason)
	}
}

func TestAWrongAddressInTheProfile(t *testing.T) {
	t.Parallel()
	wrong := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(wrong.Close)
	client := clientFor(t, "https://nango.intern", func(c *Config) { c.Logs = wrong.URL })
	_, err := Fetch(context.Background(), client, sampleLogs)
	if e, _ := AsError(err); !errors.Is(err, NotNango) || !strings.Contains(e.Advice(), "logs:") {
		t.Error(err)
	}
	if _, ok := LogsUnavailable(err); !ok {
		t.Error("counts as available")
	}
	if got := client.Log().Entries()[0]; got.Host != wrong.URL || got.Path != "/mcp" || got.Method != "POST" {
		t.Errorf("logged %+v", got)
	}
}

// The key goes to no other address than the profile's.
func TestLogsFollowNoRedirect(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("followed to %s", r.Host) }))
	t.Cleanup(other.Close)
	for _, status := range []int{301, 302, 307, 308} {
		client := serve(t, nil, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL+"/mcp", status) })
		if _, err := Fetch(context.Background(), client, sampleLogs); err == nil {
			t.Error("a redirect is a response")
		}
	}
}

func TestStreamsOfEvents(t *testing.T) {
	t.Parallel()
	page := pageAnswer(1, "a")
	for name, body := range map[string]string{
		"plain":             "event: message\ndata: " + page + "\n\n",
		"no name, no space": "data:" + page + "\n\n",
		"CR LF":             "event: message\r\ndata: " + page + "\r\n\r\n",
		"CR":                "event: message\rdata: " + page + "\r\r",
		"BOM":               "\ufeffdata: " + page + "\n\n",
		"comments":          ": ping\n\n:\n\n" + strings.Repeat(": x\n", 1000) + "data: " + page + "\n\n",
		"two lines":         "data: " + strings.Replace(page, `,"id"`, ",\ndata: \"id\"", 1) + "\n\n",
		"id as text":        "data: " + strings.Replace(page, `"id":1`, `"id":"1"`, 1) + "\n\n",
		"other events":      "event: ping\ndata: {}\n\nid: 5\nretry: 10\ndata: " + page + "\n\n",
		"other messages": "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\ndata: {\"id\":1,\"method\":\"ping\"}\n\n" +
			"data: {\"id\":7,\"result\":{}}\n\ndata: no JSON\n\ndata: " + page + "\n\n",
		"no end":   "data: " + page,
		"repeated": "data: " + page + "\n\ndata: " + pageAnswer(1, "b") + "\n\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
				_, _ = io.WriteString(w, body)
			})
			page, err := Fetch(context.Background(), client, sampleLogs)
			if err != nil || len(page.Operations) != 1 || page.Operations[0].ID != "a" {
				t.Errorf("%+v, %v", page, err)
			}
		})
	}
}

func TestJSONInsteadOfAStream(t *testing.T) {
	t.Parallel()
	for _, body := range []string{pageAnswer(1, "a"), "[" + pageAnswer(1, "a") + "]"} {
		client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, body) })
		if page, err := Fetch(context.Background(), client, sampleLogs); err != nil || page.Operations[0].ID != "a" {
			t.Errorf("%+v, %v", page, err)
		}
	}
}

// Servers of MCP 2024-11-05 and 2025-03-26 have the value as text.
func TestTheValueAsText(t *testing.T) {
	t.Parallel()
	value := `{"operations":[{"id":"a"}],"pagination":{"total":1,"cursor":"c"}}`
	text, _ := json.Marshal(value)
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		stream(w, `{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":`+string(text)+`}]}}`)
	})
	if page, err := Fetch(context.Background(), client, sampleLogs); err != nil || page.Cursor != "c" {
		t.Errorf("%+v, %v", page, err)
	}
}

func TestAStreamThatStopsInTheMiddle(t *testing.T) {
	t.Parallel()
	clock, calls := newStepClock(), 0
	client := serve(t, func(c *Config) { c.Now, c.Wait = clock.now, clock.wait }, func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, "event: message\ndata: "+pageAnswer(1, "a")[:40])
	})
	_, err := Fetch(context.Background(), client, sampleLogs)
	if !errors.Is(err, Network) || !strings.Contains(err.Error(), "ended early") || calls != MaxTries {
		t.Errorf("%v after %d tries", err, calls)
	}
}

// A stream that never ends, whether it says nothing or only comments, is ended by the request's time limit.
func TestAStreamThatNeverEnds(t *testing.T) {
	t.Parallel()
	for name, more := range map[string]string{"silence": "", "comments": ": still here\n\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream")
				for r.Context().Err() == nil {
					if _, err := io.WriteString(w, more); err != nil || more == "" {
						break
					}
				}
				_ = http.NewResponseController(w).Flush()
				<-r.Context().Done()
			})
			short := sampleLogs
			short.request.call.Timeout = 30 * time.Millisecond
			if _, err := Fetch(context.Background(), client, short); !errors.Is(err, Timeout) && !errors.Is(err, TooLarge) {
				t.Error(err)
			}
		})
	}
}

func TestTheEndOfAStreamIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	client := serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
		stream(w, pageAnswer(1, "a"))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	if page, err := Fetch(context.Background(), client, sampleLogs); err != nil || page.Total != 1 {
		t.Errorf("%+v, %v", page, err)
	}
}

// repeated is an endless repetition of a text.
type repeated struct {
	text string
	at   int
}

func (e *repeated) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.text[e.at%len(e.text)]
		e.at++
	}
	return len(p), nil
}

func TestBoundsOfAStream(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"x", ": comment\n", "data: x\n", "event: a\n\n", "\r"} {
		size, err := readEvents(&repeated{text: text}, eventBounds{stream: 1 << 20, event: 1 << 18}, func([]byte) bool { return false })
		if !errors.Is(err, errTooLong) || size > 1<<20+1 {
			t.Errorf("%q: %v after %d bytes", text, err, size)
		}
	}
}

// A log text of a megabyte is read; an event beyond the bound is an error that says so.
func TestLongEvents(t *testing.T) {
	t.Parallel()
	size := 1 << 20
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		stream(w, strings.Replace(pageAnswer(1, "a"), `"id":"a"`, `"id":"a","message":"`+strings.Repeat("\\u001b", size/6)+`"`, 1))
	})
	if page, err := Fetch(context.Background(), client, sampleLogs); err != nil || len(page.Operations[0].Message) != size/6 {
		t.Error(err)
	}
	size = maxEvent
	if _, err := Fetch(context.Background(), client, sampleLogs); !errors.Is(err, TooLarge) || !strings.Contains(err.Error(), "32 MB") {
		t.Errorf("%.200v", err)
	}
}

func TestABatchIsOneRequest(t *testing.T) {
	t.Parallel()
	calls := 0
	client := serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
		calls++
		body, _ := io.ReadAll(r.Body)
		if body[0] != '[' || strings.Count(string(body), `"tools/call"`) != 3 {
			t.Errorf("%s", body)
		}
		stream(w, pageAnswer(3, "list"), toolFailure(2, "Operation not found"), detailAnswer(1, "first")) // in any order
	})
	batch, err := Fetch(context.Background(), client, sampleBatch)
	if err != nil || calls != 1 {
		t.Fatalf("%v, %d requests", err, calls)
	}
	if batch.Details[0].Operation.ID != "first" || batch.Details[0].Err != nil || !errors.Is(batch.Details[1].Err, NotFound) {
		t.Errorf("%+v", batch.Details)
	}
	if batch.Pages[0].Operations[0].ID != "list" || batch.Pages[0].Err != nil {
		t.Errorf("%+v", batch.Pages)
	}
}

var sampleBatch = GetLogBatch(LogBatchQuery{
	Details: []LogSelection{{ID: sampleLogID}, {ID: sampleLogID}}, Pages: []LogQuery{{Connections: []string{"c"}}},
})

// A server that takes no batches gets the calls one by one, from the second batch on at once.
func TestAServerWithoutBatches(t *testing.T) {
	t.Parallel()
	for name, refuse := range map[string]http.HandlerFunc{
		"text": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "JSON-RPC batching is not supported", 400) },
		"error": func(w http.ResponseWriter, _ *http.Request) {
			reply(w, 400, `{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid"},"id":null}`)
		},
		"event": func(w http.ResponseWriter, _ *http.Request) {
			stream(w, `{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}`)
		},
		"only the first": func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, detailAnswer(1, "x")) },
		"failure":        func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			batches, singles := 0, 0
			client := serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				switch {
				case body[0] == '[':
					batches++
					refuse(w, r)
				case strings.Contains(string(body), toolGet):
					singles++
					stream(w, detailAnswer(1, "first"))
				default:
					singles++
					stream(w, pageAnswer(1, "list"))
				}
			})
			for range 2 {
				batch, err := Fetch(context.Background(), client, sampleBatch)
				if err != nil || batch.Details[1].Operation.ID != "first" || batch.Pages[0].Operations[0].ID != "list" {
					t.Fatalf("%+v, %v", batch, err)
				}
			}
			if batches != 1 || singles != 6 {
				t.Errorf("%d batches, %d single calls", batches, singles)
			}
		})
	}
}

func TestABatchOfWhichNothingCanBeReadFails(t *testing.T) {
	t.Parallel()
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		stream(w, toolFailure(1, "Nango logs are disabled"), toolFailure(2, "Nango logs are disabled"), toolFailure(3, "Nango logs are disabled"))
	})
	if _, err := Fetch(context.Background(), client, sampleBatch); !errors.Is(err, LogsDisabled) {
		t.Error(err)
	}
	if entries := client.Log().Entries(); len(entries) != 1 || entries[0].State != Failed || entries[0].Code != "logs disabled" {
		t.Errorf("%+v", entries)
	}
}

// What the logs say of secrets is masked everywhere from then on.
func TestSecretsInLogsAreMasked(t *testing.T) {
	t.Parallel()
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		stream(w, `{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"operation":{},"messages":[{"message":"sent hunter2-hunter2",`+
			`"request":{"headers":{"authorization":"REDACTED"},"body":{"client_secret":"hunter2-hunter2"}}}]}}}`)
	})
	if _, err := Fetch(context.Background(), client, GetLogOperation(sampleLogID, MessageQuery{})); err != nil {
		t.Fatal(err)
	}
	if got := client.Secrets().Mask("sent hunter2-hunter2, REDACTED"); got != "sent "+Masked+", REDACTED" {
		t.Error(got)
	}
}

func TestErrorsOfLogsHaveNoSecret(t *testing.T) {
	t.Parallel()
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		stream(w, toolFailure(1, "refused "+testKey.Reveal()+strings.Repeat(" x", 1000)))
	})
	_, err := Fetch(context.Background(), client, sampleLogs)
	if err == nil || strings.Contains(err.Error(), testKey.Reveal()) || len(err.Error()) > 700 {
		t.Error(err)
	}
}
