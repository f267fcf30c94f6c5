package models

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"nango-tui/internal/guard"
	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// leakPart is how many characters of a secret must not be seen, on one line or broken over two.
const leakPart = 10

// leakSeeds are secrets, and the sizes of the terminals on which they must not be seen.
var leakSeeds = []struct {
	secret        string
	width, height int
}{
	{"gho_16C7e42F292c6912E7710c838347Ae178B4a", 80, 24},
	{"sk_live_4eC39HqLyjWDarjtT1zdp7dc", 120, 40},
	{"with space \"quoted\" and \\ and \x1b", 60, 15},
	{"日本語の秘密の言葉です", 41, 11},
}

// secretWorld is a world in which the secret stands wherever Nango keeps secrets.
func secretWorld(t testing.TB, secret string) *sandbox.Server {
	t.Helper()
	server := sandbox.New(sandbox.Options{Wait: noWait, Seed: 5, Connections: 4, RateLimit: -1})
	credentials, _ := json.Marshal(map[string]any{
		"type": "OAUTH2", "access_token": secret, "refresh_token": secret, "raw": map[string]string{"access_token": secret, "id_token": secret},
	})
	config, _ := json.Marshal(map[string]any{"oauth_client_secret": secret, "nested": map[string]string{"api_key": secret}})
	metadata, _ := json.Marshal(map[string]any{"webhook_secret": secret})
	err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"})
	if err == nil {
		_, err = server.AddConnection(sandbox.ConnectionSpec{
			Integration: key, ID: id, Credentials: credentials, Config: config, Metadata: metadata,
			Tags: map[string]string{"end_user_id": "u1"},
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	addFunctions(t, server, "")
	server.SetVariable("STRIPE", secret)
	return server
}

// leaks is a part of the secret that a text shows; empty where it shows none.
func leaks(text, secret string) string {
	text = strings.ReplaceAll(text, "\n", "")
	for i := 0; i+leakPart <= len(secret); i++ {
		if part := secret[i : i+leakPart]; strings.Contains(text, part) {
			return part
		}
	}
	return ""
}

func FuzzNoSecretIsShown(f *testing.F) {
	if testing.Short() {
		f.Skip("tours the whole program")
	}
	for _, seed := range longtest.Sample(f, leakSeeds, 2) {
		f.Add(seed.secret, seed.width, seed.height)
	}
	f.Fuzz(func(t *testing.T, secret string, width, height int) {
		t.Parallel()
		if len(secret) < 2*leakPart || len(secret) > 512 || !utf8.ValidString(secret) { // Nango keeps secrets in JSON
			return
		}
		server := secretWorld(t, secret)
		tr := newTour(t, server, 40+(width&127), 10+(height&63))
		tr.skip = []string{"reveal"}
		shown := []string{secret, server.Keys().Environment}
		tr.look = func(step string) {
			for _, s := range shown {
				if part := leaks(style.ReplaceAllString(tr.app.View().Content, ""), s); part != "" {
					t.Fatalf("%s: %q of a secret is on the screen:\n%s", step, part, tr.screen())
				}
			}
		}
		routes := tourRoutes()
		tr.everywhere(routes...)
		tr.at(screen.To("connection", key, id))
		tr.do("connection.fetch")
		tr.look("the connection, fetched")
		tr.planted(secret, false)
		for _, s := range shown {
			if part := leaks(tr.files.Text("~/Contact.jsonl"), s); part != "" {
				t.Fatalf("%q of a secret is in the file:\n%s", part, tr.files.Text("~/Contact.jsonl"))
			}
		}
		tr.failing("it was "+secret+", and the key "+server.Keys().Environment, routes...)
		for _, entry := range tr.app.config.Log.Entries() {
			for _, s := range shown {
				if part := leaks(entry.Path+entry.Code, s); part != "" {
					t.Fatalf("%q of a secret is in the request log: %+v", part, entry)
				}
			}
		}
	})
}

// Screens hide what they copy and store with the mask of their turn.
func TestATurnMasksSecretsTheProgramHasSeen(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.config.Secrets.Add("seen-elsewhere")
	if got := s.app.newTurn(s.app.active).Mask("it is seen-elsewhere"); got != "it is "+nango.Masked {
		t.Error(got)
	}
}
