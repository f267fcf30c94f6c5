package syncs

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Detail is the page of one sync of a connection. It has no route of its own: the list it was opened from has.
type Detail struct {
	screen.Base
	ref  nango.ConnectionRef
	now  screen.SyncView
	load screen.Load[[]nango.SyncStatus]
	// gone says that the last look did not find it.
	gone bool
	// below shows what was found on the list below.
	below func(t *screen.Turn, look nango.SyncSelection, all []nango.SyncStatus)
	page  ui.Fields
	built built
}

// built says what the page was laid out for: it is laid out again when something arrived, and when ages change.
type built struct {
	done   bool
	minute int64
	width  int
}

func newDetail(ref nango.ConnectionRef, now screen.SyncView, below func(*screen.Turn, nango.SyncSelection, []nango.SyncStatus)) *Detail {
	return &Detail{ref: ref, now: now, below: below}
}

// Title names the sync, and whose it is.
func (d *Detail) Title() string { return d.now.Name.String() + " of " + d.ref.String() }

// Open reads nothing: what the list has is shown.
func (d *Detail) Open(*screen.Turn) {}

// Refresh reads this sync again, and no other.
func (d *Detail) Refresh(t *screen.Turn) {
	d.load.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: d.ref, Syncs: []nango.SyncName{d.now.Name}}), d.arrived)
}

func (d *Detail) arrived(t *screen.Turn) {
	d.built.done = false
	if !d.load.HasFailed() {
		d.show(d.load.Value, t.Now)
	}
}

// show takes the sync out of what was read.
func (d *Detail) show(all []nango.SyncStatus, at time.Time) {
	if at.Before(d.now.LoadedAt) {
		return
	}
	i := slices.IndexFunc(all, func(one nango.SyncStatus) bool { return one.Name == d.now.Name })
	if d.gone = i < 0; !d.gone {
		d.now = screen.SyncView{SyncStatus: all[i], LoadedAt: at}
	}
	d.built.done = false
}

// looked shows what a look after an order has found, here and on the list below.
func (d *Detail) looked(t *screen.Turn, look nango.SyncSelection, all []nango.SyncStatus) {
	d.show(all, t.Now)
	d.below(t, look, all)
}

// AutoRefresh says that the page is read again from time to time while it is on top.
func (d *Detail) AutoRefresh() bool { return true }

// LoadedAt is when what is shown was read.
func (d *Detail) LoadedAt() time.Time { return d.now.LoadedAt }

// Concerns says whether a call changed how the sync stands.
func (d *Detail) Concerns(c nango.Call) bool { return changesSyncs(c, d.ref) }

// Update puts the cursor where one clicks.
func (d *Detail) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		d.page.Select(d.page.RowAt(click.Y))
	}
}

// Actions is what can be done with the sync.
func (d *Detail) Actions() []screen.Action {
	g := target{of: d.ref, syncs: []screen.SyncView{d.now}, took: d.looked}
	none := ""
	if d.gone {
		none = "it is not there any more"
	}
	all := append(orders(g, none), single(g, none, (*screen.Turn).Back)...)
	all = append(all, screen.Action{ID: Checkpoint, Title: "Checkpoint", Disabled: d.noCheckpoint(), Do: func(t *screen.Turn) {
		t.Show(screen.NewJSONPage("Checkpoint of "+d.now.Name.String(), d.now.Checkpoint))
	}},
		screen.Action{ID: OpenConnection, Title: "Open the connection", HideInFooter: true,
			Do: func(t *screen.Turn) { t.Open(screen.To(connectionRoute, d.ref.Integration, d.ref.ID)) }},
		screen.RefreshAction(d))
	return append(all, screen.MoveActions(&d.page)...)
}

func (d *Detail) noCheckpoint() string {
	if len(d.now.Checkpoint) == 0 {
		return "it has no checkpoint"
	}
	return ""
}

// View draws the page, or that there is none any more.
func (d *Detail) View(f ui.Frame) string {
	if d.gone {
		return screen.Empty(f, "The sync "+d.now.Name.String()+" is not there any more.",
			screen.HintOrPalette(f, screen.Refresh, "looks again")+".")
	}
	if now := (built{true, f.Now.Unix() / 60, f.Width}); d.built != now {
		d.page.SetSections(d.sections(f))
		d.built = now
	}
	return d.page.View(f)
}
