package syncs

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// maxCheckpoint is how many lines of a checkpoint the page shows.
const maxCheckpoint = 8

// sections are how it stands, what the latest run did, what it has saved, and where it goes on.
func (d *Detail) sections(f ui.Frame) []ui.Section {
	return []ui.Section{d.state(f), d.latest(f), d.records(f), d.checkpoint(f), d.about(f)}
}

func styled(f ui.Frame, role ui.Role, label, value string) ui.Row {
	return ui.Row{Label: f.Text(label).String(), Lines: []ui.Line{{f.Styled(role, value)}}}
}

func (d *Detail) state(f ui.Frame) ui.Section {
	section := ui.Section{Title: "STATE", Note: ui.Line{d.now.StateCell()}}
	if d.load.HasFailed() {
		section.Rows = append(section.Rows, styled(f, ui.RoleBad, "not read again", d.load.Err.Error()))
	}
	if late := d.now.Late(); late > 0 {
		section.Rows = append(section.Rows,
			styled(f, ui.RoleBad, "late", "by "+ui.Age(late).String()+": it was due "+ui.Timestamp(f.Now, *d.now.NextAt)+" and does not run"))
	}
	return ui.Section{Title: section.Title, Note: section.Note, Rows: append(section.Rows,
		f.NewRow("", "last run", d.lastRun(f)), f.NewRow("", "next run", d.nextRun(f)), f.NewRow("", "frequency", d.frequency()))}
}

func (d *Detail) lastRun(f ui.Frame) string {
	switch {
	case d.now.State == nango.SyncStateRunning:
		return "runs now; Nango tells of the one before when it has ended"
	case !d.now.HasRun():
		return "it never ran"
	case d.now.FinishedAt == nil:
		return "when is not known"
	}
	how := "ended well"
	if d.now.Failed() {
		how = "failed"
	}
	return ui.AgoWithTime(f.Now, *d.now.FinishedAt) + ": " + how
}

func (d *Detail) nextRun(f ui.Frame) string {
	switch {
	case d.now.State == nango.SyncStateStopped:
		return "none: it has no schedule any more"
	case d.now.NextAt == nil:
		return "none while it is paused"
	}
	return d.now.NextRun(f.Now).Text.String() + ", " + ui.Timestamp(f.Now, *d.now.NextAt)
}

// frequency is how often it runs, and how that was written where it is another wording.
func (d *Detail) frequency() string {
	every := d.now.FrequencyText()
	switch {
	case every == "":
		return "Nango does not say"
	case every != d.now.Frequency:
		return every + ` (set as "` + d.now.Frequency + `")`
	}
	return every
}

func (d *Detail) latest(f ui.Frame) ui.Section {
	section := ui.Section{Title: "LATEST RUN, BY MODEL"}
	for _, model := range slices.Sorted(maps.Keys(d.now.Latest)) {
		one := d.now.Latest[model]
		section.Rows = append(section.Rows, f.NewRow("", model,
			ui.Count(int(one.Added)).String()+" added, "+ui.Count(int(one.Updated)).String()+" updated, "+
				ui.Count(int(one.Deleted)).String()+" deleted"))
	}
	switch {
	case len(section.Rows) > 0:
	case d.now.Failed():
		section.Rows = ui.TextRows("It failed, and Nango does not tell what it has saved. Why is in Nango's logs.")
	default:
		section.Rows = ui.TextRows("Nango tells nothing of it.")
	}
	return section
}

func (d *Detail) records(f ui.Frame) ui.Section {
	section := ui.Section{Title: "RECORDS"}
	if _, known := d.now.RecordCount(); !known {
		section.Rows = ui.TextRows("Not known: for a variant Nango gives the numbers of the variant base.")
		return section
	}
	for _, model := range slices.Sorted(maps.Keys(d.now.Records)) {
		section.Rows = append(section.Rows, f.NewRow("", model, ui.Count(int(d.now.Records[model])).String()))
	}
	if len(section.Rows) == 0 {
		section.Rows = ui.TextRows("It saves none.")
	}
	return section
}

// checkpoint is where it goes on the next time. What sounds like a secret in it is masked.
func (d *Detail) checkpoint(f ui.Frame) ui.Section {
	section := ui.Section{Title: "CHECKPOINT"}
	if len(d.now.Checkpoint) == 0 {
		section.Rows = ui.TextRows("It has none: each run reads what its function asks for.")
		return section
	}
	row := ui.Row{}
	lines := strings.Split(d.checkpointText(f), "\n")
	for _, line := range lines[:min(len(lines), maxCheckpoint)] {
		row.Lines = append(row.Lines, ui.Line{f.Styled(ui.RoleText, line)})
	}
	if more := len(lines) - maxCheckpoint; more > 0 {
		row.Lines = append(row.Lines,
			ui.Line{ui.Styled(ui.RoleMuted, "… "+ui.Count(more).String()+" more lines; "+screen.HintOrPalette(f, Checkpoint, "shows all"))})
	}
	section.Rows = []ui.Row{row}
	return section
}

// checkpointText is the checkpoint as JSON, indented, with secrets masked.
func (d *Detail) checkpointText(f ui.Frame) string {
	masked := nango.MaskJSONBy(d.now.Checkpoint, f.Mask)
	var pretty bytes.Buffer
	if json.Indent(&pretty, masked, "", "  ") != nil {
		return string(masked)
	}
	return pretty.String()
}

func (d *Detail) about(f ui.Frame) ui.Section {
	variant := d.now.Name.Variant
	if variant == "" {
		variant = nango.BaseVariant
	}
	id := d.now.ID
	if id == "" {
		id = "none: it was never set up"
	}
	return ui.Section{Title: "ABOUT", Rows: []ui.Row{
		f.NewRow("", "sync", d.now.Name.Name), f.NewRow("", "variant", variant), f.NewRow("", "connection", d.ref.ID),
		f.NewRow("", "integration", d.ref.Integration), f.NewRow("", "sync id", id),
	}}
}
