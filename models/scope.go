package models

import (
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Scope is where keys go now. A key stands for at most one action of it.
type Scope struct {
	// Screen is the kind of the screen on top, such as "connections.List"; empty where there is none.
	Screen string
	// Typing says that keys are text: only actions made for that have theirs.
	Typing bool
	// Actions is everything that there is to do, the screen's own first. There are none while a dialog or another
	// overlay takes every key.
	Actions []screen.Action
	// Asks is the effect of what a dialog asks about; zero where there is no such dialog.
	Asks nango.Effect
}

// Scope tells where keys go now. It is for lists of keys: asking does nothing.
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
