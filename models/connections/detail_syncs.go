package connections

import (
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// rowSync is followed by the name of a sync, in Nango's format.
const rowSync = "sync "

// maxSyncs is how many syncs the page shows. A screen of its own shows all.
const maxSyncs = 12

// readSyncs reads the status of this connection's syncs, which is cheap for the server.
func (d *Detail) readSyncs(t *screen.Turn) {
	d.syncing.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: d.ref, All: true}), func(t *screen.Turn) {
		if !d.syncing.HasFailed() {
			t.Store.LearnSyncs(t.Now, d.ref, d.syncing.Value, true)
		}
		d.Rebuild(t)
	})
}

// syncViews are the syncs, broken ones first.
func (d *Detail) syncViews() []screen.SyncView {
	var all []screen.SyncView
	for _, one := range d.syncing.Value {
		all = append(all, screen.SyncView{SyncStatus: one, LoadedAt: d.syncing.At})
	}
	slices.SortStableFunc(all, func(a, b screen.SyncView) int { return screen.CompareSyncs(&a, &b) })
	return all
}

func (d *Detail) syncs(p pageWriter) ui.Section {
	section := ui.Section{Title: titleSyncs, Note: p.line(ui.RoleMuted, screen.HintOrPalette(p.f, Syncs, hintSyncs))}
	if d.syncing.HasFailed() {
		section.Rows = append(section.Rows, p.row("", "", p.line(ui.RoleBad, fmt.Sprintf(textSyncsFailed, d.syncing.Err))))
		if known, ok := nango.AsError(d.syncing.Err); ok && !d.syncing.IsLoaded() {
			section.Rows = append(section.Rows, p.remark(known.Advice()))
		}
	}
	all := d.syncViews()
	for i := range all[:min(len(all), maxSyncs)] {
		name := all[i].Name.String()
		section.Rows = append(section.Rows, p.sync(&all[i]))
		d.OnRow(rowSync+name, screen.RowActions{Copy: copyOption(optionSync, name, copiedSync, name), Open: d.openSyncs})
	}
	switch {
	case len(all) > maxSyncs:
		section.Rows = append(section.Rows, p.remark(fmt.Sprintf(textMoreSyncs,
			ui.Count(len(all)-maxSyncs), screen.HintOrPalette(p.f, Syncs, hintAllSyncs))))
	case d.syncing.IsLoaded() && len(all) == 0:
		section.Rows = append(section.Rows, p.remark(textNone))
	case !d.syncing.IsLoaded() && !d.syncing.HasFailed():
		section.Rows = append(section.Rows, p.remark(textLoadingSyncs))
	}
	return section
}

// Widths of the parts of a sync's line in cells, including the space after them.
const (
	syncStateWidth = 13
	syncWhenWidth  = 16
	syncEveryWidth = 18
	// syncLineWidth is the width from which a line has all parts.
	syncLineWidth = 70
)

// sync shows a sync on one line: state, next or last run, frequency, and records.
func (p pageWriter) sync(s *screen.SyncView) ui.Row {
	line := column(nil, s.StateCell(), syncStateWidth)
	line = column(line, p.syncWhen(s), syncWhenWidth)
	if ui.FieldsColumn(p.f).Width >= syncLineWidth { // else only the page of the syncs shows it
		line = column(line, p.f.Styled(ui.RoleMuted, s.FrequencyText()), syncEveryWidth)
	}
	if n, known := s.RecordCount(); known {
		line = append(line, ui.Styled(ui.RoleText, fmt.Sprintf(textRecords, ui.Count(int(n)))))
	} else {
		line = append(line, ui.Styled(ui.RoleMuted, textNoRecordCount))
	}
	return p.row(rowSync+s.Name.String(), s.Name.String(), line)
}

// syncWhen is when it runs next, or when it last ran if no run is scheduled.
func (p pageWriter) syncWhen(s *screen.SyncView) ui.Cell {
	if s.State == nango.SyncStatePaused && s.Failed() && s.FinishedAt != nil {
		return ui.Styled(ui.RoleBad, fmt.Sprintf(textRunFailed, ui.Ago(p.f.Now.Sub(*s.FinishedAt))))
	}
	if s.NextAt == nil && s.FinishedAt != nil {
		return ui.Styled(ui.RoleText, fmt.Sprintf(textLastRun, ui.Ago(p.f.Now.Sub(*s.FinishedAt))))
	}
	return s.NextRun(p.f.Now)
}

// column appends a cell to a line, padded with unstyled spaces.
func column(line ui.Line, c ui.Cell, width int) ui.Line {
	c.Text = c.Text.Truncate(width - 1)
	return append(line, c, ui.Cell{Text: ui.Text{}.Pad(width - c.Text.Width())})
}

// openSyncs opens the syncs, at the one under the cursor if any.
func (d *Detail) openSyncs(t *screen.Turn) {
	route := screen.To(syncsRoute, d.ref.Integration, d.ref.ID)
	if name, ok := strings.CutPrefix(d.Rows.Selected(), rowSync); ok {
		route = route.With("sync", name)
	}
	t.Open(route)
}
