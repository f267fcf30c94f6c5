package models

import (
	"time"

	"nango-tui/models/actions"
	"nango-tui/models/connections"
	"nango-tui/models/environment"
	"nango-tui/models/functions"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

const code = "export default async function run(nango) { return 1 }"

// everyOperationHasAScreen checks that the screens offer or make every operation. Those in seen were found by the walk.
func (w *walker) everyOperationHasAScreen(seen map[nango.Operation]bool) {
	w.t.Helper()
	for _, choose := range choices {
		w.run(choose.at.String(), func(w *walker) {
			s := w.begin(path{route: choose.at})
			choose.do(s)
			s.note(seen)
		})
	}
	s := (&walker{t: w.t, account: true}).begin(path{route: screen.To("environment")})
	s.do(screen.Bottom) // past the environments, to the keys
	s.do(environment.Delete)
	s.note(seen)
	s = (&walker{t: w.t, account: true, version: sandbox.Server0717}).begin(path{route: screen.To("environment")})
	s.do(screen.Bottom) // dev, which has keys
	s.do(environment.ShowKeys)
	s.do(screen.Bottom) // one of them
	s.do(environment.Reveal)
	s.note(seen)
	for _, operation := range nango.Operations() {
		if !seen[operation] {
			w.t.Errorf("%s: no screen has an action with this Operation or ReadOperation", operation)
		}
	}
}

// note notes the operations that are offered now, and those that were sent or are asked about.
func (s *scene) note(seen map[nango.Operation]bool) {
	for _, e := range s.app.stack {
		for _, action := range e.screen.Actions() {
			seen[action.Operation], seen[action.ReadOperation] = true, true
		}
	}
	for _, entry := range s.app.config.Log.Entries() {
		seen[entry.Operation] = true
	}
	if o, ok := s.app.overlay.(*confirmOverlay); ok {
		seen[o.propose.Call.Operation] = true
	}
}

// agrees says yes, and lets what is waited for come.
func (s *scene) agrees() {
	s.press("right", "enter")
	s.advance(time.Minute)
}

// choice is something to choose on a screen.
type choice struct {
	at screen.Route
	do func(*scene)
}

// choices are what a walk does not do: it chooses nothing in a form, has no file, and its server is a new one.
var choices = []choice{
	{screen.To("new-integration", "github"), func(s *scene) { s.press("shift+tab", "down") }},
	{screen.To("connection", key, id), func(s *scene) {
		s.do(connections.EditMetadata)
		s.press("shift+tab", "down", "tab", "ctrl+k")
		s.typeText(`{"a":1}`)
		s.do(screen.Submit)
	}},
	{screen.To("run", key, walkAction).With("connection", id), func(s *scene) {
		s.do(actions.ToggleOptions)
		s.press("tab", "down")
		s.do(screen.Submit)
		s.agrees()
	}},
	{screen.To("actions", key), func(s *scene) {
		s.server.Inject(html("/integrations/" + key + "/functions"))
		s.app.runAction(s.app.top(), screen.RefreshAction(s.app.top().screen))
		s.after(s.app.flush())
	}},
	{screen.To("functions", key), func(s *scene) {
		s.files.Put("run.ts", code)
		s.do(functions.LocalFile)
		s.typeText("run.ts")
		s.press("tab", "down")
		s.do(screen.Submit)
		s.agrees()
	}},
	{screen.To("functions", key), func(s *scene) {
		s.files.Put("run.ts", code)
		s.do(functions.LocalFile)
		s.typeText("run.ts")
		s.press("tab", "down", "down", "tab", "tab")
		s.typeText("mine")
		s.do(screen.Submit)
		s.agrees()
	}},
	proxied("down"), proxied("down", "down"), proxied("down", "down", "down"), proxied("down", "down", "down", "down"),
}

// proxied chooses a method by keys.
func proxied(keys ...string) choice {
	return choice{screen.To("proxy", key, id), func(s *scene) {
		s.press("shift+tab")
		s.press(keys...)
	}}
}
