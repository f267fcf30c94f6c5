package environment

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// devKeys is the page of a server that lists environments and keys, with the keys of dev shown.
func devKeys(t testing.TB) *world {
	t.Helper()
	w := asAccountOn(t, sandbox.Server0717)
	w.row(envRow(4)).Do(ShowKeys)
	return w
}

func keyRow(environment, number int64) string {
	return item{Kind: kindKey, Environment: environment, Number: number}.row()
}

func TestAServerListsItsEnvironments(t *testing.T) {
	w := asAccountOn(t, sandbox.Server0717)
	w.See("ENVIRONMENTS", "prod", "production", "dev", "‹environment.showKeys› on an environment shows its API keys")
	w.NotSee("by number", "doesn't list", "created with this program", "CREATED")
	if !w.Screen.(screen.Timestamped).LoadedAt().Equal(noon) {
		t.Error("it is not said when they were read")
	}
	for _, r := range w.server.Requests() {
		if strings.Contains(r.Path, "api-keys") {
			t.Errorf("%s was sent without being asked for", r.Path)
		}
	}
}

func TestKeysOfAnEnvironmentAreListedAndMasked(t *testing.T) {
	w := devKeys(t)
	w.See("API KEYS  of dev", "default", masked+" · never used · created just now · environment:*", "lists-only",
		"2 scopes")
	w.NotSee(w.server.Keys().Environment)
	w.row(envRow(3)).Do(ShowKeys)
	w.See("API KEYS  of prod", "This environment has no API keys.")
	w.NotSee("lists-only")
}

func TestAKeyIsRevealedSinglyForAWhile(t *testing.T) {
	w := devKeys(t)
	secret := w.server.Keys().Environment
	w.row(keyRow(4, 1)).Do(Reveal)
	w.See("▌ default", secret)
	if got := w.Client.Secrets().Mask(secret); got != nango.Masked {
		t.Error("the key is not known as a secret")
	}
	w.row(keyRow(4, 3)).Do(Reveal)
	w.See(w.server.Keys().ListOnly)
	w.NotSee(secret)
	w.Now = w.Now.Add(screen.RevealTime)
	w.NotSee(w.server.Keys().ListOnly)
	w.Do(Reveal)
	w.Do(Reveal)
	w.NotSee(w.server.Keys().ListOnly)
	if p := w.Screen.(*Page); p.account.secret.Value.Secret != "" {
		t.Error("a hidden key is kept")
	}
	if len(w.Proposals) > 0 {
		t.Error("a read was proposed")
	}
}

func TestAKeyIsCopiedWithoutBeingShown(t *testing.T) {
	w := devKeys(t)
	w.row(keyRow(4, 1)).Do(Copy)
	if c := w.Copied[0]; !c.Secret || c.Text != w.server.Keys().Environment || c.What != "API key default" {
		t.Errorf("%+v", c)
	}
	w.NotSee(w.server.Keys().Environment)
	w.Do(CopyName)
	if c := w.Copied[1]; c.Secret || c.Text != "default" {
		t.Errorf("%+v", c)
	}
}

func TestAKeyThatCannotBeReadSaysWhy(t *testing.T) {
	w := devKeys(t)
	w.row(keyRow(4, 3)).Do(Reveal)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/environments/", Status: 404, Times: 1,
		Body: `{"error":{"code":"not_found","message":"API key not found"}}`})
	w.row(keyRow(4, 1)).Do(Reveal)
	w.See("default", "✗ Couldn't read the key: apikey.get: 404 not_found: API key not found")
	w.NotSee(w.server.Keys().ListOnly) // one at a time, even if the next one fails
	w.Do(Reveal)
	w.See(w.server.Keys().Environment)
	w.NotSee("✗")
}

func TestCreateAndDeleteOnAServerOfUUIDs(t *testing.T) {
	w := asAccountOn(t, sandbox.Server0717)
	w.Do(NewEnvironment)
	w.Type("staging")
	w.Do(screen.Submit)
	if goes := strings.Join(w.Proposal().Consequences, " "); strings.Contains(goes, "keeps its number") {
		t.Error(goes)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.NotSee("has no list")
	w.Leave()
	w.Refresh()
	w.row(envRow(5)).Do(NewKey)
	w.NotSee("Other, by number")
	w.Type("ci")
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Call.Path[0] != "environments" || len(p.Call.Path[1]) != 36 || string(p.Call.Body) != `{"display_name":"ci"}` ||
		strings.Contains(strings.Join(p.Consequences, " "), "once") {
		t.Errorf("%s %s %v", p.Call, p.Call.Body, p.Consequences)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("NEW KEY", "An account key can read this key again")
	w.NotSee("SHOWN ONCE", "never shows")
	secret := w.Screen.(*oneTimePage).secret
	w.Leave()
	if len(w.Toasts) > 0 {
		t.Errorf("a key that can be read again is not lost: %q", w.Toasts)
	}
	w.Refresh()
	w.See("API KEYS  of staging", "▌ ci")
	w.Do(Reveal)
	w.See(secret.Reveal())
	w.Do(Delete)
	if p := w.Proposals[len(w.Proposals)-1]; len(p.Call.Path) != 4 || p.Call.Body != nil || !strings.HasPrefix(p.About, "ci (API key 5)") {
		t.Errorf("%s %q", p.Call, p.About)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.Refresh()
	w.See("This environment has no API keys.")
	w.row(envRow(5)).Do(Delete)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.Refresh()
	w.NotSee("staging")
}

// The key for an environment is never one for the first of the list: that is usually prod.
func TestANewKeyNeedsAnEnvironment(t *testing.T) {
	w := asAccountOn(t, sandbox.Server0717)
	p := w.Screen.(*Page)
	p.account.listed = nil
	if a := w.Action(NewKey); a.Disabled != whyNoSelection {
		t.Errorf("%+v", a.Disabled)
	}
}

func TestAServerThatCannotListIsNotAskedForKeys(t *testing.T) {
	w := asAccount(t)
	if a := w.Action(ShowKeys); a.Disabled != whyNoLists || !a.HideInFooter {
		t.Errorf("%+v", a)
	}
	w.environment("staging")
	w.row(envRow(5))
	if a := w.Action(Reveal); !strings.Contains(a.Disabled, "requires an environment key") {
		t.Errorf("%+v", a)
	}
}

func TestAFailedListKeepsWhatWasLoaded(t *testing.T) {
	w := devKeys(t)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/environments", Status: 500, Body: `{"error":{"code":"server_error"}}`})
	w.Refresh()
	w.See("✗ Couldn't load environments: environments.list: 500", "✗ Couldn't load API keys", "dev", "lists-only",
		"‹screen.refresh› tries again")
	w.server.ClearFaults()
	w.Refresh()
	w.NotSee("✗")
}

// A key that lacks the scope for the list can still use what was created here.
func TestWithoutTheScopeForTheListTheFileIsShown(t *testing.T) {
	w := acmeOn(t, sandbox.Server0717)
	const few = "0b0b0b0b-1111-4222-8333-444444444444"
	w.server.AddKey(few, "account:environments:create", "account:environments:delete")
	w.openOwned(few)
	w.See("✗ Couldn't load environments: environments.list: 403 forbidden", "account:environments:list", "another", "by number")
	w.environment("staging")
	w.row(envRow(5)).Do(Delete)
	if p := w.Proposal(); len(p.Call.Path[1]) != 36 {
		t.Errorf("%s: the UUID was noted when it was created", p.Call)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
}

func TestAnAccountWithoutEnvironments(t *testing.T) {
	w := acmeOn(t, sandbox.Server0717)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/environments", Body: `{"data":[]}`})
	w.openOwned(w.server.Keys().Account)
	w.See("There are no environments.")
}

// The number that was noted means nothing to a server that was updated to UUIDs. Nothing is deleted; the list has its name.
func TestAServerThatWasUpdatedListsWhatItRefusesByNumber(t *testing.T) {
	w := acmeOn(t, sandbox.Server0717)
	w.openOwned(w.server.Keys().Account)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/environments", ContentType: "text/html", Body: "<html>", Times: 1})
	w.Screen = New(screen.To("environment"))
	w.keep(item{Host: w.Profile.Host, Key: w.Client.Fingerprint(), Kind: kindEnvironment, Number: 4, Name: "dev", Created: noon})
	w.Open()
	w.See("doesn't list them", "number 4")
	w.row(envRow(4)).Do(Delete)
	if err := w.Confirm(); err == nil || !strings.Contains(err.Error(), "by UUID, and only the number is known") {
		t.Fatal(err)
	}
	w.See("prod", "dev")
	w.NotSee("number 4", "doesn't list")
	w.row(envRow(4)).Do(Delete)
	if p := w.Proposals[len(w.Proposals)-1]; len(p.Call.Path[1]) != 36 || p.About != "dev (environment 4)" {
		t.Errorf("%s %q", p.Call, p.About)
	}
}

func TestHostileLists(t *testing.T) {
	w := acmeOn(t, sandbox.Server0717)
	hostile := `red\u001b[31m\u202e\nline ` + strings.Repeat("w", 3000)
	uuid := `"e0000000-0000-4000-8000-000000000004"`
	many := strings.Repeat(`{"id":1,"uuid":"x","name":"n"},`, 5000)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/environments/", Body: `{"data":[{"id":1,"uuid":` + uuid +
		`,"display_name":"` + hostile + `","scopes":["` + hostile + `","b"],"last_used_at":"nonsense","created_at":null}]}`})
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/environments", Body: `{"data":[{"id":4,"uuid":` + uuid + `,"name":"` +
		hostile + `"},` + many + `{"id":4,"uuid":"../..","name":"same number"}]}`})
	w.openOwned(w.server.Keys().Account)
	w.row(envRow(4)).Do(ShowKeys)
	for _, size := range [][2]int{{1, 1}, {20, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
		if raw := w.Raw(); strings.ContainsAny(raw, "\x1b\u202e") {
			t.Fatalf("it acts on the terminal: %q", raw)
		}
	}
	w.Width, w.Height = 120, 2000
	w.See("… and 4,002 more.")
}

func TestListedLooks(t *testing.T) {
	for name, size := range map[string][2]int{"80x24": {80, 19}, "60x15": {60, 10}, "120x40": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := devKeys(t)
			w.Now = noon.Add(3 * time.Hour)
			w.Width, w.Height = size[0], size[1]
			w.row(keyRow(4, 1)).Do(Reveal)
			golden.RequireEqual(t, strings.ReplaceAll(w.View(), w.server.Keys().Environment, "the-key-itself"))
		})
	}
}
