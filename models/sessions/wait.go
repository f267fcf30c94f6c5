package sessions

import (
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// How often is asked: soon at first, since the customer may be on the phone, then more and more rarely.
const (
	firstPause = 3 * time.Second
	maxPause   = time.Minute
	// patience is how long after the link's end an answer that is under way is still waited for.
	patience = 3 * time.Minute
)

// linkState is what is known of a link.
type linkState int

const (
	alive linkState = iota
	revoking
	revoked
	unsure // it was to be revoked, and nobody can say whether it was
)

// made is a session that was just made, with what its maker agreed to besides.
type made struct {
	session   nango.Session
	agreement *screen.Approval
	at        time.Time
}

// newMade is for the turn that brings the session.
func newMade(t *screen.Turn, s nango.Session) *made {
	return &made{session: s, agreement: t.Approval, at: t.Now}
}

// wait is what waiting for an arrival and for a mending have in common: the link that is out, how often was
// asked, and the end. The link's end by the clock is no state of its own: it is what [wait.dead] tells.
type wait struct {
	token     nango.Secret
	agreement *screen.Approval
	until     time.Time

	rows    screen.Load[[]nango.Connection]
	session screen.Load[nango.SessionInfo]
	polls   screen.Backoff

	link linkState
	// busy says that something agreed to is under way: nothing is asked meanwhile.
	busy bool
	// last says that the next look, or the one under way, is the last one.
	last  bool
	ended bool
	// page is the link's own, to which one can come back.
	page *Page
}

// begin fills in what is known once the session is made.
func (w *wait) begin(m *made) {
	w.token, w.agreement = m.session.Token, m.agreement
	w.until = untilWhen(m.at, m.session)
	w.polls = screen.Backoff{First: firstPause, Max: maxPause}
	w.polls.Start(m.at)
}

// Next is how long to wait before the next look, so that one falls right behind the link's end. Zero when all
// is over.
func (w *wait) Next(now time.Time) time.Duration {
	if w.ended {
		return 0
	}
	if now.Before(w.until) {
		return w.polls.PauseUntil(now, w.until.Add(time.Second))
	}
	return w.polls.Pause()
}

// QuitWarning is what would be left undone if nobody waited any more.
func (w *wait) QuitWarning() string {
	return "its link lives on, and what was agreed to for afterwards is not done"
}

// dead says that the link leads nowhere any more.
func (w *wait) dead(now time.Time) bool { return w.link == revoked || !now.Before(w.until) }

// ask reads the list, unless an answer is under way.
func (w *wait) ask(t *screen.Turn, q nango.ConnectionQuery, then func(*screen.Turn)) {
	if t.Now.After(w.until.Add(patience)) {
		w.ended = true
	}
	if w.ended || w.busy || w.rows.IsLoading() {
		return
	}
	w.last = w.last || !t.Now.Before(w.until)
	w.polls.Polled(t.Now)
	w.rows.Fetch(t, nango.ListConnections(q), then)
}

// revoke ends the link, as the form said, because its work is done.
func (w *wait) revoke(t *screen.Turn) {
	if w.dead(t.Now) {
		w.ended = true
		return
	}
	w.busy, w.link = true, revoking
	screen.SendApproved(t, w.agreement, screen.Proposal[nango.Success]{
		Request: nango.DeleteSession(w.token), Title: "Revoke the link", Then: w.afterRevoke,
	})
}

// afterRevoke makes the most of the outcome. A token that is not known any more has ended in another way.
func (w *wait) afterRevoke(t *screen.Turn, _ nango.Success, err error) {
	switch {
	case err == nil, errors.Is(err, nango.Unauthorized):
		w.settle(revoked)
	case errors.Is(err, nango.OutcomeUnknown):
		w.session.Fetch(t, nango.GetSession(w.token), w.lookedUp)
	default:
		w.settle(alive)
	}
}

// lookedUp tells from a read whether a revoking whose answer did not come was done.
func (w *wait) lookedUp(*screen.Turn) {
	switch err := w.session.Err; {
	case errors.Is(err, nango.Unauthorized):
		w.settle(revoked)
	case err == nil:
		w.settle(alive)
	default:
		w.settle(unsure)
	}
}

func (w *wait) settle(s linkState) {
	w.link, w.busy, w.ended = s, false, true
}

// revokedByHand is told when the user has ended the link: one more look tells what came of it until then.
func (w *wait) revokedByHand() {
	w.link, w.last = revoked, true
	w.polls.Quicken()
}

// cannotLook says that looking again is no use: the key may not list connections, or is none any more.
func (w *wait) cannotLook() bool {
	return errors.Is(w.rows.Err, nango.Forbidden) || errors.Is(w.rows.Err, nango.Unauthorized)
}
