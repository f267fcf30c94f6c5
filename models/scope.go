package models

import (
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Scope is where keys go now. A key is bound to at most one of its actions.
type Scope struct {
	// Screen is the type of the screen on top, such as "connections.List"; empty if there is none.
	Screen string
	// Typing means that keys are text: only actions made for typing have keys.
	Typing bool
	// Actions are the available actions, the screen's own first; none while an overlay takes all keys.
	Actions []screen.Action
	// Asks is the effect of the request that a dialog asks about; zero if there is no such dialog.
	Asks nango.Effect
}

// Scope returns where keys go now, for lists of keys. It changes nothing.
func (a *App) Scope() Scope {
	var s Scope
	if e := a.top(); e != nil {
		s.Screen, s.Typing = strings.TrimPrefix(fmt.Sprintf("%T", e.screen), "*"), e.screen.Typing()
	}
	switch o := a.overlay.(type) {
	case nil:
		s.Actions = a.actions()
	case *confirmOverlay:
		s.Asks = o.propose.Call.Effect
	}
	return s
}
