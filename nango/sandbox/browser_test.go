package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// A page that points its own name at this machine can't use the sandbox, whatever it sends.
func TestListenerAnswersToLoopbackNamesOnly(t *testing.T) {
	s := New(Options{Connections: 3})
	l, err := Listen(s, "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	for host, want := range map[string]int{
		"": 200, "localhost": 200, "LOCALHOST:1": 200, "localhost.:3003": 200, "127.0.0.1": 200,
		"mcp.localhost:3003": 404, "mcp.127.0.0.1:3003": 404, "mcp.evil.example": 421, "mcp.10.0.0.1": 421,
		"127.1.2.3:80": 200, "[::1]:3003": 200, "[::1]": 200, "[::ffff:127.0.0.1]:1": 200,
		"evil.example": 421, "evil.example:3003": 421, "localhost.evil.example": 421, "127.0.0.1.evil.example": 421, "notlocalhost": 421,
		"10.0.0.1": 421, "0.0.0.0:3003": 421, "[::]:3003": 421, "127.0.0.1@evil.example": 421, "evil.example#localhost": 421,
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.URL()+"/connections", nil)
		must(t, err)
		r.Host = host
		r.Header.Set("Authorization", "Bearer "+s.Keys().Environment)
		w, err := http.DefaultClient.Do(r)
		must(t, err)
		text, err := io.ReadAll(w.Body)
		must(t, err)
		must(t, w.Body.Close())
		if w.StatusCode != want || want != 200 && strings.Contains(string(text), "connection_id") {
			t.Errorf("Host %q: %d, want %d: %s", host, w.StatusCode, want, text)
		}
	}
}

func TestPreflightOfEveryPathIs204WithoutAKey(t *testing.T) {
	b := newBench(t, Options{RateLimit: 1})
	for _, path := range []string{"/", "/connections", "/proxy/a/b", "/nope", "/connect/sessions"} {
		r := b.want(b.ask("OPTIONS", path, "{", "Authorization", "", "Origin", "https://page.example"), 204)
		if r.header.Get("Access-Control-Allow-Origin") != "*" || r.header.Get("Access-Control-Allow-Credentials") != "" ||
			!strings.HasPrefix(r.header.Get("Access-Control-Allow-Headers"), "Authorization, Content-Type,") ||
			r.header.Get("Access-Control-Allow-Methods") != "GET,HEAD,PUT,PATCH,POST,DELETE" || r.header.Get("Access-Control-Max-Age") != "600" {
			t.Errorf("%s: %v", path, r.header)
		}
	}
	b.want(b.ask("POST", "/connections", "{}", "Authorization", "", "Origin", "https://page.example"), 401)
}

func TestEnvJSIsJavaScript(t *testing.T) {
	b := newBench(t, Options{})
	r := b.want(b.ask("GET", "/env.js", "", "Authorization", ""), 200)
	text, ok := strings.CutPrefix(r.text, "window._env = {\n  \"apiUrl\": \"http://example.com\",")
	if !ok || r.header.Get("Content-Type") != "text/javascript; charset=utf-8" || r.header.Get("X-RateLimit-Limit") != "" {
		t.Errorf("%v %s", r.header, r.text)
	}
	var env struct {
		ConnectURL string
		IsCloud    *bool
		Features   map[string]bool
	}
	if err := json.Unmarshal([]byte("{"+strings.TrimSuffix(text, ";")), &env); err != nil || env.ConnectURL != "http://example.com" ||
		env.IsCloud == nil || *env.IsCloud || !env.Features["scripts"] || len(env.Features) != 9 {
		t.Errorf("%v: %+v", err, env)
	}
}

func TestAuthorizationHeaderIsReadAsNangoDoes(t *testing.T) {
	b := newBench(t, Options{})
	key := b.Keys().Environment
	for header, want := range map[string]any{
		"Bearer " + key: nil, key: nil, "Bearer x Bearer " + key: nil,
		"": "missing_auth_header", "Bearer ": "malformed_auth_header", "Bearer": "malformed_auth_header", "x Bearer ": "malformed_auth_header",
		"bearer " + key: "invalid_secret_key_format", "Basic " + key: "invalid_secret_key_format", "Bearerx": "invalid_secret_key_format",
	} {
		r := b.ask("GET", "/integrations", "", "Authorization", header)
		if code := at(r.json, "error", "code"); code != want {
			t.Errorf("Authorization %q: %d %v, want %v", header, r.status, code, want)
		}
	}
	r := b.want(b.ask("GET", "/connect/session", "", "Authorization", "Bearer "), 401)
	if at(r.json, "error", "message") != "Authentication failed. The Authorization header is malformed." {
		t.Error(r.text)
	}
}

// With known keys or tokens, a web page could use the sandbox of whoever opens it.
func TestRandomKeysCanNotBeGuessed(t *testing.T) {
	session := func(b *bench) string { return b.open("/connect/sessions", `{"tags":{"a":"b"}}`) }
	made := func(b *bench) any {
		r := b.ask("POST", "/environment/api-keys", `{"environment_id":4,"display_name":"k"}`, "Authorization", "Bearer "+b.Keys().Account)
		return at(b.want(r, 200).json, "data", "secret")
	}
	seen := map[any]bool{}
	for _, random := range []bool{false, true, true} {
		b := newBench(t, Options{Seed: 1, Connections: 20, RandomKeys: random})
		keys := b.Keys()
		for _, secret := range []any{keys.Environment, keys.NoCredentials, keys.ListOnly, keys.Account, session(b), made(b)} {
			if seen[secret] || secret == nil {
				t.Errorf("%v can be guessed", secret)
			}
			seen[secret] = true
		}
		if id := at(rows(b.want(b.ask("GET", "/connections", ""), 200))[0], "connection_id"); !random {
			seen["data"+id.(string)] = true
		} else if !seen["data"+id.(string)] {
			t.Errorf("the data depends on the keys: %v", id)
		}
	}
}
