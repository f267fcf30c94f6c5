package connections

import (
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// whole is the connection with config and credentials, as far as it was fetched.
type whole struct {
	// detail is nil before; a failed refresh gives all of it but the credentials.
	detail *nango.ConnectionDetail
	// err is why the last fetch failed.
	err error
	at  time.Time
	// config and credentials are the plain values of detail.
	config, credentials []secretLeaf
	waiting             bool
}

// fetch proposes to read the connection whole. That is more than a look, so a key names it.
func (d *Detail) fetch(t *screen.Turn) {
	d.get(t, "Fetch config and credentials", nango.GetOptions{},
		"May refresh the token at the provider, and stamps when the credentials were fetched last.")
}

// forceRefresh proposes to refresh the token whether it is due or not.
func (d *Detail) forceRefresh(t *screen.Turn) {
	d.get(t, "Refresh the token now", nango.GetOptions{ForceRefresh: true},
		"Refreshes the token at the provider, also when it is not due or has failed a moment ago.")
}

func (d *Detail) get(t *screen.Turn, title string, options nango.GetOptions, does string) {
	d.whole.waiting = true
	d.built.done = false
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(d.ref, options), Title: title, About: d.subject().about(),
		Consequences: []string{does, "A refresh that fails is counted, logged and reported to webhooks."},
		Then:         d.fetched,
	})
}

func (d *Detail) fetched(t *screen.Turn, detail nango.ConnectionDetail, err error) {
	d.whole.waiting = false
	d.built.done = false
	if errors.Is(err, screen.ErrDeclined) {
		return
	}
	d.whole.err = err
	d.page.Top() // where a failure is told; what was fetched stands at the end
	d.jump = err == nil
	known, ok := nango.AsError(err)
	if ok {
		if detail, ok = known.Connection(); !ok {
			return
		}
	}
	d.take(detail, t.Now)
}

// take shows a connection that was read whole.
func (d *Detail) take(detail nango.ConnectionDetail, at time.Time) {
	d.whole.detail, d.whole.at = &detail, at
	d.now = &detail.Connection
	d.page.Hide()
	var shapes *nango.Secrets
	// An answer without one of the two, or with something else in its place, has no rows for it.
	d.whole.config, _ = secretLeaves(detail.ConnectionConfig, d.hiding.masked(detail.ConnectionConfig))
	d.whole.credentials, _ = secretLeaves(detail.Credentials, shapes.MaskCredentials(detail.Credentials))
}
