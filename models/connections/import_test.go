package connections

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
	"nango-tui/ui/form"
)

// importing opens the form, or the choice, that a route names.
func (w *world) importing(route string) *world {
	w.t.Helper()
	return w.importingWith(w.server.Keys().Environment, route)
}

func (w *world) importingWith(key, route string) *world {
	w.t.Helper()
	r, err := screen.ParseRoute(route)
	w.must(err)
	s, err := NewImport(r)
	w.must(err)
	w.hold(key, s).start()
	w.View()
	return w
}

// types fills in fields of the form.
func (w *world) types(values form.Values) *world {
	w.t.Helper()
	form := w.Screen.(*ImportForm).Fields
	for field, text := range values {
		form.Focus(field)
		form.Set(field, text)
	}
	w.leavesTo(fieldWebhook)
	return w
}

// leavesTo goes on to another field by the keys, as a user does.
func (w *world) leavesTo(field string) {
	w.t.Helper()
	form := w.Screen.(*ImportForm).Fields
	form.Focus(fieldConnectionID)
	for range 40 {
		if form.Focused() == field {
			w.View()
			return
		}
		w.Key(tea.KeyPressMsg{Code: tea.KeyTab})
	}
	w.t.Fatalf("there is no field %s", field)
}

func (w *world) values() form.Values { return w.Screen.(*ImportForm).Fields.Values() }

// flat is what the screen shows as one line, without the bar of the focus.
func (w *world) flat() string {
	return strings.Join(strings.Fields(strings.NewReplacer("▌", "", "▐", "").Replace(w.View())), " ")
}

// submits sends the form and says yes.
func (w *world) submits() error {
	w.t.Helper()
	w.Do(screen.Submit)
	return w.Confirm()
}

// opened is the route that was gone to last.
func (w *world) opened() string {
	w.t.Helper()
	if len(w.Opened) == 0 {
		w.t.Fatalf("nothing was opened:\n%s", w.View())
	}
	return w.Opened[len(w.Opened)-1].String()
}

// integrationLoaded is a world with an integration of a provider, and the form for it.
func integrated(t *testing.T, provider string) *world {
	t.Helper()
	w := acme(t)
	if provider != "hubspot" && provider != "slack" {
		w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: provider, Provider: provider}))
	}
	return w.importing("import?integration=" + provider)
}

func TestTheIntegrationIsChosenFirst(t *testing.T) {
	w := acme(t).importing("import?id=c-1")
	w.See("Integration", "hubspot", "slack")
	w.Type("/sla")
	w.Key(tea.KeyPressMsg{Code: tea.KeyEnter})
	w.Do(screen.Submit)
	if got := w.opened(); got != "import?id=c-1&integration=slack" {
		t.Errorf("opened %s", got)
	}
}

func TestEscEndsTheSearchBeforeTheChoice(t *testing.T) {
	w := acme(t).importing("import")
	w.Type("/sla")
	w.Do(screen.LeaveForm)
	if w.Left {
		t.Fatal("the screen is left while one searches")
	}
	w.Do(screen.LeaveForm)
	if !w.Left {
		t.Error("the screen is not left")
	}
}

func TestNothingToChooseFrom(t *testing.T) {
	w := bigWorld(t, 0).importing("import")
	w.See("There are no integrations in this environment.")
	w = acme(t)
	w.importingWith(w.server.Keys().Account, "import").See("Couldn't load integrations", "403", "‹screen.refresh› tries again")
}

func TestAConnectionIsImported(t *testing.T) {
	w := integrated(t, "hubspot")
	w.See("hubspot · HubSpot · OAUTH2", "Nango generates its id", "Access token (required)", "Refresh token")
	w.NotSee("Refresh token (required)")
	w.types(form.Values{
		fieldConnectionID: "globex/2", "credentials.access_token": "at-123456789", "credentials.refresh_token": "rt-123456789",
		"credentials.expires_at": "2026-04-01T12:00:00+02:00", fieldTags: "Plan=gold\nend_user_email=ops@globex.io",
		fieldMetadata: `{"seats": 9007199254740993}`, fieldWebhook: "https://hooks.example.com/x",
		fieldConfig: `{"portal":"eu","oauth_scopes_override":["a","b"]}`,
	})
	w.See("no connection has this id")
	w.NotSee("at-123456789", "rt-123456789")
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Title != "Import connection" || p.Call.Effect != nango.Writes || p.Call.About != refOf("hubspot", "globex/2") || p.Before != p.After {
		t.Errorf("proposed %+v", p)
	}
	w.must(w.Confirm())
	if got := w.opened(); got != "connection/hubspot/globex%2F2" {
		t.Errorf("opened %s", got)
	}
	got := w.stored(refOf("hubspot", "globex/2"))
	if !maps.Equal(got.Tags, map[string]string{"plan": "gold", "end_user_email": "ops@globex.io"}) ||
		got.WebhookURL != "https://hooks.example.com/x" {
		t.Errorf("there is %+v", got)
	}
	for _, want := range []struct{ in, part string }{
		{string(got.Metadata), `9007199254740993`}, {string(got.Config), `"portal"`}, {string(got.Config), `oauth_scopes_override`},
		{string(got.Credentials), `at-123456789`}, {string(got.Credentials), `2026-04-01T10:00:00.000Z`},
	} {
		if !strings.Contains(want.in, want.part) {
			t.Errorf("%s is not in %s", want.part, want.in)
		}
	}
}

func TestWhatIsTypedIsChecked(t *testing.T) {
	for _, c := range []struct {
		provider string
		typed    form.Values
		want     string
	}{
		{"hubspot", nil, "required"},
		{"hubspot", form.Values{fieldConnectionID: "weird<>#?"}, "refuses it everywhere else"},
		{"hubspot", form.Values{fieldConnectionID: ".."}, "can't be used in a path"},
		{"hubspot", form.Values{fieldConnectionID: strings.Repeat("x", 256)}, "longer than 255"},
		{"hubspot", form.Values{"credentials.access_token": "t", "credentials.expires_at": "tomorrow"}, "use the format 2026-03-01T12:00:00Z"},
		{"hubspot", form.Values{"credentials.access_token": "t", "credentials.expires_at": "1795357740"}, "13 digits"},
		{"hubspot", form.Values{"credentials.access_token": "t", "credentials.client_id": strings.Repeat("x", 256)}, "the maximum is 255"},
		{"hubspot", form.Values{"credentials.access_token": "t", fieldConfig: `{"oauth_scopes_override":"a,b"}`}, "must be an array here"},
		{"hubspot", form.Values{"credentials.access_token": "t", fieldConfig: `[]`}, "must be a JSON object"},
		{"hubspot", form.Values{"credentials.access_token": "t", fieldMetadata: `{"a"`}, "not valid JSON"},
		{"hubspot", form.Values{"credentials.access_token": "t", fieldMetadata: `{"api_key":"••••••••"}`}, "the dots don't stand for a secret"},
		{"hubspot", form.Values{"credentials.access_token": "t", fieldTags: "1x=y"}, "must start with a letter"},
		{"hubspot", form.Values{"credentials.access_token": "t", fieldWebhook: "hooks.example.com"}, "must be a URL"},
		{"algolia", form.Values{"credentials.apiKey": "k"}, "required"},
		{"algolia", form.Values{"credentials.apiKey": "k", "connection_config.APP_ID": "ABCDEFGHI1", fieldConfig: `{"APP_ID":"Y"}`},
			"has its own field above"},
		{"trello", form.Values{"credentials.oauth_token": "t"}, "required"},
	} {
		w := integrated(t, c.provider).types(c.typed)
		w.Do(screen.Submit)
		if len(w.Proposals) > 0 {
			t.Errorf("%v is proposed", c.typed)
		}
		if view := w.flat(); !strings.Contains(view, c.want) {
			t.Errorf("%v: %q is not said:\n%s", c.typed, c.want, w.View())
		}
	}
	if n := integrated(t, "hubspot").sent(http.MethodPost); n > 0 {
		t.Errorf("%d were sent", n)
	}
}

// Nango doesn't check a provider's patterns at an import, and the example of some providers doesn't match its own.
func TestAnotherFormatIsAWarning(t *testing.T) {
	w := acme(t)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/providers/hubspot", Status: 200,
		Body: `{"data":{"name":"hubspot","auth_mode":"OAUTH2","credentials":{"access_token":{"title":"Key","pattern":"^k+$"}},
		"connection_config":{"site":{"title":"Site","pattern":"^\\d+$","example":"-99"},` +
			`"shop":{"title":"Shop","pattern":"^\\w+$","example":"acme"}}}}`})
	w.importing("import?integration=hubspot").types(form.Values{
		fieldConnectionID: "new", "credentials.access_token": "kk", "connection_config.site": "-99", "connection_config.shop": "x",
	})
	w.leavesTo("connection_config.shop")
	w.See("Such as acme")
	w.leavesTo("connection_config.site")
	w.See("! the provider expects another format. Nango doesn't check it")
	w.NotSee("Such as")
	w.Do(screen.Submit)
	want := "Site has another format than the provider expects. Nango doesn't check it."
	said := w.Proposal().Consequences
	w.must(w.Confirm())
	if len(said) == 0 || said[0] != want || strings.Contains(strings.Join(said, ""), "Shop") {
		t.Errorf("%q", said)
	}
}

func TestAKeyOfTheConfigMayBeTypedAsJSON(t *testing.T) {
	w := integrated(t, "algolia").types(form.Values{"credentials.apiKey": "goodkey1", fieldConnectionID: "a1",
		fieldConfig: `{"APP_ID":"ABCDEFGHI1"}`})
	w.must(w.submits())
	if got := w.stored(refOf("algolia", "a1")).Config; !strings.Contains(string(got), "ABCDEFGHI1") {
		t.Errorf("the config is %s", got)
	}
}

func TestARefusalBringsTheFormBack(t *testing.T) {
	for answer, want := range map[string]string{
		`{"error":{"code":"connection_test_failed","message":"The given credentials were found to be invalid."}}`: "connection_test_failed",
		`{"error":{"code":"resource_capped","message":"Reached maximum number of connections"}}`:                  "resource_capped",
		`{"error":{"code":"invalid_body","errors":[{"code":"too_big","message":"Too long by far","path":["credentials",` +
			`"access_token"]}]}}`: "Too long by far",
		`{"error":{"code":"invalid_body","errors":[{"code":"custom","message":"Not your secret","path":["credentials",` +
			`"config_override","client_secret"]}]}}`: "Not your secret",
		`{"error":{"code":"invalid_body","errors":[{"code":"custom","message":"Private address",` +
			`"path":["webhook_url_override"]}]}}`: "Private address",
		`{"error":{"code":"invalid_body","errors":[{"code":"custom","message":"No such portal","path":["connection_config",` +
			`"portal"]}]}}`: "No such portal",
		`{"error":{"code":"invalid_body","errors":[{"code":"custom","message":"Tag is reserved","path":["tags","plan"]},` +
			`{"code":"x","message":"b","path":["foo"]}]}}`: "Tag is reserved",
	} {
		w := integrated(t, "hubspot").types(form.Values{"credentials.access_token": "typed-token", fieldTags: "plan=gold"})
		w.server.Inject(sandbox.Fault{Method: http.MethodPost, Status: 400, Times: 1, Body: answer})
		w.Do(screen.Submit)
		w.Decline()
		if w.submits() == nil {
			t.Fatal("the server took it")
		}
		if view := w.flat(); !strings.Contains(view, want) {
			t.Errorf("%q is not said:\n%s", want, w.View())
		}
		if v := w.values(); v["credentials.access_token"] != "typed-token" || v[fieldTags] != "plan=gold" {
			t.Errorf("the form holds %v", v)
		}
		w.must(w.submits())
	}
}

func TestWhatTheServerFindsAtTheProvider(t *testing.T) {
	w := integrated(t, "algolia").types(form.Values{"credentials.apiKey": "badkey", "connection_config.APP_ID": "ABCDEFGHI1"})
	if w.submits() == nil {
		t.Fatal("the server took it")
	}
	w.See("connection_test_failed")
	w.types(form.Values{"credentials.apiKey": "goodkey"})
	w.must(w.submits())
}

func TestNothingIsTypedWhileItIsSent(t *testing.T) {
	w := integrated(t, "hubspot").types(form.Values{"credentials.access_token": "typed-token"})
	w.Do(screen.Submit)
	w.See("Sending…")
	w.Type("x")
	if w.values()[fieldWebhook] != "" || w.Action(screen.Submit).Disabled == "" {
		t.Error("the form still takes keys")
	}
	w.Decline()
	w.Type("x")
	if w.values()[fieldWebhook] != "x" {
		t.Error("the form takes no keys any more")
	}
}

func TestAnIDOfAnotherPathIsSaid(t *testing.T) {
	w := integrated(t, "unauthenticated").types(form.Values{fieldConnectionID: "metadata"})
	w.Do(screen.Submit)
	if p := w.Proposal(); !strings.Contains(p.Consequences[0], "can't be changed later") {
		t.Errorf("what goes: %v", p.Consequences)
	}
}

func TestTheImportIsReachedFromTheList(t *testing.T) {
	for route, want := range map[string]string{"connections": "import", "connections?integration=slack": "import?integration=slack"} {
		w := acme(t).open(list(t, route))
		w.Do(ImportConnection)
		if got := w.opened(); got != want {
			t.Errorf("%s leads to %s", route, got)
		}
	}
}

func TestRoutesThatImportNothing(t *testing.T) {
	for _, route := range []string{"import/hubspot", "import?key=hubspot"} {
		r, err := screen.ParseRoute(route)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewImport(r); err == nil {
			t.Errorf("%s is taken for an import", route)
		}
	}
	acme(t).importing("import?integration=nowhere").See("Couldn't load the integration nowhere", "‹screen.refresh› tries again")
}

func TestAProviderThatIsGone(t *testing.T) {
	w := acme(t)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/providers", Status: 404, Times: 1,
		Body: `{"error":{"code":"not_found","message":"Unknown provider"}}`})
	w.importing("import?integration=hubspot").See("Couldn't load the provider hubspot")
	w.Do(screen.Refresh)
	w.See("Access token")
}

func TestStrangersTextInTheForm(t *testing.T) {
	w := acme(t)
	w.add(sandbox.ConnectionSpec{
		Integration: "hubspot", ID: "evil", Tags: map[string]string{"end_user_display_name": "\x1b[31mRed\x1b]0;owned\x07", "rtl": "a\u202eb"},
		Metadata: json.RawMessage(`{"a":"\u001b[2J","b":"` + "\u202e" + `c"}`),
	})
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/providers/hubspot", Status: 200,
		Body: `{"data":{"name":"hubspot","display_name":"\u001b[31mHub\u202e","auth_mode":"OAUTH2",
		"credentials":{"access_token":{"title":"\u001b]0;owned\u0007","description":"two\nlines"}},
		"connection_config":{"\u001b[2J":{"title":"\u001b[2J","pattern":"(?=x)","enum":["\u001b[1m","b"]},` +
			`"x":{"pattern":"(((","default_value":"\u202e"}}}}`})
	w.importing("import?integration=hubspot").types(form.Values{fieldConnectionID: "evil", "credentials.access_token": "t"})
	form := w.Screen.(*ImportForm).Fields
	for range 12 {
		form.Next()
		for _, size := range [][2]int{{20, 5}, {60, 10}, {80, 19}, {120, 35}} {
			w.Width, w.Height = size[0], size[1]
			w.Fits()
		}
		if raw := w.Raw(); strings.Contains(raw, "\x1b]") || strings.Contains(raw, "\x1b[2J") || strings.Contains(raw, "\x1b[31m") ||
			strings.ContainsAny(raw, "\x07\u202e") {
			t.Fatalf("it acts on the terminal: %q", raw)
		}
	}
}

func TestTheImportAsDrawn(t *testing.T) {
	for name, size := range map[string][2]int{"80x24": {80, 19}, "120x40": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := over(t)
			w.leavesTo("credentials.refresh_token")
			w.Width, w.Height = size[0], size[1]
			w.Fits()
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("choice", func(t *testing.T) {
		w := acme(t).importing("import")
		golden.RequireEqual(t, w.View())
	})
	t.Run("new", func(t *testing.T) {
		w := integrated(t, "algolia")
		golden.RequireEqual(t, w.View())
	})
	t.Run("impossible", func(t *testing.T) {
		w := integrated(t, "tableau")
		golden.RequireEqual(t, w.View())
	})
}

func TestTheImportFitsEveryTerminal(t *testing.T) {
	w := over(t)
	for _, size := range [][2]int{{20, 5}, {40, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
	}
	w.Paste(strings.Repeat("x", 2<<20))
	w.Fits()
}
