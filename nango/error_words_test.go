package nango

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

const expired = "invalid_grant: Token has been expired or revoked."

// Providers and gateways describe errors in many ways. Whatever they say is in the error, before Nango's own sentence.
func TestWhatAProviderSaidIsTheFirstReason(t *testing.T) {
	const sentence = "The external API returned an error when trying to refresh the access token. Please try again later."
	for name, c := range map[string]struct{ payload, said string }{
		"JSON in a text": {
			`{"dataMessage":"{\"error\":\"invalid_grant\",\"error_description\":\"Token has been expired or revoked.\"}","connection":{}}`,
			expired,
		},
		"an object": {
			`{"dataMessage":{"error":"invalid_grant","error_description":"Token has been expired or revoked."}}`, expired,
		},
		"without a name": {`"Token has been expired or revoked."`, "Token has been expired or revoked."},
		"a list":         {`[{"message":"first"},{"message":"second"}]`, "first; second"},
		"nested": {
			`{"data":{"response":{"body":"{\"fault\":{\"faultstring\":\"Invalid access token\"}}"}}}`, "Invalid access token",
		},
		"other spelling": {
			`{"ErrorMessage":"Session expired","errorCode":"INVALID_SESSION_ID"}`, "INVALID_SESSION_ID: Session expired",
		},
		"unknown names": {`{"grund":"abgelaufen","stelle":"token"}`, "grund abgelaufen, stelle token"},
		"a page": {
			`{"body":"<html><head><title>Sign in</title></head><body><h1>Your session has ended</h1></body></html>"}`,
			"Sign in: Your session has ended",
		},
		"a SOAP fault": {
			`"<?xml version='1.0'?><s:Envelope xmlns:s='x'><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>No ` +
				`session</faultstring><detail><id>7</id></detail></s:Fault></s:Body></s:Envelope>"`,
			"s:Client: No session",
		},
		"unknown XML":      {`"<antwort><grund>abgelaufen</grund><stelle>token</stelle></antwort>"`, "abgelaufen, token"},
		"cut XML":          {`"<error><message>Expired</message><trace>x"`, "Expired"},
		"double wrapped":   {`{"dataMessage":"\"{\\\"error\\\":\\\"invalid_client\\\"}\""}`, "invalid_client"},
		"only a UUID":      {`"0d1a1c1e-9a44-4b1e-8a52-5f2d9be0a7c1"`, "0d1a1c1e-9a44-4b1e-8a52-5f2d9be0a7c1"},
		"with a token":     {`{"error":"denied","access_token":"ya29.secretsecretsecret"}`, "denied"},
		"no words":         {`{"status":401,"ok":false}`, ""},
		"deep":             {strings.Repeat(`{"error":`, 500) + `"x"` + strings.Repeat(`}`, 500), ""},
		"only connections": {`{"connection":{"id":1,"provider":"x"}}`, ""},
	} {
		client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
			reply(w, 400, `{"error":{"code":"invalid_credentials","message":"`+sentence+`","payload":`+c.payload+`}}`)
		})
		_, err := Send(context.Background(), client, GetConnection(sampleRef, GetOptions{}))
		e, _ := AsError(err)
		want := "connection.get: 400 invalid_credentials: " + strings.TrimPrefix(c.said+" · "+sentence, " · ")
		if e == nil || e.Said != c.said || e.Error() != want {
			t.Errorf("%s: %v\nwant %s", name, err, want)
			continue
		}
		if full := strings.Join(e.Detail(), "\n"); strings.Contains(full, "ya29") || !strings.Contains(full, "invalid_credentials") {
			t.Errorf("%s: in full\n%s", name, full)
		}
	}
}

// An error that has no form of Nango's shows what it holds, and says what it comes from.
func TestAnErrorOfAnyFormSaysWhatItHolds(t *testing.T) {
	const text, page, jsonType = "text/plain", "text/html; charset=utf-8", "application/json"
	for name, c := range map[string]struct {
		status     int
		media      string
		body, says string
		kind       Kind
	}{
		"a proxy's limit": {
			429, text, "Too Many Requests", "Too Many Requests · rate limited by something in front of Nango", RateLimited,
		},
		"a limit as JSON": {
			429, jsonType, `{"message":"API rate limit exceeded"}`, "429 rate limited: API rate limit exceeded", RateLimited,
		},
		"a gateway's page": {
			502, page, "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center>",
			"502 Bad Gateway · the response comes from something in front of Nango", ServerFailed,
		},
		"a gateway's text": {
			503, text, "no healthy upstream", "no healthy upstream · the response comes from something in front of Nango",
			ServerFailed,
		},
		"a gateway's object": {
			504, jsonType, `{"error":"upstream timed out"}`,
			"upstream timed out · the response comes from something in front of Nango", ServerFailed,
		},
		"a login page": {
			401, page, "<!DOCTYPE html><html><head><title>Sign in · Acme SSO</title>",
			"Sign in · Acme SSO · something in front of Nango refused the request", NotNango,
		},
		"a login page with OK": {200, page, "<!doctype html><title>Log in</title>", "Log in · this is not Nango's API", NotNango},
		"a text":               {400, jsonType, `"nope"`, "400 rejected: nope", Rejected},
		"a list":               {400, jsonType, `["first","second"]`, "400 rejected: first; second", Rejected},
		"a problem": {
			422, "application/problem+json", `{"title":"Bad tag","detail":"Too long"}`, "422 rejected: Bad tag: Too long", Rejected,
		},
		"an error as a text": {403, jsonType, `{"error":"not for you"}`, "403 forbidden: not for you", Forbidden},
		"a mark before JSON": {
			403, jsonType, "\ufeff" + `{"error":{"code":"forbidden","message":"no"}}`, "403 forbidden: no", Forbidden,
		},
		"no JSON at all": {400, jsonType, `<h1>Oops</h1>`, "Oops · the body can't be decoded", Rejected},
	} {
		client := serve(t, still, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", c.media)
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		})
		_, err := Fetch(context.Background(), client, ListIntegrations())
		if e, ok := AsError(err); !ok || e.Kind != c.kind || !strings.Contains(e.Error(), c.says) {
			t.Errorf("%s: %v\nwant %s", name, err, c.says)
		}
	}
}

func TestAByteOrderMarkIsRemoved(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, "\ufeff"+`{"data":[]}`) })
	if _, err := Fetch(context.Background(), client, ListIntegrations()); err != nil {
		t.Error(err)
	}
}

func TestTheWholeErrorIsShownMaskedAndBounded(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		const extra = `"extra":{"note":"kept","client_secret":"sesame-sesame"}`
		reply(w, 400, `{"error":{"code":"x",`+extra+`,"more":"`+strings.Repeat("ж", maxErrorBody)+`"}}`)
	})
	_, err := Send(context.Background(), client, DeleteConnection(sampleRef))
	e, _ := AsError(err)
	full := strings.Join(e.Detail(), "\n")
	if !strings.Contains(full, `"note": "kept"`) || strings.Contains(full, "sesame") || len(full) > maxErrorBody+2000 {
		t.Errorf("%d bytes in full: %.300s", len(full), full)
	}
}

func TestRetryAfterIsReadInBothFormsAndBounded(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "soon": 0, "-5": 0, "0": time.Second, "30": 30 * time.Second, "86400": time.Minute, "99999999999999999999": time.Minute,
		"Sun, 01 Mar 2026 12:00:20 GMT": 20 * time.Second, "Sun, 01 Mar 2026 11:00:00 GMT": time.Second,
		"Mon, 02 Mar 2026 12:00:00 GMT": time.Minute,
	} {
		if got := retryAfter(http.Header{"Retry-After": {text}}, now); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	// The server's clock may be wrong. Its own date says what it means.
	header := http.Header{"Retry-After": {"Sun, 01 Mar 2026 09:00:20 GMT"}, "Date": {"Sun, 01 Mar 2026 09:00:00 GMT"}}
	if got := retryAfter(header, now); got != 20*time.Second {
		t.Errorf("by the server's clock: %s", got)
	}
}

// A limit of something in front of Nango is waited for, as Nango's own is.
func TestALimitInFrontOfNangoIsTriedAgain(t *testing.T) {
	tries := 0
	client := serve(t, still, func(w http.ResponseWriter, _ *http.Request) {
		if tries++; tries == 1 {
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(429)
			return
		}
		reply(w, 200, `{"data":[]}`)
	})
	if _, err := Fetch(context.Background(), client, ListIntegrations()); err != nil || errors.Is(err, NotNango) || tries != 2 {
		t.Errorf("%d tries: %v", tries, err)
	}
}

// Unpacking a text must not bring out a secret that was not recognized in its packed form.
func TestNoSecretIsUnpackedFromAnError(t *testing.T) {
	const secret = "sesame-of-the-customer-4711"
	const entity, escaped = "<title>&#115;esame-of-the-customer-4711</title>", `\u0073esame-of-the-customer-4711`
	payload := func(json string) string { return `{"error":{"code":"x","payload":` + json + `}}` }
	for name, c := range map[string]struct{ media, body string }{
		"an entity in a page":       {"text/html", entity},
		"an escape in JSON":         {"application/json", payload(`{"message":"` + escaped + `"}`)},
		"an escape in JSON in text": {"application/json", payload(`"{\"message\":\"\` + escaped + `\"}"`)},
		"JSON in plain text":        {"text/plain", `{"message":"` + escaped + `"}`},
		"a page in JSON":            {"application/json", payload(`{"body":"` + entity + `"}`)},
	} {
		client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", c.media)
			w.WriteHeader(400)
			_, _ = w.Write([]byte(c.body))
		})
		client.Secrets().Add(secret)
		_, err := Send(context.Background(), client, DeleteConnection(sampleRef))
		e, _ := AsError(err)
		if e == nil || strings.Contains(e.Error()+e.Said+strings.Join(e.Detail(), "\n"), secret) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Indenting deep JSON, and decoding all of a large one, would take many times its size.
func TestAnErrorOfAnyDepthAndSizeIsBounded(t *testing.T) {
	deep := strings.Repeat("[", 5000) + strings.Repeat("1,", 6000) + "1" + strings.Repeat("]", 5000)
	for name, body := range map[string]string{
		"deep":  `{"error":{"code":"x","payload":` + deep + `}}`,
		"large": `{"error":{"code":"x","payload":["` + strings.Repeat(`{}","`, 1<<20) + `"]}}`,
	} {
		masked := []byte(body)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		text, said := wholeBody(masked), words(masked, nil)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 {
			t.Errorf("%s: %d MB are allocated for %d KB", name, used>>20, len(body)>>10)
		}
		if len(text) > maxErrorBody+len("…") || len(said) > 4*maxErrorText {
			t.Errorf("%s: %d and %d bytes", name, len(text), len(said))
		}
	}
}

// The same error always reads the same.
func TestNamesThatDifferInCaseAreReadInOrder(t *testing.T) {
	for range 50 {
		if got := words([]byte(`{"Message":"first","message":"second","MESSAGE":"third"}`), nil); got != "second" {
			t.Fatalf("read as %q", got)
		}
	}
}
