package sandbox

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// clock is a time that a test sets.
type clock struct{ at atomic.Int64 }

var testStart = time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)

func newClock() *clock {
	c := &clock{}
	c.at.Store(testStart.UnixNano())
	return c
}

func (c *clock) now() time.Time          { return time.Unix(0, c.at.Load()).UTC() }
func (c *clock) advance(d time.Duration) { c.at.Add(int64(d)) }

// bench is a sandbox without a network: requests go straight to the handler.
type bench struct {
	*Server
	t     testing.TB
	clock *clock
}

func newBench(t testing.TB, o Options) *bench {
	t.Helper()
	c := newClock()
	o.Now = c.now
	if o.Wait == nil {
		o.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	}
	return &bench{Server: New(o), t: t, clock: c}
}

// reply is a response; json is the decoded body.
type reply struct {
	status int
	header http.Header
	text   string
	json   any
}

// ask sends a request with the environment's key; headers are pairs.
func (b *bench) ask(method, target, body string, headers ...string) reply {
	b.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, target, reader)
	r.Header.Set("Authorization", "Bearer "+b.Keys().Environment)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if r.Header.Del(headers[i]); headers[i+1] != "" {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	out := reply{status: w.Code, header: w.Header(), text: w.Body.String()}
	if out.text != "" && strings.HasPrefix(out.header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(w.Body.Bytes(), &out.json); err != nil {
			b.t.Fatalf("%s %s: answer is not JSON: %v\n%s", method, target, err, out.text)
		}
	}
	return out
}

// at walks into decoded JSON: at(v, "error", "code"). Array indexes are ints.
func at(v any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[p]
		case int:
			l, _ := v.([]any)
			if p >= len(l) {
				return nil
			}
			v = l[p]
		}
	}
	return v
}

func (b *bench) want(r reply, status int) reply {
	b.t.Helper()
	if r.status != status {
		b.t.Fatalf("status %d, want %d\n%s", r.status, status, r.text)
	}
	return r
}

func rows(r reply) []any {
	list, _ := at(r.json, "connections").([]any)
	return list
}
