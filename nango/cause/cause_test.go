package cause

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"nango-tui/nango"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// refresh is a failed refresh as Nango logs it: its own message, and the request to the token URL with the provider's response.
func refresh(provider string, status int, body string) Input {
	return Input{
		Operation: nango.LogOperation{ID: "1772366400000_abcdefgh", Type: "auth", Action: "refresh_token", State: nango.LogFailed,
			Integration: provider + "-prod", Provider: provider, Ended: noon},
		Messages: []nango.LogMessage{
			{Source: nango.LogInternal, Level: "error", Type: "log", Message: "Failed to refresh credentials", Created: noon,

				Meta: json.RawMessage(`{"message":"The external API returned an error when trying to refresh the access token. Please try again ` +
					`later.","type":"refresh_token_external_error","status":400,"payload":{"dataMessage":` + body + `}}`)},
			{Source: nango.LogInternal, Level: "error", Type: nango.LogHTTP, Message: "POST https://login.example.com/token",
				Created: noon.Add(-time.Second), Request: &nango.LogRequest{Method: "POST",
					URL: "https://login.example.com/token?code=x"},
				Response: &nango.LogResponse{Code: status}, Meta: json.RawMessage(`{"body":` + body + `}`)},
		},
	}
}

// fault is a run of a sync that failed with an error of Nango.
func fault(code, message, payload string, upstream *nango.Upstream) Input {
	return Input{Operation: nango.LogOperation{ID: "1772366400000_abcdefgh", Type: "sync", Action: "run", State: nango.LogFailed,
		Integration: "hubspot", Provider: "hubspot", Function: "contacts", Ended: noon,
		Error: &nango.LogError{Message: message, Type: code, Payload: json.RawMessage(payload), Upstream: upstream}}}
}

// network is a request that got no response.
func network(kind, message, code string) Input {
	return Input{Operation: nango.LogOperation{Type: kind, Action: "call", Provider: "hubspot"}, Messages: []nango.LogMessage{
		{Source: nango.LogInternal, Level: "error", Type: nango.LogHTTP, Request: &nango.LogRequest{Method: "GET",
			URL: "https://api.example.com/x"},
			Error: &nango.LogError{Name: "AxiosError", Message: message, Payload: json.RawMessage(`{"code":"` + code + `"}`)}}}}
}

var hubspot = nango.Provider{Name: "hubspot", DisplayName: "HubSpot", AuthMode: "OAUTH2"}

func TestTheProvidersWordsComeFirst(t *testing.T) {
	in := refresh("hubspot", 400, `{"error":"invalid_grant","error_description":"Token has been expired or revoked."}`)
	in.Provider = hubspot
	c := Of(in)
	if want := "HubSpot answered 400 invalid_grant: Token has been expired or revoked."; c.Headline() != want {
		t.Errorf("%q, want %q", c.Headline(), want)
	}
	if c.Kind != Revoked || c.Key() != "revoked · invalid_grant" || c.What() != "token refresh" || c.Fault() != FaultCustomer ||
		c.Steps()[0] != StepReconnect || c.Means() == "" || !c.At.Equal(noon) || c.Request != "POST https://login.example.com/token" {
		t.Errorf("%+v: %s, %v", c, c.Means(), c.Steps())
	}
}

// What a failed refresh answers, from the documentation of providers, and which cause it is.
func TestRefusedRefreshesAreTold(t *testing.T) {
	for _, c := range []struct {
		provider string
		status   int
		body     string
		key      string
	}{
		{"hubspot", 400, `{"status":"BAD_REFRESH_TOKEN","message":"missing or invalid refresh token"}`, "revoked · BAD_REFRESH_TOKEN"},
		{"salesforce", 400, `{"error":"invalid_grant","error_description":"expired access/refresh token"}`, "expired · invalid_grant"},
		{"salesforce", 400, `{"error":"invalid_grant","error_description":"inactive user"}`, "account disabled · invalid_grant"},
		{"outlook", 400,
			`{"error":"invalid_grant","error_description":"AADSTS700082: The refresh token has expired due to inactivity."}`,
			"expired · AADSTS700082"},
		{"one-drive", 401, `{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}`,
			"app credentials · AADSTS7000215"},
		{"outlook", 400,
			`{"error":"invalid_grant","error_description":"AADSTS50076: Due to a configuration change ... MFA"}`, "sign in · AADSTS50076"},
		{"zoom", 401, `{"error":"invalid_client","reason":"Invalid client_id or client_secret"}`, "app credentials · invalid_client"},
		{"slack", 200, `{"ok":false,"error":"token_revoked"}`, "revoked · token_revoked"},
		{"slack", 200, `{"ok":false,"error":"account_inactive"}`, "account disabled · account_inactive"},
		{"xero", 400, `{"error":"invalid_grant"}`, "grant · invalid_grant"},
		{"github", 200, `{"error":"bad_refresh_token","error_description":"The refresh token passed is incorrect or expired."}`,
			"revoked · bad_refresh_token"},
		{"jira", 403, `{"error":"unauthorized_client","error_description":"refresh_token is invalid"}`, "grant · unauthorized_client"},
		{"acme", 400, `{"error":"invalid_scope"}`, "scope · invalid_scope"},
		{"acme", 400, `{"error":"invalid_request","error_description":"Missing required parameter: refresh_token"}`,
			"no refresh token · invalid_request"},
		{"acme", 400, `"The request has no refresh token"`, "no refresh token · 400"},
		{"acme", 400, `{"error":"invalid_request","error_description":"add the scope offline_access"}`,
			"no refresh token · offline_access"},
		{"acme", 400, `[{"errors":[{"detail":"The refresh token has expired"}]}]`, "expired · 400"},
		{"acme", 503, `"<html><head><title>Down for maintenance</title></head></html>"`, "provider down · 503"},
		{"acme", 400, `"<soap:Envelope xmlns:soap=\"x\"><soap:Body><soap:Fault><faultcode>sf:INVALID_LOGIN</faultcode>` +
			`<faultstring>Refresh token was revoked</faultstring></soap:Fault></soap:Body></soap:Envelope>"`, "revoked · 400"},
		{"acme", 429, `{"message":"Slow down"}`, "rate limit · 429"},
		{"acme", 418, `{"fehler":"Der Zugang wurde gesperrt"}`, "unknown · 418"},
		{"acme", 400, `{}`, "unknown · 400"},
	} {
		got := Of(refresh(c.provider, c.status, c.body))
		if got.Key() != c.key {
			t.Errorf("%s %s: %q, want %q", c.provider, c.body, got.Key(), c.key)
		}
		if got.Headline() == "" || got.IsKnown() && got.Means() == "" || len(got.Steps()) == 0 {
			t.Errorf("%s %s: %q, %q, %v", c.provider, c.body, got.Headline(), got.Means(), got.Steps())
		}
	}
}

func TestGooglesTestModeIsTheAgeOfTheConnection(t *testing.T) {
	in := refresh("google-mail", 400, `{"error":"invalid_grant","error_description":"Token has been expired or revoked."}`)
	for connected, kind := range map[time.Duration]Kind{
		7 * 24 * time.Hour: TestMode, 7*24*time.Hour + 5*time.Hour: TestMode, 41 * 24 * time.Hour: Revoked, time.Hour: Revoked,
	} {
		in.Connected = noon.Add(-connected)
		if c := Of(in); c.Kind != kind {
			t.Errorf("%s after connecting: %s", connected, c.Key())
		}
	}
	in.Connected = time.Time{}
	if c := Of(in); c.Kind != Revoked || !strings.Contains(c.Means(), "test mode") {
		t.Errorf("without a date: %s: %s", c.Key(), c.Means())
	}
}

func TestFunctionsTheNetworkAndNangoFail(t *testing.T) {
	body := func(status int, text string) *nango.Upstream {
		return &nango.Upstream{Status: status, Body: json.RawMessage(text)}
	}
	const http = "An error occurred during an HTTP call"
	for _, c := range []struct {
		in        Input
		key, says string
	}{
		{fault("script_http_error", http, `{"error":"boom"}`, body(500, `{"detail":"upstream exploded","error":"boom"}`)),
			"provider down · 500", "hubspot answered 500: boom: upstream exploded"},
		{fault("script_http_error", http, `{}`, body(403,
			`{"category":"MISSING_SCOPES","message":"This app hasn't been granted all required `+
				`scopes"}`)), "scope · 403", "hubspot answered 403: This app hasn't been granted all required scopes"},
		{fault("script_http_error", http, `{}`, body(404, `{"message":"No contact 7"}`)), "not found · 404",
			"hubspot answered 404: No contact 7"},
		{fault("script_http_error", http, `{}`, body(401, ``)), "token rejected · 401", "hubspot answered 401"},
		{fault("script_http_error", http, `{}`, body(422, `{"errors":[{"detail":"email is invalid"}]}`)), "bad request · 422",
			"hubspot answered 422: email is invalid"},
		{fault("script_internal_error", "An internal error occurred",
			`{"name":"TypeError","message":"x is undefined","stacktrace":["TypeError: x",`+
				`"at f (/app/node_modules/zod/index.js:9:1)","at run (/app/hubspot-contacts.ts:41:7)"]}`, nil),
			"script · script_internal_error", "contacts failed at line 41 of hubspot-contacts.ts: TypeError: x is undefined"},
		{fault("execution_timeout", "The function timed out", `{}`, nil), "script timeout · execution_timeout",
			"contacts failed: The function timed out"},
		{fault("sync_script_failure", "The sync script failed with an error: {}",
			`{"error":"Error starting function 'failing': Failed to get `+
				`runner for team 0"}`, nil), "nango · sync_script_failure",
			"Nango: Error starting function 'failing': Failed to get runner for team 0"},
		{network("proxy", "getaddrinfo ENOTFOUND api.example.com", "ENOTFOUND"), "dns · ENOTFOUND",
			"hubspot could not be reached: getaddrinfo ENOTFOUND api.example.com ENOTFOUND"},
		{network("proxy", "connect ECONNREFUSED 10.0.0.1:443", "ECONNREFUSED"), "refused · ECONNREFUSED", ""},
		{network("proxy", "timeout of 30000ms exceeded", "ECONNABORTED"), "timeout · ECONNABORTED", ""},
		{network("proxy", "certificate has expired", "CERT_HAS_EXPIRED"), "certificate · CERT_HAS_EXPIRED", ""},
		{network("proxy", "socket hang up", "ECONNRESET"), "unreachable · ECONNRESET", ""},
		{network("webhook", "DNS resolution failed.", ""), "webhook · DNS",
			"api.example.com could not be reached: DNS resolution failed."},
		{Input{Operation: nango.LogOperation{Type: "agent_session", Action: "create"}}, "unknown",
			"Not known, because the log has no error."},
		{Input{}, "unknown", "Not known, because the log has no error."},
	} {
		got := Of(c.in)
		if got.Key() != c.key || c.says != "" && got.Headline() != c.says {
			t.Errorf("%q: %q\nwant %q: %q", got.Key(), got.Headline(), c.key, c.says)
		}
	}
}

// A function may try something, fail, and go on: requests that failed aren't why it threw.
func TestAFunctionsOwnErrorIsNotThatOfARequestBefore(t *testing.T) {
	in := fault("script_internal_error", "x", `{"message":"no such field"}`, nil)
	in.Messages = refresh("hubspot", 404, `{"message":"gone"}`).Messages[1:]
	if c := Of(in); c.Kind != Script || c.Status != 0 || !strings.Contains(c.Headline(), "no such field") {
		t.Errorf("%s: %s", c.Key(), c.Headline())
	}
	in = Input{Operation: nango.LogOperation{Type: "action"}, Messages: []nango.LogMessage{
		{Source: nango.LogUser, Level: "error", Message: "the customer has no plan"}}}
	if c := Of(in); c.Headline() != "the customer has no plan" || c.IsKnown() {
		t.Errorf("%s: %s", c.Key(), c.Headline())
	}
}

func TestTheAuthModeTellsATokenFromAKey(t *testing.T) {
	c := Of(fault("script_http_error", "", "{}", &nango.Upstream{Status: 401}))
	if c.Kind != TokenRejected || c.WithProvider(hubspot).Kind != TokenRejected {
		t.Errorf("%+v", c)
	}
	key := c.WithProvider(nango.Provider{Name: "stripe", DisplayName: "Stripe", AuthMode: "API_KEY"})
	if key.Kind != BadCredentials || !strings.Contains(key.Means(), "API key") || key.Headline() != "Stripe answered 401" {
		t.Errorf("%+v: %s", key, key.Means())
	}
}

func TestARateLimitSaysUntilWhen(t *testing.T) {
	date := noon.Format(http.TimeFormat)
	for name, c := range map[string]struct {
		header http.Header
		want   time.Time
	}{
		"seconds":   {http.Header{"retry-after": {"90"}, "date": {date}}, noon.Add(90 * time.Second)},
		"a date":    {http.Header{"Retry-After": {noon.Add(time.Hour).Format(http.TimeFormat)}}, noon.Add(time.Hour)},
		"a reset":   {http.Header{"X-RateLimit-Reset": {"1772370000"}, "Date": {date}}, noon.Add(time.Hour)},
		"too long":  {http.Header{"Retry-After": {"99999999"}, "Date": {date}}, time.Time{}},
		"a word":    {http.Header{"Retry-After": {"soon"}, "Date": {date}}, time.Time{}},
		"no date":   {http.Header{"Retry-After": {"90"}}, time.Time{}},
		"no header": {nil, time.Time{}},
	} {
		got := Of(fault("script_http_error", "", "{}", &nango.Upstream{Status: 429, Header: c.header}))
		if got.Kind != RateLimit || !got.Until.Equal(c.want) {
			t.Errorf("%s: %s until %s, want %s", name, got.Key(), got.Until, c.want)
		}
	}
}

// A provider's words are hostile: secrets, escapes, a megabyte in a line.
func TestHostileWordsAreMaskedCleanAndShort(t *testing.T) {
	mask := func(text string) string { return strings.ReplaceAll(text, "s3cr3t-value", nango.Masked) }
	huge := strings.Repeat("x", 1<<20)
	for name, body := range map[string]string{
		"escapes":      `{"error":"invalid_grant","error_description":"\u001b[2J\u001b]52;c;aGk=\u0007s3cr3t-value\nnext \u202e line"}`,
		"a secret":     `{"error":"invalid_grant","access_token":"ya29.abcdefghijk","refresh_token":"s3cr3t-value"}`,
		"a megabyte":   `{"error":"invalid_grant","error_description":"` + huge + `"}`,
		"two of it":    `{"error":"invalid_grant","a":"` + huge + `","b":"` + huge + `"}`,
		"deep":         `{"error":"invalid_grant","x":` + strings.Repeat(`[`, 5000) + strings.Repeat(`]`, 5000) + `}`,
		"JSON in JSON": `"{\"error\":\"invalid_grant\",\"error_description\":\"Bearer abcdefghijklmnop s3cr3t-value\"}"`,
	} {
		in := refresh("hubspot", 400, body)
		in.Mask = mask
		c := Of(in)
		all := strings.Join([]string{c.Headline(), c.Key(), c.What(), c.Said, c.Code}, "\n")
		for _, bad := range []string{"\x1b", "\u202e", "s3cr3t", "ya29", "abcdefghijklmnop"} {
			if strings.Contains(all, bad) {
				t.Errorf("%s: %q is in %q", name, bad, all)
			}
		}
		if !strings.HasSuffix(c.Key(), "invalid_grant") || len(c.Headline()) > 5000 {
			t.Errorf("%s: %s, %d bytes", name, c.Key(), len(c.Headline()))
		}
	}
}

func TestAMegabyteInALineOfALogIsCut(t *testing.T) {
	in := Input{Operation: nango.LogOperation{Type: "sync", Action: "run"}, Messages: []nango.LogMessage{
		{Level: "error", Message: strings.Repeat("\x1bline line ", 1<<17)}}}
	if c := Of(in); len(c.Headline()) > 5000 || strings.Contains(c.Headline(), "\x1b") || !strings.Contains(c.Headline(), "line line") {
		t.Errorf("%d bytes: %.200q", len(c.Headline()), c.Headline())
	}
}

func TestAFailedRefreshOfThisProgramHasACause(t *testing.T) {
	e := &nango.Error{Operation: nango.OpConnectionGet, About: nango.ConnectionRef{Integration: "hubspot",
		ID: "x"}, Kind: nango.RefreshFailed,
		Status: 400, Code: "invalid_credentials", Said: "invalid_grant: Token has been expired or revoked.",
		Message: "The external API returned"}
	c := OfError(e, hubspot, time.Time{}, noon, nil)
	if c.Key() != "revoked · invalid_grant" || c.Headline() != "HubSpot answered invalid_grant: Token has been expired or revoked." {
		t.Errorf("%s: %s", c.Key(), c.Headline())
	}
	e.Said, e.Message, e.Code = "", "The refresh limit has been reached for this connection.", "invalid_credentials"
	if c := OfError(e, hubspot, time.Time{}, noon,
		nil); c.Kind != RefreshExhausted || !strings.HasPrefix(c.Headline(), "Nango: The refresh limit") {
		t.Errorf("%s: %s", c.Key(), c.Headline())
	}
}

func TestWhatCannotBeReadIsNotKnown(t *testing.T) {
	c := NotKnown(nango.ConnectionError{Type: "auth", LogID: "1772366400000_abcdefgh"}, nango.ConnectionRef{Integration: "hubspot"},
		"Nango's logs are switched off on this server")
	if c.IsKnown() || c.Headline() != "Not known, because Nango's logs are switched off on this server." || !c.At.Equal(noon) ||
		c.What() != "token refresh" || c.Means() != "" {
		t.Errorf("%+v: %s", c, c.Headline())
	}
}

// Every kind has its advice, and a rule that finds it.
func TestTheTablesAreComplete(t *testing.T) {
	found := map[Kind]bool{Unknown: true, BadCredentials: true}
	for _, r := range rules {
		found[r.kind] = true
	}
	advised := map[Kind]bool{}
	for i, a := range advices {
		advised[a.kind] = true
		if len(a.steps) == 0 || a.means == "" && a.kind != Unknown {
			t.Errorf("advice %d of %s is incomplete", i, a.kind)
		}
	}
	for kind := range found {
		if !advised[kind] {
			t.Errorf("%s has no advice", kind)
		}
	}
	for kind := range advised {
		if !found[kind] {
			t.Errorf("no rule finds %s", kind)
		}
	}
}
