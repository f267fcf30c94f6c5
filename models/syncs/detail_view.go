package syncs

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// maxCheckpoint is the maximum number of checkpoint lines on the page.
const maxCheckpoint = 8

func (d *Detail) sections(f ui.Frame) []ui.Section {
	return append([]ui.Section{d.state(f), d.latest(f)}, ui.At(ui.Side, d.records(f), d.checkpoint(f), d.about(f))...)
}

func styled(f ui.Frame, role ui.Role, label, value string) ui.Row {
	return ui.Row{Label: f.Text(label).String(), Lines: []ui.Line{{f.Styled(role, value)}}}
}

func (d *Detail) state(f ui.Frame) ui.Section {
	section := ui.Section{Title: "STATE", Note: ui.Line{d.sync.StateText(f.Now)}}
	if d.load.HasFailed() {
		section.Rows = append(section.Rows, styled(f, ui.RoleBad, "not reloaded", d.load.Err.Error()))
	}
	if late := d.sync.Late(); late > 0 {
		due := "by " + ui.Duration(late) + textWasDue + ui.Timestamp(f.Now, *d.sync.NextAt) + " and isn't running"
		section.Rows = append(section.Rows, styled(f, ui.RoleBad, "late", due))
	}
	section.Rows = append(section.Rows,
		f.NewRow("", "last run", d.lastRun(f)), f.NewRow("", "next run", d.nextRun(f)), f.NewRow("", "frequency", d.frequency()))
	return section
}

func (d *Detail) lastRun(f ui.Frame) string {
	switch {
	case d.sync.State == nango.SyncStateRunning:
		return textRunningNow
	case !d.sync.HasRun():
		return "never"
	case d.sync.FinishedAt == nil:
		return "unknown"
	}
	how := "succeeded"
	if d.sync.Failed() {
		how = "failed"
	}
	return ui.AgoWithTime(f.Now, *d.sync.FinishedAt) + ": " + how
}

func (d *Detail) nextRun(f ui.Frame) string {
	switch {
	case d.sync.State == nango.SyncStateStopped:
		return textNoSchedule
	case d.sync.NextAt == nil:
		return "none while paused"
	}
	return d.sync.NextRun(f.Now).Text.String() + ", " + ui.Timestamp(f.Now, *d.sync.NextAt)
}

// frequency is how often the sync runs, with the configured text if that is worded differently.
func (d *Detail) frequency() string {
	every := d.sync.FrequencyText()
	switch {
	case every == "":
		return textUnknownFrequency
	case every != d.sync.Frequency:
		return every + ` (set as "` + d.sync.Frequency + `")`
	}
	return every
}

func (d *Detail) latest(f ui.Frame) ui.Section {
	section := ui.Section{Title: textLatestRun}
	for _, model := range slices.Sorted(maps.Keys(d.sync.Latest)) {
		one := d.sync.Latest[model]
		section.Rows = append(section.Rows, f.NewRow("", model, fmt.Sprintf("%s added, %s updated, %s deleted",
			ui.Count(int(one.Added)), ui.Count(int(one.Updated)), ui.Count(int(one.Deleted)))))
	}
	switch {
	case len(section.Rows) > 0:
	case d.sync.Failed():
		section.Rows = ui.TextRows(textFailedRun)
	default:
		section.Rows = ui.TextRows(textNoDetails)
	}
	return section
}

func (d *Detail) records(f ui.Frame) ui.Section {
	section := ui.Section{Title: "RECORDS"}
	if _, known := d.sync.RecordCount(); !known {
		section.Rows = ui.TextRows(textUnknownVariantRecords)
		return section
	}
	for _, model := range slices.Sorted(maps.Keys(d.sync.Records)) {
		section.Rows = append(section.Rows, f.NewRow("", model, ui.Count(int(d.sync.Records[model])).String()))
	}
	if len(section.Rows) == 0 {
		section.Rows = ui.TextRows("No records.")
	}
	return section
}

// checkpoint shows where the next run continues. Secrets are masked.
func (d *Detail) checkpoint(f ui.Frame) ui.Section {
	section := ui.Section{Title: "CHECKPOINT"}
	if len(d.sync.Checkpoint) == 0 {
		section.Rows = ui.TextRows(textNoCheckpointSection)
		return section
	}
	row, lines := ui.Row{}, strings.Split(screen.Indent(nango.MaskJSONBy(d.sync.Checkpoint, f.Mask)), "\n")
	for _, line := range lines[:min(len(lines), maxCheckpoint)] {
		row.Lines = append(row.Lines, ui.Line{f.Styled(ui.RoleText, line)})
	}
	if more := len(lines) - maxCheckpoint; more > 0 {
		text := "… " + ui.Count(more).String() + " more lines; " + screen.HintOrPalette(f, Checkpoint, "shows all")
		row.Lines = append(row.Lines, ui.Line{ui.Styled(ui.RoleMuted, text)})
	}
	section.Rows = []ui.Row{row}
	return section
}

func (d *Detail) about(f ui.Frame) ui.Section {
	return ui.Section{Title: "ABOUT", Rows: []ui.Row{
		f.NewRow("", "sync", d.sync.Name.Name),
		f.NewRow("", "variant", cmp.Or(d.sync.Name.Variant, nango.BaseVariant)),
		f.NewRow("", "connection", d.ref.ID),
		f.NewRow("", "integration", d.ref.Integration),
		f.NewRow("", "sync id", cmp.Or(d.sync.ID, textNeverSetUp)),
	}}
}
