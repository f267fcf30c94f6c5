package models

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

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

// verdict is what is done with a proposal.
type verdict int

const (
	refuse verdict = iota
	ask
	send
)

// judge decides what the profile and the request's effect ask for. asked is the effect that the user's action
// is known to have; zero where no action of the user led here.
func (a *App) judge(s *ActiveProfile, call nango.Call, asked nango.Effect) (v verdict, reason string) {
	if reason := a.forbids(s, call.Operation, call.Effect); reason != "" {
		return refuse, reason
	}
	if reason := s.limits.reason(call.Operation); reason != "" {
		return refuse, reason
	}
	named := asked >= call.Effect
	switch {
	case call.Effect == nango.Reads:
		return send, ""
	case call.Effect == nango.Refreshes && named && !s.Profile.Production:
		return send, ""
	case call.Operation.FormIsDialog() && named:
		return send, ""
	}
	return ask, ""
}

// forbids is why the profile does not allow an operation with this effect now; empty where it does.
func (a *App) forbids(s *ActiveProfile, op nango.Operation, effect nango.Effect) string {
	if s == nil {
		return "no profile is connected"
	}
	p := s.Profile
	switch {
	case effect == nango.Reads:
		return ""
	case p.ReadOnly && effect == nango.Refreshes && p.MayRefresh:
		return ""
	case p.ReadOnly:
		return p.Name + " is read-only"
	case effect == nango.Refreshes || op.NeedsNoArming() || !p.Production || s.armed(a.config.Now()):
		return ""
	}
	return fmt.Sprintf("%s is production and not armed: arm it first (%s)", p.Name, a.armingKeys())
}

// armingKeys is how one arms now: where keys are text, that is found among all actions, so that a form need not be left for it.
func (a *App) armingKeys() string {
	if a.typing() {
		return a.firstKey(Palette) + " " + a.armTitle()
	}
	return a.keysOf(Arm)
}

func (a *App) propose(e *entry, w screen.ProposeWant, asked nango.Effect) {
	switch v, reason := a.judge(e.profile, w.Call, asked); v {
	case refuse:
		a.fail(w.Title+" was not sent: "+reason, nil)
		a.turn(e, w.Decline)
	case ask:
		a.confirm(e, w, asked == 0)
	case send:
		a.send(e, nil, e.profile, w, a.tools(e.profile))
	}
}

// sendAgreed sends what an earlier yes covers, and asks where none does.
func (a *App) sendAgreed(e *entry, s *ActiveProfile, w screen.ApprovedWant) {
	if a.approvals[w.Approval] == s && w.Approval.Covers(w.Propose.Call) {
		a.send(e, nil, s, w.Propose, a.tools(s).Bulk())
		return
	}
	a.propose(e, w.Propose, 0)
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
	msg.profile.limits.learn(msg.propose.Call.Operation, msg.err, msg.profile.proven)
	a.report(msg)
	t := a.newTurn(msg.profile)
	if msg.err == nil && len(msg.propose.AlsoApproves) > 0 {
		t.Approval = screen.NewApproval(msg.propose.AlsoApproves)
		a.approvals[t.Approval] = msg.profile
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
