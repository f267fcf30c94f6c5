package connections

import (
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
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
	// gone means that the last read didn't find it.
	gone bool
	// syncing are its syncs.
	syncing screen.Load[[]nango.SyncStatus]
	whole   fetched
	// jump scrolls the next frame to what was fetched.
	jump bool
}

// NewDetail creates the page for a route: connection/INTEGRATION/ID.
func NewDetail(r screen.Route) (*Detail, error) {
	if len(r.Args) != 2 || r.Arg(0) == "" || r.Arg(1) == "" {
		return nil, errors.New(textConnectionIdentifiedIntegrationId + DetailRoute + textIntegrationIdWriteId)
	}
	return &Detail{ref: nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}}, nil
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

// Open reads the connection from the list.
func (d *Detail) Open(t *screen.Turn) { d.Refresh(t) }

// Refresh reloads the connection from the list, and its syncs, which changes nothing.
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
}

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
		return screen.Empty(f, "No connection "+d.ref.ID+" of "+d.ref.Integration+".",
			textMayDeletedOrBelong, screen.HintOrPalette(f, screen.Refresh, "tries again")+".")
	case d.now == nil && d.load.HasFailed():
		return screen.Failure(f, "Couldn't load the connection", d.load.Err)
	case d.now == nil:
		return screen.Loading(f, "Loading connection")
	}
	drawn := d.Draw(f, d.sections)
	if d.jump {
		d.jump = false
		d.Rows.Bottom() // which is known once the page is drawn
		return d.Rows.View(f)
	}
	return drawn
}
