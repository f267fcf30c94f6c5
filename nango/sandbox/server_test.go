package sandbox

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAllKeysShareOneRateLimit(t *testing.T) {
	b := newBench(t, Options{Connections: 5, RateLimit: 3})
	other := "Bearer " + b.Keys().ListOnly
	b.want(b.ask("GET", "/connections", ""), 200)
	b.want(b.ask("GET", "/connections", "", "Authorization", other), 200)
	b.want(b.ask("GET", "/environment-variables", "", "Authorization", other), 403) // costs one as well
	r := b.want(b.ask("GET", "/connections", ""), 429)
	for header, want := range map[string]string{"X-RateLimit-Limit": "3", "X-RateLimit-Remaining": "0",
		"X-RateLimit-Reset": "1795356060", "Retry-After": "60"} {
		if got := r.header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	b.want(b.ask("GET", "/connections", "", "Authorization", "Bearer 00000000-0000-4000-8000-000000000000"), 401)
	b.clock.advance(59 * time.Second)
	if r := b.want(b.ask("GET", "/connections", ""), 429); r.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After %q", r.header.Get("Retry-After"))
	}
	b.clock.advance(time.Second)
	b.want(b.ask("GET", "/connections", ""), 200)
}

func TestNoRateLimitNoHeaders(t *testing.T) {
	b := newBench(t, Options{RateLimit: -1})
	for range 300 {
		if r := b.want(b.ask("GET", "/integrations", ""), 200); r.header.Get("X-RateLimit-Limit") != "" {
			t.Fatal("a budget where there is none")
		}
	}
}

func TestETagMatchesExpress(t *testing.T) {
	b := newBench(t, Options{})
	r := b.want(b.ask("GET", "/ready", ""), 200)
	const recorded = `W/"f-51rzdr5zfwWQpf+iUepheZg7siQ"` // seen on v0.71.4
	if got := r.header.Get("ETag"); got != recorded {
		t.Errorf("ETag %s, want %s", got, recorded)
	}
	r = b.want(b.ask("GET", "/ready", "", "If-None-Match", recorded), http.StatusNotModified)
	if r.text != "" || r.header.Get("Content-Type") != "" {
		t.Errorf("304 with a body: %q", r.text)
	}
	b.want(b.ask("GET", "/ready", "", "If-None-Match", `W/"other"`), 200)
}

func TestUnknownPathsAreHTML(t *testing.T) {
	b := newBench(t, Options{})
	for _, c := range []struct {
		method, path string
		status       int
	}{{"GET", "/nope", 200}, {"GET", "/connect/sessions", 200}, {"POST", "/nope", 404}, {"DELETE", "/integrations", 404}} {
		r := b.want(b.ask(c.method, c.path, ""), c.status)
		if !strings.HasPrefix(r.header.Get("Content-Type"), "text/html") {
			t.Errorf("%s %s: %s", c.method, c.path, r.header.Get("Content-Type"))
		}
	}
	if r := b.ask("POST", "/<b>", ""); strings.Contains(r.text, "<b>") {
		t.Errorf("not escaped: %s", r.text)
	}
}

func TestPathsAreMatchedAsExpressDoes(t *testing.T) {
	b := newBench(t, Options{})
	for _, path := range []string{"/Integrations", "/integrations/"} {
		b.want(b.ask("GET", path, ""), 200)
	}
	r := b.want(b.ask("HEAD", "/integrations", ""), 200)
	if r.text != "" || r.header.Get("Content-Length") != "11" {
		t.Errorf("HEAD: %q, %s bytes", r.text, r.header.Get("Content-Length"))
	}
}

func TestTooLargeBodyIs500(t *testing.T) {
	if testing.Short() {
		t.Skip("sends 75 MB")
	}
	b := newBench(t, Options{})
	r := b.want(b.ask("POST", "/connections", strings.Repeat(" ", maxBody+1)), 500)
	if at(r.json, "error", "code") != "generic_error_support" {
		t.Error(r.text)
	}
}

func TestRequestLogIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("sends 80 MB")
	}
	b := newBench(t, Options{RateLimit: -1})
	b.ask("PATCH", "/connections/a%2Fb?provider_config_key=x", `{"tags":{}}`, "X-Mark", "1")
	got := b.Requests()
	if len(got) != 1 || got[0].Method != "PATCH" || got[0].Path != "/connections/a%2Fb" ||
		got[0].RawQuery != "provider_config_key=x" || got[0].Header.Get("X-Mark") != "1" || string(got[0].Body) != `{"tags":{}}` {
		t.Errorf("%+v", got)
	}
	for range maxReceived {
		b.ask("GET", "/health", "")
	}
	if n := len(b.Requests()); n > maxReceived || n < maxReceived/2 {
		t.Errorf("%d requests remembered", n)
	}
	big := strings.Repeat("x", 20<<20)
	for range 4 {
		b.ask("POST", "/nope", big)
	}
	total := 0
	for _, r := range b.Requests() {
		total += len(r.Body)
	}
	if total > maxReceivedBytes || total == 0 {
		t.Errorf("%d bytes of bodies remembered", total)
	}
}

func TestConcurrentClients(t *testing.T) {
	b := newBench(t, Options{Seed: 3, Connections: 200, RateLimit: -1})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				b.ask("GET", "/connections?limit=50", "")
				b.ask("POST", "/connect/sessions", `{"tags":{"a":"b"}}`)
				b.ask("POST", "/connections", `{"provider_config_key":"status page","credentials":{"type":"NONE"}}`)
				b.Inject(Fault{PathPrefix: "/never"})
				b.Requests()
			}
		})
	}
	group.Wait()
	if b.ConnectionCount() != 360 {
		t.Errorf("%d connections, want 360", b.ConnectionCount())
	}
}
