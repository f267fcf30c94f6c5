package syncs

import (
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Detail is the page of one sync of a connection. It has no route of its own; the list that opened it has,
// and what that loaded is shown first.
type Detail struct {
	screen.Page
	ref  nango.ConnectionRef
	sync screen.SyncView
	load screen.Load[[]nango.SyncStatus]
	// missing is whether the latest response lacks the sync.
	missing bool
	// updateList shows what was loaded in the list that opened the page.
	updateList pollHandler
}

// Title names the sync and its connection.
func (d *Detail) Title() string { return d.sync.Name.String() + " of " + d.ref.String() }

// Open loads nothing: the list has loaded the sync.
func (*Detail) Open(*screen.Turn) {}

// Refresh reloads this sync only.
func (d *Detail) Refresh(t *screen.Turn) {
	d.load.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: d.ref, Syncs: []nango.SyncName{d.sync.Name}}), d.loaded)
}

func (d *Detail) loaded(t *screen.Turn) {
	d.Rebuild(t)
	if !d.load.HasFailed() {
		t.Store.LearnSyncs(t.Now, d.ref, d.load.Value, false)
		d.show(t, d.load.Value)
	}
}

// Notify shows what others have learned.
func (d *Detail) Notify(t *screen.Turn) {
	if known, ok := t.Store.SyncsOf(d.ref); ok && known.At.After(d.sync.LoadedAt) {
		d.showAt(known.At, known.All)
	}
}

func (d *Detail) show(t *screen.Turn, all []nango.SyncStatus) { d.showAt(t.Now, all) }

func (d *Detail) showAt(at time.Time, all []nango.SyncStatus) {
	if at.Before(d.sync.LoadedAt) {
		return
	}
	i := slices.IndexFunc(all, func(one nango.SyncStatus) bool { return one.Name == d.sync.Name })
	if d.missing = i < 0; !d.missing {
		d.sync = screen.SyncView{SyncStatus: all[i], LoadedAt: at}
	}
	d.Rebuild(nil)
}

// showPolled shows what a poll after a command returned, here and in the list.
func (d *Detail) showPolled(t *screen.Turn, look nango.SyncSelection, all []nango.SyncStatus) {
	d.show(t, all)
	d.updateList(t, look, all)
}

// AutoRefresh reports that the page reloads by itself while it is on top.
func (d *Detail) AutoRefresh() bool { return true }

// LoadedAt is when the data shown was loaded.
func (d *Detail) LoadedAt() time.Time { return d.sync.LoadedAt }

// Concerns reports whether a call changed the sync.
func (d *Detail) Concerns(c nango.Call) bool { return changesSyncs(c, d.ref) }

// Actions returns the actions on the sync.
func (d *Detail) Actions() []screen.Action {
	g := target{connection: d.ref, syncs: []screen.SyncView{d.sync}, onPoll: d.showPolled}
	none := screen.DisabledIf(d.missing, textSyncIsGone)
	checkpoint := func(t *screen.Turn) {
		t.Show(screen.NewJSONPage("Checkpoint of "+d.sync.Name.String(), d.sync.Checkpoint))
	}
	return slices.Concat(commandActions(g, none), singleActions(g, none, (*screen.Turn).Back), []screen.Action{
		{ID: Checkpoint, Title: "Open checkpoint", Disabled: screen.DisabledIf(len(d.sync.Checkpoint) == 0, textNoCheckpoint), Do: checkpoint},
		openConnection(d.ref, ""), screen.RefreshAction(d),
	}, screen.MoveActions(&d.Rows))
}

// View draws the page, or says that the sync no longer exists.
func (d *Detail) View(f ui.Frame) string {
	if d.missing {
		return screen.Empty(f, "The sync "+d.sync.Name.String()+" no longer exists.", screen.HintOrPalette(f, screen.Refresh, "reloads")+".")
	}
	return d.Draw(f, d.sections)
}
