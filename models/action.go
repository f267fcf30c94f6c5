package models

import (
	"fmt"
	"slices"
	"strings"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Ids of App's own actions, which are available everywhere.
const (
	Back         screen.ActionID = "app.back"
	Quit         screen.ActionID = "app.quit"
	Help         screen.ActionID = "app.help"
	Palette      screen.ActionID = "app.palette"
	GoTo         screen.ActionID = "app.goTo"
	Connections  screen.ActionID = "go.connections"
	Integrations screen.ActionID = "go.integrations"
	Requests     screen.ActionID = "go.requests"
	Logs         screen.ActionID = "go.logs"
	Causes       screen.ActionID = "go.causes"
	Providers    screen.ActionID = "go.providers"
	Environment  screen.ActionID = "go.environment"
	Journal      screen.ActionID = "go.journal"
	AllSyncs     screen.ActionID = "go.allSyncs"
	NewLink      screen.ActionID = "go.link"
	OpenWatch    screen.ActionID = "go.waited"
	Switch       screen.ActionID = "profile.switch"
	Arm          screen.ActionID = "profile.arm"
	ErrorDetails screen.ActionID = "error.details"
	ErrorDismiss screen.ActionID = "error.dismiss"
	TryNow       screen.ActionID = "app.tryNow"
	Suspend      screen.ActionID = "app.suspend"
	Mouse        screen.ActionID = "app.mouse"
	// Dashboard opens the page of Nango's web dashboard that shows what is on the screen.
	Dashboard screen.ActionID = "app.dashboard"
)

// actions returns everything that can be done now: the screen's own actions first, then App's. A screen's own link, such as that for
// the integration under the cursor, takes the place of App's. What the profile doesn't allow
// is disabled, with the reason.
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
	own := a.appActions()
	if slices.ContainsFunc(all, func(action screen.Action) bool { return a.firstKey(action.ID) == a.firstKey(NewLink) }) {
		own = slices.DeleteFunc(own, func(action screen.Action) bool { return action.ID == NewLink })
	}
	return append(all, own...)
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
		return fmt.Sprintf(textArmFirst, d, a.armingKeys())
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

// appActions is the table of App's own actions.
func (a *App) appActions() []screen.Action {
	notWaiting := a.notWaiting()
	return []screen.Action{
		{ID: Back, Title: titleBack, HideInFooter: len(a.stack) < 2, WhileTyping: true, Do: func(*screen.Turn) { a.back() }},
		{ID: GoTo, Title: titleGoTo, Do: func(*screen.Turn) { a.openGoTo() }},
		a.placeAction(Connections, titleConnections, screen.To("connections")),
		a.placeAction(Integrations, titleIntegrations, screen.To("integrations")),
		a.placeAction(AllSyncs, titleAllSyncs, screen.To("all-syncs")),
		a.placeAction(Logs, titleLogs, screen.To("logs")),
		a.placeAction(Providers, titleProviders, screen.To("providers")),
		a.placeAction(Environment, titleEnvironment, screen.To("environment")),
		{ID: NewLink, Title: titleNewLink, HideInFooter: true, Disabled: a.disconnected(), Do: func(*screen.Turn) {
			a.open(a.active, screen.To("link"), nil)
		}},
		{ID: Journal, Title: titleJournal, HideInFooter: true, Disabled: a.disconnected(), Do: func(*screen.Turn) {
			a.open(a.active, screen.To("journal"), nil)
		}},
		{ID: Causes, Title: titleCauses, HideInFooter: true, Disabled: a.disconnected(), Do: func(*screen.Turn) {
			a.open(a.active, screen.To("causes"), nil)
		}},
		{ID: Requests, Title: titleRequests, HideInFooter: true, Disabled: a.disconnected(), Do: func(*screen.Turn) {
			a.open(a.active, screen.To("requests"), nil)
		}},
		{ID: OpenWatch, Title: titleOpenWatch, HideInFooter: true, Disabled: a.noWatchScreen(), Do: func(*screen.Turn) { a.openWatchScreen() }},
		{ID: Switch, Title: titleSwitch, HideInFooter: true, Disabled: a.noProfiles(), Do: func(*screen.Turn) {
			a.confirmLeaving(a.pickProfile, a.stack...)
		}},
		{ID: Arm, Title: a.armTitle(), HideInFooter: true, Disabled: a.cannotArm(), Do: func(*screen.Turn) { a.toggleArmed() }},
		{ID: ErrorDetails, Title: titleErrorDetails, HideInFooter: true, Disabled: a.noError(), Do: func(*screen.Turn) { a.errorDetails() }},
		{ID: ErrorDismiss, Title: titleErrorDismiss, HideInFooter: true, Disabled: a.noErrorShown(), Do: func(*screen.Turn) {
			a.toasts.DismissErrors()
		}},
		{ID: TryNow, Title: titleTryNow, HideInFooter: notWaiting != "", Disabled: notWaiting, Do: func(*screen.Turn) { a.tryNow() }},
		a.dashboardAction(),
		{ID: Mouse, Title: a.mouseTitle(), HideInFooter: true, Do: func(*screen.Turn) { a.mouseOff = !a.mouseOff }},
		{ID: Suspend, Title: titleSuspend, HideInFooter: true, Disabled: a.config.CannotSuspend, Do: func(*screen.Turn) { a.suspend() }},
		// While the user types it takes the place of Help: nothing else leads from a form to what has no room in the footer.
		{ID: Palette, Title: titlePalette, HideInFooter: !a.typing(), WhileTyping: true, Do: func(*screen.Turn) { a.openPalette() }},
		{ID: Help, Title: titleHelp, Do: func(*screen.Turn) { a.openHelp() }},
		{ID: Quit, Title: titleQuit, HideInFooter: true, Do: func(*screen.Turn) { a.quit() }},
	}
}

// placeAction returns the action that opens one of the tabs.
func (a *App) placeAction(id screen.ActionID, title string, r screen.Route) screen.Action {
	return screen.Action{ID: id, Title: title, HideInFooter: true, Disabled: a.disconnected(), Do: func(*screen.Turn) {
		a.confirmLeaving(func() { a.home(r) }, a.stack...)
	}}
}

func (a *App) disconnected() string {
	if a.active == nil {
		return textNoProfile
	}
	return ""
}

func (a *App) noProfiles() string {
	if len(a.config.Profiles) < 2 {
		return textNoOtherProfile
	}
	return ""
}

func (a *App) noError() string {
	if e := a.top(); e != nil && e.failed() != nil {
		return ""
	}
	if _, isCut := a.toasts.LastCut(a.config.Now()); isCut {
		return ""
	}
	return a.noErrorShown()
}

func (a *App) noErrorShown() string {
	if !a.toasts.HasErrors() {
		return textNoError
	}
	return ""
}

// notWaiting is why nothing can be tried now instead of later; empty if a request waits.
func (a *App) notWaiting() string {
	if a.active == nil || !a.active.Limiter.Budget().WaitUntil.After(a.config.Now()) {
		return textNothingWaits
	}
	return ""
}

// tryNow reads the screen on top again without the wait that the server asked for.
func (a *App) tryNow() {
	a.active.Limiter.Unblock()
	if e := a.top(); e != nil {
		a.turn(e, e.screen.Refresh)
	}
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
		return titleDisarm
	}
	return titleArm
}

func (a *App) mouseTitle() string {
	if a.mouseOff {
		return titleMouseOn
	}
	return titleMouseOff
}

// toggleArmed ends arming at once, and begins it after a dialog.
func (a *App) toggleArmed() {
	if !a.isArmed() {
		a.confirmArming(a.active)
		return
	}
	a.active.guard.Disarm()
	a.toast(fmt.Sprintf(textDisarmed, a.active.Profile.Name))
}

// keysOf returns the keys of an action as they are shown: "ctrl+p, :".
func (a *App) keysOf(id screen.ActionID) string {
	return strings.Join(a.config.Keymap[id], ", ")
}

// activeKeys returns the keys that run the action now, without those that are text while the user types and those that run
// another action.
func (a *App) activeKeys(id screen.ActionID) string {
	typing := a.typing()
	var keys []string
	for _, key := range a.config.Keymap[id] {
		if found, _ := a.find(key, typing); found.ID == id {
			keys = append(keys, key)
		}
	}
	return strings.Join(keys, ", ")
}

// firstKey returns the key that the footer shows.
func (a *App) firstKey(id screen.ActionID) string {
	if keys := a.config.Keymap[id]; len(keys) > 0 {
		return keys[0]
	}
	return ""
}
