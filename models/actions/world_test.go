package actions

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// world is a sandbox with a connection and a few actions, a screen, and a clock.
type world struct {
	*screentest.Stage
	t       *testing.T
	server  *sandbox.Server
	now     time.Time
	history *History
}

const (
	crm    = "crm"
	globex = "globex-77e2"
)

const contactModels = `{"ContactInput":{"type":"object","properties":{
	"email":{"type":"string","description":"Must not be taken."},"age":{"type":"integer","minimum":0}},"required":["email"]},
	"Contact":{"type":"object","properties":{"id":{"type":"string"}}}}`

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, now: noon, history: NewHistory()}
	w.server = sandbox.New(sandbox.Options{Seed: 7, RateLimit: -1, Now: func() time.Time { return w.now },
		Wait: func(context.Context, time.Duration) error { return nil }})
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: crm, Provider: "hubspot"}))
	for _, id := range []string{globex, "initech-31aa"} {
		_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: crm, ID: id, Tags: map[string]string{"end_user_id": "u-" + id}})
		w.must(err)
	}
	off := false
	for _, spec := range []sandbox.FunctionSpec{
		{Name: "create-contact", Description: "Makes a contact.", Input: "ContactInput", Returns: []string{"Contact"},
			Scopes:      []string{"contacts.write"},
			Definitions: json.RawMessage(contactModels), Output: json.RawMessage(`{"id":"c-1"}`), Strict: true},
		{Name: "ping", Output: json.RawMessage(`"pong"`)},
		{Name: "old-search", Description: "Is switched off.", Enabled: &off},
	} {
		spec.Kind = "action"
		w.must(w.server.AddFunction(crm, spec))
	}
	w.must(w.server.AddFunction(crm, sandbox.FunctionSpec{Kind: "sync", Name: "contacts", Runs: "every hour"}))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// open shows the screen with a full-access key.
func (w *world) open(s screen.Screen, err error) *world {
	w.t.Helper()
	w.must(err)
	w.Stage = screentest.Closed(w.t, w.server, w.server.Keys().Environment, s)
	w.Now, w.Profile = w.now, screen.ProfileState{Profile: guard.Profile{Name: "acme-dev", Host: "https://acme.example"}}
	w.Stage.Open()
	return w
}

// form opens the form of an action for the connection.
func (w *world) form(action string) *world {
	w.t.Helper()
	return w.open(NewForm(screen.To(FormRoute, crm, action).With(queryConnection, globex), w.history))
}

// list opens the actions.
func (w *world) list() *world {
	w.t.Helper()
	return w.open(NewList(screen.To(ListRoute, crm)))
}

// wait moves the clock without polling.
func (w *world) wait(d time.Duration) {
	w.now = w.now.Add(d)
	w.Now = w.now
}

// pollTimes moves the clock to the next poll of the newest watch, n times.
func (w *world) pollTimes(times int) {
	w.t.Helper()
	for range times {
		watch := w.Watches[len(w.Watches)-1]
		next := watch.Next(w.now)
		if next <= 0 {
			w.t.Fatalf("nothing is polled; the screen shows:\n%s", w.View())
		}
		w.wait(next)
		w.Poll()
	}
}

// requestCount is the number of requests for a path with a method.
func (w *world) requestCount(method, path string) int {
	n := 0
	for _, r := range w.server.Requests() {
		if r.Method == method && r.Path == path {
			n++
		}
	}
	return n
}

// setInput replaces the input by a text, as JSON.
func (w *world) setInput(text string) {
	w.t.Helper()
	w.Do(EditInput)
	w.FinishEdit(text)
}

func (w *world) press(codes ...rune) {
	for _, code := range codes {
		w.Key(tea.KeyPressMsg{Code: code})
	}
}

// runInBackground sets the mode to the background, with a number of retries.
func (w *world) runInBackground(retries int) {
	w.t.Helper()
	w.Do(ToggleOptions)
	w.press(tea.KeyTab)
	for range retries + 1 {
		w.press(tea.KeyDown)
	}
	w.Do(ToggleOptions)
}

// sentInput is the input of the newest run as the server received it.
func (w *world) sentInput() string {
	w.t.Helper()
	var body struct{ Input json.RawMessage }
	all := w.server.Requests()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Path == "/action/trigger" {
			w.must(json.Unmarshal(all[i].Body, &body))
			return string(body.Input)
		}
	}
	w.t.Fatal("no action was run")
	return ""
}

// addRun adds an ended run to the history.
func (w *world) addRun(name string, value json.RawMessage, err error) *Run {
	run := w.history.add(runRequest{input: nango.ActionInput{Connection: nango.ConnectionRef{Integration: crm, ID: globex},
		Name: name, Input: json.RawMessage(`{"a":1}`)}},
		screen.ProfileState{Profile: guard.Profile{Name: "acme-dev", Host: "https://elsewhere.example"}}, w.now)
	w.history.finish(run, w.now.Add(2*time.Second), value, err)
	return run
}
