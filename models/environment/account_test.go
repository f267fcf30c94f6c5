package environment

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// asAccount opens the page with a key that is known to be one of the account.
func asAccount(t testing.TB) *world {
	t.Helper()
	return asAccountOn(t, sandbox.Server0714)
}

// asAccountOn is asAccount on a server of a version. The older one can't list environments.
func asAccountOn(t testing.TB, version sandbox.Version) *world {
	t.Helper()
	w := acmeOn(t, version)
	return w.openOwned(w.server.Keys().Account)
}

// openOwned opens the page with a key of the account, when it is known to be one.
func (w *world) openOwned(key string) *world {
	w.t.Helper()
	w.Stage = screentest.Closed(w.t, w.server, key, New(screen.To("environment")))
	w.Now = noon
	_, _ = nango.Fetch(context.Background(), w.Client, nango.ProbeOwner())
	w.Open()
	w.View()
	return w
}

// row puts the cursor on a row.
func (w *world) row(id string) *world {
	w.t.Helper()
	w.View()
	if p := w.Screen.(*Page); !p.page.Select(id) {
		w.t.Fatalf("there is no row %s:\n%s", id, w.View())
	}
	return w
}

// environment makes an environment by the form, and goes back to the page.
func (w *world) environment(name string) int64 {
	w.t.Helper()
	w.Do(NewEnvironment)
	w.Type(name)
	w.Do(screen.Submit)
	if err := w.Confirm(); err != nil {
		w.t.Fatal(err)
	}
	number := w.Screen.(*oneTimePage).item.Number
	w.Leave()
	w.Refresh()
	return number
}

// key makes an API key for the environment under the cursor, and stays on its page.
func (w *world) key(name string) nango.Secret {
	w.t.Helper()
	w.Do(NewKey)
	w.Type(name)
	w.Do(screen.Submit)
	if err := w.Confirm(); err != nil {
		w.t.Fatal(err)
	}
	return w.Screen.(*oneTimePage).secret
}

func (w *world) madeFile() string {
	w.t.Helper()
	data, err := w.Files.ReadOwn(screen.CreatedItems)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(data)
}

// keep adds items to the file of the program.
func (w *world) keep(items ...item) {
	w.t.Helper()
	if _, err := updateItems(w.Files, func(all []item) []item { return append(all, items...) }); err != nil {
		w.t.Fatal(err)
	}
}

func envRow(number int64) string { return item{Kind: kindEnvironment, Number: number}.row() }

func TestAccountKeySeesWhatItCanDo(t *testing.T) {
	w := asAccount(t)
	w.See("ACCOUNT KEY", "can only manage environments", "doesn't list them", "ENVIRONMENTS", "API KEYS", "another", "by number")
	w.NotSee("VARIABLES", "WEBHOOK", "403", "APP_URL")
	for _, id := range []screen.ActionID{Reveal, Copy, CopyName, Rotate, screen.Filter} {
		if a := w.Action(id); !a.HideInFooter || !strings.Contains(a.Disabled, "requires an environment key") {
			t.Errorf("%s: aside %v, disabled %q", id, a.HideInFooter, a.Disabled)
		}
	}
	for _, r := range w.server.Requests() {
		if r.Path == "/environment-variables" {
			t.Error("the variables were asked for with a key of the account")
		}
	}
}

func TestEnvironmentKeySeesWhatNeedsAnAccountKey(t *testing.T) {
	w := acme(t).open()
	w.See("ENVIRONMENTS AND API KEYS  managed with account keys")
	for _, id := range []screen.ActionID{NewEnvironment, NewKey, Delete} {
		if a := w.Action(id); !a.HideInFooter || a.Disabled != "requires an account key. This is an environment key" {
			t.Errorf("%s: aside %v, disabled %q", id, a.HideInFooter, a.Disabled)
		}
	}
}

func TestCreateEnvironmentAndKeepItsName(t *testing.T) {
	w := asAccount(t)
	w.Do(NewEnvironment)
	w.Type("Staging")
	w.See("the environment name contains 'S'")
	for range "Staging" {
		w.Key(tea.KeyPressMsg{Code: tea.KeyBackspace})
	}
	w.Type("staging")
	w.NotSee("which Nango refuses", "Callback URL")
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab})
	w.See("account:environments:set_production")
	w.Do(screen.Submit)
	if p := w.Proposal(); string(p.Call.Body) != `{"name":"staging"}` || p.About != "staging" {
		t.Errorf("%s about %q", p.Call.Body, p.About)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("staging", "Number  5", "keeps its number")
	w.Do(NewKey)
	w.See("staging · 5")
	w.Leave()
	w.Refresh()
	w.See("▌ staging", "number 5 · created just now")
	w.Now = noon.Add(72 * time.Hour)
	w.See("created 3 d ago")
}

func TestMoreOptionsOfAnEnvironment(t *testing.T) {
	w := asAccount(t)
	w.Do(NewEnvironment)
	form := w.Screen.(*screen.Form).Fields
	for id, value := range map[string]string{fieldName: "stg-2", fieldProduction: "true", fieldMore: "true"} {
		form.Set(id, value)
	}
	form.Set(fieldCallback, "nope")
	w.Do(screen.Submit)
	w.Height = 70
	w.See("the callback URL must be an absolute URL")
	for id, value := range map[string]string{
		fieldCallback: "https://example.com/cb", fieldHMACKey: "hmac-secret", fieldHMAC: "true", fieldSlack: "true",
		fieldEndpoint: "https://otlp.example.com", fieldHeaders: "x-team=otlp-secret",
	} {
		form.Set(id, value)
	}
	w.See("x-team=•")
	w.NotSee("otlp-secret") // before it is sent, nothing else knows that it is a secret
	w.Do(screen.Submit)
	want := `{"name":"stg-2","is_production":true,"callback_url":"https://example.com/cb","hmac_key":"hmac-secret","hmac_enabled":true,` +
		`"slack_notifications":true,"otlp_endpoint":"https://otlp.example.com","otlp_headers":[{"name":"x-team","value":"otlp-secret"}]}`
	if p := w.Proposal(); string(p.Call.Body) != want || !strings.Contains(strings.Join(p.Consequences, " "), "Marks it as production") {
		t.Errorf("%s: %v", p.Call.Body, p.Consequences)
	}
	w.Decline()
	w.See("stg-2", "https://example.com/cb") // the form is as it was typed
	w.NotSee("hmac-secret", "otlp-secret")
}

func TestExistingNameIsShownInTheForm(t *testing.T) {
	w := asAccount(t)
	w.Do(NewEnvironment)
	w.Type("dev")
	w.Do(screen.Submit)
	if err := w.Confirm(); err == nil {
		t.Fatal("a second dev was made")
	}
	w.See("> dev", "409 conflict", "Environment already exists")
	if _, err := w.Files.ReadOwn(screen.CreatedItems); err == nil {
		t.Error("what was not made is noted")
	}
}

func TestANewKeyIsShownOnce(t *testing.T) {
	w := asAccount(t)
	number := w.environment("staging")
	w.row(envRow(number)).Do(NewKey)
	w.See("staging · 5")
	w.Type("ci")
	w.Do(screen.Submit)
	goes := strings.Join(w.Proposal().Consequences, " ")
	if !strings.Contains(goes, "shown once") || !strings.Contains(goes, "all scopes") ||
		w.Proposal().About != "ci · for staging (environment 5)" {
		t.Errorf("%q: %s", w.Proposal().About, goes)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	p := w.Screen.(*oneTimePage)
	secret := p.secret.Reveal()
	w.See("SHOWN ONCE", "Nango never shows this key again", "ci", "environment:*", masked)
	w.NotSee(secret)
	w.Do(Reveal)
	w.See(secret)
	if p.RedrawInterval() != time.Second {
		t.Error("nothing hides it in time")
	}
	w.Now = w.Now.Add(screen.RevealTime)
	w.NotSee(secret)
	w.Do(Copy)
	if c := w.Copied[0]; !c.Secret || c.Text != secret || c.What != "new API key" {
		t.Errorf("copied %+v", c)
	}
	if file := w.madeFile(); strings.Contains(file, secret) || strings.Contains(file, w.server.Keys().Account) ||
		!strings.Contains(file, "name: ci") {
		t.Errorf("noted:\n%s", file)
	}
	w.Leave()
	if len(w.Toasts) > 0 {
		t.Errorf("it was copied, and yet: %v", w.Toasts)
	}
	w.Refresh()
	w.See("ci", "of staging (environment 5) · created just now")
}

// A terminal may refuse what it is sent, and says nothing: who leaves then has lost the key.
func TestRemoteClipboardIsNotConfirmed(t *testing.T) {
	w := asAccount(t)
	w.row(envRow(w.environment("staging"))).key("ci")
	w.NotSee("can refuse it")
	w.Do(Copy)
	w.NotSee("can refuse it")
	w.Profile.Remote = true
	w.Do(Copy)
	w.See("Sent to your terminal's clipboard (OSC 52), which can refuse it.", "‹environment.reveal› shows it")
}

func TestLeavingAnUncopiedKeyWarns(t *testing.T) {
	w := asAccount(t)
	w.row(envRow(w.environment("staging"))).key("ci")
	if held := w.Screen.(screen.LossWarner).LossWarning(); held != "The new API key was not copied or revealed" {
		t.Errorf("it holds %q", held)
	}
	w.Leave()
	if len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "not copied or revealed") || !strings.Contains(w.Toasts[0], "delete key") {
		t.Errorf("toasts %v", w.Toasts)
	}
}

func TestAKeyForAnEnvironmentByItsNumber(t *testing.T) {
	w := asAccount(t)
	w.environment("staging")
	w.row(otherKey).Do(NewKey)
	w.See("Other, by number", "Environment number")
	form := w.Screen.(*screen.Form).Fields
	form.Set(fieldName, "ci")
	for _, wrong := range []string{"", "0", "-4", "four", "4.5", "99999999999999999999"} {
		form.Set(fieldNumber, wrong)
		w.Do(screen.Submit)
		w.See("a number of 1 or more")
	}
	form.Set(fieldNumber, "4")
	w.Do(screen.Submit)
	if p := w.Proposal(); p.About != "ci · for environment 4" || string(p.Call.Body) != `{"environment_id":4,"display_name":"ci"}` {
		t.Errorf("%q %s", p.About, p.Call.Body)
	}
}

func TestDeleteCreatedEnvironment(t *testing.T) {
	w := asAccount(t)
	number := w.environment("staging")
	w.row(envRow(number)).key("ci")
	w.Leave()
	w.Refresh()
	w.row(envRow(number)).Do(Delete)
	p := w.Proposal()
	if p.Call.Name != "staging" {
		t.Errorf("the confirm word is made of %q", p.Call.Name)
	}
	if p.About != "staging (environment 5)" || p.Call.Path[1] != "5" || strings.Contains(strings.Join(p.Consequences, " "), textUnknownItem) {
		t.Errorf("%q %s %v", p.About, p.Call, p.Consequences)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.Refresh() // as App does for what is concerned
	w.NotSee("staging", "ci")
	if file := w.madeFile(); strings.Contains(file, "staging") || strings.Contains(file, "ci") {
		t.Errorf("the environment and its key are gone, and noted:\n%s", file)
	}
}

func TestDeleteCreatedKey(t *testing.T) {
	w := asAccount(t)
	number := w.environment("staging")
	w.row(envRow(number)).key("ci")
	made := *w.Screen.(*oneTimePage).item
	w.Leave()
	w.Refresh()
	w.row(made.row()).Do(Delete)
	if a := w.Action(Delete); a.Operation != nango.OpAPIKeyDelete {
		t.Errorf("it sends %s", a.Operation)
	}
	if p := w.Proposal(); p.Call.Name != "ci" || p.About != "ci (API key "+strconv.FormatInt(made.Number, 10)+
		") · of staging (environment 5)" ||
		!strings.Contains(p.Consequences[0], "stops working") {
		t.Errorf("%q %v", p.About, p.Consequences)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.Refresh()
	w.See("staging")
	w.NotSee("ci  ")
}

func TestDeleteByNumber(t *testing.T) {
	w := asAccount(t)
	w.row(otherEnv).Do(Delete)
	w.See("no name to compare")
	w.Type("4")
	w.Do(screen.Submit)
	if p := w.Proposal(); p.About != "environment 4" || p.Call.Name != p.About || p.Consequences[0] != textUnknownItem {
		t.Errorf("%q %v", p.About, p.Consequences)
	}
	w.Decline()
	w.See("> 4")
	w.Leave()
	w.row(otherKey).Do(Delete)
	w.Type("4")
	w.Key(tea.KeyPressMsg{Code: tea.KeyEnter})
	w.Type("77")
	w.Do(screen.Submit)
	p := w.Proposals[len(w.Proposals)-1]
	if p.Call.Name != "API key 77" || p.About != "API key 77 · of environment 4" || p.Consequences[0] != textUnknownItem ||
		string(p.Call.Body) != `{"environment_id":4,"key_id":77}` {
		t.Errorf("%q %v %s", p.About, p.Consequences, p.Call.Body)
	}
	if err := w.Confirm(); err == nil {
		t.Fatal("there is no key 77")
	}
	w.See("404 not_found", "API key not found", "> 77")
}

func TestNumberOfACreatedItemIsNamed(t *testing.T) {
	w := asAccount(t)
	w.environment("staging")
	w.row(otherEnv).Do(Delete)
	w.Type("5")
	w.Do(screen.Submit)
	if p := w.Proposal(); p.About != "staging (environment 5)" || p.Consequences[0] == textUnknownItem {
		t.Errorf("%q %v", p.About, p.Consequences)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.Refresh()
	w.See("ACCOUNT KEY") // the form is left
	w.NotSee("staging")
}

func TestServerWithoutTheOperationsIsExplained(t *testing.T) {
	w := asAccount(t)
	w.server.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: "/environments", Status: 404, ContentType: "text/html",
		Body: "<pre>Cannot POST /environments</pre>"})
	w.Do(NewEnvironment)
	w.Type("staging")
	w.Do(screen.Submit)
	if err := w.Confirm(); err == nil {
		t.Fatal("an old server made an environment")
	}
	w.See("too old for environment.create", "v0.71.5")
}

func TestAccountLooks(t *testing.T) {
	for name, size := range map[string][2]int{"80x24": {80, 19}, "120x40": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := asAccount(t)
			number := w.environment("staging")
			w.environment("load-tests")
			w.row(envRow(number)).key("ci")
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, strings.ReplaceAll(w.View(), w.Profile.Host, "http://127.0.0.1:3003"))
			w.Leave()
			w.Refresh()
			t.Run("page", func(t *testing.T) { golden.RequireEqual(t, w.View()) })
			w.Do(NewEnvironment)
			t.Run("form", func(t *testing.T) { golden.RequireEqual(t, w.View()) })
		})
	}
}

func TestOneTimeScreenFitsEveryTerminal(t *testing.T) {
	w := asAccount(t)
	w.row(envRow(w.environment("staging"))).key("ci")
	w.Do(Reveal)
	for _, size := range [][2]int{{1, 1}, {20, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
	}
}
