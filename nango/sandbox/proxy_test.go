package sandbox

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// proxying returns a sandbox with an OAuth connection and an API key connection.
func proxying(t *testing.T) (*bench, *time.Duration) {
	var waited time.Duration
	b := newBench(t, Options{Wait: func(ctx context.Context, d time.Duration) error {
		waited += d
		return ctx.Err()
	}})
	must(t, b.AddIntegration(IntegrationSpec{Key: "hubspot", Provider: "hubspot"}))
	must(t, b.AddIntegration(IntegrationSpec{Key: "openai", Provider: "openai"}))
	for _, key := range []string{"hubspot", "openai"} {
		_, err := b.AddConnection(ConnectionSpec{Integration: key, ID: "a"})
		must(t, err)
	}
	return b, &waited
}

func (b *bench) proxied(path string, headers ...string) reply {
	b.t.Helper()
	return b.ask("GET", "/proxy"+path, "", append(append([]string{}, ofA...), headers...)...)
}

func TestProviderGetsTheTokenAndNoHeadersOfTheCaller(t *testing.T) {
	b, _ := proxying(t)
	r := b.want(b.proxied("/crm/v3/objects?a=1&a=2", "Nango-Proxy-X-Own", "1", "Accept", "text/csv", "X-Other", "2"), 200)
	view, _ := b.Connection("hubspot", "a")
	token := strings.Split(strings.Split(string(view.Credentials), `"access_token":"`)[1], `"`)[0]
	headers := at(r.json, "headers")
	if at(headers, "authorization") != "Bearer "+token || at(headers, "x-own") != "1" || at(headers, "x-other") != nil ||
		at(headers, "accept") != "application/json, text/plain, */*" || at(r.json, "path") != "/crm/v3/objects?a=1&a=2" ||
		at(r.json, "host") != "api.hubapi.com" {
		t.Errorf("%s", r.text)
	}
}

func TestBufferedSuccessBecomes200WithoutHeaders(t *testing.T) {
	b, _ := proxying(t)
	for _, path := range []string{"/status/201", "/status/202", "/echo"} {
		r := b.want(b.proxied(path), 200)
		if r.header.Get("X-Request-Id") == "" || r.header.Get("X-RateLimit-Limit") != "200" {
			t.Errorf("%s: %v", path, r.header)
		}
	}
	b.want(b.proxied("/status/204"), 204)
	r := b.want(b.proxied("/attachment"), 201)
	if r.header.Get("X-Total") != "1" || !strings.Contains(r.header.Get("Content-Disposition"), "contacts.csv") {
		t.Errorf("an attachment keeps all: %v", r.header)
	}
}

func TestProviderErrorsOverwriteRateLimitHeaders(t *testing.T) {
	b, _ := proxying(t)
	r := b.want(b.proxied("/limited"), 429)
	if r.header.Get("X-RateLimit-Limit") != "10" || r.header.Get("X-RateLimit-Remaining") != "0" || r.header.Get("Retry-After") != "2" {
		t.Errorf("%v", r.header)
	}
	if len(r.header.Values("X-Ratelimit-Limit")) != 1 {
		t.Errorf("twice: %v", r.header)
	}
	imitated := b.want(b.proxied("/nango-error"), 403)
	if at(imitated.json, "error", "message") != "Insufficient scope. Required: environment:proxy" {
		t.Error(imitated.text)
	}
}

func TestProxyRetriesWait(t *testing.T) {
	b, waited := proxying(t)
	for path, want := range map[string]time.Duration{
		"/flaky?key=once&fail=1": 3 * time.Second, "/flaky?key=twice&fail=2": 9 * time.Second, "/limited": 4 * time.Second,
		"/status/401": 9 * time.Second, "/status/404": 0, "/slow?ms=1500": 1500 * time.Millisecond,
	} {
		*waited = 0
		b.proxied(path, "Retries", "2")
		if *waited != want {
			t.Errorf("%s waited %s, want %s", path, *waited, want)
		}
	}
	*waited = 0
	if b.proxied("/status/404", "Retries", "1", "Retry-On", "404,418"); *waited != 3*time.Second {
		t.Errorf("a status of Retry-On waited %s", *waited)
	}
	b.want(b.proxied("/echo", "Retries", "-1"), 500)
}

func TestNetworkFailuresHaveNoErrorEnvelope(t *testing.T) {
	b, _ := proxying(t)
	for base, code := range map[string]any{"https://no-such-host.invalid": "ENOTFOUND", "https://api.example.com:9": "ECONNREFUSED"} {
		r := b.want(b.proxied("/x", "Base-Url-Override", base), 500)
		if at(r.json, "code") != code || at(r.json, "error") != nil || at(r.json, "method") != "get" {
			t.Errorf("%s: %s", base, r.text)
		}
	}
	if r := b.want(b.proxied("/close"), 500); at(r.json, "code") != "ECONNRESET" {
		t.Error(r.text)
	}
	if r := b.want(b.proxied("/truncate"), 500); r.text != "" {
		t.Error(r.text)
	}
}

func TestLoopbackAndPrivateTargetsAreForbidden(t *testing.T) {
	b, _ := proxying(t)
	for _, base := range []string{"http://localhost:8899", "http://127.0.0.1", "http://127.0.0.2", "http://10.0.0.1", "http://192.168.1.1",
		"http://169.254.169.254", "http://[::1]:80", "ftp://files.example.com"} {
		if r := b.want(b.proxied("/x", "Base-Url-Override", base), 400); at(r.json, "error", "code") != "base_url_override_not_allowed" {
			t.Errorf("%s: %s", base, r.text)
		}
	}
	b.want(b.proxied("/redirect?to=http://127.0.0.1/"), 400)
	if r := b.want(b.proxied("/echo", "Base-Url-Override", "https://elsewhere.example"), 200); !strings.Contains(r.text,
		`"host":"elsewhere.example"`) {
		t.Error(r.text)
	}
}

func TestPathTemplatesAreFilledIn(t *testing.T) {
	b, _ := proxying(t)
	r := b.want(b.ask("GET", "/proxy/keys/$%7BapiKey%7D", "", "Connection-Id", "a", "Provider-Config-Key", "openai"), 200)
	view, _ := b.Connection("openai", "a")
	key := strings.TrimPrefix(at(r.json, "path").(string), "/keys/")
	if !strings.Contains(string(view.Credentials), key) || len(key) < 10 {
		t.Errorf("path %v, credentials %s", at(r.json, "path"), view.Credentials)
	}
}

func TestBrokenConnectionIsRejected(t *testing.T) {
	b, _ := proxying(t)
	must(t, b.Fail("hubspot", "a", FailNextRefresh))
	if r := b.want(b.proxied("/echo"), 400); at(r.json, "error", "code") != "server_error" {
		t.Error(r.text)
	}
	if r := b.want(b.proxied("/echo"), 424); at(r.json, "error", "code") != "connection_refresh_backoff" {
		t.Error(r.text)
	}
	must(t, b.Fail("openai", "a", FailAuth))
	r := b.want(b.ask("GET", "/proxy/v1/models", "", "Connection-Id", "a", "Provider-Config-Key", "openai"), 401)
	if at(r.json, "error", "type") != "invalid_auth" {
		t.Errorf("the provider's refusal: %s", r.text)
	}
}

func TestUpstreamPages(t *testing.T) {
	b, _ := proxying(t)
	for path, want := range map[string]string{
		"/html": "text/html; charset=utf-8", "/text": "text/plain", "/image": "image/png", "/binary": "application/octet-stream",
		"/gzip": "application/json", "/contacts": "application/json", "/chunked?sse=1": "text/event-stream", "/empty": "",
		"/status/500?html=1": "text/html; charset=utf-8",
	} {
		if r := b.proxied(path); r.header.Get("Content-Type") != want || r.header.Get("Content-Encoding") != "" {
			t.Errorf("%s: %v", path, r.header)
		}
	}
	seen := map[any]bool{}
	for page := 1; page <= 3; page++ {
		list := at(b.proxied("/contacts?per_page=100&page="+string(rune('0'+page))).json, "data").([]any)
		for _, row := range list {
			seen[at(row, "email")] = true
		}
	}
	if len(seen) < 100 {
		t.Errorf("%d addresses in the paged list", len(seen))
	}
	if n := len(b.proxied("/big").text); n != 5<<20 {
		t.Errorf("%d bytes", n)
	}
}

// discarded returns the number of bytes of a body.
func discarded(t *testing.T, r *http.Response) int64 {
	t.Helper()
	n, err := io.Copy(io.Discard, r.Body)
	must(t, err)
	must(t, r.Body.Close())
	return n
}

func TestHundredMegabytesAreStreamed(t *testing.T) {
	b, _ := proxying(t)
	l, err := Listen(b.Server, "127.0.0.1:0")
	must(t, err)
	defer func() { must(t, l.Close()) }()
	r, err := http.NewRequest("GET", l.URL()+"/proxy/huge", nil)
	must(t, err)
	r.Header.Set("Authorization", "Bearer "+b.Keys().Environment)
	r.Header.Set("Connection-Id", "a")
	r.Header.Set("Provider-Config-Key", "hubspot")
	answer, err := http.DefaultClient.Do(r)
	must(t, err)
	if n := discarded(t, answer); n != 100<<20 || answer.ContentLength != -1 {
		t.Errorf("%d bytes, length %d", n, answer.ContentLength)
	}
}
