package models

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Ids of the actions that are App's own and can be done everywhere.
const (
	Back         screen.ActionID = "app.back"
	Quit         screen.ActionID = "app.quit"
	Help         screen.ActionID = "app.help"
	Palette      screen.ActionID = "app.palette"
	GoTo         screen.ActionID = "app.goTo"
	Connections  screen.ActionID = "go.connections"
	Integrations screen.ActionID = "go.integrations"
	Requests     screen.ActionID = "go.requests"
	Providers    screen.ActionID = "go.providers"
	Environment  screen.ActionID = "go.environment"
	NewLink      screen.ActionID = "go.link"
	OpenWatch    screen.ActionID = "go.waited"
	Switch       screen.ActionID = "profile.switch"
	Arm          screen.ActionID = "profile.arm"
	ErrorDetails screen.ActionID = "error.details"
	ErrorDismiss screen.ActionID = "error.dismiss"
	Suspend      screen.ActionID = "app.suspend"
	Mouse        screen.ActionID = "app.mouse"
)

// actions is everything that can be done now: the screen's own actions first, then App's. What the profile
// does not allow is disabled, with the reason.
func (a *App) actions() []screen.Action {
	var all []screen.Action
	e := a.top()
	if e != nil {
		all = append(all, e.screen.Actions()...)
		for i := range all {
			if all[i].Disabled == "" {
				all[i].Disabled = a.hinders(e.profile, all[i])
			}
		}
	}
	return append(all, a.own()...)
}

// hinders is why the profile, the key or the server does not allow an action; empty where they do.
func (a *App) hinders(s *ActiveProfile, action screen.Action) string {
	if action.Operation != "" {
		if reason := a.forbids(s, action.Operation, action.Effect()); reason != "" {
			return reason
		}
	}
	if s == nil {
		return ""
	}
	return s.limits.reason(action.Operation, action.ReadOperation)
}

// bars is why the screen on top cannot have such a request sent now; empty where it can.
func (a *App) bars(op nango.Operation) string {
	if e := a.top(); e != nil {
		return a.hinders(e.profile, screen.Action{Operation: op})
	}
	return ""
}

// own is the table of App's actions.
func (a *App) own() []screen.Action {
	return []screen.Action{
		{ID: Back, Title: "Back", HideInFooter: len(a.stack) < 2, WhileTyping: true, Do: func(*screen.Turn) { a.back() }},
		{ID: GoTo, Title: "Go to", Do: func(*screen.Turn) { a.openGoTo() }},
		a.place(Connections, "Connections", screen.To("connections")),
		a.place(Integrations, "Integrations", screen.To("integrations")),
		a.place(Requests, "Requests", screen.To("requests")),
		a.place(Providers, "Providers", screen.To("providers")),
		a.place(Environment, "Environment", screen.To("environment")),
		{ID: NewLink, Title: "Connect link", HideInFooter: true, Disabled: a.disconnected(), Do: func(*screen.Turn) { a.open(a.active, screen.To("link"), nil) }},
		{ID: OpenWatch, Title: "What is waited for", HideInFooter: true, Disabled: a.noWatchScreen(), Do: func(*screen.Turn) { a.openWatchScreen() }},
		{ID: Switch, Title: "Switch profile", HideInFooter: true, Disabled: a.noProfiles(), Do: func(*screen.Turn) { a.askBefore(a.pickProfile, a.stack...) }},
		{ID: Arm, Title: a.armTitle(), HideInFooter: true, Disabled: a.needsNoArming(), Do: func(*screen.Turn) { a.toggleArmed() }},
		{ID: ErrorDetails, Title: "All of the last error", HideInFooter: true, Disabled: a.noError(), Do: func(*screen.Turn) { a.errorDetails() }},
		{ID: ErrorDismiss, Title: "Dismiss errors", HideInFooter: true, Disabled: a.noErrorShown(), Do: func(*screen.Turn) { a.toasts.DismissErrors() }},
		{ID: Mouse, Title: a.mouseTitle(), HideInFooter: true, Do: func(*screen.Turn) { a.mouseOff = !a.mouseOff }},
		{ID: Suspend, Title: "Suspend", HideInFooter: true, Disabled: a.config.CannotSuspend, Do: func(*screen.Turn) { a.suspend() }},
		// Where keys are text it stands in the place of Help: nothing else leads from a form to what has no room in the footer.
		{ID: Palette, Title: "All actions", HideInFooter: !a.typing(), WhileTyping: true, Do: func(*screen.Turn) { a.openPalette() }},
		{ID: Help, Title: "All keys", Do: func(*screen.Turn) { a.openHelp() }},
		{ID: Quit, Title: "Quit", HideInFooter: true, Do: func(*screen.Turn) { a.quit() }},
	}
}

// place is the action that goes to one of the places at the top of the screen.
func (a *App) place(id screen.ActionID, title string, r screen.Route) screen.Action {
	return screen.Action{ID: id, Title: title, HideInFooter: true, Disabled: a.disconnected(), Do: func(*screen.Turn) {
		a.askBefore(func() { a.home(r) }, a.stack...)
	}}
}

func (a *App) disconnected() string {
	if a.active == nil {
		return "no profile is connected"
	}
	return ""
}

func (a *App) noProfiles() string {
	if len(a.config.Profiles) < 2 {
		return "there is no other profile: the README says how to write one"
	}
	return ""
}

func (a *App) noError() string {
	if e := a.top(); e != nil && e.failed != nil {
		return ""
	}
	return a.noErrorShown()
}

func (a *App) noErrorShown() string {
	if !a.toasts.HasErrors() {
		return "there is no error"
	}
	return ""
}

func (a *App) needsNoArming() string {
	switch s := a.active; {
	case s == nil:
		return "no profile is connected"
	case s.Profile.ReadOnly:
		return s.Profile.Name + " is read-only"
	case !s.Profile.Production:
		return s.Profile.Name + " is not production: it needs no arming"
	}
	return ""
}

func (a *App) armTitle() string {
	if a.active != nil && a.active.armed(a.config.Now()) {
		return "Disarm"
	}
	return "Arm production"
}

func (a *App) mouseTitle() string {
	if a.mouseOff {
		return "Mouse on"
	}
	return "Mouse off, so that the terminal selects"
}

// toggleArmed ends arming at once, and begins it after a question.
func (a *App) toggleArmed() {
	s := a.active
	if s.armed(a.config.Now()) {
		s.disarm()
		a.toast(s.Profile.Name + " is disarmed")
		return
	}
	a.confirmArming(s)
}

// keysOf writes the keys of an action for a reader: "ctrl+p, :".
func (a *App) keysOf(id screen.ActionID) string {
	return strings.Join(a.config.Keymap[id], ", ")
}

// keysNow are the keys that do the action now: none that are text where one types, and none that stand for another one.
func (a *App) keysNow(id screen.ActionID) string {
	typing := a.typing()
	var keys []string
	for _, key := range a.config.Keymap[id] {
		if found, _ := a.find(key, typing); found.ID == id {
			keys = append(keys, key)
		}
	}
	return strings.Join(keys, ", ")
}

// firstKey is the key that the footer shows.
func (a *App) firstKey(id screen.ActionID) string {
	if keys := a.config.Keymap[id]; len(keys) > 0 {
		return keys[0]
	}
	return ""
}
