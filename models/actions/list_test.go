package actions

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestTheListDescribesActions(t *testing.T) {
	w := newWorld(t).list()
	w.See("3 actions", "create-contact", "Makes a contact.", "✓ on", "✗ off", "ContactInput", "contacts.write")
	w.NotSee("contacts  ") // the sync
	w.Do(OpenAction)
	if got := w.Opened[0].String(); got != "run/crm/create-contact" {
		t.Errorf("opened %s", got)
	}
	w.FitsEverywhere()
}

func TestTheListOfAConnectionRunsActionsOnIt(t *testing.T) {
	w := newWorld(t)
	w.open(NewList(screen.To(ListRoute, crm).With(queryConnection, globex)))
	w.See("runs on " + globex)
	w.Do(OpenAction)
	if got := w.Opened[0].String(); got != "run/crm/create-contact?connection="+globex {
		t.Errorf("opened %s", got)
	}
}

func TestFilterTheList(t *testing.T) {
	for typed, want := range map[string]string{"ping": "ping", "state:off": "old-search", "write": "create-contact",
		"makes": "create-contact"} {
		w := newWorld(t).list()
		w.Do(screen.Filter)
		w.Type(typed)
		w.See("3 actions, 1 shown", want)
	}
	w := newWorld(t).list()
	w.Do(screen.Filter)
	w.Type("nothing of the sort")
	w.See("No action matches the filter.")
	w.Do(screen.FilterDrop)
	w.See("create-contact")
}

func TestAnIntegrationWithoutActions(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "empty", Provider: "slack"}))
	w.open(NewList(screen.To(ListRoute, "empty")))
	w.See("The integration empty has no actions.")
	w.FitsEverywhere()
}

func TestTheListShowsErrors(t *testing.T) {
	w := newWorld(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations", Status: http.StatusForbidden, Times: 1,
		Body: `{"error":{"code":"forbidden","message":"Insufficient scope. Required: environment:functions:list"}}`})
	w.list()
	w.See("Couldn't load the actions", "environment:functions:list", "tries again")
	w.FitsEverywhere()
	w.Do(screen.Refresh)
	w.See("3 actions")
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations", Status: http.StatusNotFound,
		Body: `{"error":{"code":"not_found","message":"gone"}}`})
	w.Do(screen.Refresh)
	w.See("3 actions", "not reloaded", "gone")
}

// A server before v0.70.7 answers an unknown path with its dashboard.
func TestListActionsOfAnOlderServer(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "crm-eu", Provider: "hubspot"}))
	w.must(w.server.AddFunction("crm-eu", sandbox.FunctionSpec{Kind: "action", Name: "of-the-other"}))
	old := func(r string) {
		w.server.Inject(sandbox.Fault{PathPrefix: r, Body: "<!doctype html>", ContentType: "text/html"})
	}
	old("/integrations/crm/functions")
	w.list()
	w.See("4 actions", "create-contact", "of-the-other", "too old to separate integrations of one provider")
	w.NotSee("contacts  ")
	if w.requestCount("GET", "/scripts/config") != 1 {
		t.Error("the older list was not requested")
	}
	old("/integrations/crm-eu/functions")
	w.open(NewList(screen.To(ListRoute, "crm-eu")))
	w.See("4 actions", "of-the-other")
	w.form("create-contact")
	w.See("Takes ContactInput", "Makes a contact.")
	w.FitsEverywhere()
}

func TestInvalidRoutesAreRefused(t *testing.T) {
	for route, want := range map[string]string{
		"actions": "names an integration by its key", "actions/a/b": "names an integration by its key",
		"actions/crm?q=x": `no parameter "q"`, "run/crm": "names an integration and an action",
		"run/crm/": "names an integration and an action", "run//x": "names an integration and an action",
	} {
		r, err := screen.ParseRoute(route)
		if err != nil {
			t.Fatal(err)
		}
		if r.Name == ListRoute {
			_, err = NewList(r)
		} else {
			_, err = NewForm(r, NewHistory())
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", route, err, want)
		}
	}
}

func TestChangesOfFunctionsReloadTheList(t *testing.T) {
	w := newWorld(t).list()
	s := w.Screen.(*List)
	for _, c := range []struct {
		op  nango.Operation
		key string
		is  bool
	}{{nango.OpFunctionDelete, crm, true}, {nango.OpFunctionDelete, "other", false}, {nango.OpDeploymentStart, "", true},
		{nango.OpActionRun, crm, false}} {
		if s.Concerns(nango.Call{Operation: c.op, About: nango.ConnectionRef{Integration: c.key}}) != c.is {
			t.Errorf("%s about %q", c.op, c.key)
		}
	}
}

func TestListGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).list()
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
}

// Nango's compiler names an input of every action: one that takes nothing has a model of type null.
func TestActionWithoutInputShowsNone(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.AddFunction(crm, sandbox.FunctionSpec{Kind: "action", Name: "count-all", Input: "ActionInput_crm_countall",
		Returns: []string{"ActionOutput_crm_countall"}, Output: json.RawMessage("7"),
		Definitions: json.RawMessage(`{"ActionInput_crm_countall":{"type":"null"},"ActionOutput_crm_countall":{}}`)}))
	w.list()
	w.See("count-all")
	w.NotSee("ActionInput_crm")
	w.form("count-all")
	w.See("Takes no input", "returns ActionOutput_crm_countall")
	w.Do(screen.Submit)
	text := strings.Join(w.Proposal().Consequences, "\n")
	if strings.Contains(text, "!") || strings.Contains(text, "ActionInput_crm") {
		t.Errorf("the dialog warns:\n%s", text)
	}
	w.must(w.Confirm())
	if sent := w.sentInput(); sent != "" {
		t.Errorf("sent %s", sent)
	}
}
