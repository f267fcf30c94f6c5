package sandbox

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox/js"
)

// sessionBench has an API key integration and an OAuth one, each with a connection c1 that has
// everything that a reconnect can lose.
func sessionBench(t testing.TB) *bench {
	b := newBench(t, Options{})
	for key, provider := range map[string]string{"api": "private-api-bearer", "hub": "hubspot"} {
		must(t, b.AddIntegration(IntegrationSpec{Key: key, Provider: provider}))
		_, err := b.AddConnection(ConnectionSpec{Integration: key, ID: "c1", Tags: map[string]string{"end_user_id": "u1"},
			Metadata: []byte(`{"m":1}`), Config: []byte(`{"region":"eu"}`), WebhookURL: "https://example.com/h"})
		must(t, err)
	}
	return b
}

// open creates a session and returns its token.
func (b *bench) open(path, body string) string {
	b.t.Helper()
	r := b.want(b.ask("POST", path, body), 201)
	return at(r.json, "data", "token").(string)
}

func TestReconnectRemovesWhatIsNotSentAgain(t *testing.T) {
	b := sessionBench(t)
	for key, metadata := range map[string]string{"api": "{}", "hub": `{"m":1}`} {
		must(t, b.Fail(key, "c1", FailAuth))
		before, _ := b.Connection(key, "c1")
		token := b.open("/connect/sessions/reconnect", `{"connection_id":"c1","integration_id":"`+key+`"}`)
		id, err := b.FinishSession(token, "", nil)
		must(t, err)
		after, _ := b.Connection(key, "c1")
		if id != "c1" || after.ID != before.ID || !after.Created.Equal(before.Created) {
			t.Errorf("%s: a reconnect keeps the connection: %+v", key, after)
		}
		if len(after.Tags) > 0 || after.WebhookURL != "" || string(after.Config) != "{}" {
			t.Errorf("%s: tags, override and config are lost: %+v", key, after)
		}
		if string(after.Metadata) != metadata {
			t.Errorf("%s: metadata %s, want %s (only OAuth keeps it)", key, after.Metadata, metadata)
		}
		if after.AuthError != "" {
			t.Errorf("%s: the auth error is over: %+v", key, after)
		}
	}
}

func TestReconnectKeepsWhatIsSentAgain(t *testing.T) {
	b := sessionBench(t)
	token := b.open("/connect/sessions/reconnect", `{"connection_id":"c1","integration_id":"api","tags":{"end_user_id":"u1","Env":"x"},
		"webhook_url_override":"https://example.com/h",`+
		`"integrations_config_defaults":{"api":{"connection_config":{"region":"eu","deep":{"a":[1]}}}}}`)
	_, err := b.FinishSession(token, "api", map[string]string{"apiKey": "new"})
	must(t, err)
	v, _ := b.Connection("api", "c1")
	if v.Tags["env"] != "x" || v.WebhookURL != "https://example.com/h" || string(v.Config) != `{"deep":{"a":[1]},"region":"eu"}` {
		t.Errorf("%+v", v)
	}
	if !strings.Contains(string(v.Credentials), `"new"`) {
		t.Errorf("credentials %s", v.Credentials)
	}
	r := b.ask("GET", "/connect/session", "", "Authorization", "Bearer "+token)
	if at(r.json, "data", "integrations_config_defaults", "api", "connection_config", "region") != "eu" ||
		at(r.json, "data", "isReconnecting") != true {
		t.Errorf("whoever holds the link reads the config: %s", r.text)
	}
	b.want(b.ask("POST", "/connect/sessions/reconnect", `{"connection_id":"c1","integration_id":"api",
		"integrations_config_defaults":{"api":{"connection_config":{"oauth_scopes_override":["a"]}}}}`), 400)
}

func TestSessionStaysValidUntilRevokedOrExpired(t *testing.T) {
	b := sessionBench(t)
	token := b.open("/connect/sessions", `{"tags":{"end_user_id":"u2"},"allowed_integrations":["api"]}`)
	first, err := b.FinishSession(token, "", nil)
	must(t, err)
	second, err := b.FinishSession(token, "", nil)
	must(t, err)
	if first == second {
		t.Error("a session for new connections makes a new one each time")
	}
	if _, err := b.FinishSession(token, "hub", nil); err == nil {
		t.Error("an integration outside the session was accepted")
	}
	bearer := "Bearer " + token
	b.want(b.ask("DELETE", "/connect/session", "", "Authorization", bearer), 204)
	b.want(b.ask("GET", "/connect/session", "", "Authorization", bearer), 401)
	if _, err := b.FinishSession(token, "", nil); err == nil || b.SessionValid(token) {
		t.Error("a revoked session was finished")
	}
	token = b.open("/connect/sessions", `{"tags":{"end_user_id":"u2"}}`)
	b.clock.advance(30*time.Minute - time.Millisecond)
	if !b.SessionValid(token) {
		t.Error("over before its 30 minutes")
	}
	b.clock.advance(time.Millisecond)
	if b.SessionValid(token) {
		t.Error("alive after its 30 minutes")
	}
}

func TestCustomerWithOnlyTagsIsFoundOnlyByTags(t *testing.T) {
	b := sessionBench(t)
	token := b.open("/connect/sessions", `{"tags":{"end_user_id":"u9","end_user_email":"u9@example.com","end_user_display_name":"Nine"}}`)
	id, err := b.FinishSession(token, "api", nil)
	must(t, err)
	for query, want := range map[string]int{"search=u9@example.com": 0, "search=Nine": 0, "endUserId=u9": 0,
		"tags[end_user_id]=u9": 1, "tags[END_USER_ID]=u9": 1, "tags[end_user_id]=U9": 0, "search=" + id[:8]: 1} {
		r := b.want(b.ask("GET", "/connections?"+query, ""), 200)
		if got := rows(r); len(got) != want || want == 1 && at(got[0], "end_user") != nil {
			t.Errorf("%s: %s", query, r.text)
		}
	}
}

func TestHeadlessEndpointsCompleteASession(t *testing.T) {
	b := sessionBench(t)
	must(t, b.AddIntegration(IntegrationSpec{Key: "none", Provider: "unauthenticated"}))
	must(t, b.AddIntegration(IntegrationSpec{Key: "mail", Provider: "mailgun"}))
	token := b.open("/connect/sessions", `{"tags":{"a":"b"},"allowed_integrations":["api","none","mail"]}`)
	at := "?connect_session_token=" + token
	b.want(b.ask("POST", "/api-auth/api-key/api"+at+"&params[subdomain]=x", `{"apiKey":"k"}`, "Authorization", ""), 200)
	b.want(b.ask("POST", "/auth/unauthenticated/none"+at, "", "Authorization", ""), 200)
	b.want(b.ask("POST", "/api-auth/basic/mail"+at+"&params[region]=api", `{"username":"u","password":"p"}`, "Authorization", ""), 200)
	b.want(b.ask("POST", "/api-auth/basic/mail"+at+"&params[region]=api", `{"username":"u","password":"bad"}`, "Authorization", ""), 400)
	b.want(b.ask("POST", "/api-auth/basic/api"+at, `{"username":"u","password":"p"}`, "Authorization", ""), 400)
	b.want(b.ask("POST", "/api-auth/api-key/hub"+at, `{"apiKey":"k"}`, "Authorization", ""), 400)
	b.want(b.ask("POST", "/api-auth/api-key/api"+at+"&connection_id=mine", `{"apiKey":"k"}`, "Authorization", ""), 400)
	b.want(b.ask("POST", "/api-auth/api-key/api", `{"apiKey":"k"}`, "Authorization", ""), 401)
}

// visit requests the connect page as a browser does, with a form if there is one.
func (b *bench) visit(link string, form url.Values) reply {
	b.t.Helper()
	r := httptest.NewRequest(http.MethodGet, link, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, link, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return reply{status: w.Code, header: w.Header(), text: w.Body.String()}
}

// withAPI adds the API to a link, as a client of a self-hosted server does.
func withAPI(link string) string {
	base, _, _ := strings.Cut(link, "/connect?")
	return link + "&apiURL=" + url.QueryEscape(base)
}

func TestConnectPageCallsTheAPIThatTheLinkNames(t *testing.T) {
	b := sessionBench(t)
	listening := httptest.NewServer(b.Server)
	t.Cleanup(listening.Close)
	elsewhere := httptest.NewServer(New(Options{Seed: 7}))
	t.Cleanup(elsewhere.Close)
	r := b.want(b.ask("POST", "/connect/sessions", `{"tags":{"end_user_id":"u1"}}`), 201)
	link := at(r.json, "data", "connect_link").(string)
	had := b.ConnectionCount()
	for api, status := range map[string]int{
		"": 401, "&apiURL=": 401, "&apiURL=https%3A%2F%2Fapi.nango.dev": 401, "&apiURL=http%3A%2F%2F10.0.0.1%3A3003": 401,
		"&apiURL=" + url.QueryEscape(elsewhere.URL): 401, "&apiURL=file%3A%2F%2F%2Fetc": 401, "&apiURL=nonsense": 401,
		"&apiURL=" + url.QueryEscape(listening.URL): 200, "&apiURL=" + url.QueryEscape(listening.URL+"/"): 200,
	} {
		p := b.want(b.visit(link+api, nil), status)
		if status != 200 && (strings.Contains(p.text, "<form") || !strings.Contains(p.text, "must name its API in apiURL")) {
			t.Errorf("%s: %s", api, p.text)
		}
		if status == 200 && !strings.Contains(p.text, strings.ToLower(html.EscapeString(api))[len("&amp;apiurl="):]) {
			t.Errorf("the form doesn't keep %s: %s", api, p.text)
		}
		finish := url.Values{"integration": {"api"}, "decision": {"finish"}, "field.apiKey": {"typed"}}
		b.want(b.visit(link+api, finish), status)
	}
	if got := b.ConnectionCount() - had; got != 2 {
		t.Errorf("%d connections", got)
	}
}

func TestConnectPageCompletesASession(t *testing.T) {
	b := sessionBench(t)
	r := b.want(b.ask("POST", "/connect/sessions", `{"tags":{"end_user_id":"u1"}}`), 201)
	link := withAPI(at(r.json, "data", "connect_link").(string))
	if p := b.want(b.visit(link, nil), 200); strings.Count(p.text, "<form") != 2 {
		t.Errorf("one form for each integration: %s", p.text)
	}
	had := b.ConnectionCount()
	b.want(b.visit(link, url.Values{"integration": {"api"}, "decision": {"refuse"}}), 200)
	if b.ConnectionCount() != had {
		t.Error("a refusal made a connection")
	}
	p := b.want(b.visit(link, url.Values{"integration": {"api"}, "decision": {"finish"}, "field.apiKey": {"typed"}}), 200)
	id := regexp.MustCompile(`Connected as ([0-9a-f-]+)`).FindStringSubmatch(p.text)
	if id == nil {
		t.Fatalf("not connected: %s", p.text)
	}
	if v, ok := b.Connection("api", id[1]); !ok || !strings.Contains(string(v.Credentials), "typed") {
		t.Errorf("%+v", v)
	}
	b.want(b.visit(link, url.Values{"integration": {"nope"}, "decision": {"finish"}}), 400)
	b.want(b.visit(strings.Replace(link, "nango_connect_session_", "nango_connect_session_x", 1), nil), 401)
}

func TestConnectPageEscapesText(t *testing.T) {
	const hostile = `"><script>alert(1)</script>`
	b := newBench(t, Options{})
	must(t, b.AddIntegration(IntegrationSpec{Key: "api", Provider: "posthog", Name: hostile}))
	body := string(js.Encode(js.NewObject("tags", js.NewObject("end_user_id", hostile), "integrations_config_defaults",
		js.NewObject("api", js.NewObject("connection_config", js.NewObject("subdomain", hostile))))))
	r := b.want(b.ask("POST", "/connect/sessions", body), 201)
	link := withAPI(at(r.json, "data", "connect_link").(string))
	for _, p := range []reply{b.visit(link, nil), b.visit(link, url.Values{"integration": {hostile}, "decision": {"finish"}}),
		b.visit(link+hostile, nil)} {
		if strings.Contains(p.text, "<script") {
			t.Errorf("not escaped: %s", p.text)
		}
		if p.header.Get("Content-Security-Policy") == "" {
			t.Error("no content security policy")
		}
	}
}

func TestConnectURLOption(t *testing.T) {
	b := newBench(t, Options{ConnectURL: "http://127.0.0.1:9999/"})
	r := b.want(b.ask("POST", "/connect/sessions", `{"tags":{"a":"b"}}`), 201)
	if link := at(r.json, "data", "connect_link").(string); !strings.HasPrefix(link,
		"http://127.0.0.1:9999/connect?session_token=nango_connect_session_") {
		t.Error(link)
	}
}
