package nango

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"nango-tui/internal/clean"
	"nango-tui/internal/jsontext"
	"nango-tui/internal/longtest"
)

// The secrets of a test: the key, a session token, and those in a request and in a response.
const (
	sentSecret = `hunter2 "quoted"/and&more`
	seenSecret = "fresh-token-0123456789"
)

var leakable = []string{
	testKey.Reveal(), sampleToken.Reveal(), sentSecret, seenSecret,
	strings.ToUpper(seenSecret), url.QueryEscape(sentSecret), escapedWhole(seenSecret, "%%%02x"),
	base64.StdEncoding.EncodeToString([]byte(testKey)), base64.RawURLEncoding.EncodeToString([]byte(":" + sentSecret)),
}

// echo responds with what the test wants, secrets included.
type echo struct {
	status   int
	kind     string
	location string
	body     string
}

func (e echo) RoundTrip(r *http.Request) (*http.Response, error) {
	header := http.Header{"Content-Type": {e.kind}, "Location": {e.location}}
	return &http.Response{StatusCode: e.status, Header: header, Request: r, Body: bodyOf(e.body)}, nil
}

// leakingBodies put a text into every place of a response that is shown later.
func leakingBodies(text string) []string {
	quoted := jsontext.Quote(text)
	return []string{
		text,
		"<html>" + text + "</html>",
		`{"error":{"code":"invalid_body","message":` + quoted + `}}`,
		`{"error":{"code":` + quoted + `,"message":"no"}}`,
		`{"error":{"code":"invalid_body","errors":[{"code":` + quoted + `,"message":` + quoted + `,"path":["tags",` + quoted + `]}]}}`,
		`{"error":{"code":"x","payload":{"echo":` + quoted + `,` + quoted + `:1}}}`,
		`{"error":{"code":"forbidden","message":` + jsontext.Quote("Insufficient scope. Required: "+text) + `}}`,
		`{"message":` + quoted + `}`,
		`{"data":{"token":` + quoted + `,"connect_link":` + quoted + `}`,
		`{"credentials":{"type":"API_KEY","apiKey":"` + seenSecret + `"},"connection_id":` + quoted + `}`,
		`{"success":false}`,
	}
}

// everythingSaid is all that can be read about a call afterwards.
func everythingSaid(client *Client, debug *bytes.Buffer, call Call, err error) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%v\n%+v\n%#v\n%q\n%s\n", err, err, err, err, err)
	if e, ok := AsError(err); ok {
		fmt.Fprintf(&out, "%+v %+v %v %v %v\n", *e, e.Fields, e.Detail(), e.Advice(), e.Scopes)
	}
	fmt.Fprintf(&out, "%+v\n%#v\n", client.Log().Entries(), client.Log().Entries())
	fmt.Fprintf(&out, "%v %+v %#v %s\n", client, client, call, Request[Success]{call: call})
	out.WriteString(client.Secrets().Curl(call, client.Host()).Line)
	out.WriteString(debug.String())
	entries, jsonErr := json.Marshal(client.Log().Entries())
	fmt.Fprintf(&out, "%s %v", entries, jsonErr)
	return out.String()
}

// leakyResponse is a response with a secret in it, and what it responds to.
type leakyResponse struct {
	which         uint8
	status        int
	before, after string
}

func TestErrorsHaveNoSecrets(t *testing.T) {
	var responses []leakyResponse
	for which := range uint8(3) {
		for _, status := range []int{200, 201, 301, 400, 401, 403, 404, 424, 429, 500, 502} {
			responses = append(responses, leakyResponse{which, status, "before ", " after"},
				leakyResponse{which, status, strings.Repeat("ж", maxErrorText-4), `"\`},
				leakyResponse{which, status, "0", "0"}) // in a message about scopes, it looks like one
		}
	}
	for _, r := range longtest.Sample(t, responses, len(responses)/2) {
		for _, secret := range leakable {
			for _, body := range leakingBodies(r.before + secret + r.after) {
				r.check(t, secret, body, "application/json")
				r.check(t, secret, body, "text/html")
			}
		}
	}
}

func FuzzErrorsHaveNoSecrets(f *testing.F) {
	for i := range uint8(9) {
		f.Add(i, 400+int(i), "before ", `"\`, i)
	}
	f.Fuzz(func(t *testing.T, which uint8, status int, before, after string, pick uint8) {
		secret := leakable[int(pick)%len(leakable)]
		bodies := leakingBodies(before + secret + after)
		kind := []string{"application/json", "text/html"}[pick%2]
		leakyResponse{which, status, before, after}.check(t, secret, bodies[int(pick)%len(bodies)], kind)
	})
}

// check fails if anything that is said about the response has a secret.
func (r leakyResponse) check(t *testing.T, secret, body, kind string) {
	t.Helper()
	call := []Call{
		UpsertConnection(ConnectionInput{Ref: sampleRef, Credentials: Credentials{Type: "API_KEY",
			Values: map[string]Secret{"apiKey": sentSecret}}}).Call(),
		DeleteSession(sampleToken).Call(),
		DeleteConnection(sampleRef).Call(),
	}[r.which%3]
	var debug bytes.Buffer
	client := clientFor(t, "https://nango.example", func(c *Config) {
		c.Debug = clean.NewWriter(&debug)
		c.Transport = echo{100 + (r.status%500+500)%500, kind, "https://x.example/" + url.QueryEscape(secret), body}
	})
	client.Secrets().Add(leakable[:4]...) // each is known before it is echoed
	_, err := Send(context.Background(), client, Request[ConnectionDetail]{call: call, decode: decodeConnection})
	said := everythingSaid(client, &debug, call, err)
	for _, hidden := range leakable {
		if strings.Contains(said, hidden) {
			t.Fatalf("%s %d %s %s tells %q:\n%s", call.Operation, r.status, kind, body, hidden, said)
		}
	}
}

// A secret used as an id is in the path, but not in the log.
func TestSecretInPathIsNotLogged(t *testing.T) {
	var debug bytes.Buffer
	client := serve(t, func(c *Config) { c.Debug = clean.NewWriter(&debug) },
		func(w http.ResponseWriter, _ *http.Request) { reply(w, 400, `{}`) })
	_, err := Send(context.Background(), client,
		DeleteConnection(ConnectionRef{Integration: testKey.Reveal(), ID: sampleToken.Reveal() + " x"}))
	const want = "/connections/" + Masked + "%20x?provider_config_key=" + Masked
	if entry := client.Log().Entries()[0]; err == nil || entry.Path != want || !strings.Contains(debug.String(), want) {
		t.Errorf("noted as %s\n%s", entry.Path, debug.String())
	}
}

// The secrets of a response are known before any of it is stored.
func TestResponseSecretsAreLearnedFirst(t *testing.T) {
	for name, test := range map[string]struct {
		send   func(context.Context, *Client) (any, error)
		body   string
		hidden string
	}{
		"credentials": {samples[OpConnectionGet],
			`{"connection_id":"c","provider_config_key":"i","credentials":{"type":"API_KEY","apiKey":"fresh-api-key"}}`, "fresh-api-key"},
		"config": {samples[OpConnectionGet],
			`{"connection_id":"c","provider_config_key":"i","connection_config":{"oauth_client_secret":"fresh-config"}}`, "fresh-config"},
		"link": {samples[OpSessionCreate],
			`{"data":{"token":"tok-12345678","connect_link":"https://connect.example/?s=tok-12345678"}}`, "https://connect.example/?s=tok-12345678"},
		"variables": {samples[OpEnvironmentVariables], `[{"name":"A","value":"fresh-variable"}]`, "fresh-variable"},
		"app": {samples[OpIntegrationGet],
			`{"data":{"unique_key":"i","credentials":{"type":"OAUTH2","client_secret":"fresh-app-secret"}}}`, "fresh-app-secret"},
	} {
		client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, test.body) })
		if _, err := test.send(context.Background(), client); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := client.Secrets().Mask(test.hidden); got != Masked {
			t.Errorf("%s: %q is not hidden: %q", name, test.hidden, got)
		}
	}
}

// An environment variable can have any value. A common word is not masked everywhere because of it.
func TestVariableWithCommonWordIsNotASecret(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		reply(w, 200, `[{"name":"STAGE","value":"production"},{"name":"KEY","value":"pk-0123456789"}]`)
	})
	variables, err := Fetch(context.Background(), client, ListVariables())
	if err != nil || fmt.Sprint(variables) != fmt.Sprintf("[{STAGE %s} {KEY %s}]", Masked, Masked) {
		t.Errorf("%v: %v", variables, err)
	}
	if got := client.Secrets().Mask("production pk-0123456789"); got != "production "+Masked {
		t.Error(got)
	}
}

func TestKeyIsOnlyInAuthorizationHeader(t *testing.T) {
	for operation, call := range samples {
		client := serve(t, still, func(w http.ResponseWriter, r *http.Request) {
			for name, values := range r.Header {
				if name != "Authorization" && strings.Contains(fmt.Sprint(values), testKey.Reveal()) {
					t.Errorf("%s: the key is in %s", operation, name)
				}
			}
			token := operation == OpSessionGet || operation == OpSessionDelete
			if strings.Contains(r.RequestURI, testKey.Reveal()) || (r.Header.Get("Authorization") == "Bearer "+testKey.Reveal()) == token {
				t.Errorf("%s: %s with %s", operation, r.RequestURI, r.Header.Get("Authorization"))
			}
			if r.Header.Get("Nango-Is-Script") != "" || strings.Contains(r.UserAgent(), "nango-cli") {
				t.Errorf("%s: %v", operation, r.Header)
			}
			reply(w, 400, `{"error":{"code":"missing_api_url"}}`)
		})
		if _, err := call(context.Background(), client); err == nil {
			t.Errorf("%s: 400 is no success", operation)
		}
	}
}

func TestDebugFileHasNoControlCharacters(t *testing.T) {
	var debug bytes.Buffer
	const hostile = "a\u009b2J\u202eb\x7f\u2028"
	client := serve(t, func(c *Config) { c.Debug = clean.NewWriter(&debug) },
		func(w http.ResponseWriter, _ *http.Request) {
			reply(w, 400, `{"error": {"code": "`+hostile+`", "message": "m"}}`)
		})
	_, err := Send(context.Background(), client, DeleteConnection(sampleRef))
	line := debug.String()
	if i := strings.IndexFunc(line, func(r rune) bool { return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl) }); i >= 0 ||
		err == nil || !strings.Contains(line, `"code":"a\u009b2J`) {
		t.Errorf("%v: %q", err, line)
	}
}
