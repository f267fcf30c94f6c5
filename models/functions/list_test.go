package functions

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestListTheFunctionsOfAnIntegration(t *testing.T) {
	w := newWorld(t).list()
	w.Width = 120
	w.See("5 functions", "‖ 1 off", "contacts", "Contact, Company", "every hour", "41 d", "post-connection-creation", "CLI",
		"code", "template")
	if view := w.View(); strings.Index(view, "contacts") > strings.Index(view, "whoami") {
		t.Error("an action is above a sync")
	}
	for _, call := range w.Fetched {
		if call.Effect != nango.Reads {
			t.Errorf("%s is not only a read", call.Operation)
		}
	}
	w.FitsEverywhere()
}

func TestFilterByTypeStateSourceAndModel(t *testing.T) {
	for filter, want := range map[string]string{
		"type:on-event": "hello", "state:off": "notes", "source:code": "notes", "model:company": "contacts", "who": "whoami",
		"company": "contacts",
	} {
		w := newWorld(t).list()
		w.Do(screen.Filter)
		w.Type(filter)
		w.See("1 shown", want)
	}
	w := newWorld(t).open(NewList(screen.To(ListRoute, "hubspot").With("q", "nothing-like-it")))
	w.See("No function matches the filter", "shows all again")
}

func TestAllPagesAreLoaded(t *testing.T) {
	w := newWorld(t)
	for i := range 230 {
		w.must(w.server.AddFunction("hubspot", sandbox.FunctionSpec{Kind: "action", Name: fmt.Sprintf("made-%03d", i)}))
	}
	w.list()
	w.See("235 functions")
	if n := w.requestCount("/integrations/hubspot/functions"); n != 3 {
		t.Errorf("%d pages were loaded", n)
	}
}

func TestRowsStayDuringAndAfterAFailedReload(t *testing.T) {
	w := newWorld(t).list()
	w.moveTo(nango.ActionFunction, "whoami")
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations", Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"Insufficient scope. Required: environment:functions:list"}}`, Times: 1})
	w.Do(screen.Refresh)
	w.See("not reloaded", "environment:functions:list", "contacts")
	w.HoldReads = true
	w.Do(screen.Refresh)
	w.See("contacts")
	w.DeliverAll()
	w.NotSee("not reloaded")
	if w.Screen.(*List).Table.Cursor().key.name != "whoami" {
		t.Error("the cursor moved")
	}
}

func TestTheListShowsRowsNoRowsOrAnError(t *testing.T) {
	w := newWorld(t).open(NewList(screen.To(ListRoute, "hubspot-eu")))
	w.See("hubspot-eu has no functions", "‹functions.templates›", "‹functions.file›")
	w.FitsEverywhere()
	w = newWorld(t).open(NewList(screen.To(ListRoute, "no-such")))
	w.See("Couldn't load the", "404", "tries again")
	for _, bad := range []screen.Route{screen.To(ListRoute), screen.To(ListRoute, "a", "b"), screen.To(ListRoute, ""),
		screen.To(ListRoute, "a").With("x", "1")} {
		if _, err := NewList(bad); err == nil {
			t.Errorf("%s is a location", bad)
		}
	}
}

func TestListFunctionsOfAnOlderServer(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.AddFunction("hubspot-eu", sandbox.FunctionSpec{Kind: "action", Name: "only-eu"}))
	w.removeFunctionList()
	w.open(NewList(screen.To(ListRoute, "hubspot-eu")))
	w.Width = 130
	w.See("older than Nango v0.70.7", "of all integrations of hubspot together", "only-eu", "contacts", "1.0.0")
	w.NotSee("hello")
	w.FitsEverywhere()
}

func TestAFailingOlderServerShowsAnError(t *testing.T) {
	w := newWorld(t)
	w.removeFunctionList()
	w.server.Inject(sandbox.Fault{PathPrefix: "/scripts/config", Status: 500,
		Body: `{"error":{"code":"server_error","message":"down"}}`, Times: 3})
	w.list()
	w.See("Couldn't load the", "down", "tries again")
}

func TestOpenPageUseAndCodeFromTheList(t *testing.T) {
	w := newWorld(t).list()
	w.moveTo(nango.SyncFunction, "notes")
	w.Do(Open)
	w.Do(OpenSyncs)
	if w.Action(Use).Disabled == "" {
		t.Error("a sync can be run without a connection")
	}
	w.moveTo(nango.ActionFunction, "whoami")
	w.Do(Use)
	w.Do(Copy)
	w.moveTo(nango.OnEventFunction, "hello")
	if w.Action(Use).Disabled == "" || w.Action(OpenSyncs).Disabled == "" {
		t.Error("an on-event function can be run, or has syncs")
	}
	want := "function/hubspot/notes?type=sync syncs/hubspot run/hubspot/whoami"
	if got := w.Opened[0].String() + " " + w.Opened[1].String() + " " + w.Opened[2].String(); got != want {
		t.Errorf("opened %s, want %s", got, want)
	}
	if w.Copied[0].Text != "whoami" {
		t.Errorf("copied %+v", w.Copied)
	}
	w.Do(Source)
	w.See("createOnEvent")
}

func TestTheDeleteDialogSaysWhatIsLost(t *testing.T) {
	w := newWorld(t).list()
	w.moveTo(nango.SyncFunction, "notes")
	w.Do(Delete)
	p := w.Proposal()
	if text := strings.Join(p.Consequences, "\n"); !strings.Contains(text, "on 2 connections") || !strings.Contains(text, "(Note)") {
		t.Errorf("the dialog says %s", text)
	}
	if p.Call.Effect != nango.Destroys || p.Call.RequestURI() != "/integrations/hubspot/functions/notes?type=sync" {
		t.Errorf("proposed %s, which %s", p.Call, p.Call.Effect)
	}
	w.Decline()
	w.See("5 functions")
	w.Do(Delete)
	w.must(w.Confirm())
	w.See("4 functions", "action")
	if w.Screen.Concerns(p.Call) != true {
		t.Error("the list is not reloaded")
	}
}

func TestOnlyDeletableFunctionsCanBeDeleted(t *testing.T) {
	w := newWorld(t).list()
	w.moveTo(nango.SyncFunction, "contacts")
	if !strings.Contains(w.Action(Delete).Disabled, "repository") {
		t.Errorf("a function of a repository can be deleted: %q", w.Action(Delete).Disabled)
	}
	w.moveTo(nango.OnEventFunction, "hello")
	if w.Action(Delete).Disabled == "" {
		t.Error("an on-event function can be deleted")
	}
	w.moveTo(nango.ActionFunction, "notes")
	w.Do(Delete)
	if n := w.requestCount("/connections"); n != 0 {
		t.Error("connections are counted for an action")
	}
}

func TestAClickMovesTheCursor(t *testing.T) {
	w := newWorld(t).list()
	w.View()
	w.Send(tea.MouseClickMsg{X: 5, Y: 4})
	if got := w.Screen.(*List).Table.Position(); got != 2 {
		t.Errorf("the cursor is on row %d", got)
	}
}

// hostileTexts are texts that would control a terminal.
const hostileTexts = "a\x1b]0;t\x07\u202e\n\t\x00é"

func TestHostileFunctionsAreSanitized(t *testing.T) {
	w := newWorld(t)
	text, _ := json.Marshal(map[string]any{hostileTexts: map[string]any{"type": "object",
		"properties": map[string]any{hostileTexts: map[string]any{"type": hostileTexts}}}})
	w.must(w.server.AddFunction("hubspot-eu", sandbox.FunctionSpec{Kind: "sync", Name: "s", Description: hostileTexts,
		Scopes: []string{hostileTexts}, Returns: []string{hostileTexts}, Input: hostileTexts, Definitions: text, Runs: hostileTexts,
		Code: hostileTexts, Source: hostileTexts}))
	w.open(NewList(screen.To(ListRoute, "hubspot-eu")))
	w.NoControls()
	w.FitsEverywhere()
	w.open(NewDetail(routeTo("hubspot-eu", nango.SyncFunction, "s")))
	w.Height = 40
	w.NoControls()
	w.FitsEverywhere()
	w.Do(Source)
	w.NoControls()
	w.FitsEverywhere()
}

func TestListGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}, "60x10": {60, 10}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).list()
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
}
