package integrations

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// secret is the value of a field of the app's credentials, as the server has it.
func (w *world) secret(key, name string) string {
	w.t.Helper()
	one, err := nango.Fetch(w.t.Context(), w.Client, nango.GetIntegration(key, nango.Include{Credentials: true}))
	if err != nil {
		w.t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(one.Credentials, &fields); err != nil {
		w.t.Fatal(err)
	}
	text, ok := fields[name].(string)
	if !ok || text == "" {
		w.t.Fatalf("%s has no %s", key, name)
	}
	return text
}

func TestSecretsAreMaskedUntilOneIsRevealed(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	w.Height = 35
	id, secret := w.secret("hubspot", "client_id"), w.secret("hubspot", "client_secret")
	w.NotSee(id, secret)
	w.to(secretRow + "client_secret")
	w.Do(Reveal)
	w.See(secret)
	w.NotSee(id)
	w.to(secretRow + "client_id")
	w.Do(Reveal)
	w.See(id)
	w.NotSee(secret)
	if w.Action(Reveal).Title != "Hide" {
		t.Error("what is revealed cannot be hidden")
	}
	w.Do(Reveal)
	w.NotSee(id, secret)
}

func TestRevealedSecretIsHiddenAgain(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	w.Height = 35
	secret := w.secret("hubspot", "client_secret")
	s := w.Screen.(screen.Animated)
	w.to(secretRow + "client_secret")
	if s.RedrawInterval() != 0 {
		t.Error("a clock runs though nothing is revealed")
	}
	w.Do(Reveal)
	w.Now = w.Now.Add(revealDuration - time.Second)
	w.See(secret)
	if s.RedrawInterval() == 0 {
		t.Error("no clock runs, so that the secret would stay")
	}
	w.Now = w.Now.Add(time.Second)
	w.NotSee(secret)
	if s.RedrawInterval() != 0 {
		t.Error("the clock goes on")
	}
}

func TestASecretIsCopiedWithoutBeingRevealed(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	w.Height = 35
	secret := w.secret("hubspot", "client_secret")
	w.to(secretRow + "client_secret")
	w.Do(CopyRow)
	if got := w.Copied[0]; got.Text != secret || !got.Secret || strings.Contains(got.What, secret) {
		t.Errorf("copied %+v", got)
	}
	w.NotSee(secret)
}

func TestAPrivateKeyKeepsItsLines(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("gh", "github-app")
	w.open(detail("gh"))
	w.Height = 40
	w.to(secretRow + "private_key")
	w.NotSee("BEGIN RSA")
	w.Do(Reveal)
	w.See("-----BEGIN RSA PRIVATE KEY-----\n")
	w.Do(CopyRow)
	if got := w.Copied[0].Text; got != w.secret("gh", "private_key") {
		t.Errorf("copied %q", got)
	}
}

func TestNoCredentialsAndUnreadableCredentialsDiffer(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("algolia", "algolia")
	w.integration("hubspot", "hubspot")
	w.open(detail("algolia"))
	w.Height = 35
	w.See("None: integrations with this auth mode have no app.")
	w.NotSee("Scopes")
	w.openWith(w.server.Keys().NoCredentials, detail("hubspot"))
	w.Width, w.Height = 120, 35
	w.See("Couldn't load: this API key lacks", "environment:integrations:read_credentials")
	w.NotSee("client_id", "None:")
}

func TestAnIntegrationOnNangosSharedAppSaysSo(t *testing.T) {
	secrets, scopes, ok := credentialsOf(json.RawMessage(`{"type":"OAUTH2","client_id":"","client_secret":"","scopes":"a,` +
		`b","webhook_secret":null,"later_field":{"x":1}}`))
	if !ok || scopes != "a,b" {
		t.Errorf("scopes %q, %v", scopes, ok)
	}
	var names []string
	for _, c := range secrets {
		names = append(names, c.name)
	}
	if want := []string{"client_id", "client_secret", "webhook_secret", "later_field"}; !slices.Equal(names, want) {
		t.Fatalf("fields %q, want %q", names, want)
	}
	s := detail("shared")
	s.integration.Value.Credentials, s.secrets = json.RawMessage(`{}`), secrets
	w := newWorld(t, 0).open(list())
	f := frameOf(w)
	page := s.credentialsSection(f)
	if got := page.Rows[0].Lines[0].Text().String(); !strings.Contains(got, "Nango's shared app") {
		t.Errorf("an empty client id is shown as %q", got)
	}
	if got := page.Rows[2].Lines[0].Text().String(); got != "not set" {
		t.Errorf("a webhook secret of null is shown as %q", got)
	}
	if !page.Rows[3].Secret {
		t.Error("a field that nobody has heard of is shown")
	}
}
