package sessions

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// link opens the form that the route names.
func (w *world) link(route string) {
	w.t.Helper()
	r, err := screen.ParseRoute(route)
	if err != nil {
		w.t.Fatal(err)
	}
	s, err := NewLink(r)
	if err != nil {
		w.t.Fatal(err)
	}
	w.open(s)
}

// tab goes to the next field.
func (w *world) tab() { w.Key(tea.KeyPressMsg{Code: tea.KeyTab}) }

// submit makes the link, as the key in any field does.
func (w *world) submit() {
	w.t.Helper()
	w.Do(screen.Submit)
	if err := w.Confirm(); err != nil {
		w.t.Fatal(err)
	}
}

func TestALinkIsMadeUsedAndRevoked(t *testing.T) {
	w := newWorld(t)
	w.add(sandbox.ConnectionSpec{Integration: bearer, ID: "old", Tags: map[string]string{"end_user_id": "usr_9"}})
	w.link("link")
	w.See("all if none is selected", "private-bearer", "acme-dev", "Creates a connect link", "Revokes it when")
	w.Key(tea.KeyPressMsg{Code: tea.KeyDown})
	w.Key(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	w.tab()
	w.Type("usr_9")
	w.tab()
	w.Paste("ops@initech.example")
	w.submit()

	w.See("expires in 30:00, at 12:30", "end_user_email=ops@initech.example end_user_id=usr_9",
		"Sent to your terminal's clipboard (OSC 52)", "not checked yet, next in 3 s")
	w.look()
	w.See("checked once")
	var chosen string
	for _, key := range []string{bearer, hub, model} {
		if strings.Contains(w.View(), "Lets     "+key) {
			chosen = key
		}
	}
	id := w.finishes(chosen)
	token := w.token()
	w.look()
	w.wantToast("arrived: ops@initech.example · " + chosen)
	if w.server.SessionValid(token) {
		t.Error("the link still works")
	}
	w.See("Outcome  ✓ arrived: ops@initech.example", "Link     ✓ revoked: it no longer works")
	w.NotSee("session_token")
	if next := w.watch().Next(w.now); next != 0 {
		t.Errorf("it goes on looking in %v", next)
	}
	w.Do(OpenConnection)
	if got, want := w.Opened[0].String(), screen.To("connection", chosen, id).String(); got != want {
		t.Errorf("opened %s, not %s", got, want)
	}
	w.wantSent("POST /connect/sessions", "DELETE /connect/session")
	w.wantNoSecret()
}

func TestTheFormIsFilledInByItsRoute(t *testing.T) {
	w := newWorld(t)
	w.link("link?integration=" + hub + "," + model + "&tag.end_user_id=usr_812&tag.org=globex&tag.Plan=team")
	w.Height = 60
	w.See("usr_812", "org=globex", "plan=team")
	w.submit()
	w.See("Lets     hubspot-prod, openai-prod", "Tags     end_user_id=usr_812 org=globex plan=team")
}

func TestARouteThatCannotFillTheForm(t *testing.T) {
	for _, query := range []string{"token=abc", "tag.a=b&tag.a=c", "tag.a=" + url.QueryEscape("b\nc=d"),
		"tag.a=" + url.QueryEscape("\x1b]0;x\a")} {
		r, err := screen.ParseRoute("link?" + query)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewLink(r); err == nil {
			t.Errorf("taken: %s", query)
		}
	}
}

func TestAnIntegrationOfTheRouteThatIsNotThere(t *testing.T) {
	w := newWorld(t)
	w.link("link?integration=" + hub + ",nope&tag.end_user_id=u")
	w.See("There is no integration nope; it is not selected")
	w.submit()
	w.See("Lets     hubspot-prod")
}

func TestNothingIsSentForNobody(t *testing.T) {
	w := newWorld(t)
	w.link("link")
	w.Do(screen.Submit)
	if len(w.Proposals) > 0 {
		t.Fatal("a link for nobody was proposed")
	}
	w.See("say who the link is for")
	w.wantSent()
}

func TestItIsCheckedAsOneTypes(t *testing.T) {
	w := newWorld(t)
	w.link("link")
	w.tab()
	w.tab()
	w.Type("ops")
	w.See("must be an e-mail address")
	w.Type("@initech.example")
	w.NotSee("must be an e-mail address")
	w.wantSent()
}

func TestTheServerRefusesATag(t *testing.T) {
	w := newWorld(t)
	w.link("link?tag.end_user_id=usr_1&tag.end_user_email=ops@initech.example&tag.plan=team")
	w.server.Inject(sandbox.Fault{
		Method: http.MethodPost, PathPrefix: "/connect/sessions", Status: 400, Times: 1,
		Body: `{"error":{"code":"invalid_body","errors":[{"code":"custom","message":"Invalid email","path":["tags",` +
			`"end_user_email"]},{"code":"custom","message":"No such plan","path":["tags","plan"]}]}}`,
	})
	w.Do(screen.Submit)
	if err := w.Confirm(); err == nil {
		t.Fatal("the fault did not show")
	}
	w.Height = 70
	w.See("tags.end_user_email: Invalid email", "tags.plan: No such plan", "usr_1", "ops@initech.example", "plan=team")
	if got := w.Screen.(*LinkForm).Fields.Focused(); got != nango.TagUserEmail {
		t.Errorf("the focus is on %s", got)
	}
	w.submit() // the fault is gone, and what was typed is still there
	w.See("end_user_email=ops@initech.example end_user_id=usr_1 plan=team")
}

func TestTheServerRefusesTheWholeLink(t *testing.T) {
	w := newWorld(t)
	w.link("link?tag.end_user_id=usr_1")
	w.server.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: "/connect/sessions", Status: 400, Times: 1,
		Body: `{"error":{"code":"resource_capped","message":"Reached maximum number of connections"}}`})
	w.Do(screen.Submit)
	_ = w.Confirm() // it is the fault that was injected
	w.See("Reached maximum number of connections")
}

func TestALinkThatIsDeclined(t *testing.T) {
	w := newWorld(t)
	w.link("link?tag.end_user_id=usr_1")
	w.Do(screen.Submit)
	w.Decline()
	w.See("none is selected")
	w.wantSent()
	w.submit()
	w.See("expires in")
}

func TestNothingArrives(t *testing.T) {
	w := newWorld(t)
	w.add(sandbox.ConnectionSpec{Integration: bearer, ID: "before", Tags: map[string]string{"end_user_id": "usr_1"}})
	w.link("link?tag.end_user_id=usr_1&tag.end_user_display_name=Initech")
	w.submit()
	w.add(sandbox.ConnectionSpec{Integration: bearer, ID: "other", Tags: map[string]string{"end_user_id": "usr_2"}, Created: w.now})
	w.lookUntilOver()
	w.wantToast("the link for Initech has expired; no connection was made")
	w.See("! expired", "! no connection was made")
	w.wantSent("POST /connect/sessions")
}

func TestTheCustomerRefuses(t *testing.T) {
	w := newWorld(t)
	w.link("link?integration=" + model + "&tag.end_user_id=usr_1")
	w.submit()
	if _, err := w.customer("", map[string]string{"apiKey": "bad key"}); err == nil {
		t.Fatal("the provider took a bad key")
	}
	w.look()
	w.look()
	if len(w.Toasts) > 0 {
		t.Errorf("said %q", w.Toasts)
	}
	w.finishes("")
	w.look()
	w.wantToast("arrived: usr_1 · openai-prod")
}

// Another connection of the same customer that arrives for another integration is not what the link was for.
func TestOnlyTheLinksIntegrationsCount(t *testing.T) {
	w := newWorld(t)
	w.link("link?integration=" + model + "&tag.end_user_id=usr_1")
	w.submit()
	w.add(sandbox.ConnectionSpec{Integration: hub, ID: "other", Tags: map[string]string{"end_user_id": "usr_1"}, Created: w.now})
	w.look()
	if len(w.Toasts) > 0 {
		t.Errorf("said %q", w.Toasts)
	}
}

func TestWhatWasThereCannotBeRead(t *testing.T) {
	w := newWorld(t)
	w.add(sandbox.ConnectionSpec{Integration: bearer, ID: "before", Tags: map[string]string{"end_user_id": "usr_1"},
		Created: w.now.Add(-time.Minute)})
	w.link("link?tag.end_user_id=usr_1")
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/connections", Status: 500,
		Body: `{"error":{"code":"server_error"}}`, Times: 1})
	w.submit()
	w.look()
	if len(w.Toasts) > 0 {
		t.Fatalf("said %q", w.Toasts)
	}
	w.finishes(hub)
	w.look()
	w.wantToast("arrived: usr_1 · hubspot-prod")
}

// The page waits for the read of what was there: until then nobody has the link.
func TestThePageComesWhenBothAnswersAreThere(t *testing.T) {
	w := newWorld(t)
	w.link("link?tag.end_user_id=usr_1")
	w.HoldReads = true
	w.submit()
	if len(w.Copied) > 0 {
		t.Fatal("the link is out, and what was there before is not known")
	}
	w.See("Creating link")
	w.Deliver()
	w.See("expires in 30:00")
}

func TestTheIntegrationsCannotBeListed(t *testing.T) {
	w := newWorld(t)
	w.add(sandbox.ConnectionSpec{Integration: hub, ID: "a"})
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/integrations", Status: 500,
		Body: `{"error":{"code":"server_error","message":"no such provider"}}`})
	w.link("link?tag.end_user_id=usr_1")
	w.See("Couldn't load integrations. These are the ones that", "hubspot-prod")
	w.NotSee("openai-prod")
	w.submit()
	w.See("Lets     all integrations")
}

func TestEscEndsASearchBeforeItLeaves(t *testing.T) {
	w := newWorld(t)
	w.link("link")
	w.Type("/open")
	w.Do(screen.LeaveForm)
	if w.Left {
		t.Fatal("the form is gone")
	}
	w.Do(screen.LeaveForm)
	if !w.Left {
		t.Error("the form is still there")
	}
}

func TestEnterInTheLastFieldMakesTheLink(t *testing.T) {
	w := newWorld(t)
	w.link("link?tag.end_user_id=usr_1")
	for _, action := range w.Screen.Actions() {
		if action.ID == screen.SubmitLast {
			t.Fatal("enter would send from the first field")
		}
	}
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	w.Do(screen.SubmitLast)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("expires in")
}

func TestEverythingThatIsTypedIsSent(t *testing.T) {
	w := newWorld(t)
	if err := w.server.AddIntegration(sandbox.IntegrationSpec{Key: "chat", Provider: "slack"}); err != nil {
		t.Fatal(err)
	}
	w.link("link?tag.organization_id=org_7&integration=chat," + hub)
	w.Height = 80
	w.tab() // end user
	for range 5 {
		w.tab() // to the tags
	}
	w.Type("plan=team")
	w.tab()
	w.Type("hubspot-prod=crm.read,crm.write")
	w.tab()
	w.Type("chat=chat:write")
	w.tab()
	w.Paste(`{"hubspot-prod":{"portal":9007199254740993}}`)
	w.tab()
	w.Type("https://hooks.example.com/x")
	w.submit()
	id := w.finishes(hub)
	is := w.is(nango.ConnectionRef{Integration: hub, ID: id})
	sameValue(t, is.Config, `{"portal":9007199254740993,"oauth_scopes_override":"crm.read,crm.write"}`)
	if is.WebhookURL != "https://hooks.example.com/x" || is.Tags["plan"] != "team" || is.Tags["organization_id"] != "org_7" {
		t.Errorf("the connection has %q and %v", is.WebhookURL, is.Tags)
	}
}

func TestTheFormFitsEveryTerminal(t *testing.T) {
	w := newWorld(t)
	w.link("link?tag.end_user_id=usr_1")
	for _, size := range [][2]int{{20, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
	}
	w.Width, w.Height = 80, 19
	w.submit()
	for _, size := range [][2]int{{20, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
	}
	w.Width, w.Height = 20, 5
	w.See("too small")
}

func TestTheLinkAsAQRCode(t *testing.T) {
	w := newWorld(t)
	w.link("link?tag.end_user_id=usr_1")
	w.submit()
	w.Do(ShowQR)
	w.See("too small for the QR code", "more.")
	w.Fits()
	w.Width, w.Height = 120, 35
	w.See("█▀▀▀▀▀█")
	w.Fits()
	w.NotSee("nango_connect_session_")
	w.Do(CopyLink)
	w.wantNoSecret()
	w.pass(sessionLife)
	w.See("no longer works, so its code is not shown")
	w.NotSee("█▀▀▀▀▀█")
}

// The link is on its page alone: not on the form beneath, nor anywhere that masks.
func TestTheLinkIsDrawnOnItsPageAlone(t *testing.T) {
	w := newWorld(t)
	w.link("link?tag.end_user_id=usr_1")
	w.submit()
	token := w.token()
	if !strings.Contains(strings.ReplaceAll(w.View(), "\n", ""), token) {
		t.Fatalf("the page does not show it:\n%s", w.View())
	}
	if page := w.Screen.(*Page); strings.Contains(page.Title()+page.facts[0].text+page.wait.Title(), token) {
		t.Error("it is in a title")
	}
	w.wantNoSecret()
	w.Do(Revoke)
	for _, p := range w.Proposals {
		if strings.Contains(p.Title+p.About+strings.Join(p.Consequences, ""), token) {
			t.Error("it is in the dialog")
		}
	}
}

func TestASecretInTheConfigIsNamed(t *testing.T) {
	w := newWorld(t)
	w.link("link?tag.end_user_id=usr_1")
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	w.Paste(`{"hubspot-prod":{"client_secret":"hush-hush","portal":7}}`)
	w.See("Lets anyone who has it read", "hubspot-prod.client_secret.")
}
