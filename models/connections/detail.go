package connections

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Detail is the page of one connection. It opens from what the list has of it, which changes nothing; config and
// credentials are fetched by a key.
type Detail struct {
	ref  nango.ConnectionRef
	load screen.Load[[]nango.Connection]
	// now is the connection as it was read last, by the list or whole; nil before.
	now *nango.Connection
	// gone says that the last look did not find it.
	gone bool
	// syncing are its syncs.
	syncing screen.Load[[]nango.SyncStatus]
	whole   whole
	page    ui.Fields
	built   built
	// jump has the next frame begin where what was fetched stands.
	jump  bool
	drawn time.Time // when the last frame was
	// hiding is that of the last frame.
	hiding hiding
}

// built says what the page was laid out for: it is laid out again when something arrived, and when ages change.
type built struct {
	done   bool
	minute int64
	width  int
}

// NewDetail makes the page that the route names: connection/INTEGRATION/ID.
func NewDetail(r screen.Route) (*Detail, error) {
	if len(r.Args) != 2 || r.Arg(0) == "" || r.Arg(1) == "" {
		return nil, errors.New("a connection is named by integration and id: " + DetailRoute + "/INTEGRATION/ID, with / in the id written as %2F")
	}
	return &Detail{ref: nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}}, nil
}

// Title names the connection by its customer, as soon as that is known.
func (d *Detail) Title() string { return d.subject().about() }

// subject is whom the actions are about.
func (d *Detail) subject() subject {
	if d.now == nil {
		return subject{ref: d.ref, name: d.ref.ID}
	}
	return subjectOf(d.now)
}

// Open reads the connection from the list.
func (d *Detail) Open(t *screen.Turn) { d.Refresh(t) }

// Refresh reads it from the list again, and its syncs, which changes nothing.
func (d *Detail) Refresh(t *screen.Turn) {
	d.load.Fetch(t, readRow(d.ref), d.arrived)
	d.readSyncs(t)
	d.built.done = false
}

func (d *Detail) arrived(*screen.Turn) {
	d.built.done = false
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

// Typing says that no key is text here.
func (d *Detail) Typing() bool { return false }

// Update puts the cursor on the row that is clicked.
func (d *Detail) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		d.page.Select(d.page.RowAt(click.Y))
	}
}

// RedrawInterval draws again by the second while a secret is in clear, so that it is hidden in time.
func (d *Detail) RedrawInterval() time.Duration {
	if d.page.Revealed(d.drawn) == "" {
		return 0
	}
	return time.Second
}

// Concerns says whether a call changed this connection, or whether its integration is there at all.
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

// View draws the page, or why there is none.
func (d *Detail) View(f ui.Frame) string {
	d.drawn, d.hiding.seen = f.Now, f.Mask
	switch {
	case d.gone:
		return screen.Empty(f, "There is no connection "+d.ref.ID+" of "+d.ref.Integration+".",
			"It may have been deleted, or belong to another environment.", screen.HintOrPalette(f, screen.Refresh, "looks again")+".")
	case d.now == nil && d.load.HasFailed():
		return screen.Failure(f, "The connection could not be read", d.load.Err)
	case d.now == nil:
		return screen.Loading(f, "Reading the connection")
	}
	if now := (built{true, f.Now.Unix() / 60, f.Width}); d.built != now {
		d.page.SetSections(d.sections(f))
		d.built = now
	}
	if d.jump {
		d.page.View(f) // the end is known when the page has been laid out
		d.page.Bottom()
		d.jump = false
	}
	return d.page.View(f)
}
