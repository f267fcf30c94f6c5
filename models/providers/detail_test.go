package providers

import (
	"net/http"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

// to puts the cursor on a row of the page.
func (w *world) to(row string) {
	w.t.Helper()
	w.View()
	if !w.Screen.(*Detail).Rows.Select(row) {
		w.t.Fatalf("the page has no row %q:\n%s", row, w.View())
	}
}

func TestProviderScreenShowsEverything(t *testing.T) {
	w := newWorld(t).open(detail("hubspot"))
	w.Width, w.Height = ui.WideFields-1, 60
	w.See("Provider", "hubspot", "HubSpot", "OAUTH2", "marketing, support, crm", "https://api.hubapi.com", "received by Nango",
		"hubspot-eu", "client id, client secret and scopes", "The customer signs in", "2 syncs · 1 action")
	w.See("contacts", "sync · every day · returns Contact, Company · needs crm.objects.contacts.read", "Fetch a list of contacts")
	if view := w.View(); strings.Index(view, "every 1h") > strings.Index(view, "Fetch the current user") {
		t.Error("an action stands before a sync")
	}
	for _, call := range w.Fetched {
		if call.Effect != nango.Reads {
			t.Errorf("%s is no mere read", call.Operation)
		}
	}
}

func TestWhatAConnectionNeedsIsListed(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.LoadProviders(strings.NewReader(`[{"name":"hubspot","auth_mode":"X"},{"name":"slack","auth_mode":"X"},
		{"name":"acme","display_name":"Acme","auth_mode":"API_KEY","docs":"https://x.example","categories":["crm"],
		"credentials":{"apiKey":{"title":"API key","description":"From your settings","example":"ak_1","pattern":"^ak_","secret":true}},
		"connection_config":{
			"domain":{"title":"Domain","order":2,"format":"hostname","prefix":"https://","suffix":".acme.com","optional":true},
			"region":{"title":"Region","order":1,"enum":["eu","us"],"default_value":"eu"},
			"instance":{"title":"Instance","automated":true},
			"version":{"title":"","hidden":true,"default_value":"v1"}}}]`)))
	w.open(detail("acme"))
	w.Height = 60
	w.See("apiKey", "API key · required, credential, secret", "From your settings", "e.g. ak_1 · pattern ^ak_")
	w.See("Domain · optional", "sent as https://….acme.com · format hostname", "one of eu, us · default eu", "Set by Nango: instance")
	w.NotSee("version")
	if view := w.View(); strings.Index(view, "Region") > strings.Index(view, "Domain") {
		t.Error("the fields are not in their order")
	}
	w.to(fieldRow + "connection_config region")
	w.Do(CopyRow)
	if w.Copied[0].Text != "region" {
		t.Errorf("copied %+v", w.Copied[0])
	}
}

func TestUnknownAuthMode(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.LoadProviders(strings.NewReader(`[{"name":"hubspot","auth_mode":"QUANTUM"},{"name":"slack","auth_mode":"X"}]`)))
	w.open(detail("hubspot"))
	w.Height = 40
	w.See("QUANTUM", "doesn't know the auth mode")
}

func TestRowsOpen(t *testing.T) {
	w := newWorld(t).open(detail("hubspot"))
	w.to(integrationRow + "hubspot-eu")
	w.Do(OpenRow)
	w.Do(CopyRow)
	w.to(docsRow)
	w.Do(OpenRow)
	w.Do(Docs)
	w.Do(Make)
	w.Do(Integrations)
	if w.Opened[0].String() != "integration/hubspot-eu" || w.Opened[1].String() != "new-integration/hubspot" ||
		w.Opened[2].String() != "integrations?q=provider%3Ahubspot" {
		t.Errorf("opened %v", w.Opened)
	}
	if w.Copied[0].Text != "hubspot-eu" || len(w.Browsed) != 2 || w.Browsed[0] != w.Browsed[1] {
		t.Errorf("copied %v, browsed %v", w.Copied, w.Browsed)
	}
	w.to(nameRow)
	if w.Action(OpenRow).Disabled == "" {
		t.Error("the name leads somewhere")
	}
	w.Do(CopyRow)
	w.to(templateRow + "sync whoami")
	w.Do(CopyRow)
	if w.Copied[1].Text != "hubspot" || w.Copied[2].Text != "whoami" {
		t.Errorf("copied %v", w.Copied)
	}
	w.Do(screen.Top)
	w.View()
	w.Send(tea.MouseClickMsg{X: 3, Y: 5})
	if w.Screen.(*Detail).Rows.Selected() == nameRow {
		t.Error("a click does not move the cursor")
	}
}

func TestAProviderThatIsNotThereSaysSo(t *testing.T) {
	w := newWorld(t).open(detail("no-such"))
	w.See("Couldn't load the provider no-such", "404", "tries again")
	if w.Action(Make).Disabled == "" {
		t.Error("an integration can be made of nothing")
	}
	newWorld(t).open(detail("../evil")).See("Couldn't load", "Nango refuses")
	newWorld(t).open(NewDetail(screen.To("provider"))).See("the provider name is")
}

func TestPartsThatFailSaySoAndAreTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/providers/hubspot/templates", Status: 200, Body: "<html>", ContentType: "text/html", Times: 1})
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations", Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"Insufficient scope. Required: environment:integrations:list"}}`, Times: 1})
	w.open(detail("hubspot"))
	w.Height = 60
	w.See("couldn't load:", "added in v0.70.7", "environment:integrations:list")
	w.Do(screen.Refresh)
	w.See("2 syncs · 1 action", "hubspot-eu")
}

func TestProviderWithoutIntegrationsSaysWhatToDo(t *testing.T) {
	w := newWorld(t).open(detail("algolia"))
	w.Height = 60
	w.See("None yet. ‹provider.make› creates one", "Nango has no templates")
}

func TestItFitsEveryTerminal(t *testing.T) {
	for _, name := range []string{"hubspot", "aws-sigv4", "netsuite-tba", "no-such"} {
		newWorld(t).open(detail(name)).FitsEverywhere()
	}
}

func TestDetailLooks(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).open(detail("hubspot"))
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("config120x35", func(t *testing.T) {
		w := newWorld(t).open(detail("private-api-generic"))
		w.Width, w.Height = 120, 35
		golden.RequireEqual(t, w.View())
	})
}
