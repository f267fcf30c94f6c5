package providers

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestProvidersAreSortedByNameWithCounts(t *testing.T) {
	w := newWorld(t).open(list(t))
	w.See("70 providers", "PROVIDER", "AUTH", "HERE", "airtable")
	w.Do(screen.Filter)
	w.Type("hubspot !mcp")
	w.See("1 shown")
	if line := w.SeeLine("hubspot   "); !strings.Contains(line, "OAUTH2") || !strings.Contains(line, "2") ||
		!strings.Contains(line, "HubSpot") {
		t.Errorf("the row is %q", line)
	}
	if n := w.asked("/providers"); n != 1 {
		t.Errorf("the catalog was read %d times", n)
	}
}

func TestFilterWhileTyping(t *testing.T) {
	for filter, want := range map[string]struct{ seen, not string }{
		"auth:oauth2":                {"hubspot", "3cx"},
		"auth:oauth2 !mcp":           {"airtable", "auth0-cc"}, // a whole mode is meant as such
		"auth:oauth2_":               {"auth0-cc", "airtable"},
		"category:crm":               {"hubspot", "airtable"},
		"category:crm !category:pop": {"hubspot-mcp", "hubspot "},
		"here:yes":                   {"slack", "airtable"},
		"!here:yes":                  {"airtable", "slack "},
		"netsuite tba":               {"netsuite-tba", "hubspot"},
	} {
		w := newWorld(t).open(list(t))
		w.Height = 100
		w.Do(screen.Filter)
		w.Type(filter)
		w.Do(screen.FilterDone)
		w.See(want.seen)
		table := strings.SplitN(w.View(), "\n", 3)[2]
		if strings.Contains(table, want.not) {
			t.Errorf("%s lets %s pass:\n%s", filter, want.not, table)
		}
	}
}

func TestAFilterCanComeWithTheRoute(t *testing.T) {
	s, err := NewList(screen.To("providers").With("q", "hubspot !mcp"))
	if err != nil {
		t.Fatal(err)
	}
	newWorld(t).open(s).See("70 providers, 1 shown")
	if _, err := NewList(screen.To("providers").With("category", "crm")); err == nil {
		t.Error("a route that nobody reads was taken")
	}
}

func TestWhatCanBeDoneWithAProvider(t *testing.T) {
	w := newWorld(t).open(list(t))
	w.Do(screen.Filter)
	w.Type("hubspot")
	w.Do(screen.FilterDone)
	for _, id := range []screen.ActionID{Open, Make, Integrations, Copy, Docs} {
		w.Do(id)
	}
	var opened []string
	for _, r := range w.Opened {
		opened = append(opened, r.String())
	}
	if got := fmt.Sprint(opened); got != "[provider/hubspot new-integration/hubspot integrations?q=provider%3Ahubspot]" {
		t.Errorf("opened %s", got)
	}
	if w.Copied[0].Text != "hubspot" || !strings.HasPrefix(w.Browsed[0], "https://") {
		t.Errorf("copied %v, browsed %v", w.Copied, w.Browsed)
	}
	if len(w.Proposals) > 0 {
		t.Error("something was proposed")
	}
}

func TestProvidersAreLoadedAgainOnlyOnRequest(t *testing.T) {
	w := newWorld(t).open(list(t))
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "air", Provider: "airtable"}))
	if !w.Screen.Concerns(nango.Call{Operation: nango.OpIntegrationCreate}) || w.Screen.Concerns(nango.Call{Operation: nango.OpMetadataSet}) {
		t.Error("the list is concerned by others than integrations")
	}
	w.Refresh() // as after a write that concerns the list
	if n := w.asked("/providers"); n != 1 {
		t.Errorf("the catalog was read %d times", n)
	}
	if line := w.SeeLine("airtable"); !strings.Contains(line, "1") {
		t.Errorf("the new integration is not counted: %q", line)
	}
	w.Do(screen.Refresh)
	if n := w.asked("/providers"); n != 2 {
		t.Errorf("the catalog was read %d times", n)
	}
}

func TestFailedLoadShowsWhy(t *testing.T) {
	w := newWorld(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/providers", Status: http.StatusInternalServerError,
		Body: `{"error":{"code":"server_error"}}`, Times: 1})
	w.open(list(t))
	w.See("Couldn't load the providers", "500", "‹screen.refresh› tries again")
	w.Do(screen.Refresh)
	w.See("70 providers")
	w.server.Inject(sandbox.Fault{PathPrefix: "/providers", Status: http.StatusInternalServerError,
		Body: `{"error":{"code":"server_error"}}`, Times: 1})
	w.Do(screen.Refresh)
	w.See("Couldn't refresh", "airtable")
}

func TestEmptyCatalog(t *testing.T) {
	w := &world{t: t, server: sandbox.New(sandbox.Options{RateLimit: -1})}
	w.must(w.server.LoadProviders(strings.NewReader("[]")))
	w.open(list(t))
	w.See("is empty", "providers.yaml")
	for _, id := range []screen.ActionID{Open, Make, Copy} {
		if w.Action(id).Disabled == "" {
			t.Errorf("%s can be done with nothing", id)
		}
	}
}

func TestKeyWithoutIntegrationsScopeSeesProviders(t *testing.T) {
	w := newWorld(t)
	w.server.AddKey("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "environment:connections:list")
	w.openWith("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", list(t))
	w.See("70 providers", "airtable", "Couldn't load the integrations", "environment:integrations:list")
	if line := w.SeeLine("airtable"); !strings.Contains(line, "?") {
		t.Errorf("the row is %q", line)
	}
}

func TestMouseSelectsProviders(t *testing.T) {
	w := newWorld(t).open(list(t))
	w.View()
	w.Send(tea.MouseClickMsg{X: 5, Y: 4})
	first := w.Screen.(*List).Table.Cursor().name
	w.Send(tea.MouseClickMsg{X: 5, Y: 1}) // sorts by the name
	w.Send(tea.MouseClickMsg{X: 5, Y: 1}) // the other way round
	w.View()
	if w.Screen.(*List).Table.Cursor().name != first {
		t.Error("the cursor left its provider")
	}
	w.Do(screen.Top)
	if got := w.Screen.(*List).Table.Cursor().name; got < "w" {
		t.Errorf("the last one is %s", got)
	}
}

const hostileProviders = `[
	{"name":"evil","display_name":"Red \u001b[31mAlert\u001b[0m \u202eback\nline","auth_mode":"NEW\u0007MODE",` +
	`"categories":["\u001b]0;owned\u0007","crm"],"docs":"javascript:alert(1)",
	 "proxy":{"base_url":"https://\u001b[2Jx"},"default_scopes":["a\u009b31m"],
	 "connection_config":{"bad\u001b[1m":{"title":"T\u202e","description":"D\nE\u0000","example":"\u001b[5m","enum":["\u0007"]}},
	 "credentials":{"k":{"title":7}}},
	{"name":"fine","display_name":"Fine","auth_mode":"API_KEY","categories":[],"docs":"https://nango.dev/docs"},
	{"name":"fine","display_name":"Fine again","auth_mode":"API_KEY","categories":[],"docs":""}
]`

func TestHostileNamesAreSanitized(t *testing.T) {
	w := &world{t: t, server: sandbox.New(sandbox.Options{RateLimit: -1})}
	handler := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "application/json")
		switch {
		case r.URL.Path == "/providers":
			fmt.Fprintf(rw, `{"data":%s}`, hostileProviders)
		case strings.HasSuffix(r.URL.Path, "/templates"):
			fmt.Fprint(rw, `{"data":[{"name":"\u001b[31mx","type":"sy\u0007nc","description":"a\u202eb","returns":["\u0000"],"runs":"\u001b"}]}`)
		case r.URL.Path == "/integrations":
			fmt.Fprint(rw, `{"data":[{"unique_key":"k\u001b[31m","provider":"evil","display_name":"\u202en"}]}`)
		default:
			var all []json.RawMessage
			if err := json.Unmarshal([]byte(hostileProviders), &all); err != nil {
				t.Error(err)
			}
			fmt.Fprintf(rw, `{"data":%s}`, all[0])
		}
	})
	for _, s := range []screen.Screen{list(t), detail("evil")} {
		w.Stage = stageOf(t, handler, s)
		w.Width, w.Height = 120, 60
		w.See("evil", "Alert")
		w.NoControls()
		w.FitsEverywhere()
		if reason := w.Action(Docs).Disabled; reason == "" {
			t.Error("an address that is no web page can be opened")
		}
	}
}

func TestTheListFitsEveryTerminal(t *testing.T) {
	w := newWorld(t).open(list(t))
	w.FitsEverywhere()
	w.Do(screen.Filter)
	w.Type("zzzz")
	w.Width, w.Height = 80, 19
	w.See("No provider matches", "‹filter.drop› shows all again")
	w.FitsEverywhere()
}

func TestListLooks(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}, "60x10": {60, 10}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).open(list(t))
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("typing80x19", func(t *testing.T) {
		w := newWorld(t).open(list(t))
		w.Do(screen.Filter)
		w.Type("category:crm auth:oauth2")
		golden.RequireEqual(t, w.View())
	})
}

// wholeCatalogue is Nango's own, as a running server answered it.
func wholeCatalogue(t testing.TB) []nango.Provider {
	t.Helper()
	raw, err := os.ReadFile("../../../shared/nango/providers.json")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no recorded catalog beside the checkout")
	}
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Data []nango.Provider }
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	return all.Data
}

func TestEveryProviderOfTheRealCatalogIsDrawn(t *testing.T) {
	for _, p := range wholeCatalogue(t) {
		if _, known := modeRequirements[p.AuthMode]; !known {
			t.Errorf("%s has the auth mode %s, of which nothing is said", p.Name, p.AuthMode)
		}
	}
}

// BenchmarkFilter is a key typed into the filter over the real catalog.
func BenchmarkFilter(b *testing.B) {
	s, err := NewList(screen.To("providers"))
	if err != nil {
		b.Fatal(err)
	}
	s.all.Value = rowsOf(wholeCatalogue(b))
	s.fill()
	b.ReportAllocs()
	for b.Loop() {
		s.List.Filter.SetValue("category:crm sales")
		s.List.ApplyFilter()
	}
}
