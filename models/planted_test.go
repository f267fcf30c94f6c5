package models

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/actions"
	"nango-tui/models/environment"
	"nango-tui/models/functions"
	"nango-tui/models/proxy"
	"nango-tui/models/records"
	"nango-tui/models/screen"
	"nango-tui/models/syncs"
	"nango-tui/nango/sandbox"
)

// object is a JSON object of a test.
type object = map[string]any

// plants has the server say the text wherever functions, syncs, records, runs and providers can have one, be it a name. Under
// keys is whether it stands in the place of keys as well.
func plants(server *sandbox.Server, text string, keys bool) {
	word, often := "field", "every hour" // which a form begins with
	if keys {
		word, often = text, text
	}
	model := object{"type": "object", "title": text, "description": text, "properties": object{
		word: object{
			"type":        "string",
			"title":       text,
			"description": text,
			"default":     text,
			"enum":        []string{text, "b"},
			"pattern":     text,
		}, "n": object{"const": text},
	}}
	function := func(kind string) object {
		return object{
			"id": 1, "name": word, "type": kind, "description": text, "scopes": []string{text}, "input": "In",
			"returns": []string{word}, "runs": text, "event": text, "enabled": true,
			"source": text, "version": text, "json_schema": object{"definitions": object{"In": model, word: model}},
		}
	}
	stamp := "2026-03-01T12:00:00.000Z"
	record := object{
		"id":              word,
		word:              text,
		"api_key":         text,
		"list":            []any{text, object{word: text}},
		"nested":          object{word: object{word: text}},
		"_nango_metadata": object{"first_seen_at": stamp, "last_modified_at": stamp, "last_action": "ADDED", "cursor": word},
	}
	sync := object{
		"id":                    "s1",
		"connection_id":         id,
		"name":                  word,
		"variant":               word,
		"type":                  text,
		"status":                "ERROR",
		"frequency":             often,
		"latestExecutionStatus": text,
		"latestResult":          object{word: object{"added": 1}},
		"recordCount":           object{word: 1, "Contact": 2},
		"checkpoint":            object{word: text},
	}
	failure := object{"code": text, "message": "a.ts(1,1): " + text, "payload": object{word: text}}
	for _, plant := range []struct {
		method, path string
		body         any
	}{
		{"GET", "/records", object{"records": []any{record}, "next_cursor": nil}},
		{"GET", "/sync/status", object{"syncs": []any{sync}}},
		{"GET", "/integrations/" + key + "/functions/" + walkAction + "/code",
			object{"type": "action", "code": "// " + text + "\nconst a = '" + text + "'"}},
		{"GET", "/integrations/" + key + "/functions/" + walkAction, object{"data": function("action")}},
		{"GET", "/integrations/" + key + "/functions", object{"data": []any{function("action"), function("sync"), function("on-event")},
			"pagination": object{"total": 3}}},
		{"POST", "/functions/compile", object{"error": failure}},
		{"POST", "/functions/dryruns", object{"id": "d1", "status": "failed", "output": text, "error": failure, "result": object{word: text}}},
		{"GET", "/functions/dryruns", object{"id": "d1", "status": "failed", "output": text, "error": failure, "result": object{word: text}}},
		{"POST", "/action/trigger", object{word: text, "list": []string{text}}},
	} {
		body, _ := json.Marshal(plant.body) // a value of texts cannot fail
		fault := sandbox.Fault{Method: plant.method, PathPrefix: plant.path, Body: string(body)}
		if _, failed := plant.body.(object)["error"]; failed && plant.path == "/functions/compile" {
			fault.Status = 400
		}
		server.Inject(fault)
	}
}

// planted goes to what stands behind the places at which the text was planted.
func (tr *tour) planted(text string, keys bool) {
	tr.server.ClearFaults()
	plants(tr.server, text, keys)
	tr.everywhere(
		screen.To("functions", key),
		screen.To("syncs", key, id),
		screen.To("syncs", key),
		screen.To("all-syncs"),
		screen.To("actions", key).With("connection", id),
	)
	tr.goes(screen.To("records", key, id).With("model", "Contact"), records.OpenRecord)
	tr.goes(screen.To("records", key, id).With("model", "Contact"), records.Expression, `.. | strings`)
	tr.goes(screen.To("records", key, id).With("model", "Contact"), records.Expression, `error(tojson)`)
	tr.goes(screen.To("records", key, id).With("model", "Contact"), records.Export, "l") // ~/Contact.jsonl
	tr.goes(screen.To("syncs", key, id), syncs.Open)
	tr.goes(screen.To("function", key, walkAction), functions.Source)
	tr.goes(screen.To("function", key, walkAction), functions.ShowAll)
	tr.files.Put("a.ts", "// "+text)
	tr.goes(screen.To("functions", key), functions.LocalFile, "a.ts")
	tr.goesOn("compiled", functions.RunOpen)
	tr.ran(text)
	tr.proxied(text, keys)
}

// goes goes to a place, does an action of it, and types a text.
func (tr *tour) goes(route screen.Route, id screen.ActionID, typed ...string) {
	tr.at(route)
	tr.goesOn(route.String(), id)
	for _, text := range typed {
		tr.typeText(text)
		tr.press("ctrl+s")
		tr.goesOn("typed", screen.FilterDone)
		tr.look(route.String() + " " + string(id) + " " + text)
	}
}

// goesOn runs an action, if there is one with that id.
func (tr *tour) goesOn(from string, id screen.ActionID) {
	if action, ok := tr.action(id); ok {
		tr.app.dispatch(action)
		tr.after(tr.app.flush())
		tr.look(from + " " + string(id))
	}
}

// ran runs the action, and looks at what came of it.
func (tr *tour) ran(string) {
	tr.at(screen.To("run", key, walkAction).With("connection", id))
	for range 2 { // an input that does not fit goes at the second time
		tr.goesOn("run", screen.Submit)
	}
	tr.press("right", "enter")
	tr.look("the run")
	tr.goesOn("the run", actions.ShowInput)
	tr.at(screen.To("runs"))
}

// proxied shows what a provider answers, by its types.
func (tr *tour) proxied(text string, asKey bool) {
	quoted, _ := json.Marshal(text)
	name := "token" // by which the text is hidden everywhere
	if asKey {
		name = "name"
	}
	for media, body := range map[string]string{
		"application/json": fmt.Sprintf(`{"%s":%s,"echo":%s,"list":[%s,{"a":%s}]}`, name, quoted, quoted, quoted, quoted),
		"text/html":        "<html><title>" + text + "</title><p>" + text + "</p><p>" + entities(text) + "</p></html>",
		"text/plain":       text, "text/plain; charset=latin1": text, "image/png": text,
	} {
		tr.server.ClearFaults()
		tr.server.Inject(sandbox.Fault{PathPrefix: "/proxy/", Body: body, ContentType: media})
		tr.at(screen.To("proxy", key, id))
		tr.typeText("/x")
		tr.goesOn("proxy", screen.Submit)
		tr.look("the answer as " + media)
		if beside, ok := tr.action(proxy.ShowNangoResponse); ok && beside.Disabled == "" {
			tr.do(proxy.ShowNangoResponse)
		}
		for _, id := range []screen.ActionID{proxy.Headers, screen.JSONUnfold, proxy.SaveBody, proxy.SaveSentRequest} {
			depth := len(tr.app.stack)
			tr.goesOn("the answer as "+media, id)
			if len(tr.app.stack) > depth {
				tr.press("esc")
			}
		}
	}
	tr.server.ClearFaults()
}

// entities is a text as a page writes it that hides every character of it.
func entities(text string) string {
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, "&#%d;", r)
	}
	return b.String()
}

// accountTour is a tour with a key of the account, of which all answers say the text.
func accountTour(t *testing.T, text string, width, height int) *tour {
	t.Helper()
	server := sandbox.New(sandbox.Options{Wait: noWait, Seed: 5, RateLimit: -1})
	tr := &tour{server: server, look: func(string) {}}
	tr.driver = newDriver(t, server, server.Keys().Account, "acme", profiles{"acme": {}, "other": {Production: true}})
	tr.send(tea.WindowSizeMsg{Width: width, Height: height})
	for _, plant := range []struct {
		path string
		data object
	}{
		{"/environment/api-keys", object{"id": 7, "display_name": text, "scopes": []string{text},
			"secret": "0b0b0b0b-1111-4222-8333-444444444444"}},
		{"/environments", object{"id": 9, "name": text}},
	} {
		body, _ := json.Marshal(object{"data": plant.data})
		server.Inject(sandbox.Fault{Method: "POST", PathPrefix: plant.path, Body: string(body)})
	}
	return tr
}

// makes makes an environment and a key for it, and looks at both.
func (tr *tour) makes() {
	tr.goesOn("environment", environment.NewEnvironment)
	tr.typeText("staging")
	tr.press("ctrl+s")
	tr.press("right", "enter")
	tr.look("the new environment")
	tr.goesOn("the new environment", environment.NewKey)
	tr.typeText("ci")
	tr.press("ctrl+s")
	tr.press("right", "enter")
	tr.look("the new key")
	tr.goesOn("the new key", environment.Copy)
	tr.at(screen.To("environment"))
}

// What is planted is of use only where it is looked at.
func TestThePlantedTextsAreReached(t *testing.T) {
	const text = "planted text"
	tr := newTour(t, hostileWorld(t, text), 120, 40)
	seen := map[string]string{}
	tr.look = func(step string) { seen[step] = tr.screen() }
	tr.planted(text, true)
	account := accountTour(t, text, 120, 40)
	account.look = func(step string) { seen[step] = account.screen() }
	account.makes()
	for step, want := range map[string]string{
		"records/crm-of-tests/globex-77e2?model=Contact records.open":                     `"planted text": "planted text"`,
		"records/crm-of-tests/globex-77e2?model=Contact records.expression .. | strings":  "10 values of 1 record",
		"records/crm-of-tests/globex-77e2?model=Contact records.expression error(tojson)": "error: {",
		"records/crm-of-tests/globex-77e2?model=Contact records.export":                   "~/Contact.json",
		"records/crm-of-tests/globex-77e2?model=Contact records.export l":                 "1 records written",
		"syncs/crm-of-tests/globex-77e2 syncs.open":                                       "planted text",
		"function/crm-of-tests/create-contact function.source":                            "// planted text",
		"function/crm-of-tests/create-contact function.json":                              `"description": "planted text"`,
		"functions/crm-of-tests functions.file a.ts":                                      "planted text",
		"the run":                             "RESULT",
		"the answer as application/json":      `"name": "planted text"`,
		"the answer as text/html":             "planted text",
		"the answer as text/plain":            "planted text",
		"the answer as image/png answer.save": "Save the response",
		"the new environment":                 "New environment",
		"the new key":                         "SHOWN ONCE",
	} {
		if !strings.Contains(seen[step], want) {
			t.Errorf("%s: %q is not on the screen:\n%s", step, want, seen[step])
		}
	}
}
