package connections

import (
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// fetched is the connection's config and credentials, if fetched.
type fetched struct {
	// detail is nil before. After a failed refresh, it lacks only the credentials.
	detail *nango.ConnectionDetail
	// err is why the last fetch failed.
	err error
	at  time.Time
	// config and credentials are the scalar values of detail.
	config, credentials []leaf
	waiting             bool
}

// fetch proposes to read the connection with its credentials. This is more than a read, so a key names it.
func (d *Detail) fetch(t *screen.Turn) {
	d.get(t, "Fetch config and credentials", nango.GetOptions{},
		textMayRefreshTokenProvider)
}

// forceRefresh proposes to refresh the token whether it is due or not.
func (d *Detail) forceRefresh(t *screen.Turn) {
	d.get(t, "Refresh token", nango.GetOptions{ForceRefresh: true},
		"Refreshes the token at the provider, even if it isn't due or has just failed.")
}

func (d *Detail) get(t *screen.Turn, title string, options nango.GetOptions, does string) {
	d.whole.waiting = true
	d.Rebuild(t)
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(d.ref, options), Title: title, About: d.target().about(),
		Consequences: []string{does, textIfRefreshFailsNango},
		Then:         d.fetchDone,
	})
}

func (d *Detail) fetchDone(t *screen.Turn, detail nango.ConnectionDetail, err error) {
	d.whole.waiting = false
	d.Rebuild(t)
	if errors.Is(err, screen.ErrDeclined) {
		return
	}
	d.whole.err = err
	d.Rows.Top() // where a failure is shown; fetched data is at the end
	d.jump = err == nil
	known, ok := nango.AsError(err)
	if ok {
		if detail, ok = known.Connection(); !ok {
			return
		}
	}
	d.take(t, detail)
}

// take shows a connection read with its credentials.
func (d *Detail) take(t *screen.Turn, detail nango.ConnectionDetail) {
	d.whole.detail, d.whole.at = &detail, t.Now
	d.now = &detail.Connection
	d.Rows.Hide()
	// If a response lacks one of the two or has another type there, that section has no rows.
	d.whole.config, _ = leavesOf(detail.ConnectionConfig, 0, t.Mask)
	d.whole.credentials, _ = leavesOf(detail.Credentials, nango.InCredentials, t.Mask)
}
