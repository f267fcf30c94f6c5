package functions

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

// moveToRow moves the cursor to a row of the page.
func (w *world) moveToRow(row string) {
	w.t.Helper()
	w.View()
	if !w.Screen.(*Detail).Rows.Select(row) {
		w.t.Fatalf("the page has no row %q:\n%s", row, w.View())
	}
}

func TestThePageShowsTheFunction(t *testing.T) {
	w := newWorld(t).detail(nango.SyncFunction, "contacts")
	w.Width, w.Height = ui.WideFields-1, 40
	w.See("SYNC", "contacts", "Contacts with their company.", "✓ on", "every hour", "automatically for new connections", "crm.read",
		"id string · email string or null? · labels string list? · company Company? · stage enum?", "name string?",
		"a repository, deployed with the CLI", "41 d ago")
	w.FitsEverywhere()
	w = newWorld(t).detail(nango.ActionFunction, "notes")
	w.Height = 40
	w.See("ACTION", "‖ off", "NoteInput", "text string", "a template of the provider")
	w.NotSee("Starts")
	w = newWorld(t).detail(nango.OnEventFunction, "hello")
	w.Height = 40
	w.See("ON-EVENT", "post-connection-creation", "No input or output models")
}

func TestRequestsNameTheType(t *testing.T) {
	w := newWorld(t).open(NewDetail(screen.To(DetailRoute, "hubspot", "notes")))
	w.See("ACTION")
	w.Do(Source)
	w.See("createAction")
	if call := w.Fetched[len(w.Fetched)-1]; call.RequestURI() != "/integrations/hubspot/functions/notes/code?type=action" {
		t.Errorf("requested %s", call)
	}
}

func TestModelsSchemaAndResponseOpenAsJSON(t *testing.T) {
	w := newWorld(t).detail(nango.SyncFunction, "contacts")
	for row, want := range map[string]string{modelRow + "Company": `"name"`, schemaRow: `"definitions"`, rawRow: `"json_schema"`} {
		w.moveToRow(row)
		w.Do(OpenRow)
		w.Height = 60
		w.See(want)
		w.FitsEverywhere()
		w.Do(screen.JSONSearch)
		if !w.Screen.Typing() {
			t.Error("the search doesn't open")
		}
		w.Do(screen.FilterDrop)
		w.Leave()
	}
	w.Do(ShowAll)
	w.See(`"json_schema"`)
	w.Leave()
	w.moveToRow(nameRow)
	if w.Action(OpenRow).Disabled == "" {
		t.Error("the name can be opened")
	}
	w.Do(CopyRow)
	w.moveToRow(modelRow + "Company")
	w.Do(CopyRow)
	if w.Copied[0].Text != "contacts" || w.Copied[1].Text != "Company" {
		t.Errorf("copied %v", w.Copied)
	}
}

func TestOpenPagesFromAFunction(t *testing.T) {
	w := newWorld(t).detail(nango.ActionFunction, "whoami")
	w.Do(Use)
	w.Do(All)
	if w.Opened[0].String() != "run/hubspot/whoami" || w.Opened[1].String() != "functions/hubspot" {
		t.Errorf("opened %v", w.Opened)
	}
	w.moveToRow(codeRow)
	w.Do(OpenRow)
	w.See("// Who am I?")
}

func TestAMissingFunctionShowsAnError(t *testing.T) {
	newWorld(t).detail(nango.SyncFunction, "whoami").See("Couldn't load the", "404", "tries again")
	w := newWorld(t).detail(nango.SyncFunction, "no-such")
	if w.Action(Delete).Disabled == "" || w.Action(Source).Disabled == "" {
		t.Error("an action without a function is enabled")
	}
	for _, bad := range []screen.Route{screen.To(DetailRoute, "hubspot"), screen.To(DetailRoute, "hubspot", "a b"),
		routeTo("hubspot", "what", "a")} {
		if _, err := NewDetail(bad); err == nil {
			t.Errorf("%s is a location", bad)
		}
	}
}

func TestLoadAFunctionFromAnOlderServer(t *testing.T) {
	w := newWorld(t)
	w.removeFunctionList()
	w.detail(nango.SyncFunction, "contacts")
	w.Height = 40
	w.See("SYNC", "older than Nango v0.70.7", "1.0.0", "Contact")
	w = newWorld(t)
	w.removeFunctionList()
	w.detail(nango.OnEventFunction, "hello").See("Couldn't load the", "not found in the functions")
}

func TestDeleteFromThePageClosesIt(t *testing.T) {
	w := newWorld(t).detail(nango.ActionFunction, "notes")
	w.Do(Delete)
	w.must(w.Confirm())
	if !w.Left {
		t.Error("the page stays after the deletion")
	}
	if w.server.Requests()[len(w.server.Requests())-1].Method != "DELETE" {
		t.Error("it was not deleted")
	}
	if newWorld(t).detail(nango.SyncFunction, "contacts").Action(Delete).Disabled == "" {
		t.Error("a function of a repository can be deleted")
	}
}

func TestSearchAndCopySourceCode(t *testing.T) {
	w := newWorld(t).open(newSource("hubspot", nango.ActionFunction, "whoami"), nil)
	w.See("1 import { createAction } from 'nango';", "3 // Who am I?", "line 1 of 10")
	w.NotSee("dozjgNryP4J3jVmNHl0w5N")
	w.Do(CodeSearch)
	w.Type("RETRIES")
	w.See("1 of 1", "line 8 of 10")
	w.Do(screen.FilterDone)
	w.Do(CodeCopyLine)
	w.Do(CodeCopy)
	if !strings.Contains(w.Copied[0].Text, "retries: 3") || !strings.Contains(w.Copied[1].Text, "export default") ||
		strings.Contains(w.Copied[1].Text, "dozjgNry") {
		t.Errorf("copied %+v", w.Copied)
	}
	w.Send(tea.MouseClickMsg{X: 9, Y: 2})
	w.See("line 3 of 10")
	w.Do(screen.Refresh)
	w.See("line 3 of 10")
	w.FitsEverywhere()
}

func TestMissingSourceCodeShowsAnError(t *testing.T) {
	newWorld(t).open(newSource("hubspot", nango.SyncFunction, "whoami"), nil).See("Couldn't load the", "404", "tries again")
	w := newWorld(t).open(newSource("hubspot", nango.ActionFunction, "whoami"), nil)
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations", Status: 500,
		Body: `{"error":{"code":"server_error","message":"down"}}`, Times: 3})
	w.Do(screen.Refresh)
	w.See("not reloaded", "down", "Who am I?")
	w.FitsEverywhere()
}

func TestShowMegabytesOfCode(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.AddFunction("hubspot", sandbox.FunctionSpec{Kind: "action", Name: "big",
		Code: strings.Repeat("const a = 1; // one\n", 100_000)}))
	w.open(newSource("hubspot", nango.ActionFunction, "big"), nil)
	w.See("line 1 of 100,000")
	w.Do(screen.Bottom)
	w.See("line 100,000 of 100,000")
}

func TestPageGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).detail(nango.SyncFunction, "contacts")
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("source80x19", func(t *testing.T) {
		golden.RequireEqual(t, newWorld(t).open(newSource("hubspot", nango.ActionFunction, "whoami"), nil).View())
	})
}

func TestTheFieldsOfAModelAreLimited(t *testing.T) {
	var fields []string
	for i := range 100 {
		fields = append(fields, fmt.Sprintf(`"f%d":{"type":"string"}`, i))
	}
	some, all := propertiesOf([]byte(`{"properties":{` + strings.Join(fields, ",") + `}}`))
	if len(some) != maxProperties || all != 100 {
		t.Errorf("%d of %d", len(some), all)
	}
	for _, odd := range []string{``, `null`, `[]`, `{"properties":[]}`, `{"properties":{"a"}}`, `{"properties":{"a":1}}`,
		`{"properties":{"a":{"type":7}}}`, `{"properties":{"a":{"type":"array","items":` + strings.Repeat(`{"type":"array","items":`,
			5000) + `1` + strings.Repeat(`}`, 5000) + `}}}`} {
		propertiesOf([]byte(odd)) // A hostile schema is shown, nothing more.
	}
}
