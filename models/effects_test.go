package models

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// kinds are the profiles in which every action is tried.
var kinds = map[string]Profile{
	"normal":     {},
	"production": {Production: true},
	"read-only":  {ReadOnly: true},
}

// walker opens screens and does their actions, each time in a world of its own.
type walker struct {
	t       *testing.T
	profile Profile
	// account says that the key is one of the account.
	account bool
	tried   int
	// each, where it is not nil, is called after each action with what it has led to.
	each func(*scene)
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
	server := walkWorld(w.t)
	s := &scene{server: server}
	apiKey := server.Keys().Environment
	if w.account {
		apiKey = server.Keys().Account
	}
	s.driver = drive(w.t, server, apiKey, "acme", profiles{"acme": w.profile, "other": {}}, func(c *Config) { c.Open = p.route })
	for _, id := range p.actions {
		s.does(id)
	}
	return s
}

// looks are the requests that change nothing, though they are no GETs.
var looks = []string{"/functions/compile"}

// changes are the calls that were more than a look, as the server saw them.
func (s *scene) changes(from int) []sandbox.Request {
	var changes []sandbox.Request
	for _, r := range s.server.Requests()[from:] {
		if r.Method != "GET" && !slices.Contains(looks, r.Path) {
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

// walk tries every action of the screen that the path leads to, and of the screens that they open, to a depth.
func (w *walker) walk(p path, depth int) {
	w.t.Helper()
	s := w.begin(p)
	if s.app.overlay != nil {
		return
	}
	for _, action := range s.app.top().screen.Actions() {
		if action.Motion || action.Disabled != "" {
			continue
		}
		w.try(p, action)
		if depth > 0 && w.opens(p, action.ID) {
			w.walk(p.and(action.ID), depth-1)
		}
	}
}

// opens says whether the action puts another screen of the same area on top: one that has no route of its own.
func (w *walker) opens(p path, id screen.ActionID) bool {
	s := w.begin(p)
	before, depth := s.app.top(), len(s.app.stack)
	w.does(s, id)
	return s.app.overlay == nil && len(s.app.stack) > depth && s.app.top().route.String() == before.route.String()
}

// does does the action if the profile allows it, and otherwise presses what would have been its key.
func (w *walker) does(s *scene, id screen.ActionID) {
	if action, ok := s.action(id); ok {
		s.app.dispatch(action)
		s.after(s.app.flush())
	}
}

// try does an action, says no to what is asked, then does it again and says yes.
func (w *walker) try(p path, action screen.Action) {
	w.t.Helper()
	w.tried++
	w.answer(p, action, nil)
	s := w.begin(p)
	w.does(s, action.ID)
	o, ok := s.app.overlay.(*choiceOverlay)
	if !ok {
		return
	}
	for i := range o.options {
		w.answer(p, action, append(slices.Repeat([]string{"down"}, i), "enter"))
	}
}

// answer does an action, picks by the keys where there is something to pick, and says no and then yes to what is asked.
func (w *walker) answer(p path, action screen.Action, keys []string) {
	w.t.Helper()
	s, from := w.asks(p, action.ID, keys)
	w.unasked(s, p, action, from)
	o, ok := s.app.overlay.(*confirmOverlay)
	if !ok {
		return
	}
	quickOnly := len(s.changes(from))
	s.press("enter")
	if got := s.changes(from); len(got) != quickOnly {
		w.t.Errorf("%s %s: Cancel has the focus, and yet %v was sent", p, action.ID, got)
	}
	w.agreed(p, action.ID, keys, o.propose.Call)
}

// asks does an action and picks by the keys; from is how many requests there were before.
func (w *walker) asks(p path, id screen.ActionID, keys []string) (s *scene, from int) {
	s = w.begin(p)
	from = len(s.server.Requests())
	w.does(s, id)
	s.press(keys...)
	if w.each != nil {
		w.each(s)
	}
	return s, from
}

// unasked holds what was sent without a yes against what the effect of the action allows.
func (w *walker) unasked(s *scene, p path, action screen.Action, from int) {
	w.t.Helper()
	changes := s.changes(from)
	quick := action.Operation.FormIsDialog() && !w.profile.ReadOnly
	for _, r := range changes {
		if !quick || r.Method != "POST" || !strings.HasPrefix(r.Path, "/connect/sessions") {
			w.t.Errorf("%s: %s sent %s %s, and nobody was asked", p, action.ID, r.Method, r.Path)
		}
	}
	named := action.Effect() == nango.Refreshes
	if n := s.refreshes(from); n > 0 && (!named || w.profile.Production || w.profile.ReadOnly) {
		w.t.Errorf("%s: %s read a connection's credentials %d times, and nobody was asked", p, action.ID, n)
	}
}

// agreed says yes to the dialog of the action: what it showed is sent, once, and nothing where the profile forbids it.
func (w *walker) agreed(p path, id screen.ActionID, keys []string, call nango.Call) {
	w.t.Helper()
	s, _ := w.asks(p, id, keys)
	o := s.app.overlay.(*confirmOverlay)
	s.passes(guardTime)
	from := len(s.server.Requests())
	if word := o.dialog.Confirm.Word; word != "" {
		s.types(word)
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

func TestEveryActionSendsWhatItsEffectAllowsAndNothingElse(t *testing.T) {
	for kind, profile := range kinds {
		t.Run(kind, func(t *testing.T) {
			w := &walker{t: t, profile: profile}
			for _, route := range walkRoutes() {
				w.walk(path{route: route}, 2)
			}
			t.Logf("%d actions tried", w.tried)
		})
	}
}

func TestADialogNeverSurvivesASwitchOfTheProfile(t *testing.T) {
	for _, route := range walkRoutes() {
		w := &walker{t: t}
		s := w.begin(path{route: route})
		for _, action := range s.app.top().screen.Actions() {
			if action.Operation == "" || action.Disabled != "" {
				continue
			}
			w.switchUnder(path{route: route}, action.ID)
		}
	}
}

// switchUnder switches the profile at each step of answering the dialog of an action.
func (w *walker) switchUnder(p path, id screen.ActionID) {
	w.t.Helper()
	for steps := range 3 {
		s := w.begin(p)
		w.does(s, id)
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
		s.types(o.dialog.Confirm.Word)
		s.press("right", "enter")
		if changes := s.changes(from); len(changes) > 0 {
			w.t.Errorf("%s: %s was sent by a profile that it was not proposed in: %v", p, id, changes)
		}
	}
}
