package models

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// sendDone is a confirmed request that has an outcome.
type sendDone struct {
	origin  origin
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

// propose sends a proposal at once, asks the user first, or says why it is not allowed.
func (a *App) propose(o origin, w screen.ProposeWant) {
	switch decision, d := guardOf(o.profile).Decide(w.Call, o.named, a.config.Now()); decision {
	case guard.Ask:
		a.confirm(o.entry, w, o.named == 0)
	case guard.Send:
		a.send(o, w, a.tools(o.profile))
	default:
		a.deny(o, w, d)
	}
}

// deny says why a proposal was not sent, and tells the screen or watch that it was declined.
func (a *App) deny(o origin, w screen.ProposeWant, d *guard.Denial) {
	a.fail(a.named(o.profile, w.Title+" was not sent: "+a.reason(d)), nil)
	if o.asker == byWatch {
		o = origin{asker: byLeaver, profile: o.profile}
	}
	o.named = 0
	a.call(o, w.Decline)
}

// sendApproved sends what an earlier confirmation covers. If none does, a screen's request is confirmed in a dialog, and a
// watch's is not sent, because nobody may be there to answer.
func (a *App) sendApproved(o origin, w screen.ApprovedWant) {
	d := guardOf(o.profile).CheckApproved(w.Approval, w.Propose.Call, a.config.Now())
	switch tools := a.tools(o.profile); {
	case d == nil && o.asker == byWatch:
		a.send(o, w.Propose, tools)
	case d == nil:
		a.send(o, w.Propose, tools.Bulk())
	case o.asker == byWatch:
		a.deny(o, w.Propose, d)
	default:
		o.named = 0
		a.propose(o, w.Propose)
	}
}

// send sends a confirmed request on App's own context: leaving the screen doesn't cancel it.
func (a *App) send(o origin, w screen.ProposeWant, tools screen.Tools) {
	a.sending++
	if w.OnSent != nil && o.hasScreen() {
		a.turn(o.entry, w.OnSent)
	}
	ctx := a.ctx
	a.do(func() tea.Msg {
		outcome, err := w.Send(ctx, tools)
		return sendDone{origin: o, propose: w, outcome: outcome, err: err}
	})
}

// sendDone reports the outcome, whatever is on the screen by now, and reloads what it concerns.
func (a *App) sendDone(msg sendDone) {
	a.sending--
	o, call := msg.origin, msg.propose.Call
	o.profile.guard.Learn(call.Operation, msg.err)
	a.report(msg)
	o.named = 0
	if o.isGone() {
		o.asker = byOutliving
	}
	switch {
	case !o.isGone() || msg.propose.OutlivesScreen:
		a.call(o, func(t *screen.Turn) {
			if msg.err == nil {
				t.Approval = o.profile.guard.Approve(call, msg.propose.AlsoApproves)
			}
			msg.outcome.Callback(t)
		})
	case msg.err == nil && call.Operation.FormIsDialog():
		a.fail(a.named(o.profile, msg.propose.Title+" was made after its form was left: nobody has it, and it ends by itself"), nil)
	}
	if call.Effect.Changes() {
		a.concerns(o.profile, call)
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
	id := fmt.Sprint(call.Operation, call.About, msg.origin.profile.Profile.Name)
	if msg.err == nil {
		a.toasts.Remove(id)
	}
	told := cmp.Or(msg.outcome.SuccessText, msg.propose.Title+": done")
	shown := !call.Effect.Changes() && msg.origin.hasScreen()
	switch {
	case a.isSeen(msg.propose):
		a.top().failed = msg.err // all of it can be asked for
	case msg.err != nil && shown:
	case msg.err != nil:
		a.failAbout(id, a.named(msg.origin.profile, msg.propose.Title+" failed"), msg.err)
	case call.Effect.Changes() && msg.propose.OutlivesScreen: // nobody may be looking any more
		a.news(a.named(msg.origin.profile, told))
	case call.Effect.Changes() && !call.Operation.FormIsDialog():
		a.toast(a.named(msg.origin.profile, told))
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
