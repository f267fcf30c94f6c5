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
	"nango-tui/models/functions"
	"nango-tui/models/logs"
	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// whileTyping is appended to the kind of a screen while keys are text there.
const whileTyping = ", typing"

// scopes are the visited screens by kind.
type scopes map[string]*visitedScope

// visitedScope is a screen with all actions that it had during the walk.
type visitedScope struct {
	typing          bool
	notAlwaysTyping bool
	actions         []screen.Action
}

// path leads to a screen: a route, then keys. The server has that many connections besides those of the walk.
type path struct {
	open        screen.Route
	keys        []string
	connections int
}

func (s path) then(keys ...string) path {
	s.keys = slices.Concat(s.keys, keys)
	return s
}

// maxRows is how many rows of a screen the walk opens.
const maxRows = 20

// keyWalk has the screens visited so far, and the paths to follow.
type keyWalk struct {
	t      *testing.T
	scopes scopes
	next   []path
}

// walkKeys tries every key of every screen, and so finds screens without a route.
func walkKeys(t *testing.T) scopes {
	t.Helper()
	w := &keyWalk{t: t, scopes: scopes{}}
	for _, route := range walkRoutes() {
		if route.Name == logs.OperationRoute {
			continue // the list of logs leads to one that exists
		}
		w.visit(path{open: route})
	}
	// If there are more connections than are loaded at once, an action loads the rest.
	w.visit(path{open: screen.To("integrations"), connections: nango.ConnectionsBound + nango.MaxPage})
	// Only a working connection has a response of its provider.
	request := path{open: screen.To("proxy", walkKey, walkWorks)}.then("/")
	w.visit(request)
	w.visit(request.then("ctrl+s"))
	// The dry run of a local file needs a file.
	dryRun := path{open: screen.To("functions", walkKey)}.then(keymap()[functions.LocalFile][0]).then(strings.Split(walkFile, "")...)
	w.visit(dryRun.then("ctrl+s"))
	w.visit(dryRun.then("tab", "down", "ctrl+s", "right", "enter"))
	// The plan to change many connections begins at those that are marked.
	w.visit(path{open: screen.To("connections")}.then("ctrl+a", "D"))
	// The page of a detour follows its confirmation. The connection must have been read before.
	detour := path{open: screen.To("connection", walkKey, walkWorks)}.then("K", "e", "down", "down", "down", "enter")
	w.visit(detour.then(strings.Split("https://catch.example", "")...).then("ctrl+s", "right", "enter"))
	for len(w.next) > 0 {
		next := w.next[0]
		w.next = w.next[1:]
		w.tryAll(next)
	}
	for name, s := range w.scopes {
		if s.typing {
			_, s.notAlwaysTyping = w.scopes[strings.TrimSuffix(name, whileTyping)]
		}
	}
	t.Logf("%d kinds of screens: %v", len(w.scopes), slices.Sorted(maps.Keys(w.scopes)))
	return w.scopes
}

// visit follows a path. If it leads to a new kind of screen, the walk continues there.
func (w *keyWalk) visit(s path) {
	w.t.Helper()
	scope := w.scopeAt(s)
	if scope.Asks == nango.Runs {
		w.visit(s.then("right", "enter")) // the page of a run follows the confirmation
	}
	if len(scope.Actions) == 0 {
		return // dialogs have their own keys
	}
	name := kindOf(scope)
	if w.scopes[name] == nil {
		w.scopes[name] = &visitedScope{typing: scope.Typing}
		w.next = append(w.next, s)
	}
	w.scopes[name].add(scope.Actions)
}

func kindOf(s models.Scope) string {
	if s.Typing {
		return s.Screen + whileTyping
	}
	return s.Screen
}

func (s *visitedScope) add(actions []screen.Action) {
	for _, action := range actions {
		if !slices.ContainsFunc(s.actions, func(known screen.Action) bool { return known.ID == action.ID }) {
			s.actions = append(s.actions, action)
		}
	}
}

// tryAll tries every key of the screen at the end of the path, and opens its rows or fields.
func (w *keyWalk) tryAll(s path) {
	w.t.Helper()
	scope := w.scopeAt(s)
	for _, action := range scope.Actions {
		keys := keymap()[action.ID]
		if len(keys) > 0 && action.Disabled == "" && !action.Motion && (!scope.Typing || action.WhileTyping) {
			w.visit(s.then(keys[0]))
		}
	}
	if scope.Typing {
		w.visit(s.then("shift+tab"))
		return
	}
	for n := range maxRows {
		w.visit(s.then(slices.Repeat([]string{"down"}, n)...).then("enter"))
	}
}

// scopeAt starts the program, follows the path, and returns the scope at its end.
func (w *keyWalk) scopeAt(s path) models.Scope {
	w.t.Helper()
	p := newTestProgram(w.t, s)
	defer p.close()
	for _, key := range s.keys {
		p.send(keyNamed(key))
	}
	return p.app.Scope()
}

// The walk has a broken and a working connection.
const (
	walkKey    = "crm"
	walkID     = "c1"
	walkAction = "create-contact"
	walkWorks  = "c2"
	walkFile   = "f.ts"
	// walkCustomer is the end user of the broken connection.
	walkCustomer = "u1"
)

// walkRoutes returns a route of every kind.
func walkRoutes() []screen.Route {
	names := map[string]string{
		"KEY": walkKey, "ID": walkID, "NAME": "salesforce", "PROVIDER": "algolia", "ACTION": walkAction, "FUNCTION": walkAction,
		"LOG_ID": "1700000000000_AbCdEf12",
		"WHO":    walkCustomer, "KEY1": walkKey, "ID1": walkID, "KEY2": walkKey, "ID2": walkWorks,
	}
	all := []screen.Route{
		screen.To("link").With("integration", walkKey).With("tag.end_user_id", "u1"), screen.To("import").With("integration", walkKey),
	}
	for _, shape := range models.Places() {
		all = append(all, screentest.Routes(shape, names)...)
	}
	return all
}

// shortTimers runs only the timers below a second, such as the delay before a dialog accepts a key.
func shortTimers(d time.Duration, msg tea.Msg) tea.Cmd {
	if d < time.Second {
		return func() tea.Msg { return msg }
	}
	return nil
}

// testProgram is an App with a sandbox and without a terminal. After each key it runs all commands to their end; time
// doesn't pass, see [shortTimers].
type testProgram struct {
	app  *models.App
	host *httptest.Server
	cmds []tea.Cmd
}

func newTestProgram(t *testing.T, s path) *testProgram {
	t.Helper()
	return newTestProgramAt(t, s, time.Now, themePlain)
}

// newTestProgramAt has its own clock and theme.
func newTestProgramAt(t *testing.T, s path, now func() time.Time, theme string) *testProgram {
	t.Helper()
	server := sandbox.New(sandbox.Options{
		Seed: 8, RateLimit: -1, Connections: s.connections, Now: now, Wait: func(context.Context, time.Duration) error { return nil },
	})
	err := server.AddIntegration(sandbox.IntegrationSpec{Key: walkKey, Provider: "salesforce"})
	if err == nil {
		_, err = server.AddConnection(sandbox.ConnectionSpec{
			Integration: walkKey, ID: walkID, Tags: map[string]string{"end_user_id": "u1"}, Metadata: []byte(`{"seats":5}`),
		})
	}
	if err == nil {
		_, err = server.AddConnection(sandbox.ConnectionSpec{
			Integration: walkKey, ID: walkWorks, Config: []byte(`{"instance_url":"https://crm.example"}`),
		})
	}
	addWalkFunctions(t, server, err)
	files := screentest.NewFiles()
	files.Put(walkFile, "export default createSync({});")
	p := &testProgram{host: httptest.NewServer(server)}
	variables := map[string]string{hostVariable: p.host.URL, apiKeyVariable: server.Keys().Environment}
	c := newConnector(options{theme: theme}, config.Environment{Values: variables}, config.Settings{})
	// The journal has an entry.
	change := nango.Intent{Operation: nango.OpConnectionUpdate, Effect: nango.Writes, Host: p.host.URL, Path: "/connections/c1"}
	if _, err := recorder(c.journal, c.fromEnv.Name)(change); err != nil {
		t.Fatal(err)
	}
	p.app = models.New(t.Context(), models.Config{
		Keymap: keymap(), Theme: c.theme(c.fromEnv.Name), Profiles: c.profiles(), Start: c.fromEnv.Name, HasDemo: true, Connect: c.connect,
		Secrets: c.secrets, Log: c.log, Open: s.open, Files: files, Now: now, After: shortTimers,
		AfterDraw: func(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } },
	})
	p.send(tea.WindowSizeMsg{Width: 100, Height: 40})
	p.run(p.app.Init())
	return p
}

// addWalkFunctions adds an action and a sync, and breaks a connection. Err is that of what was added before.
func addWalkFunctions(t *testing.T, server *sandbox.Server, err error) {
	t.Helper()
	for _, function := range []sandbox.FunctionSpec{
		{Kind: "action", Name: walkAction},
		{Kind: "sync", Name: "contacts", Returns: []string{"Contact"}, Runs: "every hour", AutoStart: true, Source: "catalog"},
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
}

func (p *testProgram) close() {
	_ = p.app.Close() // the walk checks no errors of closing
	p.host.Close()
}

func (p *testProgram) send(msg tea.Msg) {
	_, cmd := p.app.Update(msg)
	p.app.View()
	p.run(cmd)
}

func (p *testProgram) run(cmd tea.Cmd) {
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

// keyNamed returns the key of a name in the keymap.
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
