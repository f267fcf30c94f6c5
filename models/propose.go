package models

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// sendDone is a request that was agreed to and has an outcome.
type sendDone struct {
	entry   *entry
	watch   *watcher
	profile *ActiveProfile
	propose screen.ProposeWant
	outcome screen.Outcome
	err     error
}

// armingKeys is how one arms now: where keys are text, that is found among all actions, so that a form need not be left for it.
func (a *App) armingKeys() string {
	if a.typing() {
		return a.firstKey(Palette) + " " + a.armTitle()
	}
	return a.keysOf(Arm)
}

// propose sends a proposal at once, asks the user first, or says why it is not allowed. Named is the effect of the user's
// action that led to it; zero if no action did.
func (a *App) propose(e *entry, w screen.ProposeWant, named nango.Effect) {
	switch decision, d := guardOf(e.profile).Decide(w.Call, named, a.config.Now()); decision {
	case guard.Ask:
		a.confirm(e, w, named == 0)
	case guard.Send:
		a.send(e, nil, e.profile, w, a.tools(e.profile))
	default:
		a.deny(e.profile, w, d)
		a.turn(e, w.Decline)
	}
}

// deny says why a proposal was not sent.
func (a *App) deny(p *ActiveProfile, w screen.ProposeWant, d *guard.Denial) {
	a.fail(a.named(p, w.Title+" was not sent: "+a.reason(d)), nil)
}

// sendApproved sends what an earlier confirmation covers, and asks if none does.
func (a *App) sendApproved(e *entry, w screen.ApprovedWant) {
	if guardOf(e.profile).CheckApproved(w.Approval, w.Propose.Call, a.config.Now()) != nil {
		a.propose(e, w.Propose, 0)
		return
	}
	a.send(e, nil, e.profile, w.Propose, a.tools(e.profile).Bulk())
}

// send sends what was agreed to, on App's own context: leaving a screen does not take it back.
func (a *App) send(e *entry, by *watcher, s *ActiveProfile, w screen.ProposeWant, tools screen.Tools) {
	a.sending++
	if w.OnSent != nil && e != nil && !e.gone {
		a.turn(e, w.OnSent)
	}
	ctx := a.ctx
	a.do(func() tea.Msg {
		outcome, err := w.Send(ctx, tools)
		return sendDone{entry: e, watch: by, profile: s, propose: w, outcome: outcome, err: err}
	})
}

// sendDone tells the outcome, wherever the user is by now, and has what it concerns read again.
func (a *App) sendDone(msg sendDone) {
	a.sending--
	msg.profile.guard.Learn(msg.propose.Call.Operation, msg.err)
	a.report(msg)
	t := a.newTurn(msg.profile)
	if msg.err == nil {
		t.Approval = msg.profile.guard.Approve(msg.propose.Call, msg.propose.AlsoApproves)
	}
	switch {
	case msg.watch != nil:
		msg.outcome.Callback(t)
		a.carryOutWatch(msg.watch, t)
	case msg.entry != nil && !msg.entry.gone:
		msg.outcome.Callback(t)
		a.carryOut(msg.entry, t, 0)
	case msg.propose.OutlivesScreen:
		msg.outcome.Callback(t)
		a.carryOutToasts(t)
		a.carryOutOneTime(msg.profile, t)
	case msg.err == nil && msg.propose.Call.Operation.FormIsDialog():
		a.fail(a.named(msg.profile, msg.propose.Title+" was made after its form was left: nobody has it, and it ends by itself"), nil)
	}
	if msg.propose.Call.Effect.Changes() {
		a.concerns(msg.profile, msg.propose.Call)
	}
}

// concerns marks the screens that show what the call changed, and reads the top one again.
func (a *App) concerns(s *ActiveProfile, call nango.Call) {
	for _, e := range a.stack {
		if e.profile == s && e.screen.Concerns(call) {
			e.stale = true
		}
	}
	a.revealed()
}

// report says how what was sent ended. Of what changes nothing, such as a refresh, the screen that asked for it tells by itself.
func (a *App) report(msg sendDone) {
	call := msg.propose.Call
	id := fmt.Sprint(call.Operation, call.About, msg.profile.Profile.Name)
	if msg.err == nil {
		a.toasts.Remove(id)
	}
	told := cmp.Or(msg.outcome.SuccessText, msg.propose.Title+": done")
	shown := !call.Effect.Changes() && msg.entry != nil && !msg.entry.gone
	switch {
	case a.isSeen(msg.propose):
		a.top().failed = msg.err // all of it can be asked for
	case msg.err != nil && shown:
	case msg.err != nil:
		a.failAbout(id, a.named(msg.profile, msg.propose.Title+" failed"), msg.err)
	case call.Effect.Changes() && msg.propose.OutlivesScreen: // nobody may be looking any more
		a.news(a.named(msg.profile, told))
	case call.Effect.Changes() && !call.Operation.FormIsDialog():
		a.toast(a.named(msg.profile, told))
	}
}

// isSeen says that the screen which tells the outcome is on top.
func (a *App) isSeen(w screen.ProposeWant) bool {
	e := a.top()
	return w.ResultScreen != nil && e != nil && e.screen == w.ResultScreen()
}

// named adds the profile's name where it is not the one on the screen.
func (a *App) named(s *ActiveProfile, text string) string {
	if s == a.active || s == nil {
		return text
	}
	return s.Profile.Name + ": " + text
}
