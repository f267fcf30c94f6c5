package integrations

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// to puts the cursor on a row of the page.
func (w *world) to(row string) {
	w.t.Helper()
	w.View()
	if !w.Screen.(*Detail).Rows.Select(row) {
		w.t.Fatalf("the page has no row %q:\n%s", row, w.View())
	}
}

func TestIntegrationScreenShowsEverything(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	w.Height = 35
	w.SeeLine("Key", "hubspot")
	w.SeeLine("Provider", "hubspot · HubSpot")
	w.SeeLine("Auth mode", "OAUTH2")
	w.SeeLine("Forwarded", "yes")
	w.SeeLine("Docs", "https://")
	w.SeeLine("Created", "41 d ago, 2026-01-19 12:00")
	w.See("Updated", "APP CREDENTIALS", "client_id", "client_secret")
	w.SeeLine("CONNECTIONS", "3", "✗ 1 broken")
	w.SeeLine("✗ auth error", "Initech", "conn-1")
	w.SeeLine("✓ ok", "3 h ago", "Globex", "conn-0")
	if n := len(w.Fetched); n != 3 {
		t.Errorf("%d requests were needed: %v", n, w.Fetched)
	}
	for _, call := range w.Fetched {
		if call.Effect != nango.Reads {
			t.Errorf("%s is no mere read", call.Operation)
		}
	}
}

func TestSectionsFillInAsTheyLoad(t *testing.T) {
	w := small(t).hold(detail("hubspot"))
	w.See("Loading integration")
	w.Deliver()
	w.SeeLine("Provider", "hubspot")
	w.SeeLine("Auth mode", "…")
	w.SeeLine("CONNECTIONS", "counting …")
	w.DeliverAll()
	w.SeeLine("Auth mode", "OAUTH2")
	w.SeeLine("CONNECTIONS", "3")
}

func TestBrokenConnectionsAreFirst(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	w.Height = 35
	broken, fine := strings.Index(w.View(), "conn-1"), strings.Index(w.View(), "conn-0")
	if broken < 0 || broken > fine {
		t.Fatalf("a broken connection stands behind a fine one:\n%s", w.View())
	}
}

func TestLatestFailureIsFirst(t *testing.T) {
	failed := func(id, log string) nango.Connection {
		return nango.Connection{ID: id, Errors: []nango.ConnectionError{{Type: "auth", LogID: log}}}
	}
	got := summaryOf([]nango.Connection{
		{ID: "fine"}, failed("unknown", "x"), failed("older", "1795357740251_a"), failed("newer", "1795357749251_b"), {ID: "fine too"},
	})
	var ids []string
	for _, m := range got.items {
		ids = append(ids, m.id)
	}
	if want := []string{"newer", "older", "unknown", "fine", "fine too"}; !slices.Equal(ids, want) {
		t.Errorf("the order is %q, want %q", ids, want)
	}
}

func TestAConnectionOpensFromThere(t *testing.T) {
	w := small(t)
	w.connection("hubspot", "team/eu alpha", "Hooli")
	w.open(detail("hubspot"))
	w.to(connectionRow + "team/eu alpha")
	w.Do(OpenRow)
	if got := w.Opened[0].String(); got != "connection/hubspot/team%2Feu%20alpha" {
		t.Errorf("opened %s", got)
	}
	w.Do(CopyRow)
	if got := w.Copied[0]; got.Text != "team/eu alpha" || got.Secret {
		t.Errorf("copied %+v", got)
	}
}

func TestCopiedJSONHoldsNoSecret(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	id, secret := w.secret("hubspot", "client_id"), w.secret("hubspot", "client_secret")
	w.Do(CopyJSON)
	got := w.Copied[0].Text
	if strings.Contains(got, id) || strings.Contains(got, secret) || !json.Valid([]byte(got)) {
		t.Errorf("copied %s", got)
	}
	if !strings.Contains(got, `"unique_key": "hubspot"`) {
		t.Errorf("the integration is not in what was copied: %s", got)
	}
}

func TestTheRequestIsCopiedAsCurl(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("status page", "unauthenticated")
	w.open(detail("status page"))
	w.Do(CopyCurl)
	got := w.Copied[0].Text
	if !strings.Contains(got, w.Profile.Host+"/integrations/status%20page?include=webhook&include=credentials") ||
		!strings.Contains(got, "$NANGO_API_KEY") {
		t.Errorf("copied %s", got)
	}
}

func TestRowsAreCopiedByName(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	w.Height = 35
	w.to(keyRow)
	w.Do(CopyRow)
	w.to(docsRow)
	w.Do(CopyRow)
	w.Do(OpenRow)
	w.Do(Docs)
	if w.Copied[0].Text != "hubspot" || w.Copied[0].What != "integration key" || !strings.HasPrefix(w.Copied[1].Text, "https://") {
		t.Errorf("copied %+v", w.Copied)
	}
	if want := []string{w.Copied[1].Text, w.Copied[1].Text}; !slices.Equal(w.Browsed, want) {
		t.Errorf("the browser went to %q", w.Browsed)
	}
	w.to(providerRow)
	if w.Action(OpenRow).Disabled == "" || w.Action(Reveal).Disabled == "" {
		t.Error("a row that leads nowhere can be opened or revealed")
	}
}

func TestAClickPutsTheCursorOnARow(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	w.Height = 35
	for y, line := range strings.Split(w.View(), "\n") {
		if strings.Contains(line, "conn-1") {
			w.Send(tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft})
		}
	}
	w.Do(CopyRow)
	if got := w.Copied[0].Text; got != "conn-1" {
		t.Errorf("copied %q", got)
	}
}

func TestManyConnectionsAreAtLeast(t *testing.T) {
	w := newWorld(t, 0)
	w.integration("hubspot", "hubspot")
	for i := range summaryRead + 20 {
		w.connection("hubspot", "c"+strings.Repeat("x", i+1), "Globex")
	}
	w.fail("hubspot", "cx")
	w.open(detail("hubspot"))
	w.Height = 35
	w.See("at least 100", "integration.connections› lists all")
	if got := strings.Count(w.View(), "✓ ok"); got != summaryShown {
		t.Errorf("%d connections are shown", got)
	}
}

func TestAnIntegrationWithoutConnectionsOffersALink(t *testing.T) {
	w := small(t).open(detail("slack-eu"))
	w.Height = 35
	w.See("None yet. ‹integration.link› creates a link for a customer.")
	w.Do(NewLink)
	if got := w.Opened[0].String(); got != "link?integration=slack-eu" {
		t.Errorf("opened %s", got)
	}
}

func TestWhatCannotBeReadIsSaidInItsPlace(t *testing.T) {
	w := small(t)
	for _, path := range []string{"/connections", "/providers"} {
		w.server.Inject(sandbox.Fault{PathPrefix: path, Times: 1, Status: http.StatusForbidden,
			Body: `{"error":{"code":"forbidden","message":"not you"}}`})
	}
	w.open(detail("hubspot"))
	w.Width, w.Height = 120, 35
	w.SeeLine("Auth mode", "unknown", "403")
	w.SeeLine("✗ couldn't load", "connections.list", "403")
	w.See("client_secret")
	if w.Action(Docs).Disabled == "" {
		t.Error("docs that are not known can be opened")
	}
	w.Refresh()
	w.NotSee("403 ") // with the space: the port of the server may contain the number
}

func TestAnIntegrationThatIsNotThereSaysSo(t *testing.T) {
	w := small(t).open(detail("no-such-key"))
	w.See("✗ Couldn't load the integration no-such-key", "404", "tries again")
	for _, id := range []screen.ActionID{OpenRow, CopyRow, Reveal, CopyJSON} {
		if w.Action(id).Disabled == "" {
			t.Errorf("%s can be done with an integration that is not there", id)
		}
	}
}

func TestTheIntegrationStaysWhenARefreshFails(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	w.gone()
	w.Refresh()
	w.See("✗ couldn't refresh", "500", "HubSpot")
}

func TestDeletingItGoesBack(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	w.Do(Delete)
	if goes := w.Proposal().Consequences[0]; !strings.HasPrefix(goes, "Permanently deletes 3 connections") {
		t.Errorf("the dialog says %q", goes)
	}
	w.Decline()
	if w.Left {
		t.Fatal("a no left the screen")
	}
	w.Do(Delete)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	if !w.Left {
		t.Error("the screen of a deleted integration is still there")
	}
}

func TestADeletionThatFailsStays(t *testing.T) {
	w := small(t).open(detail("hubspot"))
	w.Do(Delete)
	w.server.Inject(sandbox.Fault{Method: http.MethodDelete, Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"no"}}`})
	if w.Confirm() == nil {
		t.Fatal("the deletion did not fail")
	}
	if w.Left {
		t.Error("the screen was left though the integration is there")
	}
}

func TestOnlyItsOwnChangesConcernIt(t *testing.T) {
	s := detail("hubspot")
	own := nango.Call{Operation: nango.OpConnectionDelete, About: nango.ConnectionRef{Integration: "hubspot", ID: "x"}}
	other := own
	other.About.Integration = "slack"
	if !s.Concerns(own) || s.Concerns(other) {
		t.Error("it is concerned by others, or not by its own")
	}
}

func TestHostileNamesAreSanitized(t *testing.T) {
	w := newWorld(t, 0)
	if err := w.server.AddIntegration(sandbox.IntegrationSpec{Key: "hub", Provider: "hubspot",
		Name: "Red \x1b[31mAlert\x1b[0m \u202eback\nline"}); err != nil {
		t.Fatal(err)
	}
	w.connection("hub", "c1", "\x1b]0;owned\x07Bell")
	for _, s := range []screen.Screen{list(), detail("hub")} {
		w.open(s)
		w.Width, w.Height = 120, 35
		if raw := w.Raw(); strings.ContainsAny(raw, "\x1b\x07\u202e") {
			t.Fatalf("a stranger's text reached the screen: %q", raw)
		}
		w.Fits()
	}
}

func TestItFitsEveryTerminal(t *testing.T) {
	for _, key := range []string{"hubspot", "github-app", "status page", "no-such-key"} {
		w := busy(t).open(detail(key))
		for _, size := range [][2]int{{120, 35}, {80, 19}, {60, 10}, {20, 5}} {
			w.Width, w.Height = size[0], size[1]
			w.Fits()
			w.Do(screen.Bottom)
			w.Fits()
		}
	}
}

// portless is the view with the same port in every run: the webhook URL has that of the server.
func (w *world) portless() string {
	return regexp.MustCompile(`127\.0\.0\.1:\d{5}`).ReplaceAllString(w.View(), "127.0.0.1:30000")
}

func TestDetailLooks(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := busy(t).open(detail("hubspot"))
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.portless())
		})
	}
	t.Run("bottom80x19", func(t *testing.T) {
		w := busy(t).open(detail("hubspot"))
		w.View()
		w.Do(screen.Bottom)
		golden.RequireEqual(t, w.portless())
	})
}
