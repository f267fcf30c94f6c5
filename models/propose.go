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

// armingKeys says how to arm now: while the user types it is in the palette, so that a form needn't be left for it.
func (a *App) armingKeys() string {
	if a.typing() {
		return a.firstKey(Palette) + " " + a.armTitle()
	}
	return a.keysOf(Arm)
}

// propose sends a proposal at once, asks the user first, or says why it is not allowed.
func (a *App) propose(o origin, w screen.ProposeWant) {
	if isMany(w) {
		a.proposeMany(o, w)
		return
	}
	switch decision, d := guardOf(o.profile).Decide(w.Call, o.named, a.shown.ready, a.config.Now()); decision {
	case guard.Ask:
		a.confirm(o.entry, w)
	case guard.Send:
		a.send(o, w, a.tools(o.profile))
	default:
		a.deny(o, w, d)
	}
}

func isMany(w screen.ProposeWant) bool { return w.Many.Connections > 0 }

// proposeMany asks the user for many requests at once, whatever their effect, or says why they are not allowed.
func (a *App) proposeMany(o origin, w screen.ProposeWant) {
	if d := guardOf(o.profile).CheckMany(w.Call, a.config.Now()); d != nil {
		a.deny(o, w, d)
		return
	}
	a.confirm(o.entry, w)
}

// deny says why a proposal was not sent, and tells the screen or watch that it was declined.
func (a *App) deny(o origin, w screen.ProposeWant, d *guard.Denial) {
	a.showError(a.named(o.profile, fmt.Sprintf(textNotSent, w.Title, a.reason(d))), nil)
	if o.asker == byWatch {
		o = origin{asker: byLeaver, profile: o.profile}
	}
	o.named = 0
	a.call(o, w.Decline)
}

// sendApproved sends what an earlier confirmation covers. If none does, a screen's request is confirmed in a dialog, and a
// watch's is not sent, because no one may be there to answer.
func (a *App) sendApproved(o origin, w screen.ApprovedWant) {
	d := guardOf(o.profile).CheckApproved(w.Approval, w.Propose.Call, a.config.Now())
	switch tools := a.tools(o.profile); {
	case d == nil && o.asker == byWatch && !isMany(w.Propose):
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
	msg.outcome.Learn(o.profile.store, a.config.Now())
	if !isMany(msg.propose) { // of many, who sends them tells the outcome
		a.report(msg)
	}
	o.named = 0
	if o.isGone() {
		o.asker = byOutliving
	}
	switch {
	case !o.isGone() || msg.propose.OutlivesScreen:
		a.call(o, func(t *screen.Turn) {
			t.Approval = approvalOf(msg)
			msg.outcome.Callback(t)
		})
	case msg.err == nil && call.Operation.FormIsDialog():
		a.showError(a.named(o.profile, fmt.Sprintf(textUnshown, msg.propose.Title)), nil)
	}
	switch {
	case !call.Effect.Changes():
	case isMany(msg.propose): // the one on top is refreshed at the end, not each time
		a.markStale(o.profile, call)
	default:
		a.concerns(o.profile, call)
	}
}

// approvalOf is the approval that comes with the outcome of a request; nil if none does. The confirmation of many covers the others
// also if the first one failed.
func approvalOf(msg sendDone) *screen.Approval {
	call, later := msg.propose.Call, msg.propose.AlsoApproves
	switch {
	case isMany(msg.propose) && len(later) > 0:
		return msg.origin.profile.guard.ApproveMany(call, later)
	case msg.err == nil:
		return msg.origin.profile.guard.Approve(call, later)
	}
	return nil
}

// concerns marks the screens that show what the call changed, and refreshes the one on top.
func (a *App) concerns(s *ActiveProfile, call nango.Call) {
	a.markStale(s, call)
	a.refreshTop()
}

func (a *App) markStale(s *ActiveProfile, call nango.Call) {
	s.store.Changed(call)
	for _, e := range a.stack {
		if e.profile == s && e.screen.Concerns(call) {
			e.stale = true
		}
	}
}

// report shows the outcome of a request. If it changed nothing, such as a refresh, its screen shows the error itself.
func (a *App) report(msg sendDone) {
	call := msg.propose.Call
	id := fmt.Sprint(call.Operation, call.About, msg.origin.profile.Profile.Name)
	if msg.err == nil {
		a.toasts.Remove(id)
	}
	text := cmp.Or(msg.outcome.SuccessText, fmt.Sprintf(textDone, msg.propose.Title))
	text = withCustomer(msg.origin.profile, call.About, text, false)
	shown := !call.Effect.Changes() && msg.origin.hasScreen()
	if shown {
		a.learn(msg.origin.entry, call.Operation, msg.err)
	}
	switch {
	case a.showsResult(msg.propose):
		a.learn(a.top(), call.Operation, msg.err)
	case msg.err != nil && shown:
	case msg.err != nil:
		a.showErrorFor(id, a.named(msg.origin.profile, fmt.Sprintf(textFailed, msg.propose.Title)), msg.err)
	case call.Effect.Changes() && msg.propose.OutlivesScreen: // the user may be away by now
		a.news(a.named(msg.origin.profile, text))
	case call.Effect.Changes() && !call.Operation.FormIsDialog():
		a.toast(a.named(msg.origin.profile, text))
	}
}

// showsResult reports whether the screen that shows the outcome is on top.
func (a *App) showsResult(w screen.ProposeWant) bool {
	e := a.top()
	return w.ResultScreen != nil && e != nil && e.screen == w.ResultScreen()
}

// named adds the profile's name if it isn't the active one.
func (a *App) named(s *ActiveProfile, text string) string {
	if s == a.active || s == nil {
		return text
	}
	return s.Profile.Name + ": " + text
}
