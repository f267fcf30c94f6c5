package nango

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestCreateEnvironmentBody(t *testing.T) {
	yes, no := true, false
	input := EnvironmentInput{
		Name: "stg-2", Production: &no, CallbackURL: "https://example.com/cb", HMACKey: "hmac-secret-value", HMACEnabled: &yes, Slack: &no,
		OTLPEndpoint: "https://otlp.example.com", OTLPHeaders: []OTLPHeader{{"x-honeycomb-team", "otlp-secret-value"}},
	}
	request := CreateEnvironment(input)
	want := `{"name":"stg-2","is_production":false,"callback_url":"https://example.com/cb","hmac_key":"hmac-secret-value",` +
		`"hmac_enabled":true,"slack_notifications":false,"otlp_endpoint":"https://otlp.example.com",` +
		`"otlp_headers":[{"name":"x-honeycomb-team","value":"otlp-secret-value"}]}`
	if err := request.Validate(); err != nil || string(request.Call().Body) != want {
		t.Errorf("%s: %v", request.Call().Body, err)
	}
	if shown := string((*Secrets)(nil).MaskJSON(request.Call().Body)) +
		Curl(request.Call(), CloudHost).Line; strings.Contains(shown, "secret-value") {
		t.Errorf("a secret is shown: %s", shown)
	}
}

func TestInvalidEnvironmentIsNotSent(t *testing.T) {
	for name, refusal := range map[string]error{
		"no name": CreateEnvironment(EnvironmentInput{}).Validate(), "capitals": CreateEnvironment(EnvironmentInput{Name: "Prod"}).Validate(),
		"no URL":         CreateEnvironment(EnvironmentInput{Name: "a", CallbackURL: "nope"}).Validate(),
		"no collector":   CreateEnvironment(EnvironmentInput{Name: "a", OTLPEndpoint: "nope"}).Validate(),
		"a long key":     CreateEnvironment(EnvironmentInput{Name: "a", HMACKey: Secret(strings.Repeat("x", 1001))}).Validate(),
		"many headers":   CreateEnvironment(EnvironmentInput{Name: "a", OTLPHeaders: make([]OTLPHeader, 101)}).Validate(),
		"an empty value": CreateEnvironment(EnvironmentInput{Name: "a", OTLPHeaders: []OTLPHeader{{Name: "a"}}}).Validate(),
		"environment 0":  DeleteEnvironment(EnvironmentRef{}).Validate(), "environment -1": CreateAPIKey(EnvironmentRef{ID: -1}, "k").Validate(),
		"a nameless key": CreateAPIKey(EnvironmentRef{ID: 1}, "").Validate(),
		"a long name":    CreateAPIKey(EnvironmentRef{ID: 1}, strings.Repeat("x", 256)).Validate(),
		"key 0":          DeleteAPIKey(APIKeyRef{Environment: EnvironmentRef{ID: 1}}).Validate(),
		"no UUID":        DeleteEnvironment(EnvironmentRef{ID: 5, UUID: "5"}).Validate(),
		"a key's 5":      GetAPIKey(APIKeyRef{Environment: EnvironmentRef{UUID: sampleUUID}, ID: 5, UUID: "5"}).Validate(),
		"half a UUID":    DeleteAPIKey(APIKeyRef{Environment: EnvironmentRef{UUID: sampleUUID}, ID: 5}).Validate(),
		"keys of no ID":  ListAPIKeys("4").Validate(),
	} {
		if refusal == nil {
			t.Errorf("%s is not refused", name)
		}
	}
}

// A new secret is returned once, and masked before any screen sees it.
func TestNewKeysAreSecrets(t *testing.T) {
	const key = "93ebe10d-3795-4498-b08c-97cb34098fd9"
	for name, test := range map[string]struct {
		send func(context.Context, *Client) (any, error)
		body string
	}{
		"API key": {samples[OpAPIKeyCreate], `{"data":{"id":22,"display_name":"k3","scopes":["environment:*"],"secret":"` + key +
			`","created_at":"2026-11-22T14:35:55.187Z"}}`},
		"webhook key": {samples[OpWebhookKeyRotate], `{"data":{"webhook_signing_key":"` + key + `"}}`},
	} {
		client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { reply(w, 200, test.body) })
		value, err := test.send(context.Background(), client)
		if err != nil || client.Secrets().Mask("is "+key) != "is "+Masked {
			t.Errorf("%s: %v %v", name, value, err)
		}
	}
}

func TestServerWithoutEnvironmentsIsTooOld(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(404)
		_, _ = w.Write([]byte("<pre>Cannot POST /environments</pre>"))
	})
	_, err := Send(context.Background(), client, CreateEnvironment(EnvironmentInput{Name: "a"}))
	if !errors.Is(err, NotNango) ||
		!strings.Contains(err.Error(), "too old for environment.create, which was added in v0.71.5") {
		t.Error(err)
	}
}
