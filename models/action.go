package models

import (
	"strings"

	"nango-tui/internal/guard"
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
				all[i].Disabled = a.reason(a.check(e.profile, all[i]))
			}
		}
	}
	return append(all, a.own()...)
}

// check returns why the profile, the key or the server doesn't allow an action now; nil if they do.
func (a *App) check(p *ActiveProfile, action screen.Action) *guard.Denial {
	if action.Operation != "" {
		if d := guardOf(p).Check(action.Operation, action.Effect(), a.config.Now()); d != nil {
			return d
		}
	}
	return guardOf(p).Limit(action.ReadOperation)
}

// reason is why something is not allowed, as a part of a sentence; empty if there is no denial. How to arm is said here,
// because the guard knows no keys.
func (a *App) reason(d *guard.Denial) string {
	switch {
	case d == nil:
		return ""
	case d.Reason == guard.NotArmed:
		return d.Error() + ": arm it first (" + a.armingKeys() + ")"
	}
	return d.Error()
}

// blockedReason is why the screen on top can't have a request of the operation sent now; empty if it can.
func (a *App) blockedReason(op nango.Operation) string {
	if e := a.top(); e != nil {
		return a.reason(a.check(e.profile, screen.Action{Operation: op}))
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
		{ID: Arm, Title: a.armTitle(), HideInFooter: true, Disabled: a.cannotArm(), Do: func(*screen.Turn) { a.toggleArmed() }},
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

// cannotArm is why the profile can't be armed; empty if it can.
func (a *App) cannotArm() string {
	if a.active == nil {
		return a.disconnected()
	}
	return a.reason(a.active.Profile.CheckArming())
}

func (a *App) isArmed() bool { return a.active != nil && a.active.guard.IsArmed(a.config.Now()) }

func (a *App) armTitle() string {
	if a.isArmed() {
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

// toggleArmed ends arming at once, and begins it after a dialog.
func (a *App) toggleArmed() {
	if !a.isArmed() {
		a.confirmArming(a.active)
		return
	}
	a.active.guard.Disarm()
	a.toast(a.active.Profile.Name + " is disarmed")
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
