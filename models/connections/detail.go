package connections

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/doctor"
	"nango-tui/ui"
)

// Detail is the page of a connection. It opens with the list's data, which changes nothing; config and credentials
// are fetched by a key.
type Detail struct {
	screen.Page
	ref  nango.ConnectionRef
	load screen.Load[[]nango.Connection]
	// now is the connection as last read; nil before.
	now *nango.Connection
	// seen is the version of the store up to which the page shows what others learned.
	seen int
	// firstFailed is the earliest failure of the authentication that was seen, and failures how many were.
	firstFailed time.Time
	failures    int
	// gone means that the last read didn't find it.
	gone bool
	// syncing are its syncs.
	syncing screen.Load[[]nango.SyncStatus]
	triage  triage
	whole   fetched
	scopes  screen.Task[doctor.Integration]
	// jump scrolls the next frame to what was fetched, and jumpedTo is the row that it selected.
	jump     bool
	jumpedTo string
}

// NewDetail creates the page for a route: connection/INTEGRATION/ID.
func NewDetail(r screen.Route) (*Detail, error) {
	if len(r.Args) != 2 || r.Arg(0) == "" || r.Arg(1) == "" {
		return nil, fmt.Errorf(errDetailPath, DetailRoute)
	}
	return &Detail{ref: nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}}, nil
}

// SelectedOperation is the log id under the cursor, or "".
func (d *Detail) SelectedOperation() string {
	id, isLog := strings.CutPrefix(d.Rows.Selected(), rowLog)
	if !isLog {
		return ""
	}
	return id
}

// Title is the customer's name, once it is known.
func (d *Detail) Title() string { return d.target().about() }

// target is the connection that the actions apply to.
func (d *Detail) target() target {
	if d.now == nil {
		return target{ref: d.ref, name: d.ref.ID}
	}
	return targetOf(d.now)
}

// Refresh loads the connection from the list, its syncs, and then what the logs say about it, which changes nothing.
func (d *Detail) Refresh(t *screen.Turn) {
	d.load.Fetch(t, readRow(d.ref), d.arrived)
	d.readSyncs(t)
	d.Rebuild(t)
}

func (d *Detail) arrived(t *screen.Turn) {
	d.Rebuild(t)
	if d.load.HasFailed() {
		return
	}
	found := match(d.load.Value, d.ref)
	d.gone = found == nil
	if found != nil {
		d.now = found
	}
	if d.gone {
		t.Store.LearnGone(t.Now, d.ref)
	}
	d.readLogs(t)
}

// Notify shows what others have learned about the connection and its syncs.
func (d *Detail) Notify(t *screen.Turn) {
	if f := t.Store.About(d.ref, d.seen); f != nil {
		d.firstFailed, d.failures = f.FirstFailed, f.Failures
		if d.gone = f.Connection == nil; !d.gone {
			d.now, d.load.At = f.Connection, f.At
		}
		d.Rebuild(t)
		d.followErrors(t)
	}
	d.seen = t.Store.Version()
	if known, ok := t.Store.SyncsOf(d.ref); ok && known.At.After(d.syncing.At) {
		d.syncing.Value, d.syncing.At = known.All, known.At
		d.Rebuild(t)
	}
}

// AutoRefresh reports that the page reloads by itself while it is on top.
func (d *Detail) AutoRefresh() bool { return true }

// LoadedAt is when the connection was read from the list.
func (d *Detail) LoadedAt() time.Time { return d.load.At }

// Concerns reports whether a call changed this connection, or deleted its integration.
func (d *Detail) Concerns(c nango.Call) bool {
	switch c.Operation {
	case nango.OpConnectionUpsert, nango.OpConnectionUpdate, nango.OpConnectionDelete, nango.OpSessionReconnect:
		return c.About == d.ref
	case nango.OpMetadataSet, nango.OpMetadataMerge, nango.OpSyncTrigger, nango.OpSyncStart, nango.OpSyncPause, nango.OpSyncFrequency,
		nango.OpVariantCreate, nango.OpVariantDelete:
		return c.About == d.ref || c.About.ID == "" && c.About.Integration == d.ref.Integration
	case nango.OpIntegrationUpdate, nango.OpIntegrationDelete:
		return c.About.Integration == d.ref.Integration
	}
	return false
}

// View draws the page, or the reason why there is none.
func (d *Detail) View(f ui.Frame) string {
	switch {
	case d.gone:
		return screen.Empty(f, fmt.Sprintf(textGone, d.ref.ID, d.ref.Integration),
			screen.TextMayBeDeleted, screen.HintOrPalette(f, screen.Refresh, hintRetry)+".")
	case d.now == nil && d.load.HasFailed():
		return screen.Failure(f, screen.TextConnectionFailed, d.load.Err)
	case d.now == nil:
		return screen.Loading(f, textLoading)
	}
	drawn := d.Draw(f, d.sections)
	if d.jump {
		d.jump = false
		d.Rows.Bottom() // which is known once the page is drawn
		d.jumpedTo = d.Rows.Selected()
		return d.Rows.View(f)
	}
	return drawn
}

// fetched is the connection's config and credentials, if fetched.
type fetched struct {
	// detail is nil before. After a failed refresh, it lacks only the credentials.
	detail *nango.ConnectionDetail
	// err is why the last fetch failed.
	err error
	at  time.Time
	// triedAt is when the last fetch ended.
	triedAt time.Time
	// config and credentials are the scalar values of detail.
	config, credentials []leaf
	waiting             bool
}

// fetch proposes to read the connection with its credentials. This is more than a read, so a key names it.
func (d *Detail) fetch(t *screen.Turn) {
	d.get(t, fetchTitle, nango.GetOptions{}, fetchMayRefresh)
}

func (d *Detail) forceRefresh(t *screen.Turn) {
	d.get(t, actionRefreshToken, nango.GetOptions{ForceRefresh: true}, fetchRefreshes)
}

func (d *Detail) get(t *screen.Turn, title string, options nango.GetOptions, does string) {
	d.whole.waiting = true
	d.Rebuild(t)
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(d.ref, options), Title: title, About: d.target().about(),
		Consequences: []string{does, fetchIfFails, fetchScopes},
		Then:         d.fetchDone,
	})
}

func (d *Detail) fetchDone(t *screen.Turn, detail nango.ConnectionDetail, err error) {
	d.whole.waiting = false
	d.Rebuild(t)
	if errors.Is(err, screen.ErrDeclined) {
		return
	}
	d.whole.err, d.whole.triedAt = err, t.Now
	d.Rows.Top() // where a failure is shown; fetched data is at the end
	d.jump = err == nil
	known, ok := nango.AsError(err)
	if ok {
		d.refreshFailed(t, known)
		if detail, ok = known.Connection(); !ok {
			return
		}
	}
	d.take(t, detail)
	d.readScopes(t)
}

func (d *Detail) take(t *screen.Turn, detail nango.ConnectionDetail) {
	d.whole.detail, d.whole.at = &detail, t.Now
	d.now = &detail.Connection
	d.Rows.Hide()
	// If a response lacks one of the two or has another type there, that section has no rows.
	d.whole.config, _ = leavesOf(detail.ConnectionConfig, 0, t.Mask)
	d.whole.credentials, _ = leavesOf(detail.Credentials, nango.InCredentials, t.Mask)
}
