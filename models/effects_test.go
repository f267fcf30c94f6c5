package models

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// profileKinds are the profiles in which every action is tried.
var profileKinds = map[string]guard.Profile{
	"normal":     {},
	"production": {Production: true},
	"read-only":  {ReadOnly: true},
}

// walker opens screens and does their actions, each time in a world of its own.
type walker struct {
	t       *testing.T
	profile guard.Profile
	// account says that the key is one of the account.
	account bool
	version sandbox.Version // of the server; "" for the oldest
	tried   int
	// afterEach, where it is not nil, is called after each action with what it has led to.
	afterEach func(*scene)
}

// path leads to a screen: a route, and the actions that open further screens from there.
type path struct {
	route   screen.Route
	actions []screen.ActionID
}

func (p path) String() string { return p.route.String() + fmt.Sprint(p.actions) }

func (p path) and(id screen.ActionID) path {
	return path{p.route, append(slices.Clone(p.actions), id)}
}

func (w *walker) begin(p path) *scene {
	w.t.Helper()
	server := walkWorldOn(w.t, w.version)
	s := &scene{server: server}
	apiKey := server.Keys().Environment
	if w.account {
		apiKey = server.Keys().Account
	}
	s.driver = newDriver(w.t, server, apiKey, "acme", profiles{"acme": w.profile, "other": {}}, func(c *Config) { c.Open = p.route })
	for _, id := range p.actions {
		s.do(id)
	}
	return s
}

// readPaths are the requests that change nothing, though they are no GETs.
var readPaths = []string{"/functions/compile"}

// logCalls are calls of the log tools, by their names: the only ones of that endpoint that are sent.
var logCalls = regexp.MustCompile(`^\[?(\{"jsonrpc":"2.0","id":\d+,"method":"tools/call","params":` +
	`\{"name":"logs_(list_operations|get_operation)",[^\n]*\},?)+\]?$`)

// changes are the calls that were more than a look, as the server saw them.
func (s *scene) changes(from int) []sandbox.Request {
	var changes []sandbox.Request
	for _, r := range s.server.Requests()[from:] {
		if r.Method != "GET" && !slices.Contains(readPaths, r.Path) && !(r.Path == "/mcp" && logCalls.Match(r.Body)) {
			changes = append(changes, r)
		}
	}
	return changes
}

// refreshes are the calls that may refresh a token.
func (s *scene) refreshes(from int) int {
	n := 0
	for _, r := range s.server.Requests()[from:] {
		rest, ok := strings.CutPrefix(r.Path, "/connections/")
		if r.Method == "GET" && (ok && rest != "" || strings.HasPrefix(r.Path, "/proxy/")) {
			n++
		}
	}
	return n
}

// run runs a part of the walk as a subtest, which closes its worlds at its end.
func (w *walker) run(name string, part func(w *walker)) {
	w.t.Run(name, func(t *testing.T) {
		sub := *w
		sub.t = t
		part(&sub)
	})
}

// walk tries every action of the screen that the path leads to, and of the screens that they open, to a depth.
func (w *walker) walk(p path, depth int) {
	w.t.Helper()
	for _, action := range w.actions(p) {
		opens := false
		w.run(fmt.Sprint(p, " ", action.ID), func(w *walker) { opens = w.try(p, action) })
		w.tried++
		if depth > 0 && opens {
			w.walk(p.and(action.ID), depth-1)
		}
	}
}

// actions returns what can be done on the screen that the path leads to, except moving the cursor.
func (w *walker) actions(p path) []screen.Action {
	w.t.Helper()
	var actions []screen.Action
	w.run(p.String(), func(w *walker) {
		s := w.begin(p)
		if s.app.overlay != nil {
			return
		}
		for _, action := range s.app.top().screen.Actions() {
			if !action.Motion && action.Disabled == "" {
				actions = append(actions, action)
			}
		}
	})
	return actions
}

// do does the action if the profile allows it, and otherwise presses what would have been its key.
func (w *walker) do(s *scene, id screen.ActionID) {
	s.look()
	if action, ok := s.action(id); ok {
		s.app.dispatch(action)
		s.after(s.app.flush())
	}
}

// try does an action, says no to what is asked, then does it again and says yes. It reports whether the action puts
// another screen of the same area on top: one that has no route of its own.
func (w *walker) try(p path, action screen.Action) (opens bool) {
	w.t.Helper()
	first := w.act(p, action.ID, nil)
	choice, chooses := first.app.overlay.(*choiceOverlay)
	w.answer(first, p, action, nil)
	if chooses {
		for i := range choice.options {
			keys := append(slices.Repeat([]string{"down"}, i), "enter")
			w.answer(w.act(p, action.ID, keys), p, action, keys)
		}
	}
	return first.opens
}

// answer says no to what an action asks, then does it again and says yes.
func (w *walker) answer(s attempt, p path, action screen.Action, keys []string) {
	w.t.Helper()
	w.checkUnasked(s, p, action)
	o, ok := s.app.overlay.(*confirmOverlay)
	if !ok {
		return
	}
	quickOnly := len(s.changes(s.from))
	s.press("enter")
	if got := s.changes(s.from); len(got) != quickOnly {
		w.t.Errorf("%s %s: Cancel has the focus, and yet %v was sent", p, action.ID, got)
	}
	w.confirmed(p, action.ID, keys, o.propose.Call)
}

// attempt is a world in which an action was done.
type attempt struct {
	*scene
	// from is how many requests there were before.
	from int
	// opens reports whether the action put another screen without a route of its own on top.
	opens bool
}

// act does an action and picks by the keys.
func (w *walker) act(p path, id screen.ActionID, keys []string) attempt {
	s := w.begin(p)
	before, depth, from := s.app.top().route.String(), len(s.app.stack), len(s.server.Requests())
	w.do(s, id)
	opens := s.app.overlay == nil && len(s.app.stack) > depth && s.app.top().route.String() == before
	s.press(keys...)
	if w.afterEach != nil {
		w.afterEach(s)
	}
	return attempt{s, from, opens}
}

// checkUnasked holds what was sent without a yes against what the effect of the action allows.
func (w *walker) checkUnasked(s attempt, p path, action screen.Action) {
	w.t.Helper()
	changes := s.changes(s.from)
	quick := action.Operation.FormIsDialog() && !w.profile.ReadOnly
	for _, r := range changes {
		if !quick || r.Method != "POST" || !strings.HasPrefix(r.Path, "/connect/sessions") {
			w.t.Errorf("%s: %s sent %s %s, and nobody was asked", p, action.ID, r.Method, r.Path)
		}
	}
	named := action.Effect() == nango.Refreshes
	if n := s.refreshes(s.from); n > 0 && (!named || w.profile.Production || w.profile.ReadOnly) {
		w.t.Errorf("%s: %s read a connection's credentials %d times, and nobody was asked", p, action.ID, n)
	}
}

// confirmed says yes to the dialog of the action: what it showed is sent, once, and nothing where the profile forbids it.
func (w *walker) confirmed(p path, id screen.ActionID, keys []string, call nango.Call) {
	w.t.Helper()
	s := w.act(p, id, keys)
	o := s.app.overlay.(*confirmOverlay)
	s.advance(guardTime)
	from := len(s.server.Requests())
	if word := o.dialog.Word; word != "" {
		s.typeText(word)
	} else {
		s.press("right")
	}
	s.press("enter")
	sent := slices.DeleteFunc(slices.Clone(s.server.Requests()[from:]), func(r sandbox.Request) bool { return !same(r, call) })
	if len(sent) != 1 {
		w.t.Errorf("%s: %s was agreed to, and %s %s was sent %d times", p, id, call.Method, call.RequestURI(), len(sent))
	}
	for _, r := range s.changes(from) {
		if !same(r, call) {
			w.t.Errorf("%s: %s was agreed to, and %s %s was sent as well", p, id, r.Method, r.Path)
		}
	}
	if w.profile.ReadOnly || w.profile.Production && call.Effect.Changes() && !call.Operation.FormIsDialog() {
		w.t.Errorf("%s: %s was sent, which the profile forbids", p, id)
	}
}

func same(r sandbox.Request, call nango.Call) bool {
	target, err := url.Parse(call.URL("http://host"))
	return err == nil && r.Method == call.Method && r.Path == target.EscapedPath()
}

func TestEveryActionSendsOnlyWhatItsEffectAllows(t *testing.T) {
	t.Parallel()
	for kind, profile := range profileKinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			seen := map[nango.Operation]bool{}
			w := &walker{t: t, profile: profile, afterEach: func(s *scene) { s.note(seen) }}
			routes := sampledRoutes(t)
			if kind != "normal" { // which sees every route
				routes = longtest.Sample(t, routes, len(routes)/2)
			}
			for _, route := range routes {
				w.walk(path{route: route}, 2)
			}
			t.Logf("%d actions tried", w.tried)
			if kind == "normal" && !testing.Short() { // with -short, the walk does not see every route
				w.everyOperationHasAScreen(seen)
			}
		})
	}
}

func TestADialogClosesWhenTheProfileIsSwitched(t *testing.T) {
	t.Parallel()
	w := &walker{t: t}
	for _, route := range sampledRoutes(t) {
		p := path{route: route}
		for _, action := range w.actions(p) {
			if action.Operation != "" {
				w.run(fmt.Sprint(p, " ", action.ID), func(w *walker) { w.switchUnder(p, action.ID) })
			}
		}
	}
}

// switchUnder switches the profile at each step of answering the dialog of an action.
func (w *walker) switchUnder(p path, id screen.ActionID) {
	w.t.Helper()
	for steps := range 3 {
		s := w.begin(p)
		w.do(s, id)
		o, ok := s.app.overlay.(*confirmOverlay)
		if !ok {
			return
		}
		from := len(s.server.Requests())
		for _, answer := range []string{"tab", "tab"}[:steps] {
			s.press(answer)
		}
		s.app.connect("other")
		s.after(s.app.flush())
		s.typeText(o.dialog.Word)
		s.press("right", "enter")
		if changes := s.changes(from); len(changes) > 0 {
			w.t.Errorf("%s: %s was sent by a profile that it was not proposed in: %v", p, id, changes)
		}
	}
}
