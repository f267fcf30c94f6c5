package sessions

import (
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// How often to check: soon at first, because the customer may be on the phone, then less and less often.
const (
	firstPause = 3 * time.Second
	maxPause   = time.Minute
	// topPause is the longest pause while the user looks at the link's page, in the time in which customers usually finish: what
	// they did is noticed within 5 seconds.
	topPause = 4 * time.Second
	topTime  = 5 * time.Minute
	// patience is how long after the link's expiry a pending response is still awaited.
	patience = 3 * time.Minute
)

type linkState int

const (
	alive linkState = iota
	revoking
	revoked
	unsure // a revocation without a response
)

// newSession is a new session, with what its creation approved.
type newSession struct {
	session   nango.Session
	agreement *screen.Approval
	at        time.Time
}

// creation creates a session. It reads the existing connections at the same time: no one can use the link before its page is
// shown, so whatever is found existed before.
type creation struct {
	making bool
	made   *newSession
	before screen.Load[[]nango.Connection]
}

// busy is why nothing can be done while a link is being created and not shown yet. Leaving would lose it, and it would still be
// valid for half an hour.
func (c *creation) busy() string {
	return screen.DisabledIf(c.making || c.made != nil, textLinkBeingCreatedWait)
}

// create proposes the session. Show is called once both are known: the session, and the connections that existed before.
// Failed is called with the error of the request, unless it was declined.
func (c *creation) create(
	t *screen.Turn, p screen.Proposal[nango.Session], before nango.ConnectionQuery, show func(*screen.Turn), failed func(error),
) {
	ready := func(t *screen.Turn) {
		if c.made != nil && !c.before.IsLoading() {
			show(t)
		}
	}
	p.Then = func(t *screen.Turn, s nango.Session, err error) {
		c.making = false
		if err == nil {
			c.made = &newSession{session: s, agreement: t.Approval, at: t.Now}
			ready(t)
			return
		}
		c.before.Cancel(t)
		if !errors.Is(err, screen.ErrDeclined) {
			failed(err)
		}
	}
	c.making = true
	c.before.Fetch(t, nango.ListConnections(before), ready)
	screen.Propose(t, p)
}

// linkWatch is the common part of waiting for an arrival and for a reconnect: the link, the checks, and the end. Expiry is
// not a state of its own: [linkWatch.isOver] reports it.
type linkWatch struct {
	token     nango.Secret
	agreement *screen.Approval
	until     time.Time
	// since is when the link was created, by the server's clock if known.
	since time.Time

	rows    screen.Load[[]nango.Connection]
	session screen.Load[nango.SessionInfo]
	polls   screen.Backoff

	link linkState
	// busy means that an approved request is pending: nothing is checked meanwhile.
	busy bool
	// last means that the next or current check is the last one.
	last  bool
	ended bool
	// page is the link's page, to come back to.
	page *Page
}

func (w *linkWatch) begin(m *newSession) {
	w.token, w.agreement = m.session.Token, m.agreement
	w.until, w.since = expiry(m.at, m.session), createdAt(m.at, m.session)
	w.polls = screen.Backoff{First: firstPause, Max: maxPause, QuickUntil: m.at.Add(topTime)}
	w.polls.Start(m.at)
}

// Next is how long to wait before the next check, so that one falls right after the link's expiry. Zero when all is
// over.
func (w *linkWatch) Next(now time.Time) time.Duration {
	if w.ended {
		return 0
	}
	if now.Before(w.until) {
		return w.polls.PauseUntil(now, w.until.Add(time.Second))
	}
	return w.polls.Pause()
}

// SetOnTop has the watch check more often while the user sees the link's page.
func (w *linkWatch) SetOnTop(onTop bool) {
	w.polls.Quick = 0
	if onTop {
		w.polls.Quick = topPause
	}
}

func (w *linkWatch) QuitWarning() string { return textLinkStaysValidApproved }

func (w *linkWatch) isOver(now time.Time) bool { return w.link == revoked || !now.Before(w.until) }

// ask reads the list, unless a check is pending.
func (w *linkWatch) ask(t *screen.Turn, q nango.ConnectionQuery, then func(*screen.Turn)) {
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

// revoke revokes the link, as approved in the form, because its work is done.
func (w *linkWatch) revoke(t *screen.Turn) {
	if w.isOver(t.Now) {
		w.ended = true
		return
	}
	w.busy, w.link = true, revoking
	screen.SendApproved(t, w.agreement, screen.Proposal[nango.Success]{
		Request: nango.DeleteSession(w.token), Title: "Revoke link", Then: w.afterRevoke,
	})
}

// afterRevoke handles the outcome. A token that is unknown by now has ended in another way.
func (w *linkWatch) afterRevoke(t *screen.Turn, _ nango.Success, err error) {
	switch {
	case err == nil, errors.Is(err, nango.Unauthorized):
		w.settle(revoked)
	case errors.Is(err, nango.OutcomeUnknown):
		w.session.Fetch(t, nango.GetSession(w.token), w.checkedRevocation)
	default:
		w.settle(alive)
	}
}

// checkedRevocation tells from a read whether a revocation without a response was carried out.
func (w *linkWatch) checkedRevocation(*screen.Turn) {
	switch err := w.session.Err; {
	case errors.Is(err, nango.Unauthorized):
		w.settle(revoked)
	case err == nil:
		w.settle(alive)
	default:
		w.settle(unsure)
	}
}

func (w *linkWatch) settle(s linkState) { w.link, w.busy, w.ended = s, false, true }

// isHopeless reports whether checking again is useless: the key may not list connections, or is no longer valid.
func (w *linkWatch) isHopeless() bool {
	return errors.Is(w.rows.Err, nango.Forbidden) || errors.Is(w.rows.Err, nango.Unauthorized)
}
