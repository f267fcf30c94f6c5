package syncs

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Detail is the page of one sync of a connection. It has no route of its own; the list that opened it has,
// and what that loaded is shown first.
type Detail struct {
	screen.Base
	ref  nango.ConnectionRef
	sync screen.SyncView
	load screen.Load[[]nango.SyncStatus]
	// missing is whether the latest response lacks the sync.
	missing bool
	// updateList shows what was loaded in the list that opened the page.
	updateList pollHandler
	page       ui.Fields
	layout     layout
}

// layout is the state for which the page was laid out. It changes after a load, with the width, and every minute for
// the ages.
type layout struct {
	valid  bool
	minute int64
	width  int
}

func newDetail(ref nango.ConnectionRef, sync screen.SyncView, updateList pollHandler) *Detail {
	return &Detail{ref: ref, sync: sync, updateList: updateList}
}

// Title names the sync and its connection.
func (d *Detail) Title() string { return d.sync.Name.String() + " of " + d.ref.String() }

// Refresh reloads this sync only.
func (d *Detail) Refresh(t *screen.Turn) {
	d.load.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: d.ref, Syncs: []nango.SyncName{d.sync.Name}}), d.loaded)
}

func (d *Detail) loaded(t *screen.Turn) {
	d.layout.valid = false
	if !d.load.HasFailed() {
		d.show(d.load.Value, t.Now)
	}
}

// show finds the sync in a response and shows it.
func (d *Detail) show(all []nango.SyncStatus, at time.Time) {
	if at.Before(d.sync.LoadedAt) {
		return
	}
	i := slices.IndexFunc(all, func(one nango.SyncStatus) bool { return one.Name == d.sync.Name })
	if d.missing = i < 0; !d.missing {
		d.sync = screen.SyncView{SyncStatus: all[i], LoadedAt: at}
	}
	d.layout.valid = false
}

// showPolled shows what a poll after a command returned, here and in the list.
func (d *Detail) showPolled(t *screen.Turn, look nango.SyncSelection, all []nango.SyncStatus) {
	d.show(all, t.Now)
	d.updateList(t, look, all)
}

// AutoRefresh reports that the page reloads by itself while it is on top.
func (d *Detail) AutoRefresh() bool { return true }

// LoadedAt is when the data shown was loaded.
func (d *Detail) LoadedAt() time.Time { return d.sync.LoadedAt }

// Concerns reports whether a call changed the sync.
func (d *Detail) Concerns(c nango.Call) bool { return changesSyncs(c, d.ref) }

// Update moves the cursor to the clicked row.
func (d *Detail) Update(_ *screen.Turn, msg tea.Msg) { screen.SelectClicked(&d.page, msg) }

// Actions returns the actions on the sync.
func (d *Detail) Actions() []screen.Action {
	g := target{connection: d.ref, syncs: []screen.SyncView{d.sync}, onPoll: d.showPolled}
	none := ""
	if d.missing {
		none = textSyncIsGone
	}
	all := append(commandActions(g, none), singleActions(g, none, (*screen.Turn).Back)...)
	all = append(all, screen.Action{ID: Checkpoint, Title: "Show checkpoint", Disabled: d.noCheckpoint(), Do: func(t *screen.Turn) {
		t.Show(screen.NewJSONPage("Checkpoint of "+d.sync.Name.String(), d.sync.Checkpoint))
	}},
		openConnection(d.ref, ""), screen.RefreshAction(d))
	return append(all, screen.MoveActions(&d.page)...)
}

func (d *Detail) noCheckpoint() string {
	if len(d.sync.Checkpoint) == 0 {
		return textNoCheckpoint
	}
	return ""
}

// View draws the page, or says that the sync no longer exists.
func (d *Detail) View(f ui.Frame) string {
	if d.missing {
		return screen.Empty(f, "The sync "+d.sync.Name.String()+" no longer exists.", screen.HintOrPalette(f, screen.Refresh, "reloads")+".")
	}
	if now := (layout{true, f.Now.Unix() / 60, f.Width}); d.layout != now {
		d.page.SetSections(d.sections(f))
		d.layout = now
	}
	return d.page.View(f)
}
