package nango

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"nango-tui/internal/longtest"
)

// hijack takes over the server's connection, to misbehave on it.
func hijack(t *testing.T, w http.ResponseWriter) net.Conn {
	t.Helper()
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Error(err)
	}
	return conn
}

// still makes waiting take no time.
func still(config *Config) {
	clock := newStepClock()
	config.Now, config.Wait = clock.now, clock.wait
}

func TestBadResponsesAreErrors(t *testing.T) {
	html := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(status)
			_, _ = w.Write([]byte("<!DOCTYPE html><title>Dashboard</title>"))
		}
	}
	plain := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { reply(w, status, body) }
	}
	half := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		reply(w, 200, `{"connections":[`)
	}
	for _, test := range []struct {
		name    string
		handler http.HandlerFunc
		kind    Kind
		says    string
	}{
		{"the dashboard's page", html(200), NotNango,
			"this is not Nango's API, or the server is too old for connections.list, which was added in v0.67.0"},
		{"HTML for an unknown path", html(404), NotNango, "too old"},
		{"a gateway's page", html(502), ServerFailed, "in front of Nango"},
		{"half a body", half, Network, "ended early, after 16 bytes"},
		{"half a text", plain(200, `{"connections":[`), Malformed, "can't be decoded"},
		{"nothing", plain(200, ``), Malformed, "can't be decoded"},
		{"another API", plain(200, `{"hello":"world"}`), Malformed, `no "connections"`},
		{"a list", plain(200, `[]`), Malformed, `no "connections"`},
		{"a row without an id", plain(200, `{"connections":[{"provider_config_key":"a"}]}`), Malformed, `no "connection_id"`},
		{"500 without a body", plain(500, ``), ServerFailed, "no body"},
		{"a message alone", plain(404, `{"message":"Unknown endpoint"}`), NotFound, "Unknown endpoint"},
		{"an error of other types", plain(400, `{"error":{"code":"odd","message":7,"errors":"x","payload":[1]}}`), Rejected, "odd"},
		{"an error that is a text", plain(409, `{"error":"no"}`), Conflict, "409"},
		{"an error that is no object", plain(400, `"no"`), Rejected, "400"},
		{"an error cut off", plain(403, `{"error":{"code`), Forbidden, "can't be decoded"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Fetch(context.Background(), serve(t, still, test.handler), ListConnections(ConnectionQuery{}))
			if !errors.Is(err, test.kind) || errors.Is(err, OutcomeUnknown) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestErrorInOneLineAndInDetail(t *testing.T) {
	for _, test := range []struct {
		status     int
		body, line string
		kind       Kind
		detail     string
	}{
		{403, `{"error":{"code":"forbidden","message":"Insufficient scope. Required: environment:connections:delete"}}`,
			"connection.delete: 403 forbidden: Insufficient scope. Required: environment:connections:delete", Forbidden,
			"Add the scope environment:connections:delete to the key in Environment Settings › API Keys, or use another key. An " +
				"account key has no environment scopes."},
		{400, `{"error":{"code":"unknown_connection"}}`, "connection.delete: 400 unknown_connection", NotFound, "It may have been deleted"},
		{400, `{"error":{"code":"invalid_body","errors":[{"code":"too_small","message":"Too small","path":["tags","env"]},` +
			`{"code":"x","message":"Odd","path":[]}]}}`,
			"connection.delete: 400 invalid_body: tags.env: Too small; Odd", Invalid, "Correct the fields"},
		{409, `{"error":{"code":"conflict","message":"Taken\nalready"}}`, "connection.delete: 409 conflict: Taken already", Conflict,
			"Reload it"},
		{424, `{"error":{"code":"invalid_credentials","message":"Backing off"}}`,
			"connection.delete: 424 invalid_credentials: Backing off", RefreshFailed, "reconnect link"},
		{401, `{"error":{"code":"unknown_account","message":"No","payload":{}}}`, "connection.delete: 401 unknown_account: No",
			Unauthorized, "Check the profile's key"},
	} {
		client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { reply(w, test.status, test.body) })
		_, err := Send(context.Background(), client, DeleteConnection(sampleRef))
		e, ok := AsError(err)
		if !ok || e.Error() != test.line || e.Kind != test.kind || !errors.Is(err, test.kind) || e.About != sampleRef {
			t.Errorf("%d: %v (%v)", test.status, err, e.Kind)
			continue
		}
		if !strings.Contains(strings.Join(e.Detail(), "\n"), test.detail) {
			t.Errorf("%d: in full %q", test.status, e.Detail())
		}
	}
}

func TestErrorIsBounded(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		reply(w, 400, `{"error":{"code":"invalid_body","message":"`+strings.Repeat("ж", 100_000)+`"}}`)
	})
	_, err := Send(context.Background(), client, DeleteConnection(sampleRef))
	if len(err.Error()) > 3*maxErrorText {
		t.Errorf("%d bytes", len(err.Error()))
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	var reached atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		client := serve(t, still, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, status) })
		for operation, call := range samples {
			value, err := call(context.Background(), client)
			if answer, proxied := value.(ProxyResponse); proxied && err == nil && answer.Status == status {
				continue // the provider's own response is shown
			}
			if !errors.Is(err, Redirected) || !strings.Contains(err.Error(), other.URL) {
				t.Errorf("%s, %d: %v", operation, status, err)
			}
		}
	}
	if reached.Load() != 0 {
		t.Errorf("the other server was reached %d times", reached.Load())
	}
}

func TestResponseIsBounded(t *testing.T) {
	longtest.SkipInShort(t)
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		chunk := []byte(strings.Repeat(" ", 1<<20))
		for range MaxResponse>>20 + 2 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	_, err := Fetch(context.Background(), client, ListIntegrations())
	if !errors.Is(err, TooLarge) || !strings.Contains(err.Error(), "64 MB") {
		t.Error(err)
	}
}

// A write without a usable response is sent once, and its outcome is unknown.
func TestWriteWithoutResponseIsUnknownAndSentOnce(t *testing.T) {
	half := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		reply(w, 200, `{"succ`)
	}
	html := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
			_, _ = w.Write([]byte("<html>"))
		}
	}
	for name, handler := range map[string]http.HandlerFunc{
		"reset": func(w http.ResponseWriter, _ *http.Request) {
			conn := hijack(t, w)
			_ = conn.(*net.TCPConn).SetLinger(0) // closing now resets the connection
			_ = conn.Close()
		},
		"closed":            func(w http.ResponseWriter, _ *http.Request) { _ = hijack(t, w).Close() },
		"half":              half,
		"unreadable":        func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, `{"success":`) },
		"a gateway gave up": html(504),
		"a gateway failed":  html(502),
		"a proxy gave up":   html(524), // Cloudflare's status for a server that took too long
		"HTML":              html(200),
	} {
		t.Run(name, func(t *testing.T) {
			var times atomic.Int32
			client := serve(t, still, func(w http.ResponseWriter, r *http.Request) {
				times.Add(1)
				handler(w, r)
			})
			_, err := Send(context.Background(), client, DeleteConnection(sampleRef))
			if !errors.Is(err, OutcomeUnknown) || !strings.Contains(err.Error(), "not known whether it was carried out") || times.Load() != 1 {
				t.Errorf("sent %d times: %v", times.Load(), err)
			}
		})
	}
}

// A refusal counts even if its body is truncated.
func TestTruncatedRefusalIsStillARefusal(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		reply(w, 409, `{"err`)
	})
	_, err := Send(context.Background(), client, DeleteConnection(sampleRef))
	if e, ok := AsError(err); !ok || e.Status != 409 || errors.Is(err, OutcomeUnknown) {
		t.Error(err)
	}
}

// stuck starts a response and never ends it.
type stuck struct{}

func (stuck) RoundTrip(r *http.Request) (*http.Response, error) {
	header := http.Header{"Content-Type": {"application/json"}}
	return &http.Response{StatusCode: 200, Header: header, Request: r, Body: stuckBody{r.Context()}}, nil
}

type stuckBody struct{ ctx context.Context }

func (b stuckBody) Read([]byte) (int, error) {
	<-b.ctx.Done()
	return 0, b.ctx.Err()
}

func (stuckBody) Close() error { return nil }

func TestEndlessResponseTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := clientFor(t, "https://nango.example", func(config *Config) { config.Transport = stuck{} })
		_, err := Send(context.Background(), client, DeleteConnection(sampleRef))
		if !errors.Is(err, Timeout) || !errors.Is(err, OutcomeUnknown) {
			t.Error(err)
		}
	})
}

func TestWriteThatWasNotSentHasKnownOutcome(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close() // nothing listens there anymore
	_, err := Send(context.Background(), clientFor(t, server.URL, nil), DeleteConnection(sampleRef))
	if !errors.Is(err, Network) || errors.Is(err, OutcomeUnknown) {
		t.Error(err)
	}
}

// net/http resends a GET by itself when a kept connection turns out to be closed. A GET that refreshes a token must
// not be sent twice.
func TestOnlyReadsAreResentOnReusedConnection(t *testing.T) {
	for operation, call := range samples {
		var times atomic.Int32
		closing := false
		client := serve(t, still, func(w http.ResponseWriter, _ *http.Request) {
			if !closing {
				reply(w, 400, `{"error":{"code":"missing_api_url"}}`)
				return
			}
			times.Add(1)
			_ = hijack(t, w).Close() // accepts the request without a response
		})
		_, err := call(context.Background(), client) // its connection may be kept
		if !errors.Is(err, Rejected) {
			t.Fatal(err)
		}
		closing = true
		_, err = call(context.Background(), client)
		once := operation.Effect() != Reads || operation == OpFunctionCompile // not a GET
		if err == nil || once && times.Load() != 1 || !once && times.Load() < MaxTries {
			t.Errorf("%s (%s) arrived %d times: %v", operation, operation.Effect(), times.Load(), err)
		}
	}
}

func TestReadsAreRetried(t *testing.T) {
	var times atomic.Int32
	client := serve(t, still, func(w http.ResponseWriter, _ *http.Request) {
		switch times.Add(1) {
		case 1:
			_ = hijack(t, w).Close()
		case 2:
			reply(w, 503, ``)
		case 3:
			w.Header().Set("Retry-After", "0")
			reply(w, 429, `{"error":{"code":"too_many_request","method":"GET","path":"/integrations"}}`)
		default:
			reply(w, 200, `{"data":[]}`)
		}
	})
	if _, err := Fetch(context.Background(), client, ListIntegrations()); err != nil {
		t.Error(err)
	}
	if entry := client.Log().Entries()[0]; entry.Tries != MaxTries || entry.State != Done {
		t.Errorf("noted as %+v", entry)
	}
}

func TestRetriesAreBounded(t *testing.T) {
	for _, status := range []int{429, 502, 503, 504} {
		var times atomic.Int32
		client := serve(t, still, func(w http.ResponseWriter, _ *http.Request) {
			times.Add(1)
			reply(w, status, `{}`)
		})
		if _, err := Fetch(context.Background(), client, ListIntegrations()); err == nil || times.Load() != MaxTries {
			t.Errorf("%d: sent %d times: %v", status, times.Load(), err)
		}
	}
}

func TestPermanentErrorsAreNotRetried(t *testing.T) {
	for _, status := range []int{400, 401, 403, 404, 409, 424, 500, 501} {
		var times atomic.Int32
		client := serve(t, still, func(w http.ResponseWriter, _ *http.Request) {
			times.Add(1)
			reply(w, status, `{"error":{"code":"x"}}`)
		})
		if _, err := Fetch(context.Background(), client, ListIntegrations()); err == nil || times.Load() != 1 {
			t.Errorf("%d: sent %d times: %v", status, times.Load(), err)
		}
	}
}

// silent is a server that never responds.
type silent struct{}

func (silent) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestTimeout(t *testing.T) {
	for operation, call := range samples {
		synctest.Test(t, func(t *testing.T) {
			client := clientFor(t, "https://nango.example", func(config *Config) { config.Transport = silent{} })
			began := time.Now()
			_, err := call(context.Background(), client)
			info, _ := operation.Info()
			if !errors.Is(err, Timeout) || errors.Is(err, OutcomeUnknown) != info.Effect.Changes() || time.Since(began) != info.Timeout {
				t.Errorf("%s: after %v: %v", operation, time.Since(began), err)
			}
		})
	}
}

func TestCallIsCanceled(t *testing.T) {
	arrived, leave := make(chan struct{}), make(chan struct{})
	client := serve(t, nil, func(http.ResponseWriter, *http.Request) {
		close(arrived)
		<-leave
	})
	defer close(leave)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-arrived
		cancel()
	}()
	_, err := Send(ctx, client, DeleteConnection(sampleRef))
	if !errors.Is(err, Canceled) || !errors.Is(err, OutcomeUnknown) || !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if client.Log().Entries()[0].State != Failed {
		t.Errorf("noted as %+v", client.Log().Entries()[0])
	}
}
