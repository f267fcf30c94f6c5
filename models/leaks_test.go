package models

import (
	"encoding/json"
	"strconv"
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

// isCommon reports whether a part of the secret may be on the screen by chance, such as many zeros.
func isCommon(secret string) bool {
	for i := 0; i+leakPart <= len(secret); i++ {
		different := map[byte]bool{}
		for _, b := range []byte(secret[i : i+leakPart]) {
			different[b] = true
		}
		if len(different) < leakPart/2 {
			return true
		}
	}
	return false
}

func TestNoSecretIsShown(t *testing.T) {
	if testing.Short() {
		t.Skip("tours the whole program")
	}
	for i, seed := range longtest.Sample(t, leakSeeds, 2) {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			tr := newLeakTour(t, seed.secret, seed.width, seed.height)
			tr.everywhere(tourRoutes()...)
			tr.fetch()
			tr.planted(seed.secret, false)
			tr.mayShow("the file", tr.files.Text("~/Contact.jsonl"))
			tr.fails(tourRoutes()...)
		})
	}
}

// FuzzNoSecretIsShown looks at one place for each input, because the whole tour takes seconds.
func FuzzNoSecretIsShown(f *testing.F) {
	for i, seed := range leakSeeds {
		f.Add(seed.secret, seed.width, seed.height, uint8(i))
	}
	f.Fuzz(func(t *testing.T, secret string, width, height int, place uint8) {
		if len(secret) < 2*leakPart || len(secret) > 512 || !utf8.ValidString(secret) || isCommon(secret) { // Nango keeps secrets in JSON
			return
		}
		tr := newLeakTour(t, secret, width, height)
		routes := tourRoutes()
		route := routes[int(place)%len(routes)]
		tr.fetch()
		tr.everywhere(route)
		tr.fails(route)
	})
}

// leakTour is a tour of a server with a secret that must not be shown.
type leakTour struct {
	*tour
	secrets []string
}

func newLeakTour(t *testing.T, secret string, width, height int) *leakTour {
	t.Helper()
	server := secretWorld(t, secret)
	tr := &leakTour{newTour(t, server, 40+(width&127), 10+(height&63)), []string{secret, server.Keys().Environment}}
	tr.skip = []string{"reveal"}
	tr.look = func(step string) { tr.mayShow(step, style.ReplaceAllString(tr.app.View().Content, "")) }
	return tr
}

// fetch reads the secret, which the program then knows wherever it stands.
func (tr *leakTour) fetch() {
	tr.t.Helper()
	tr.at(screen.To("connection", key, id))
	tr.do("connection.fetch")
	tr.look("the connection, fetched")
}

// mayShow fails if a text has a part of a secret.
func (tr *leakTour) mayShow(where, text string) {
	tr.t.Helper()
	for _, s := range tr.secrets {
		if part := leaks(text, s); part != "" {
			tr.t.Fatalf("%s: %q of a secret is in:\n%s", where, part, text)
		}
	}
}

// fails has the server repeat the secrets in its errors.
func (tr *leakTour) fails(routes ...screen.Route) {
	tr.t.Helper()
	tr.failing("it was "+tr.secrets[0]+", and the key "+tr.secrets[1], routes...)
	for _, entry := range tr.app.config.Log.Entries() {
		tr.mayShow("the request log", entry.Path+entry.Code)
	}
}

// Screens hide what they copy and store with the mask of their turn.
func TestATurnMasksSecretsTheProgramHasSeen(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.config.Secrets.Add("seen-elsewhere")
	if got := s.app.newTurn(s.app.active).Mask("it is seen-elsewhere"); got != "it is "+nango.Masked {
		t.Error(got)
	}
}
