package nango

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const testKey Secret = "11111111-2222-4333-8444-555555555555"

// serve starts a server and a client for it.
func serve(t *testing.T, change func(*Config), handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return clientFor(t, server.URL, change)
}

func clientFor(t testing.TB, host string, change func(*Config)) *Client {
	t.Helper()
	config := Config{Host: host, Key: testKey}
	if change != nil {
		change(&config)
	}
	client, err := NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// reply writes a JSON response.
func reply(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

func TestFetchPageOfConnections(t *testing.T) {
	var got *http.Request
	client := serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
		got = r
		reply(w, 200, `{"connections":[{"id":1,"connection_id":"a/b","provider_config_key":"hubspot","provider":"hubspot",`+
			`"errors":[{"type":"auth","log_id":"1795357740251_EKmT7arm"}],"end_user":null,"tags":{"end_user_email":"a@b.co"},`+
			`"metadata":{"n":12345678901234567890},"created":"2026-11-22T14:36:53.834+00:00"}]}`)
	})
	rows, err := Fetch(context.Background(), client, ListConnections(ConnectionQuery{Limit: 100, Tags: map[string]string{"env": "prod"}}))
	if err != nil {
		t.Fatal(err)
	}
	if got.Header.Get("Authorization") != "Bearer "+testKey.Reveal() || got.URL.Query().Get("tags[env]") != "prod" ||
		got.URL.Query().Get("limit") != "100" {
		t.Errorf("sent %s with %v", got.URL, got.Header)
	}
	if len(rows) != 1 || rows[0].Ref() != (ConnectionRef{"hubspot", "a/b"}) || rows[0].State() != AuthError {
		t.Errorf("read %+v", rows)
	}
	if string(rows[0].Metadata) != `{"n":12345678901234567890}` || rows[0].Customer().Name != "a@b.co" {
		t.Errorf("metadata %s, customer %v", rows[0].Metadata, rows[0].Customer())
	}
	if at, ok := rows[0].FailedAt(); !ok || at.UnixMilli() != 1795357740251 {
		t.Errorf("failed at %v", at)
	}
}

func TestReadOnlyClientSendsOnlyReads(t *testing.T) {
	for _, test := range []struct {
		name    string
		allowed func(Effect) bool
		change  func(*Config)
	}{
		{"read-only", func(e Effect) bool { return e == Reads }, func(c *Config) { c.ReadOnly = true }},
		{"read-only and may refresh", func(e Effect) bool { return e <= Refreshes }, func(c *Config) { c.ReadOnly, c.MayRefresh = true, true }},
		{"may refresh alone says nothing", func(Effect) bool { return true }, func(c *Config) { c.MayRefresh = true }},
	} {
		var times atomic.Int32
		client := serve(t, test.change, func(w http.ResponseWriter, _ *http.Request) {
			times.Add(1)
			reply(w, 400, `{}`)
		})
		for operation, call := range samples {
			times.Store(0)
			_, err := call(context.Background(), client)
			allowed := test.allowed(operation.Effect()) && (operation != OpFunctionCompile || !client.ReadOnly()) // not a GET
			if errors.Is(err, ReadOnly) == allowed || (times.Load() == 1) != allowed {
				t.Errorf("%s: %s was sent %d times: %v", test.name, operation, times.Load(), err)
			}
		}
	}
}

// A call that claims to be a read is judged by its method and by the operation table.
func TestReadOnlyClientCannotBeTricked(t *testing.T) {
	client := clientFor(t, "https://nango.example", func(c *Config) { c.ReadOnly, c.MayRefresh, c.Transport = true, true, unreachable{t} })
	for _, call := range []Call{
		{Operation: OpConnectionsList, Method: http.MethodPost, Effect: Reads},
		{Operation: OpConnectionsList, Method: http.MethodGet, Effect: Writes},
		{Operation: OpConnectionDelete, Method: http.MethodGet, Effect: Reads},
		{Operation: "no.such", Method: http.MethodGet, Effect: Reads},
		{Operation: OpConnectionsList, Method: "get ", Effect: Reads},
	} {
		if client.Refuses(call) == nil {
			t.Errorf("%+v is not refused", call)
		}
		if _, err := Send(context.Background(), client, Request[Success]{call: call, decode: decodeSuccess}); err == nil {
			t.Errorf("%+v was sent", call)
		}
	}
}

// unreachable fails the test if anything is sent.
type unreachable struct{ t *testing.T }

func (u unreachable) RoundTrip(r *http.Request) (*http.Response, error) {
	u.t.Errorf("%s %s was sent", r.Method, r.URL)
	return nil, errors.New("unreachable")
}

func TestKeyAndHostAreCheckedFirst(t *testing.T) {
	for _, test := range []struct {
		host string
		key  Secret
		err  error
	}{
		{CloudHost, testKey, nil},
		{CloudHost + "/", "11111111-2222-4333-A444-55555555555F", nil},
		{"http://localhost:3003", testKey, nil},
		{"http://127.0.0.1:3003", testKey, nil},
		{"http://[::1]:3003", testKey, nil},
		{CloudHost, "", ErrNoKey},
		{CloudHost, "nope", ErrMalformedKey},
		{CloudHost, testKey + "\n", ErrMalformedKey},
		{CloudHost, "Bearer " + testKey, ErrMalformedKey},
		{CloudHost, "11111111-2222-1333-8444-555555555555", ErrMalformedKey},
		{CloudHost, sampleToken, ErrSessionToken},
		{"http://nango.example", testKey, ErrInsecure},
		{"http://localhost.example", testKey, ErrInsecure},
		{"http://127.0.0.1.example", testKey, ErrInsecure},
		{"ftp://nango.example", testKey, ErrHost},
		{"api.nango.dev", testKey, ErrHost},
		{"https://user:password@nango.example", testKey, ErrHost},
		{"https://nango.example?x=1", testKey, ErrHost},
		{"https://", testKey, ErrHost},
		{"https://nango.example\n", testKey, ErrHost},
		{"", testKey, ErrHost},
	} {
		_, err := NewClient(Config{Host: test.host, Key: test.key})
		if !errors.Is(err, test.err) {
			t.Errorf("%q: %v", test.host, err)
		}
		if err != nil && (strings.Contains(err.Error(), "password@") || test.key != "" && strings.Contains(err.Error(), test.key.Reveal())) {
			t.Errorf("%q: the error tells a secret: %v", test.host, err)
		}
	}
	if _, err := NewClient(Config{Host: "http://nango.example", Key: testKey, Insecure: true}); err != nil {
		t.Errorf("insecure: %v", err)
	}
}

// Nango's server closes an idle connection after 61 seconds. A request sent at that moment would be lost.
func TestIdleConnectionsAreClosed(t *testing.T) {
	client := clientFor(t, "https://nango.example", nil)
	reading, once := client.reading.(*http.Transport), client.once.(*http.Transport)
	if reading.IdleConnTimeout <= 0 || reading.IdleConnTimeout >= time.Minute || !once.DisableKeepAlives {
		t.Errorf("kept for %v; writes on connections of their own: %v", reading.IdleConnTimeout, once.DisableKeepAlives)
	}
}

func TestHostWithPath(t *testing.T) {
	var path string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.Path
		reply(w, 200, `{"data":[]}`)
	}))
	defer server.Close()
	client := clientFor(t, server.URL+"/nango/", nil)
	if _, err := Fetch(context.Background(), client, ListIntegrations()); err != nil || path != "/nango/integrations" ||
		client.Host() != server.URL+"/nango" {
		t.Errorf("%s: %v", path, err)
	}
}

func TestUnusualIDsAreEscaped(t *testing.T) {
	var got *http.Request
	client := serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
		got = r
		reply(w, 200, `{"success":true}`)
	})
	for _, id := range []string{"a/b", `{"a":"b c"}`, "a b", `a'b\c`, "a+b", "a;b,c:d=e~f|g@h$i", "metadata", "...", "a//b", "/", "-"} {
		ref := ConnectionRef{Integration: "my key@x:~.y", ID: id}
		if _, err := Send(context.Background(), client, DeleteConnection(ref)); err != nil {
			t.Errorf("%q: %v", id, err)
			continue
		}
		segment, err := url.PathUnescape(strings.TrimPrefix(got.URL.EscapedPath(), "/connections/"))
		if err != nil || segment != id || strings.Contains(strings.TrimPrefix(got.RequestURI, "/connections/"), "/") ||
			got.URL.Query().Get("provider_config_key") != ref.Integration {
			t.Errorf("%q arrived as %s", id, got.RequestURI)
		}
	}
}

func TestInvalidRequestsAreNotSent(t *testing.T) {
	client := clientFor(t, "https://nango.example", func(c *Config) { c.Transport = unreachable{t} })
	ctx := context.Background()
	for _, id := range []string{"", ".", "..", "weird<>#?", "emoji 🎉", "a%b", "a&b", strings.Repeat("x", 256), "a\nb", "ж"} {
		ref := ConnectionRef{Integration: "hubspot", ID: id}
		if reason, refused := ref.UnusableReason(); !refused || reason == "" {
			t.Errorf("%q is not refused", id)
		}
		_, err1 := Send(ctx, client, DeleteConnection(ref))
		_, err2 := Send(ctx, client, GetConnection(ref, GetOptions{}))
		_, err3 := Send(ctx, client, SetMetadata("hubspot", []string{"fine", id}, []byte(`{}`)))
		_, err4 := Send(ctx, client, ReconnectSession(ref, SessionInput{}))
		for i, err := range []error{err1, err2, err3, err4} {
			if !errors.Is(err, RejectedLocally) {
				t.Errorf("%q, %d: %v", id, i, err)
			}
		}
	}
	tags := map[string]string{"a b": "x"}
	for name, request := range map[string]Request[Success]{
		"the id metadata": UpdateConnection(ConnectionRef{"hubspot", "metadata"}, ConnectionPatch{}),
		"a bad tag":       UpdateConnection(sampleRef, ConnectionPatch{Tags: &tags}),
		"no token":        DeleteSession("nope"),
		"a key of dots":   DeleteIntegration(".."),
		"a bad key":       DeleteIntegration("a/b"),
	} {
		if _, err := Send(ctx, client, request); !errors.Is(err, RejectedLocally) || request.Validate() == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMapKeepsValidationError(t *testing.T) {
	mapped := Map(GetProvider("a b"), func(p Provider) string { return p.Name })
	if mapped.Validate() == nil {
		t.Error("the refusal got lost")
	}
}

func TestOverwriteDestroys(t *testing.T) {
	input := ConnectionInput{Ref: sampleRef, Credentials: Credentials{Type: "NONE"}}
	if got := UpsertConnection(input).Call().Effect; got != Writes {
		t.Errorf("a new one %s", got)
	}
	input.Exists = true
	if got := UpsertConnection(input).Call().Effect; got != Destroys {
		t.Errorf("over an existing one %s", got)
	}
	if got := UpdateIntegration("i", IntegrationPatch{Credentials: OAuthApp{}}).Call().Effect; got != Destroys {
		t.Errorf("new app credentials %s", got)
	}
}

// Every read is a read in the operation table, too.
func TestReadsAreReads(t *testing.T) {
	for name, call := range map[string]Call{
		"ListConnections": ListConnections(ConnectionQuery{}).Call(), "ListIntegrations": ListIntegrations().Call(),
		"GetIntegration": GetIntegration("i", Include{Credentials: true}).Call(), "ListProviders": ListProviders("").Call(),
		"GetProvider": GetProvider("p").Call(), "ProviderTemplates": ProviderTemplates("p").Call(),
		"GetSession": GetSession(sampleToken).Call(), "ListVariables": ListVariables().Call(),
		"ListSyncs": ListSyncs(sampleSyncs).Call(), "ListRecords": ListRecords(RecordQuery{}).Call(),
		"GetActionResult": GetActionResult("").Call(),
		"ListFunctions":   ListFunctions(FunctionQuery{}).Call(), "GetFunction": GetFunction("i", "f", "").Call(),
		"GetFunctionCode": GetFunctionCode("i", "f", "").Call(),
		"ListScripts":     ListScripts().Call(), "GetDryRun": GetDryRun("").Call(), "GetDeployment": GetDeployment("").Call(),
	} {
		if call.Effect != Reads || call.Method != http.MethodGet || call.Body != nil {
			t.Errorf("%s: %s %s", name, call.Method, call.Effect)
		}
	}
}

func TestRemovedTagsAreAnEmptyObject(t *testing.T) {
	var none map[string]string
	if body := string(UpdateConnection(sampleRef, ConnectionPatch{Tags: &none}).Call().Body); body != `{"tags":{}}` {
		t.Error(body)
	}
	if body := string(UpdateConnection(sampleRef, ConnectionPatch{}).Call().Body); body != `{}` {
		t.Error(body)
	}
}
