package nango

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"nango-tui/internal/clean"
	"nango-tui/internal/jsontext"
	"nango-tui/internal/longtest"
)

var sampleProxy = ProxyRequest{Connection: sampleRef, Method: http.MethodGet, Path: "/user"}

func TestProxiedPathIsSentUnchanged(t *testing.T) {
	var got *http.Request
	client := serve(t, nil, func(_ http.ResponseWriter, r *http.Request) { got = r })
	for path, want := range map[string]string{
		"/echo/a%20b?x=1&y=a%2Fb&z[]=1&z[]=2": "/proxy/echo/a%20b?x=1&y=a%2Fb&z[]=1&z[]=2", "user": "/proxy/user", "": "/proxy/",
		"?q=1":   "/proxy/?q=1",
		"/a b/é": "/proxy/a%20b/%C3%A9", "/q?name=é&b=\"x\"": "/proxy/q?name=%C3%A9&b=%22x%22",
		"/${connectionConfig.id}/x?a=${apiKey}": "/proxy/${connectionConfig.id}/x?a=${apiKey}",
		"/v1/people:search/a,b;c=(d)!*'":        "/proxy/v1/people:search/a,b;c=(d)!*'", "/a%2Fb%3f": "/proxy/a%2Fb%3f",
		"/a..b/...": "/proxy/a..b/...", "/{x}|y": "/proxy/{x}|y", "/x?z=1&a=2": "/proxy/x?z=1&a=2",
	} {
		request := Proxy(ProxyRequest{Connection: sampleRef, Method: http.MethodGet, Path: path})
		if _, err := Send(context.Background(), client, request); err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if got.RequestURI != want || request.Call().RequestURI() != want || CheckProxyPath(path) != nil {
			t.Errorf("%s arrived as %s, shown as %s", path, got.RequestURI, request.Call().RequestURI())
		}
	}
}

func TestProxyOnHostWithPath(t *testing.T) {
	var got string
	client := serve(t, nil, func(_ http.ResponseWriter, r *http.Request) { got = r.RequestURI })
	client = clientFor(t, client.Host()+"/nango", nil)
	for _, path := range []string{"/${a}?b=c", "/x y"} {
		if _, err := Send(context.Background(), client,
			Proxy(ProxyRequest{Connection: sampleRef, Method: http.MethodGet, Path: path})); err != nil || !strings.HasPrefix(got, "/nango/proxy/") {
			t.Errorf("%s: %v", got, err)
		}
	}
}

func TestUnsafeProxyPathsAreNotSent(t *testing.T) {
	for _, path := range []string{
		"http://evil.example/x", "https://evil.example", "/http://evil.example/x", "//evil.example/x", "///evil.example",
		"/%2F/evil.example", `\\evil.example`, "/http:%2F%2Fevil.example", "ftp://x",
		"/../connections", "/a/../b", "/a/%2e%2E/b", "/a/..%2fb", `/a\..\b`, "/.", "/a/./b", "/a#b", "/a?b#c", "/%zz", "/100%",
		"/a\nb", "/a\x00", "/a?b=\r\nX-Y: z",
	} {
		if Proxy(ProxyRequest{Connection: sampleRef, Method: http.MethodGet, Path: path}).Validate() == nil || CheckProxyPath(path) == nil {
			t.Errorf("%q is not refused", path)
		}
	}
	for name, change := range map[string]func(*ProxyRequest){
		"HEAD": func(p *ProxyRequest) { p.Method = "HEAD" }, "small letters": func(p *ProxyRequest) { p.Method = "get" },
		"a GET with a body":      func(p *ProxyRequest) { p.Body = ProxyBody{"text/plain", []byte("x")} },
		"no connection":          func(p *ProxyRequest) { p.Connection.ID = "" },
		"a base without a host":  func(p *ProxyRequest) { p.BaseURL = "https://" },
		"a base of another kind": func(p *ProxyRequest) { p.BaseURL = "ftp://x.example" },
		"a base with a password": func(p *ProxyRequest) { p.BaseURL = "https://a:b@x.example" },
		"half a base":            func(p *ProxyRequest) { p.BaseURL = "notaurl" },
		"retries below 0":        func(p *ProxyRequest) { p.Retries = -1 }, "many retries": func(p *ProxyRequest) { p.Retries = 11 },
		"no status":                func(p *ProxyRequest) { p.RetryOn = []int{404, 7} },
		"a query with a fragment":  func(p *ProxyRequest) { p.Query = "a=#" },
		"a header without a name":  func(p *ProxyRequest) { p.Headers = []ProxyHeader{{"", "x"}} },
		"a header of two words":    func(p *ProxyRequest) { p.Headers = []ProxyHeader{{"a b", "x"}} },
		"a header with the prefix": func(p *ProxyRequest) { p.Headers = []ProxyHeader{{"nango-proxy-x", "x"}} },
		"two lines":                func(p *ProxyRequest) { p.Headers = []ProxyHeader{{"a", "x\r\nb: c"}} },
		"the length":               func(p *ProxyRequest) { p.Headers = []ProxyHeader{{"content-length", "5"}} },
		"two types": func(p *ProxyRequest) {
			p.Method, p.Body, p.Headers = "POST", ProxyBody{"text/plain", []byte("x")}, []ProxyHeader{{"content-type", "text/html"}}
		},
		"half a JSON":         func(p *ProxyRequest) { p.Method, p.Body = "POST", ProxyBody{jsonMedia, []byte("{")} },
		"a JSON number":       func(p *ProxyRequest) { p.Method, p.Body = "POST", ProxyBody{jsonMedia, []byte("5")} },
		"no JSON":             func(p *ProxyRequest) { p.Method, p.Body = "POST", ProxyBody{jsonMedia, nil} },
		"no type":             func(p *ProxyRequest) { p.Method, p.Body = "POST", ProxyBody{"", []byte("x")} },
		"a type of two lines": func(p *ProxyRequest) { p.Method, p.Body = "POST", ProxyBody{"text/plain\n", []byte("x")} },
		"too much": func(p *ProxyRequest) {
			p.Method, p.Body = "POST", ProxyBody{"text/plain", make([]byte, MaxProxyBody+1)}
		},
	} {
		p := sampleProxy
		change(&p)
		if Proxy(p).Validate() == nil {
			t.Errorf("%s is not refused", name)
		}
	}
}

func TestProxyEffect(t *testing.T) {
	for name, test := range map[string]struct {
		p    ProxyRequest
		want Effect
	}{
		"GET": {sampleProxy, Refreshes}, "POST": {ProxyRequest{Connection: sampleRef, Method: "POST", Path: "/a"}, Runs},
		"PUT":                   {ProxyRequest{Connection: sampleRef, Method: "PUT"}, Runs},
		"PATCH":                 {ProxyRequest{Connection: sampleRef, Method: "PATCH"}, Runs},
		"DELETE":                {ProxyRequest{Connection: sampleRef, Method: "DELETE"}, Runs},
		"another host":          {ProxyRequest{Connection: sampleRef, Method: "GET", BaseURL: "https://x.example"}, Runs},
		"a template":            {ProxyRequest{Connection: sampleRef, Method: "GET", Path: "/${a}"}, Runs},
		"an escaped one":        {ProxyRequest{Connection: sampleRef, Method: "GET", Path: "/%24%7Ba%7D"}, Runs},
		"one beside a sign":     {ProxyRequest{Connection: sampleRef, Method: "GET", Query: "q=100%&b=$%7Bb}"}, Runs},
		"one escaped twice":     {ProxyRequest{Connection: sampleRef, Method: "GET", Path: "/a", Query: "b=%2524%257Bb%257D"}, Runs},
		"a template to ask for": {ProxyRequest{Connection: sampleRef, Method: "GET", Query: "a=${b}"}, Runs},
		"a template as header":  {ProxyRequest{Connection: sampleRef, Method: "GET", Headers: []ProxyHeader{{"X-A", "${b}"}}}, Runs},
	} {
		if got := Proxy(test.p).Call().Effect; got != test.want {
			t.Errorf("%s %s", name, got)
		}
	}
	client := clientFor(t, "https://nango.example", func(c *Config) { c.ReadOnly, c.MayRefresh, c.Transport = true, true, unreachable{t} })
	if _, err := Send(context.Background(), client,
		Proxy(ProxyRequest{Connection: sampleRef, Method: "GET", BaseURL: "https://x.example"})); !errors.Is(err, ReadOnly) {
		t.Error(err)
	}
}

func TestProxyOptions(t *testing.T) {
	yes, no := true, false
	p := ProxyRequest{Connection: sampleRef, Method: "POST", Path: "/a?x=1", Query: "?y=2",
		Headers: []ProxyHeader{{"X-Foo", "bar"}, {"accept", "text/csv"}}, Body: ProxyBody{"application/json; charset=utf-8",
			[]byte("{ \"n\" : 1e2 }\n")},
		Retries: 2, RetryOn: []int{404, 409}, BaseURL: "https://x.example", Decompress: &yes, ForwardHeaders: &no}
	request := Proxy(p)
	call := request.Call()
	if request.Validate() != nil || string(call.Body) != `{"n":1e2}` || call.RequestURI() != "/proxy/a?x=1&y=2" ||
		call.Timeout != 3*proxyLimit {
		t.Errorf("%s %s %v: %v", call, call.Body, call.Timeout, request.Validate())
	}
	for name, want := range map[string]string{
		"Connection-Id": "c", "Provider-Config-Key": "i", "Nango-Proxy-X-Foo": "bar", "Nango-Proxy-Accept": "text/csv",
		"Retries": "2", "Retry-On": "404,409",
		"Base-Url-Override": "https://x.example", "Decompress": "true", "Forward-Headers-On-Redirect": "false", "Nango-Proxy-Content-Type": "",
	} {
		if got := call.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for sent, forwarded := range map[string]string{
		"application/x-www-form-urlencoded": "application/x-www-form-urlencoded", "multipart/form-data; boundary=B": "multipart/form-data",
		"text/plain; charset=utf-8": "text/plain; charset=utf-8", "application/vnd.api+json": "application/vnd.api+json",
	} {
		call := Proxy(ProxyRequest{Connection: sampleRef, Method: "PUT", Body: ProxyBody{sent, []byte("a=1")}}).Call()
		if call.ContentType != sent || call.Header.Get("Nango-Proxy-Content-Type") != forwarded || string(call.Body) != "a=1" {
			t.Errorf("%s: %s %v", sent, call.ContentType, call.Header)
		}
	}
}

// A provider's response is returned unchanged and doesn't affect the budget.
func TestAnyProviderResponseIsAValue(t *testing.T) {
	for name, test := range map[string]struct {
		status     int
		kind, body string
	}{
		"JSON": {200, "application/json", `{"a":1}`}, "bad JSON": {200, "application/json", `{"a": not`},
		"HTML": {200, "text/html", "<html>"}, "binary": {200, "image/png", "\x89PNG\x00\xff"},
		"nothing": {204, "", ""}, "moved": {301, "text/html", "there"}, "not there": {404, "application/json", `{"error":"no"}`},
		"forbidden": {403, "application/json", `{"error":{"code":"forbidden","message":"You shall not"}}`},
		"too many":  {429, "application/json", `{"error":{"code":"too_many_request"}}`}, "down": {503, "text/html", "<html>down"},
		"failed": {500, "text/plain", ""}, "code of another status": {404, "application/json", `{"error":{"code":"invalid_headers"}}`},
		"a message":                          {500, "application/json", `{"message":"boom","code":"E42","method":"get","trace":"x"}`},
		"a success that looks like an error": {200, "application/json", `{"error":{"code":"invalid_headers"}}`},
	} {
		times := 0
		client := serve(t, still, func(w http.ResponseWriter, _ *http.Request) {
			times++
			for key, value := range map[string]string{"Content-Type": test.kind, "X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0",
				"X-RateLimit-Reset": "1", "Retry-After": "99", "Location": "https://x.example"} {
				w.Header()[key] = []string{value}
			}
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, test.body)
		})
		answer, err := Send(context.Background(), client, Proxy(sampleProxy))
		if err != nil || times != 1 || answer.Status != test.status || string(answer.Body) != test.body ||
			answer.Size != int64(len(test.body)) || answer.Header.Get("Retry-After") != "99" {
			t.Errorf("%s, %d times: %+v: %v", name, times, answer, err)
		}
		if budget := client.Budget(); budget.Known || budget.Remaining != AssumedLimit-1 {
			t.Errorf("%s: %+v", name, budget)
		}
		if entry := client.Log().Entries()[0]; entry.Status != test.status || entry.Size != len(test.body) || entry.State != Done {
			t.Errorf("%s: noted as %+v", name, entry)
		}
	}
}

func TestNangoResponsesAreErrors(t *testing.T) {
	for _, test := range []struct {
		status  int
		body    string
		kind    Kind
		origin  Origin
		unknown bool
	}{
		{400, `{"error":{"code":"server_error","message":"Failed to get connection"}}`, NotFound, OriginNango, false},
		{400, `{"error":{"code":"server_error","message":"Failed to get connection credentials: 'x'"}}`, RefreshFailed, OriginProvider, false},
		{424, `{"error":{"code":"connection_refresh_backoff"}}`, RefreshFailed, OriginProvider, false},
		{403, `{"error":{"code":"forbidden","message":"Insufficient scope. Required: environment:proxy"}}`, Forbidden, OriginNango, false},
		{404, `{"error":{"code":"unknown_provider_config"}}`, NotFound, OriginNango, false},
		{429, `{"error":{"code":"too_many_request","method":"POST","path":"/proxy/a"}}`, RateLimited, OriginNango, false},
		{400, `{"error":{"code":"base_url_override_not_allowed","message":"no"}}`, Rejected, OriginNango, false},
		{500, `{"message":"connect ECONNREFUSED 127.0.0.1:9","code":"ECONNREFUSED","method":"post"}`, ProviderUnreachable, OriginProvider, false},
		{500, `{"message":"socket hang up","code":"ECONNRESET","method":"post","status":null}`, ProviderUnreachable, OriginProvider, true},
		{500, ``, ServerFailed, OriginNango, true},
	} {
		client := serve(t, still, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			if test.body != "" {
				w.Header().Set("Content-Type", "application/json; charset=utf-8")
			}
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, test.body)
		})
		_, err := Send(context.Background(), client, Proxy(ProxyRequest{Connection: sampleRef, Method: "POST", Path: "/a"}))
		e, ok := AsError(err)
		if !ok || e.Kind != test.kind || e.Origin() != test.origin || e.OutcomeUnknown != test.unknown || e.Advice() == "" && e.Kind != Rejected {
			t.Errorf("%s: %v of %v: %v", test.body, e.Kind, e.Origin(), err)
			continue
		}
		if answer, kept := e.Proxied(); !kept || string(answer.Body) != test.body || answer.Status != test.status {
			t.Errorf("%s: kept %+v", test.body, answer)
		}
	}
}

// endless is a body that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestLongProxyResponseIsCut(t *testing.T) {
	longtest.SkipInShort(t)
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = io.CopyN(w, endless{}, MaxProxyResponse+1000)
	})
	answer, err := Send(context.Background(), client, Proxy(sampleProxy))
	if err != nil || !answer.Cut || len(answer.Body) != MaxProxyResponse || answer.Size != MaxProxyResponse {
		t.Errorf("%d bytes, %v: %v", len(answer.Body), answer.Cut, err)
	}
	exact := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.CopyN(w, endless{}, MaxProxyResponse) })
	if answer, err := Send(context.Background(), exact, Proxy(sampleProxy)); err != nil || answer.Cut || len(answer.Body) != MaxProxyResponse {
		t.Errorf("%d bytes, %v: %v", len(answer.Body), answer.Cut, err)
	}
}

// discWriter is a writer that discards its input and fails when it is full.
type discWriter struct{ got, most int64 }

var errFull = errors.New("no space left on device")

func (c *discWriter) Write(p []byte) (int, error) {
	if c.got += int64(len(p)); c.got > c.most {
		return 0, errFull
	}
	return len(p), nil
}

func TestProxyToStreams(t *testing.T) {
	const size = 100 << 20
	client := serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/gone") {
			w.WriteHeader(404)
		}
		_, _ = io.CopyN(w, endless{}, size)
	})
	file := &discWriter{most: size}
	answer, err := Send(context.Background(), client, ProxyTo(sampleProxy, file))
	if err != nil || !answer.Saved || answer.Cut || answer.Body != nil || answer.Size != size || file.got != size {
		t.Errorf("%+v, %d written: %v", answer, file.got, err)
	}
	full := &discWriter{most: 1000}
	_, err = Send(context.Background(), client, ProxyTo(ProxyRequest{Connection: sampleRef, Method: "POST", Path: "/a"}, full))
	if !errors.Is(err, NotSaved) || !errors.Is(err, errFull) || errors.Is(err, OutcomeUnknown) ||
		!strings.Contains(err.Error(), "no space left") {
		t.Errorf("full: %v", err)
	}
	untouched := &discWriter{}
	answer, err = Send(context.Background(), client, ProxyTo(ProxyRequest{Connection: sampleRef, Method: "GET", Path: "/gone"}, untouched))
	if err != nil || answer.Saved || untouched.got != 0 || answer.Status != 404 || !answer.Cut {
		t.Errorf("an error is not saved: %d, %v", answer.Status, err)
	}
}

func TestTruncatedProxyResponse(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, "half")
	})
	for name, request := range map[string]Request[ProxyResponse]{"kept": Proxy(sampleProxy),
		"saved": ProxyTo(sampleProxy, &discWriter{most: 1000})} {
		if _, err := Send(context.Background(), client, request); !errors.Is(err, Network) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Send(context.Background(), client, Proxy(ProxyRequest{Connection: sampleRef, Method: "POST"})); !errors.Is(err,
		OutcomeUnknown) {
		t.Errorf("a change may have been made: %v", err)
	}
}

// An upstream that echoes Nango's request reveals the customer's token.
func TestEchoedTokenIsMasked(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Set-Cookie", "session=cookie-secret-1; Path=/")
		reply(w, 200, `{"headers":{"authorization":"Bearer fake-upstream-key-123","x-request-id":"r1"}}`)
	})
	answer, err := Send(context.Background(), client, Proxy(sampleProxy))
	if err != nil || strings.Contains(fmt.Sprintf("%v %+v %#v %s", answer, &answer, answer, answer), "secret-1") {
		t.Fatal(answer, err)
	}
	for _, secret := range []string{"fake-upstream-key-123", "session=cookie-secret-1; Path=/"} {
		if got := client.Secrets().Mask("x " + secret); got != "x "+Masked {
			t.Errorf("%s", got)
		}
	}
}

func TestProxiedSecretsAreNotLogged(t *testing.T) {
	var debug bytes.Buffer
	client := serve(t, func(c *Config) { c.Debug = clean.NewWriter(&debug) },
		func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, `{}`) })
	request := Proxy(ProxyRequest{Connection: sampleRef, Method: "POST", Path: "/a/b%20c?api_key=query-secret-1&x=1",
		Headers: []ProxyHeader{{"Authorization", "Bearer header-secret-1"}},
		Body:    ProxyBody{formMedia, []byte("client_secret=form-secret-1&x=2")}})
	if _, err := Send(context.Background(), client, request); err != nil {
		t.Fatal(err)
	}
	if path := client.Log().Entries()[0].Path; path != "/proxy/a/b%20c?api_key="+Masked+"&x=1" ||
		!strings.Contains(debug.String(), strings.ReplaceAll(path, "&", `\u0026`)) {
		t.Errorf("noted as %s\n%s", path, debug.String())
	}
	for _, secret := range []string{"query-secret-1", "header-secret-1", "form-secret-1"} {
		if client.Secrets().Mask(secret) != Masked {
			t.Errorf("%s is not known", secret)
		}
	}
	line := Curl(request.Call(), client.Host())
	if strings.Contains(line.Line, "secret-1") || len(line.Variables) < 4 {
		t.Error(line.Line)
	}
}

func TestOneResponseDoesNotEvictAllSecrets(t *testing.T) {
	secrets := NewSecrets()
	secrets.Add("seen-before-123")
	var many []string
	for i := range 2 * MaxSecrets {
		many = append(many, fmt.Sprintf(`{"token":"new-token-%06d"}`, i))
	}
	secrets.learn([]byte("[" + strings.Join(many, ",") + "]"))
	if secrets.Mask("seen-before-123") != Masked || secrets.Mask("new-token-000001") != Masked {
		t.Error("a secret was forgotten")
	}
}

func BenchmarkProxyResponse(b *testing.B) {
	row := `{"id":12345,"title":"Lorem ipsum dolor sit amet","labels":["a","b"],"access_token":"0123456789abcdef","n":9007199254740993},`
	body := []byte("[" + strings.Repeat(row, 5<<20/len(row)) + "{}]")
	client, err := NewClient(Config{Host: "https://nango.example", Key: testKey, Transport: echo{200, jsonMedia, "", string(body)}})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if answer, err := Send(context.Background(), client, Proxy(sampleProxy)); err != nil || len(answer.Body) != len(body) {
			b.Fatal(err)
		}
	}
}

// A response is only attributed to Nango if Nango could have sent it.
func FuzzIsNangoResponse(f *testing.F) {
	for _, body := range []string{`{"error":{"code":"invalid_headers","errors":[]}}`,
		`{"error":{"code":"too_many_request","method":"GET","path":"/x"}}`, `{"message":"m","code":"ECONNRESET","method":"get"}`,
		``, `{"error":"upstream","status":400}`, `[]`, `{"error":{"code":7}}`,
		`{"error":{"code":"forbidden","message":"Insufficient scope. Required: x"}}`} {
		f.Add(400, "application/json; charset=utf-8", body)
		f.Add(500, "", body)
		f.Add(429, jsonMedia, body)
		f.Add(200, jsonMedia, body)
	}
	f.Fuzz(func(t *testing.T, status int, kind, body string) {
		answer := ProxyResponse{Status: status, Header: http.Header{"Content-Type": {kind}}, Body: []byte(body)}
		code, own := IsNangoResponse(answer)
		if !own {
			if code != "" {
				t.Fatalf("%d %q: a code %q without an error", status, body, code)
			}
			return
		}
		empty := strings.TrimSpace(body) == ""
		if status < 400 || !empty && (answer.Media() != jsonMedia || !json.Valid([]byte(body)) || code == "" ||
			!strings.Contains(unescapedJSON(body), code)) || empty && status != 500 {
			t.Fatalf("%d %q %q is taken for Nango's %q", status, kind, body, code)
		}
		e := proxyError(Call{Operation: OpProxyPost, Effect: Runs}, Response{Status: status, Header: answer.Header,
			Body: answer.Body}, code, NewSecrets())
		if kept, ok := e.Proxied(); !ok || string(kept.Body) != body || e.Error() == "" {
			t.Fatalf("%q: %v", body, e)
		}
	})
}

// unescapedJSON undoes the escapes in the strings of a JSON text.
func unescapedJSON(text string) string {
	var out strings.Builder
	for leaf := range jsontext.NewRedactor(nil).Scalars(text, 0) {
		out.WriteString(leaf.Text + "\n")
	}
	return out.String()
}
