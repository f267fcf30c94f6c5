package main

import (
	"context"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/config"
	"nango-tui/models"
	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// whileTyping is added to the kind of a screen while keys are text there.
const whileTyping = ", typing"

// scopes are the screens by their kinds.
type scopes map[string]*scopeSeen

// scopeSeen is a screen with all actions that it had in the course of the walk.
type scopeSeen struct {
	typing        bool
	withoutTyping bool // keys are not always text there
	actions       []screen.Action
}

// step is a way to a screen: a route, then keys. The world has so many connections besides the one that is looked at.
type step struct {
	open        screen.Route
	keys        []string
	connections int
}

func (s step) then(keys ...string) step {
	s.keys = slices.Concat(s.keys, keys)
	return s
}

// cursorSteps is how far down the walk looks for rows that lead somewhere.
const cursorSteps = 20

// keyWalk is what has been seen of the screens, and the ways not yet taken.
type keyWalk struct {
	t      *testing.T
	scopes scopes
	open   []step
}

// walkKeys tries every key of every screen, and so finds the screens that have no route as well.
func walkKeys(t *testing.T) scopes {
	t.Helper()
	w := &keyWalk{t: t, scopes: scopes{}}
	for _, route := range walkRoutes() {
		w.goes(step{open: route})
	}
	// Where there are more connections than are read at once, one may ask for the rest.
	w.goes(step{open: screen.To("integrations"), connections: nango.ConnectionsBound + nango.MaxPage})
	// Only a connection that works has an answer of its provider.
	request := step{open: screen.To("proxy", walkKey, walkWorks)}.then("/")
	w.goes(request)
	w.goes(request.then("ctrl+s"))
	// A file is only tried where there is one.
	tried := step{open: screen.To("functions", walkKey)}.then("f").then(strings.Split(walkFile, "")...)
	w.goes(tried.then("ctrl+s"))
	w.goes(tried.then("tab", "down", "ctrl+s", "right", "enter"))
	for len(w.open) > 0 {
		next := w.open[0]
		w.open = w.open[1:]
		w.tryAll(next)
	}
	for name, s := range w.scopes {
		if s.typing {
			_, s.withoutTyping = w.scopes[strings.TrimSuffix(name, whileTyping)]
		}
	}
	t.Logf("%d kinds of screens: %v", len(w.scopes), slices.Sorted(maps.Keys(w.scopes)))
	return w.scopes
}

// goes takes a way, and keeps it where it leads to a new kind of screen.
func (w *keyWalk) goes(s step) {
	w.t.Helper()
	scope := w.at(s)
	if scope.Asks == nango.Runs {
		w.goes(s.then("right", "enter")) // what runs has a page, which stands behind a yes
	}
	if len(scope.Actions) == 0 {
		return // a dialog: its keys are its own
	}
	name := nameOf(scope)
	if w.scopes[name] == nil {
		w.scopes[name] = &scopeSeen{typing: scope.Typing}
		w.open = append(w.open, s)
	}
	w.scopes[name].note(scope.Actions)
}

func nameOf(s models.Scope) string {
	if s.Typing {
		return s.Screen + whileTyping
	}
	return s.Screen
}

func (s *scopeSeen) note(actions []screen.Action) {
	for _, action := range actions {
		if !slices.ContainsFunc(s.actions, func(known screen.Action) bool { return known.ID == action.ID }) {
			s.actions = append(s.actions, action)
		}
	}
}

// tryAll tries every key of the screen at the end of the way, and moves through its rows or fields.
func (w *keyWalk) tryAll(s step) {
	w.t.Helper()
	scope := w.at(s)
	for _, action := range scope.Actions {
		keys := keymap()[action.ID]
		if len(keys) > 0 && action.Disabled == "" && !action.Motion && (!scope.Typing || action.WhileTyping) {
			w.goes(s.then(keys[0]))
		}
	}
	if scope.Typing {
		w.goes(s.then("shift+tab"))
		return
	}
	for n := range cursorSteps {
		w.goes(s.then(slices.Repeat([]string{"down"}, n)...).then("enter"))
	}
}

// at starts the program, takes the way, and says what keys can do there.
func (w *keyWalk) at(s step) models.Scope {
	w.t.Helper()
	p := newWalked(w.t, s)
	defer p.end()
	for _, key := range s.keys {
		p.send(keyNamed(key))
	}
	return p.app.Scope()
}

// Whom the walk looks at: a customer whose connection is broken.
const (
	walkKey    = "crm"
	walkID     = "c1"
	walkAction = "create-contact"
	walkWorks  = "c2" // of another, whose connection works

	// walkFile is code of the user's.
	walkFile = "f.ts"
)

// walkRoutes names a screen of every place.
func walkRoutes() []screen.Route {
	names := map[string]string{
		"KEY": walkKey, "ID": walkID, "NAME": "salesforce", "PROVIDER": "algolia", "ACTION": walkAction, "FUNCTION": walkAction,
	}
	all := []screen.Route{
		screen.To("link").With("integration", walkKey).With("tag.end_user_id", "u1"), screen.To("import").With("integration", walkKey),
	}
	for _, shape := range models.Places() {
		all = append(all, screentest.Routes(shape, names)...)
	}
	return all
}

// soon has only the moment pass for which a dialog that opens by itself takes no key.
func soon(d time.Duration, msg tea.Msg) tea.Cmd {
	if d < time.Second {
		return func() tea.Msg { return msg }
	}
	return nil
}

// walked is App over a sandbox, without a terminal: what it wants to be run is run to its end after each key, and no time
// passes but what is [soon] over.
type walked struct {
	app  *models.App
	host *httptest.Server
	cmds []tea.Cmd
}

func newWalked(t *testing.T, s step) *walked {
	t.Helper()
	server := sandbox.New(sandbox.Options{RateLimit: -1, Connections: s.connections, Wait: func(context.Context, time.Duration) error { return nil }})
	err := server.AddIntegration(sandbox.IntegrationSpec{Key: walkKey, Provider: "salesforce"})
	if err == nil {
		_, err = server.AddConnection(sandbox.ConnectionSpec{
			Integration: walkKey, ID: walkID, Tags: map[string]string{"end_user_id": "u1"}, Metadata: []byte(`{"seats":5}`),
		})
	}
	if err == nil {
		_, err = server.AddConnection(sandbox.ConnectionSpec{Integration: walkKey, ID: walkWorks, Config: []byte(`{"instance_url":"https://crm.example"}`)})
	}
	for _, function := range []sandbox.FunctionSpec{
		{Kind: "action", Name: walkAction}, {Kind: "sync", Name: "contacts", Returns: []string{"Contact"}, Runs: "every hour", AutoStart: true, Source: "catalog"},
	} {
		if err == nil {
			err = server.AddFunction(walkKey, function)
		}
	}
	if err == nil {
		err = server.Fail(walkKey, walkID, sandbox.FailAuth)
	}
	if err != nil {
		t.Fatal(err)
	}
	files := screentest.NewFiles()
	files.Put(walkFile, "export default createSync({});")
	p := &walked{host: httptest.NewServer(server)}
	c := newConnector(options{}, config.Environment{Values: map[string]string{hostVariable: p.host.URL, apiKeyVariable: server.Keys().Environment}}, config.Settings{})
	p.app = models.New(t.Context(), models.Config{
		Keymap: keymap(), Theme: plain(), Profiles: c.profiles(), Start: c.fromEnv.Name, HasDemo: true, Connect: c.connect,
		Secrets: c.secrets, Log: c.log, Open: s.open, Files: files, Now: time.Now, After: soon,
	})
	p.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	p.run(p.app.Init())
	return p
}

func (p *walked) end() {
	_ = p.app.Close() // nothing that it opened is left by the walk
	p.host.Close()
}

func (p *walked) send(msg tea.Msg) {
	_, cmd := p.app.Update(msg)
	p.app.View()
	p.run(cmd)
}

func (p *walked) run(cmd tea.Cmd) {
	for p.cmds = append(p.cmds, cmd); len(p.cmds) > 0; {
		next := p.cmds[0]
		p.cmds = p.cmds[1:]
		if next == nil {
			continue
		}
		switch msg := next().(type) {
		case nil:
		case tea.BatchMsg:
			p.cmds = append(p.cmds, msg...)
		default:
			_, cmd := p.app.Update(msg)
			p.app.View()
			p.cmds = append(p.cmds, cmd)
		}
	}
}

// keyNamed is a key by its name in the keymap.
func keyNamed(name string) tea.KeyPressMsg {
	var k tea.KeyPressMsg
	for prefix, mod := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "shift+": tea.ModShift} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			name, k.Mod = rest, mod
		}
	}
	named := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "up": tea.KeyUp, "down": tea.KeyDown,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
	}
	if code, ok := named[name]; ok {
		k.Code = code
		return k
	}
	k.Code = []rune(name)[0]
	if k.Mod == 0 {
		k.Text = name
	}
	return k
}
