package sandbox

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox/zod"
)

const oauthID = "/connections/c1?provider_config_key=hub"

// oauthBench has one OAuth 2 connection, c1 of hub, that expires in eight hours.
func oauthBench(t testing.TB) *bench {
	b := newBench(t, Options{})
	must(t, b.AddIntegration(IntegrationSpec{Key: "hub", Provider: "hubspot"}))
	_, err := b.AddConnection(ConnectionSpec{Integration: "hub", ID: "c1",
		Tags:   map[string]string{"end_user_id": "u1"},
		Config: []byte(`{"portal":"p","refresh_token":"nested","apps":[{"refresh_token":"in a list"}]}`),
		Credentials: []byte(`{"type":"OAUTH2","access_token":"old","refresh_token":"r1","expires_at":"2026-11-22T22:00:00.000Z",
			"raw":{"access_token":"old","refresh_token":"r1"}}`)})
	must(t, err)
	return b
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestGetUpdatesLastFetchedAndRefreshesAnExpiringToken(t *testing.T) {
	b := oauthBench(t)
	b.clock.advance(time.Hour)
	r := b.want(b.ask("GET", oauthID, ""), 200)
	if at(r.json, "credentials", "access_token") != "old" || at(r.json, "last_fetched_at") != "2026-11-22T15:00:00.000+00:00" {
		t.Errorf("a token that lives for hours is kept, the time is stamped: %s", r.text)
	}
	b.clock.advance(6*time.Hour + 50*time.Minute)
	r = b.want(b.ask("GET", oauthID, ""), 200)
	if at(r.json, "credentials", "access_token") == "old" || at(r.json, "credentials", "expires_at") != "2026-11-23T05:50:00.000Z" {
		t.Errorf("ten minutes before its end the token is renewed: %s", r.text)
	}
}

func TestForceRefreshRefreshesAtOnce(t *testing.T) {
	b := oauthBench(t)
	r := b.want(b.ask("GET", oauthID+"&force_refresh=yes", ""), 200)
	if at(r.json, "credentials", "access_token") == "old" {
		t.Errorf("not renewed: %s", r.text)
	}
}

func TestRefreshTokensAreReturnedOnRequest(t *testing.T) {
	b := oauthBench(t)
	if r := b.ask("GET", oauthID, ""); strings.Contains(r.text, "refresh_token") || !strings.Contains(r.text, `"portal"`) {
		t.Errorf("a refresh token is in the answer, or the config is not: %s", r.text)
	}
	r := b.ask("GET", oauthID+"&refresh_token=true", "")
	for _, path := range [][]any{{"credentials", "refresh_token"}, {"credentials", "raw", "refresh_token"},
		{"connection_config", "refresh_token"}} {
		if at(r.json, path...) == nil {
			t.Errorf("%v is missing: %s", path, r.text)
		}
	}
}

func TestKeyWithoutCredentialScopeChangesNothing(t *testing.T) {
	b := oauthBench(t)
	must(t, b.Fail("hub", "c1", FailAuth))
	before, _ := b.Connection("hub", "c1")
	b.clock.advance(time.Hour)
	bearer := "Bearer " + b.Keys().NoCredentials
	r := b.want(b.ask("GET", oauthID, "", "Authorization", bearer), 200)
	if credentials, _ := at(r.json, "credentials").(map[string]any); credentials == nil || len(credentials) > 0 {
		t.Errorf("credentials: %s", r.text)
	}
	after, _ := b.Connection("hub", "c1")
	if !after.Fetched.Equal(before.Fetched) || after.AuthError != before.AuthError {
		t.Errorf("the read changed the connection: %+v, was %+v", after, before)
	}
	b.want(b.ask("GET", oauthID+"&force_refresh=true", "", "Authorization", bearer), 403)
	b.want(b.ask("GET", oauthID+"&force_refresh=false", "", "Authorization", bearer), 200)
}

func TestFailedRefreshIs400ThenBacksOff(t *testing.T) {
	b := oauthBench(t)
	must(t, b.Fail("hub", "c1", FailNextRefresh))
	logs := map[any]bool{}
	for _, step := range []struct {
		query   string
		status  int
		advance time.Duration
	}{{"", 400, time.Second}, {"", 424, time.Second}, {"&force_refresh=1", 400, 31 * time.Second}, {"", 400, 0}} {
		r := b.want(b.ask("GET", oauthID+step.query, ""), step.status)
		if at(r.json, "error", "code") != "invalid_credentials" || at(r.json, "error", "payload", "connection", "connection_id") != "c1" {
			t.Errorf("the failure carries the connection: %s", r.text)
		}
		logs[at(r.json, "error", "payload", "connection", "errors", 0, "log_id")] = true
		b.clock.advance(step.advance)
	}
	if len(logs) != 3 {
		t.Errorf("each attempt has a log of its own, the back-off has none: %v", logs)
	}
	must(t, b.Fail("hub", "c1", Heal))
	b.want(b.ask("GET", oauthID, ""), 200)
}

func TestUpsertRemovesWhatIsNotSent(t *testing.T) {
	b := newBench(t, Options{})
	must(t, b.AddIntegration(IntegrationSpec{Key: "api", Provider: "private-api-bearer"}))
	b.want(b.ask("POST", "/connections", `{"provider_config_key":"api","connection_id":"x","credentials":{"type":"API_KEY","apiKey":"k"},
		"tags":{"Env":"Prod"},"metadata":{"a":1},"connection_config":{"c":1},"webhook_url_override":"https://example.com/h"}`), 201)
	first, _ := b.Connection("api", "x")
	if first.Tags["env"] != "Prod" || first.WebhookURL == "" {
		t.Fatalf("import: %+v", first)
	}
	b.want(b.ask("POST", "/connections",
		`{"provider_config_key":"api","connection_id":"x","credentials":{"type":"API_KEY","apiKey":"k2"}}`), 201)
	second, _ := b.Connection("api", "x")
	if len(second.Tags) != 0 || string(second.Metadata) != "{}" || string(second.Config) != "{}" || second.WebhookURL != "" {
		t.Errorf("an upsert keeps nothing: %+v", second)
	}
	if second.ID != first.ID || !second.Created.Equal(first.Created) {
		t.Errorf("it is the same connection all the same: %+v", second)
	}
}

func TestSomeIDsCanOnlyBeImported(t *testing.T) {
	b := newBench(t, Options{})
	must(t, b.AddIntegration(IntegrationSpec{Key: "api", Provider: "private-api-bearer"}))
	b.want(b.ask("POST", "/connections",
		`{"provider_config_key":"api","connection_id":"weird<>#?","credentials":{"type":"API_KEY","apiKey":"k"}}`), 201)
	if got := rows(b.ask("GET", "/connections", "")); len(got) != 1 || at(got[0], "connection_id") != "weird<>#?" {
		t.Fatalf("it is listed: %v", got)
	}
	const path = "/connections/weird%3C%3E%23%3F?provider_config_key=api"
	b.want(b.ask("GET", path, ""), 400)
	b.want(b.ask("PATCH", path, `{"tags":{}}`), 400)
	b.want(b.ask("DELETE", path, ""), 400)
	b.want(b.ask("POST", "/connections/metadata", `{"connection_id":"weird<>#?","provider_config_key":"api","metadata":{}}`), 400)
	b.want(b.ask("POST", "/connect/sessions/reconnect", `{"connection_id":"weird<>#?","integration_id":"api"}`), 400)
}

func TestIDsWithSlashesAndSpacesWorkWhenEscaped(t *testing.T) {
	b := newBench(t, Options{})
	must(t, b.AddIntegration(IntegrationSpec{Key: "a b", Provider: "unauthenticated"}))
	for _, id := range []string{"team/eu/alpha beta", `{"org":"acme","user":42}`, "metadata", "a@b.example"} {
		_, err := b.AddConnection(ConnectionSpec{Integration: "a b", ID: id})
		must(t, err)
	}
	for _, escaped := range []string{"team%2Feu%2Falpha%20beta", "%7B%22org%22:%22acme%22%2C%22user%22:42%7D", "metadata", "a@b.example"} {
		b.want(b.ask("GET", "/connections/"+escaped+"?provider_config_key=a%20b", ""), 200)
	}
}

func TestDeadRefreshTokenIsGivenUpAfterFourDays(t *testing.T) {
	b := oauthBench(t)
	must(t, b.Fail("hub", "c1", FailAuth))
	legacy := strings.Replace(oauthID, "/connections/", "/connection/", 1)
	b.want(b.ask("GET", legacy, ""), 400)
	b.clock.advance(71 * time.Hour)
	b.want(b.ask("GET", legacy, ""), 400)
	b.clock.advance(2 * time.Hour)
	before, _ := b.Connection("hub", "c1")
	for _, target := range []string{legacy, oauthID} {
		r := b.want(b.ask("GET", target, ""), 424)
		if at(r.json, "error", "code") != "invalid_credentials" ||
			at(r.json, "error", "message") != "The refresh limit has been reached for this connection." ||
			at(r.json, "error", "payload", "connection", "connection_id") != "c1" {
			t.Error(r.text)
		}
	}
	r := b.want(b.ask("GET", "/proxy/x", "", "Connection-Id", "c1", "Provider-Config-Key", "hub"), 424)
	message, _ := at(r.json, "error", "message").(string)
	if at(r.json, "error", "code") != "server_error" || !strings.Contains(message, "refresh limit") {
		t.Error(r.text)
	}
	if after, _ := b.Connection("hub", "c1"); after.AuthError != before.AuthError {
		t.Error("nothing is tried, so there is no new log")
	}
	b.want(b.ask("GET", legacy+"&force_refresh=true", ""), 400)
	b.want(b.ask("GET", legacy, ""), 424)
	must(t, b.Fail("hub", "c1", Heal))
	b.want(b.ask("GET", legacy, ""), 200)
}

// Nango tries each day, so an older error is the last one of a connection that it gave up.
func TestSeededOldErrorsAreGivenUp(t *testing.T) {
	b := newBench(t, Options{Seed: 1, Connections: 1000, RateLimit: -1})
	seen := map[int]int{}
	for _, c := range b.env.connections {
		var in zod.Issues
		if connectionIDRule(c.connectionID, nil, &in); c.authErrorLog == "" || len(in) > 0 || c.connectionID == ".." {
			continue
		}
		ms, err := strconv.ParseInt(c.authErrorLog[:13], 10, 64)
		must(t, err)
		want := 400
		if testStart.Sub(time.UnixMilli(ms)) > 24*time.Hour {
			want = 424
		}
		seen[want]++
		b.want(b.ask("GET", "/connection/"+url.PathEscape(c.connectionID)+"?provider_config_key="+url.QueryEscape(c.integration.key), ""), want)
	}
	if seen[400] < 3 || seen[424] < 3 {
		t.Errorf("%v", seen)
	}
}
