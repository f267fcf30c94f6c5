package models

import (
	"context"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// asker is who puts wants into a turn. It decides which of them are carried out.
type asker int

const (
	// byScreen is a screen on the stack, or an action of App.
	byScreen asker = iota
	// byWatch is a watch: the user may be away.
	byWatch
	// byLeaver is a screen that is closing, or a watch whose request was denied.
	byLeaver
	// byOutliving is a proposal that outlives its screen, which was closed.
	byOutliving
	askers // the number of them
)

var askerNames = [askers]string{"screen", "watch", "closing screen", "proposal of a closed screen"}

// origin is where a turn comes from.
type origin struct {
	asker asker
	// entry is the screen's; nil for a watch, and for an action of App before the first screen is there.
	entry   *entry
	watcher *watcher // nil for screens
	profile *ActiveProfile
	// named is the effect of the user's action that led to the turn; zero if none did.
	named nango.Effect
}

func screenOrigin(e *entry) origin { return origin{asker: byScreen, entry: e, profile: e.profile} }

func watchOrigin(w *watcher) origin { return origin{asker: byWatch, watcher: w, profile: w.profile} }

// isGone reports whether the screen was closed.
func (o origin) isGone() bool { return o.entry != nil && o.entry.gone }

// hasScreen reports whether there is a screen that was not closed.
func (o origin) hasScreen() bool { return o.entry != nil && !o.entry.gone }

// context ends with the screen or the watch.
func (o origin) context() context.Context {
	if o.watcher != nil {
		return o.watcher.ctx
	}
	return o.entry.ctx
}

// treatment is what is done with a want.
type treatment int

const (
	// mistake means that the want is a bug in the program: see [App.unexpected].
	mistake treatment = iota
	// dropped means that the want is about a screen that is gone: its callback can't know that.
	dropped
	// carried means that the want is carried out.
	carried
)

// treatments says what is done with each type of want, by asker: a screen, a watch, a leaver, an outliving proposal.
// A type that isn't listed is a mistake, whoever asks.
var treatments = map[string][askers]treatment{
	"FetchWant":    {carried, carried, mistake, dropped},
	"WorkWant":     {carried, mistake, mistake, dropped},
	"CancelWant":   {carried, mistake, mistake, dropped},
	"ProposeWant":  {carried, mistake, mistake, mistake},
	"ApprovedWant": {carried, carried, mistake, mistake},
	"OpenWant":     {carried, mistake, mistake, dropped},
	"ShowWant":     {carried, mistake, mistake, dropped},
	"OneTimeWant":  {carried, mistake, mistake, carried},
	"BackWant":     {carried, mistake, mistake, dropped},
	"WatchWant":    {carried, mistake, mistake, mistake},
	"ChangedWant":  {carried, carried, mistake, mistake},
	"RunWant":      {carried, mistake, mistake, dropped},
	"EditWant":     {carried, mistake, mistake, mistake},
	"PickWant":     {carried, mistake, mistake, mistake},
	"SecretsWant":  {carried, mistake, mistake, mistake},
	"CopyWant":     {carried, mistake, mistake, mistake},
	"CopyCurlWant": {carried, mistake, mistake, mistake},
	"ToastWant":    {carried, carried, carried, carried},
	"AlertWant":    {carried, carried, carried, carried},
	"ListenWant":   {carried, mistake, mistake, dropped},
	"SettleWant":   {carried, carried, carried, carried},
	"NoticeWant":   {carried, carried, mistake, mistake},
	"BrowseWant":   {carried, mistake, mistake, mistake},
}

// wantName is the name of a want's type, such as "FetchWant".
func wantName(w screen.Want) string {
	name := fmt.Sprintf("%T", w)
	return name[strings.LastIndexByte(name, '.')+1:]
}

// carryOut carries out what a turn holds, in order.
func (a *App) carryOut(o origin, t *screen.Turn) {
	for _, w := range t.Wants() {
		switch treatments[wantName(w)][o.asker] {
		case carried:
			a.carry(o, w)
		case mistake:
			a.unexpected(o, w)
		}
	}
	if o.asker == byWatch {
		a.schedule(o.watcher)
	}
}

// unexpected reports a want that its asker may not have. It is never dropped silently.
func (a *App) unexpected(o origin, w screen.Want) {
	err := fmt.Errorf("a %s can't have a %s carried out", askerNames[o.asker], wantName(w))
	if a.config.OnBug != nil {
		a.config.OnBug(err)
		return
	}
	a.showError(textBug, err)
}

// carry carries out one want.
func (a *App) carry(o origin, w screen.Want) {
	switch w := w.(type) {
	case screen.FetchWant:
		a.fetch(o, w)
	case screen.WorkWant:
		a.work(o, w)
	case screen.CancelWant:
		a.cancelFetch(o.entry, w.Owner)
	case screen.ProposeWant:
		a.propose(o, w)
	case screen.ApprovedWant:
		a.sendApproved(o, w)
	case screen.WatchWant:
		a.watch(o.profile, o.connection(), w.Watch)
	case screen.ChangedWant:
		a.concerns(o.profile, w.Call)
	case screen.RunWant:
		a.do(screenCmd(o.entry, w.Cmd))
	case screen.EditWant:
		a.edit(o.entry, w)
	case screen.SecretsWant:
		a.config.Secrets.Add(w.Secrets...)
	case screen.CopyWant:
		a.copyWanted(w)
	case screen.CopyCurlWant:
		a.copyCurl(w.Call, o.profile)
	case screen.BrowseWant:
		a.browse(w.URL)
	case screen.ToastWant:
		a.say(o, w.Text)
	case screen.AlertWant:
		a.alert(o, w)
	case screen.ListenWant:
		a.listen(o, w)
	case screen.SettleWant:
		a.settle(o.profile, w)
	case screen.NoticeWant:
		a.notice(a.namedBy(o, w.Title), w.Lines)
	default:
		a.navigate(o, w)
	}
}

// navigate carries out a want that opens, closes or covers screens.
func (a *App) navigate(o origin, w screen.Want) {
	switch w := w.(type) {
	case screen.OpenWant:
		if w.Route.Name == profileRoute && w.Route.Query.Has(screen.QueryOpen) {
			a.confirmLeaving(func() { a.open(o.profile, w.Route, nil) }, a.stack...)
			return
		}
		a.open(o.profile, w.Route, replaced(o.entry, w.Replace))
	case screen.ShowWant:
		a.show(o.entry, w)
	case screen.OneTimeWant:
		a.showOneTime(o, w.Screen)
	case screen.BackWant:
		if w.AskIfDirty {
			a.leaveByUser(o.entry)
		} else {
			a.close(o.entry)
		}
	case screen.PickWant:
		a.pick(o.entry, w)
	default:
		a.unexpected(o, w)
	}
}

// say shows a short message. A watch's stays until a key is pressed, because the user may be away.
func (a *App) say(o origin, text string) {
	text = withCustomer(o.profile, o.connection(), text, false)
	if o.asker == byWatch {
		a.news(a.namedBy(o, text))
		return
	}
	a.toast(text)
}

// namedBy adds the profile's name to what a watch says, if it isn't the one on the screen.
func (a *App) namedBy(o origin, text string) string {
	if o.asker == byWatch {
		return a.named(o.profile, text)
	}
	return text
}

// replaced is the screen that another one replaces; nil if it comes on top.
func replaced(e *entry, replace bool) *entry {
	if replace {
		return e
	}
	return nil
}

// show puts a screen that has no route on top of the one that asked, or in its place. It has that one's route.
func (a *App) show(e *entry, w screen.ShowWant) {
	if w.Replace {
		a.replaceScreen(e, w.Screen, e.route)
		return
	}
	a.push(e.profile, w.Screen, e.route)
}

// showOneTime puts a screen with a one-time secret on top, whatever is on the screen by now.
func (a *App) showOneTime(o origin, s screen.Screen) {
	a.quitWarning = "" // the user was not asked about this one yet
	var route screen.Route
	if o.hasScreen() {
		route = o.entry.route
	}
	a.push(o.profile, s, route)
}
